"""Words end when they have been kept long enough, and not a day before."""

from datetime import timedelta

import pytest

from bot import clock
from bot.resources import Resources
from bot.work.retention import Retention
from tests.factories import a_contact, an_agency, an_envelope, rows
from tests.work.house import a_house


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
