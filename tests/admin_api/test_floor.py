"""At most one speaker: the bot and several advisers, in every order."""

import asyncio
from itertools import permutations

import pytest

from bot.actions.desk import Actor, DeedRefused, give_back, take_floor, write_message
from bot.resources import Resources
from bot.store.pool import transaction
from bot.store.thread import Line
from tests.admin_api.office import an_adviser
from tests.factories import an_agency, an_envelope, an_outgoing, rows
from tests.work.house import House, a_house


class Room:
    """One young person in a house, and advisers around."""

    def __init__(self, house: House, agency_id: int, contact_id: int, advisers: list[Actor]) -> None:
        self.house, self.agency_id, self.contact_id, self.advisers = house, agency_id, contact_id, advisers

    async def take(self, who: int = 0) -> None:
        async with transaction(self.house.resources.db, [self.agency_id]) as conn:
            await take_floor(conn, self.advisers[who], self.contact_id)

    async def write(self, text: str, who: int = 0) -> None:
        async with transaction(self.house.resources.db, [self.agency_id]) as conn:
            await write_message(conn, self.advisers[who], self.contact_id, text)

    async def give(self, who: int = 0, resume: bool = True) -> None:
        async with transaction(self.house.resources.db, [self.agency_id]) as conn:
            await give_back(conn, self.advisers[who], self.contact_id, resume)

    async def hear(self, text: str) -> None:
        await self.house.receiver.receive(an_envelope(text))

    async def lines(self) -> list[Line]:
        from bot.store.thread import thread

        async with transaction(self.house.resources.db, [self.agency_id]) as conn:
            return await thread(conn, self.agency_id, self.contact_id)

    async def sent(self) -> list[tuple[str, str]]:
        """What the young person read: (author, words)."""
        return [
            (line.author, line.text) for line in await self.lines() if line.author != "person" and line.state == "sent"
        ]


@pytest.fixture
async def room(resources: Resources) -> Room:
    agency_id = await an_agency(resources)
    house = a_house(resources)
    receipt = await house.hear(an_envelope("bonjour"))
    advisers = [(await an_adviser(resources, agency_id, f"a{n}@example.org", f"Alix{n} Essai")).actor for n in range(8)]
    return Room(house, agency_id, receipt.contact_id, advisers)


async def test_of_eight_advisers_who_take_the_floor_at_once_one_has_it(room: Room) -> None:
    taken = await asyncio.gather(*(room.take(n) for n in range(8)), return_exceptions=True)
    refused = [one for one in taken if one is not None]
    assert len(refused) == 7
    assert {getattr(one, "reason", one) for one in refused} == {"floor_held"}
    assert all(one.details["who"].startswith("Alix") for one in refused if isinstance(one, DeedRefused))


@pytest.mark.parametrize("order", list(permutations(("take", "hear", "bot", "settle"))))
async def test_no_order_of_events_lets_the_bot_speak_after_the_floor_is_taken(
    room: Room, order: tuple[str, ...]
) -> None:
    before: int | None = None
    for event in order:
        if event == "take":
            await room.take()
            before = len([1 for author, _ in await room.sent() if author == "bot"])
        elif event == "hear":
            await room.hear("coucou")
        elif event == "bot":
            await an_outgoing(room.house.resources, room.agency_id, room.contact_id, body="planifié")
        else:
            await room.house.settle()
    await room.house.settle()
    after = len([1 for author, _ in await room.sent() if author == "bot"])
    assert after == before


async def test_the_bot_is_silent_between_taking_and_giving_back_and_then_asks_again(room: Room) -> None:
    asked = (await room.sent())[-1]
    await room.write("Bonjour, c'est une humaine.")
    await room.hear("ah super")
    await room.house.settle()
    assert (await room.sent())[-1] == ("adviser", "Bonjour, c'est une humaine.")
    await room.give()
    await room.house.settle()
    author, words = (await room.sent())[-1]
    assert author == "bot"
    assert asked[1].split("\n")[-1] in words


async def test_giving_back_without_resuming_says_nothing(room: Room) -> None:
    await room.take()
    before = await room.sent()
    await room.give(resume=False)
    await room.house.settle()
    assert await room.sent() == before


async def test_writing_never_shortens_the_floor(room: Room) -> None:
    resources = room.house.resources
    async with transaction(resources.db, [room.agency_id]) as conn:
        until = await take_floor(conn, room.advisers[0], room.contact_id, 240)
    await room.write("Toujours là.")
    held = await rows(resources, room.agency_id, "select floor_until from conversation")
    assert held[0]["floor_until"] == until


async def test_a_stop_and_an_adviser_at_once_never_write_after_the_stop(room: Room) -> None:
    await room.hear("stop")
    await asyncio.gather(room.house.settle(), room.write("Bonjour ?"), return_exceptions=True)
    await room.house.settle()
    states = await rows(
        room.house.resources, room.agency_id, "select state, reason from outbox where author = 'adviser'"
    )
    assert all(one["state"] in {"skipped", "sent"} for one in states)
    with pytest.raises(DeedRefused, match="stopped"):
        await room.write("Encore ?")


async def test_every_deed_leaves_its_line_on_the_record(room: Room) -> None:
    await room.take()
    await room.write("Bonjour")
    await room.give()
    deeds = await rows(
        room.house.resources, room.agency_id, "select deed, actor from audit where actor = 'adviser' order by id"
    )
    assert [one["deed"] for one in deeds] == ["floor.take", "message.write", "floor.return"]
