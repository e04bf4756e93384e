"""Replaying a conversation's inbounds through the pure core gives the conversation that is stored."""

from typing import Any

import pytest

from bot import clock
from bot.domain.conversation import Conversation
from bot.domain.effects import Ask, Say
from bot.domain.messages import InboundKind
from bot.flows.conversation import respond
from bot.flows.understanding import load_lexicon
from bot.resources import Resources
from bot.resources.files import lexicon_file
from bot.work import rows as between
from bot.work.converse import _with_labels
from tests.factories import an_agency, an_envelope, rows
from tests.work.house import House, a_house

TALKS = [
    ["bonjour", "vendeuse", "un travail", "passer", "18 ans", "non", "le matin", "oui", "plus tard"],
    ["je sais pas", "j'aime cuisiner", "passer", "passer", "passer", "STOP", "REPRISE", "la cuisine"],
    ["parler à quelqu'un", "aide", "langue", "retour", "mes données", "12345", "?!", "🙂"],
]


@pytest.fixture
async def house(resources: Resources) -> House:
    await an_agency(resources)
    return a_house(resources)


async def replayed(house: House, contact_id: int) -> Conversation:
    """The conversation after all stored inbounds, taken one by one by the core alone."""
    lexicon, now = load_lexicon(lexicon_file), clock.now()
    (person,) = await _people(house, contact_id)
    facts = house.converse._agencies.facts(person["agency_id"], "fr", now)
    conversation = Conversation()
    for row in await rows(house.resources, 1, "select * from inbox where contact_id = $1 order by id", contact_id):
        step = _with_labels(respond(conversation, between.inbound_of(row), facts, now, lexicon))
        for effect in step.effects:
            facts = facts if isinstance(effect, Say | Ask) else facts.after(effect)
        conversation = step.conversation
    return conversation


async def _people(house: House, contact_id: int) -> list[dict[str, Any]]:
    return await rows(
        house.resources,
        1,
        "select v.*, c.language from conversation v join contact c on c.id = v.contact_id where c.id = $1",
        contact_id,
    )


@pytest.mark.parametrize("talk", TALKS)
async def test_the_replayed_conversation_is_the_stored_one(house: House, talk: list[str]) -> None:
    receipt = await house.hear(an_envelope("", kind=InboundKind.ARRIVED))
    for text in talk:
        await house.hear(an_envelope(text))
    (stored,) = map(between.conversation_of, await _people(house, receipt.contact_id))
    again = await replayed(house, receipt.contact_id)
    assert (stored.frame.flow, stored.frame.state, dict(stored.frame.data)) == (
        again.frame.flow,
        again.frame.state,
        dict(again.frame.data),
    )
    assert (stored.turn, stored.labels, stored.language) == (again.turn, again.labels, again.language)
    assert [frame.flow for frame in stored.parked] == [frame.flow for frame in again.parked]
