"""What arrives is kept once, in order, whatever it contains."""

import asyncio
from typing import Any

import asyncpg
import pytest

from bot.resources import Resources
from bot.store.inbox import Receiver, UnknownAccount
from bot.store.pool import StoreDown
from tests.factories import a_contact, an_agency, an_envelope, rows

ALL = "select contact_id, external_id, kind, body from inbox order by id"


@pytest.fixture
async def receiver(resources: Resources) -> Receiver:
    return Receiver(resources.db, resources.fanout)


async def test_a_message_received_twice_is_kept_once(resources: Resources, receiver: Receiver) -> None:
    agency_id = await an_agency(resources)
    first = await receiver.receive(an_envelope(external_id="7"))
    again = await receiver.receive(an_envelope("autre texte", external_id="7"))
    assert (first.inbox_id is None, again.inbox_id) == (False, None)
    assert first.contact_id == again.contact_id
    assert [row["body"] for row in await rows(resources, agency_id, ALL)] == [{"text": "bonjour"}]


async def test_the_same_message_many_times_at_once_is_kept_once(resources: Resources, receiver: Receiver) -> None:
    agency_id = await an_agency(resources)
    other = Receiver(resources.db, resources.fanout)
    receipts = await asyncio.gather(*(r.receive(an_envelope(external_id="7")) for r in [receiver, other] * 25))
    assert sum(receipt.inbox_id is not None for receipt in receipts) == 1
    assert len(await rows(resources, agency_id, ALL)) == 1


async def test_messages_keep_their_order_of_arrival(resources: Resources, receiver: Receiver) -> None:
    agency_id = await an_agency(resources)
    sent = [an_envelope(str(n), who=f"p{n % 7}") for n in range(300)]
    await asyncio.gather(*map(receiver.receive, sent))
    kept = await rows(resources, agency_id, ALL)
    for who in range(7):
        mine = [row["body"]["text"] for row in kept if int(row["body"]["text"]) % 7 == who]
        assert mine == sorted(mine, key=int)


async def test_a_newcomer_who_writes_twice_at_once_is_one_person(resources: Resources) -> None:
    agency_id = await an_agency(resources)
    receivers = [Receiver(resources.db, resources.fanout) for _ in range(8)]
    receipts = await asyncio.gather(*(r.receive(an_envelope()) for r in receivers))
    assert len({receipt.contact_id for receipt in receipts}) == 1
    assert len(await rows(resources, agency_id, "select 1 from conversation")) == 1


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\x00b", "a�b"),
        ("a\ud800b", "a�b"),
        ("é" * 100_000, "é" * 8_000 + "…"),
        ("\u202eabc\u200b", "\u202eabc\u200b"),
    ],
)
async def test_text_that_cannot_be_stored_is_cleaned_not_lost(
    resources: Resources, receiver: Receiver, text: str, kept: str
) -> None:
    agency_id = await an_agency(resources)
    await receiver.receive(an_envelope(text))
    assert [row["body"]["text"] for row in await rows(resources, agency_id, ALL)] == [kept]


async def test_an_account_nobody_has_is_refused_and_spoils_nobody_else(
    resources: Resources, receiver: Receiver
) -> None:
    await an_agency(resources)
    results = await asyncio.gather(
        receiver.receive(an_envelope()), receiver.receive(an_envelope(account="nulle-part")), return_exceptions=True
    )
    assert isinstance(results[1], UnknownAccount)
    assert not isinstance(results[0], BaseException)


async def test_a_database_that_is_gone_says_so_and_the_next_message_is_kept(
    resources: Resources, receiver: Receiver
) -> None:
    agency_id = await an_agency(resources)
    await a_contact(resources)
    await every_connection_breaks(resources)
    while True:  # every broken connection of the pool is met once, and answered with "try again"
        try:
            await receiver.receive(an_envelope(external_id="after"))
            break
        except StoreDown:
            assert len(await rows_later(resources, agency_id)) == 1
    assert [row["external_id"] for row in await rows_later(resources, agency_id)][-1:] == ["after"]


async def every_connection_breaks(resources: Resources) -> None:
    conn = await asyncpg.connect(resources.settings.database_url)
    await conn.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() "
        "and datname = current_database()"
    )
    await conn.close()


async def rows_later(resources: Resources, agency_id: int) -> list[dict[str, Any]]:
    """The rows, read over a connection of their own."""
    conn = await asyncpg.connect(resources.settings.database_url)
    found = await conn.fetch(ALL)
    await conn.close()
    return [dict(row) for row in found]
