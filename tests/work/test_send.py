"""What leaves: in order per person, at most once for class A, with an end and a reason for every row."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot import clock
from bot.channels import Door
from bot.domain.messages import Channel, Delivery, Gone, Later, Media, Outbound, Refused, Sent, Unknown
from bot.resources import Resources
from bot.store.pool import transaction
from bot.work.send import Send
from tests.factories import a_contact, an_agency, an_outgoing, rows


class ADoor:
    """The far end of a channel: it answers what the test says, and remembers what reached it."""

    def __init__(self) -> None:
        self.reached: list[Outbound] = []
        self.answer: Callable[[Outbound], Delivery] = lambda _: Sent("42")

    async def send(self, outbound: Outbound) -> Delivery:
        self.reached.append(outbound)
        await asyncio.sleep(0)
        return self.answer(outbound)

    async def fetch(self, account: str, media: Media) -> bytes | None:
        return None

    async def close(self) -> None:
        return None


@pytest.fixture
def door() -> ADoor:
    return ADoor()


@pytest.fixture
async def send(resources: Resources, door: ADoor) -> AsyncIterator[Send]:
    doors: dict[Channel, Door] = {Channel.WEB: door}
    sender = Send(resources, doors)
    yield sender
    await sender.drain()


@pytest.fixture
async def lou(resources: Resources) -> tuple[int, int]:
    await an_agency(resources)
    return await a_contact(resources)


async def flush(send: Send) -> None:
    """Everything that may leave now has left and is written."""
    while await send.once():
        await send.drain()


async def state_of(resources: Resources, agency_id: int, outbox_id: int) -> tuple[str, str]:
    (row,) = await rows(resources, agency_id, "select state, reason from outbox where id = $1", outbox_id)
    return row["state"], row["reason"]


async def change(resources: Resources, agency_id: int, query: str, *values: Any) -> None:
    async with transaction(resources.db, [agency_id]) as conn:
        await conn.execute(query, *values)


async def test_messages_of_one_person_leave_in_order_one_at_a_time(
    resources: Resources, send: Send, door: ADoor, lou: tuple[int, int]
) -> None:
    wanted = [await an_outgoing(resources, *lou, body=str(n)) for n in range(20)]
    flying = []
    door.answer = lambda outbound: flying.append(len(send._flying)) or Sent("1")  # type: ignore[func-returns-value]
    await flush(send)
    assert [outbound.outbox_id for outbound in door.reached] == wanted
    assert set(flying) == {1}


async def test_a_message_put_off_holds_the_ones_behind_it(
    resources: Resources, send: Send, door: ADoor, lou: tuple[int, int]
) -> None:
    first, second = [await an_outgoing(resources, *lou, body=str(n)) for n in range(2)]
    door.answer = lambda _: Later(clock.now() + timedelta(minutes=5), "429")
    await flush(send)
    assert [outbound.outbox_id for outbound in door.reached] == [first]
    assert await state_of(resources, lou[0], first) == ("queued", "429")
    assert await state_of(resources, lou[0], second) == ("queued", "")


async def test_an_answer_never_waits_behind_a_nudge_that_waits_for_the_morning(
    resources: Resources, send: Send, door: ADoor, lou: tuple[int, int]
) -> None:
    nudge = await an_outgoing(resources, *lou, prompted=False, due_at=clock.now() + timedelta(hours=9))
    behind = await an_outgoing(resources, *lou, prompted=False)
    answer = await an_outgoing(resources, *lou)
    await flush(send)
    assert [outbound.outbox_id for outbound in door.reached] == [answer]
    assert await state_of(resources, lou[0], nudge) == ("queued", "")
    assert await state_of(resources, lou[0], behind) == ("queued", "")


async def test_an_unknown_outcome_of_class_a_is_never_sent_again_and_becomes_a_task(
    resources: Resources, send: Send, door: ADoor, lou: tuple[int, int]
) -> None:
    door.answer = lambda _: Unknown("timeout")
    outgoing = await an_outgoing(resources, *lou, **{"class": "A"})
    await flush(send)
    await change(resources, lou[0], "update outbox set due_at = now()")
    await flush(send)
    assert len(door.reached) == 1
    assert await state_of(resources, lou[0], outgoing) == ("unknown", "timeout")
    assert [t["kind"] for t in await rows(resources, lou[0], "select kind from task")] == ["unknown_delivery"]


async def test_an_unknown_outcome_of_class_b_goes_again_three_times_at_most(
    resources: Resources, send: Send, door: ADoor, lou: tuple[int, int]
) -> None:
    door.answer = lambda _: Unknown("timeout")
    outgoing = await an_outgoing(resources, *lou)
    for _ in range(5):
        await change(resources, lou[0], "update outbox set due_at = now() where state = 'queued'")
        await flush(send)
    assert len(door.reached) == 3
    assert (await state_of(resources, lou[0], outgoing))[0] == "unknown"


@pytest.mark.parametrize(("cls", "state"), [("A", "unknown"), ("B", "queued")])
async def test_a_lease_whose_sender_died_goes_again_only_for_class_b(
    resources: Resources, send: Send, lou: tuple[int, int], cls: str, state: str
) -> None:
    outgoing = await an_outgoing(resources, *lou, **{"class": cls})
    await resources.db.fetch("select * from lease_outbox(10, -1)")
    assert await send.reclaim() == 1
    assert await state_of(resources, lou[0], outgoing) == (state, "sender_died")


@pytest.mark.parametrize(
    ("change_made", "columns", "ending"),
    [
        ("update contact set stopped_at = now()", {"prompted": False}, ("skipped", "stopped")),
        ("update contact set stopped_at = now()", {"author": "adviser"}, ("skipped", "stopped")),
        ("update contact set stopped_at = now()", {}, ("sent", "")),
        ("update conversation set floor_until = now() + interval '5 min'", {}, ("skipped", "floor")),
        ("update conversation set floor_until = now() + interval '5 min'", {"passes_floor": True}, ("sent", "")),
        ("update conversation set floor_until = now() + interval '5 min'", {"author": "adviser"}, ("sent", "")),
        ("update conversation set floor_until = now() - interval '5 min'", {}, ("sent", "")),
        ("update address set state = 'gone'", {}, ("skipped", "gone")),
        ("update outbox set not_after = now() - interval '1 s'", {}, ("too_late", "too_late")),
    ],
)
async def test_what_may_leave_is_decided_at_the_moment_of_sending(
    resources: Resources,
    send: Send,
    door: ADoor,
    lou: tuple[int, int],
    change_made: str,
    columns: dict[str, Any],
    ending: tuple[str, str],
) -> None:
    outgoing = await an_outgoing(resources, *lou, **columns)
    await change(resources, lou[0], change_made)
    await flush(send)
    assert await state_of(resources, lou[0], outgoing) == ending
    assert len(door.reached) == (ending[0] == "sent")


async def test_a_person_who_cannot_be_reached_becomes_a_task_and_the_address_is_closed(
    resources: Resources, send: Send, door: ADoor, lou: tuple[int, int]
) -> None:
    door.answer = lambda _: Gone("bot was blocked by the user")
    first = await an_outgoing(resources, *lou)
    second = await an_outgoing(resources, *lou)
    await flush(send)
    assert await state_of(resources, lou[0], first) == ("failed", "gone")
    assert await state_of(resources, lou[0], second) == ("skipped", "gone")
    assert [t["kind"] for t in await rows(resources, lou[0], "select kind from task")] == ["address_gone"]


async def test_a_message_the_provider_refuses_does_not_block_the_next_one(
    resources: Resources, send: Send, door: ADoor, lou: tuple[int, int]
) -> None:
    refused = await an_outgoing(resources, *lou, body="")
    fine = await an_outgoing(resources, *lou)
    door.answer = lambda outbound: Sent("1") if outbound.text else Refused("message text is empty")
    await flush(send)
    assert await state_of(resources, lou[0], refused) == ("failed", "message text is empty")
    assert await state_of(resources, lou[0], fine) == ("sent", "")


async def test_two_senders_never_send_a_row_twice(resources: Resources, door: ADoor, lou: tuple[int, int]) -> None:
    senders = [Send(resources, {Channel.WEB: door}) for _ in range(4)]
    people = [lou, *[await a_contact(resources, who=f"p{n}") for n in range(30)]]
    wanted = {await an_outgoing(resources, *who, body=str(n)) for who in people for n in range(3)}
    for _ in range(12):
        await asyncio.gather(*(sender.once() for sender in senders))
        await asyncio.gather(*(sender.drain() for sender in senders))
    reached = [outbound.outbox_id for outbound in door.reached]
    assert len(reached) == len(set(reached))
    assert set(reached) == wanted


@pytest.mark.parametrize("wrote_since", [True, False])
async def test_a_nudge_that_waited_for_the_morning_is_not_sent_to_somebody_who_wrote_meanwhile(
    resources: Resources, send: Send, lou: tuple[int, int], wrote_since: bool
) -> None:
    agency_id = lou[0]
    (timer,) = await rows(
        resources,
        agency_id,
        "insert into timer (agency_id, contact_id, key, reason, due_at, not_after, fired_at) "
        "values ($1, $2, 'nudge', 'nudge', now(), now() + interval '3 days', now()) returning id",
        *lou,
    )
    nudge = await an_outgoing(resources, *lou, prompted=False, timer_id=timer["id"])
    if wrote_since:
        await a_contact(resources)
    await flush(send)
    state, reason = await state_of(resources, agency_id, nudge)
    assert (state == "superseded") is wrote_since, (state, reason)
