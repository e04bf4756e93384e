"""Words end when they have been kept long enough, and not a day before."""

from datetime import timedelta

import pytest

from bot import clock
from bot.resources import Resources
from bot.store.inbox import Receipt
from bot.store.pool import transaction
from bot.work.retention import Retention
from tests.factories import a_contact, an_agency, an_envelope, rows
from tests.work.house import House, a_house


@pytest.mark.parametrize(("messages", "days", "kept"), [(2, 729, True), (2, 731, False), (1, 89, True), (1, 91, False)])
async def test_a_file_ends_after_the_last_contact(resources: Resources, messages: int, days: int, kept: bool) -> None:
    agency_id = await an_agency(resources)
    house = a_house(resources)
    for _ in range(messages):
        await house.hear(an_envelope("je veux être boulangère"))
    await Retention(resources).once(clock.now() + timedelta(days=days))
    said = await rows(resources, agency_id, "select body from inbox where body ? 'text'")
    told = await rows(resources, agency_id, "select 1 from outbox where body <> ''")
    assert (bool(said), bool(told)) == (kept, kept)


async def test_a_forgotten_address_starts_anew_as_somebody_else(resources: Resources) -> None:
    await an_agency(resources)
    _, before = await a_contact(resources)
    await Retention(resources).once(clock.now() + timedelta(days=91))
    _, after = await a_contact(resources)
    assert before != after


SENSITIVE = ("jai envie de mourir", "je sors de prison", "je veux être cuisinier mais je suis épileptique")
MARK = "zèbre"


async def words_left(house: House) -> str:
    """Every word of both sides, of the advisers' list, of the wishes and of the open question's memory."""
    said = await rows(house.resources, 1, "select body::text as words from inbox")
    told = await rows(house.resources, 1, "select body || buttons::text as words from outbox")
    listed = await rows(house.resources, 1, "select words from task union all select words from wish")
    pending = await rows(house.resources, 1, "select data::text || parked::text as words from conversation")
    return "\n".join(row["words"] for row in (*said, *told, *listed, *pending))


async def at_the_barriers(house: House) -> Receipt:
    return await house.hear(*(an_envelope(words) for words in ("bonjour", "la cuisine", "un travail", "19")))


async def test_a_file_that_ends_leaves_no_sensitive_category(resources: Resources) -> None:
    await an_agency(resources)
    house = a_house(resources)
    await at_the_barriers(house)
    await house.hear(an_envelope("je sors de prison"), an_envelope("oui"), an_envelope("je bois tous les jours"))
    agreed = "select purpose from consent union all select data::text || parked::text || labels::text from conversation"
    for days, kept in ((729, True), (731, False)):
        await Retention(resources).once(clock.now() + timedelta(days=days))
        left = str([list(row.values()) for row in await rows(resources, 1, agreed)])
        assert ("justice" in left) is kept


async def close(house: House, ago: timedelta = timedelta(0)) -> None:
    async with transaction(house.resources.db, [1]) as conn:
        await conn.execute("update conversation set closed_at = $1", clock.now() - ago)


@pytest.mark.parametrize("words", SENSITIVE)
@pytest.mark.parametrize(
    "before", [(), ("bonjour",), ("bonjour", "la cuisine"), ("bonjour", "la cuisine", "un travail")]
)
@pytest.mark.parametrize(("days", "kept"), [(29, True), (31, False)])
async def test_sensitive_words_end_thirty_days_after_the_closing_whatever_was_asked(
    resources: Resources, words: str, before: tuple[str, ...], days: int, kept: bool
) -> None:
    await an_agency(resources)
    house = a_house(resources)
    await house.hear(*(an_envelope(text) for text in (*before, f"{words} {MARK}")))
    await close(house)
    await Retention(resources).once(clock.now() + timedelta(days=days))
    assert (MARK in await words_left(house)) is kept


async def test_the_answer_and_the_open_category_end_with_the_words_that_named_it(resources: Resources) -> None:
    await an_agency(resources)
    house = a_house(resources)
    await at_the_barriers(house)
    await house.hear(an_envelope("je suis en cure pour la drogue"))
    assert {"Drogues Info", "addictions"} <= {w for w in ("Drogues Info", "addictions") if w in await words_left(house)}
    await close(house)
    await Retention(resources).once(clock.now() + timedelta(days=31))
    left = await words_left(house)
    assert "Drogues" not in left
    assert "addictions" not in left
    assert "la cuisine" in left


async def test_what_was_forgotten_unanswered_is_not_kept_by_a_late_yes(resources: Resources) -> None:
    await an_agency(resources)
    house = a_house(resources)
    receipt = await at_the_barriers(house)
    await house.hear(an_envelope("je sors de prison"))
    await close(house)
    await Retention(resources).once(clock.now() + timedelta(days=31))
    await house.hear(an_envelope("oui"))
    assert not await rows(resources, 1, "select 1 from barrier")
    assert "je ne note rien" in (await house.thread(receipt))[-1].text


async def test_sensitive_words_of_a_conversation_nobody_closed_end_after_a_long_silence(resources: Resources) -> None:
    await an_agency(resources)
    house = a_house(resources)
    await house.hear(an_envelope("bonjour"), an_envelope(f"je sors de prison {MARK}"), an_envelope("STOP"))
    for days, kept in ((43, True), (45, False)):
        await Retention(resources).once(clock.now() + timedelta(days=days))
        assert (MARK in await words_left(house)) is kept


async def test_sensitive_words_said_after_the_closing_have_their_own_thirty_days(resources: Resources) -> None:
    await an_agency(resources)
    house = a_house(resources)
    await house.hear(an_envelope("bonjour"), an_envelope(f"je sors de prison {MARK}"))
    await close(house, ago=timedelta(days=200))
    for days, kept in ((29, True), (31, False)):
        await Retention(resources).once(clock.now() + timedelta(days=days))
        assert (MARK in await words_left(house)) is kept
