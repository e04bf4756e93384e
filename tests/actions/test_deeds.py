"""Deeds: every effect has exactly one, and what they leave is what was asked."""

from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from bot import clock
from bot.actions.deeds import DEEDS, SAYING, Who, deed, perform
from bot.actions.ledger import Ledger
from bot.domain import effects
from bot.domain.calendar import Calendar
from bot.domain.messages import InboundKind
from bot.domain.people import Barrier, BarrierCategory
from bot.resources import Resources
from bot.store.pool import transaction
from tests.factories import an_agency, an_envelope, rows
from tests.work.house import House, a_house

MARK = "zèbre"


@pytest.fixture
async def house(resources: Resources) -> House:
    await an_agency(resources)
    return a_house(resources)


def test_every_effect_has_one_deed_or_is_something_said() -> None:
    assert set(get_args(effects.Effect)) == set(DEEDS) | set(SAYING)


def test_two_deeds_for_one_effect_is_a_crash_at_start() -> None:
    with pytest.raises(RuntimeError, match="KeepWish"):
        deed(effects.KeepWish)(lambda ledger, who, effect: None)


async def everything_kept(resources: Resources) -> str:
    """Every text of every table, as one string."""
    tables = await resources.db.fetch(
        "select tablename from pg_tables where schemaname = 'public' and tablename <> 'alembic_version'"
    )
    kept = [await rows(resources, 1, f"select t::text from {row['tablename']} t") for row in tables]
    return "\n".join(str(row) for table in kept for row in table)


async def test_after_erasure_no_word_of_the_person_is_left_in_any_table(house: House) -> None:
    receipt = await house.hear(
        an_envelope(f"je veux dresser un {MARK}", who=MARK),
        an_envelope(f"{MARK} {MARK}", who=MARK),
        an_envelope(f"parler à quelqu'un {MARK}", who=MARK),
    )
    assert MARK in await everything_kept(house.resources)
    await house.hear(an_envelope("efface-moi", who=MARK))
    asked = (await house.thread(receipt))[-1]
    assert asked.buttons, asked.text
    turn, _, option = asked.buttons[0].id.partition(":")
    pressed = an_envelope("", who=MARK, kind=InboundKind.OPTION, option=option, turn=int(turn))
    await house.hear(pressed)
    await house.wake.sweep()
    assert MARK not in await everything_kept(house.resources)


async def test_after_erasure_not_even_the_words_of_the_last_button_are_left(house: House) -> None:
    receipt = await house.hear(an_envelope("bonjour"), an_envelope("efface-moi"))
    asked = (await house.thread(receipt))[-1]
    turn, _, option = asked.buttons[0].id.partition(":")
    await house.hear(an_envelope("", kind=InboundKind.OPTION, option=option, turn=int(turn)))
    assert [line.text for line in await house.thread(receipt) if line.author == "person"] == [""] * 3


async def test_after_erasure_the_same_phone_is_a_new_person(house: House) -> None:
    before = await house.hear(an_envelope("bonjour"), an_envelope("efface-moi"))
    asked = (await house.thread(before))[-1]
    turn, _, option = asked.buttons[0].id.partition(":")
    await house.hear(an_envelope("", kind=InboundKind.OPTION, option=option, turn=int(turn)))
    await house.wake.sweep()
    after = await house.hear(an_envelope("bonjour"))
    assert after.contact_id != before.contact_id
    assert (await house.thread(after))[-1].author == "bot"


async def test_a_sensitive_barrier_is_sealed_in_the_record(house: House) -> None:
    receipt = await house.hear(an_envelope("bonjour"))
    ledger = Ledger()
    calendar = Calendar(ZoneInfo("Europe/Paris"), ((),) * 7, lambda year: frozenset())
    who = Who(1, receipt.contact_id, 0, 1, clock.now(), calendar, house.resources.secrets)
    perform(ledger, who, effects.KeepBarrier(Barrier("sante", words=f"mon {MARK}")))
    async with transaction(house.resources.db, [1]) as conn:
        await ledger.write(conn)
    assert MARK not in await everything_kept(house.resources)
    (line,) = await rows(house.resources, 1, "select detail from audit where deed = 'barrier.keep'")
    assert line["detail"] == {}


async def test_after_erasure_no_sensitive_category_is_left_in_any_table(house: House) -> None:
    said = ("bonjour", "la cuisine", "un travail", "28", "oui", "je sors de prison", "oui", "je suis malade")
    receipt = await house.hear(*(an_envelope(words) for words in said))
    categories = ("handicap", "justice", "sante")
    kept = await everything_kept(house.resources)
    assert [c for c in categories if c in kept] == list(categories)
    await house.hear(an_envelope("efface-moi"))
    turn, _, option = (await house.thread(receipt))[-1].buttons[0].id.partition(":")
    await house.hear(an_envelope("", kind=InboundKind.OPTION, option=option, turn=int(turn)))
    await house.wake.sweep()
    kept = await everything_kept(house.resources)
    assert [c for c in BarrierCategory if c.sensitive and c in kept] == []
    agreed = await rows(house.resources, 1, "select purpose from consent where given")
    assert {row["purpose"] for row in agreed} == {"sensitive"}, "that something was agreed to stays, as a proof"


async def test_stop_then_reprise_in_their_own_words(house: House) -> None:
    await house.hear(an_envelope("bonjour"), an_envelope("STOP"))
    (contact,) = await rows(house.resources, 1, "select stopped_at is not null as stopped from contact")
    assert contact["stopped"]
    await house.hear(an_envelope("REPRISE"))
    (contact,) = await rows(house.resources, 1, "select stopped_at is not null as stopped from contact")
    assert not contact["stopped"]


async def test_a_skill_taken_back_in_the_recap_leaves_the_record(house: House) -> None:
    said = (
        "bonjour",
        "jsp",
        "Cuisiner",
        "réparer un vélo",
        "Avec des gens",
        "Aucune des trois",
        "19",
        "rien",
        "le matin",
    )
    await house.hear(*(an_envelope(words) for words in said))
    skills = "select words from skill order by words"
    assert [row["words"] for row in await rows(house.resources, 1, skills)] == ["Cuisiner", "réparer un vélo"]
    await house.hear(*(an_envelope(words) for words in ("Changer", "Ce que je sais faire", "Enlever « Cuisiner »")))
    assert [row["words"] for row in await rows(house.resources, 1, skills)] == ["réparer un vélo"]
