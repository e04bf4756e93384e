"""Under 15, through the whole house: nothing sensitive is stored, nothing more is asked, a person is told."""

import pytest

from bot.domain.people import BarrierCategory
from bot.resources import Resources
from tests.factories import an_agency, an_envelope, rows
from tests.work.house import a_house

BEFORE = ("bonjour", "la coiffure", "peu importe")


@pytest.mark.parametrize("words", ["14 ans", "jai 13 ans et je suis malade", "14 et plus de logement", "j'ai 12 ans"])
async def test_somebody_under_fifteen_goes_straight_to_a_person(resources: Resources, words: str) -> None:
    await an_agency(resources)
    house = a_house(resources)
    receipt = await house.hear(*(an_envelope(said) for said in (*BEFORE, words)))
    answer = (await house.thread(receipt))[-1]
    assert "119" in answer.text
    assert not answer.buttons
    assert [t["kind"] for t in await rows(resources, 1, "select kind from task where closed_at is null")] == [
        "outside_scope"
    ]
    assert [p["age"] for p in await rows(resources, 1, "select age from young_person")] == ["under_15"]
    assert await rows(resources, 1, "select 1 from barrier") == []


async def test_nothing_sensitive_said_later_by_somebody_under_fifteen_reaches_the_card(resources: Resources) -> None:
    await an_agency(resources)
    house = a_house(resources)
    later = ("je suis malade", "pas de permis", "recommencer", "la vente", "je sors de prison", "ma fiche", "oui")
    await house.hear(*(an_envelope(said) for said in (*BEFORE, "14", *later)))
    assert await rows(resources, 1, "select 1 from barrier") == []
    agreed = await rows(resources, 1, "select purpose from consent")
    assert [row for row in agreed if row["purpose"].startswith("sensitive")] == []
    kept = str(await rows(resources, 1, "select data::text, parked::text from conversation"))
    assert [c for c in BarrierCategory if c.sensitive and c in kept] == []
    told = await rows(resources, 1, "select 1 from task where kind in ('outside_scope', 'write_back')")
    assert len(told) >= 2
