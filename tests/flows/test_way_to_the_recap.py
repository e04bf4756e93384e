"""The way to the recap is short, useful from the start, and asks nothing twice."""

from collections import Counter
from dataclasses import replace
from hashlib import sha256
from statistics import median, quantiles

import pytest

from bot.domain.effects import Ask
from bot.domain.messages import Channel, Inbound, InboundKind
from tests.conversations.talk import Talk

ANSWERS = {
    "wishes-ask": (
        "la cuisine",
        "vendeuse ou coiffure",
        "une alternance en vente",
        "jsp",
        "dehors",
        "je veux être maçon",
    ),
    "wishes-ask-other": ("la vente",),
    "scope-ask-age": ("17", "19 ans", "j'ai 22 ans", "25", "18"),
    "barriers-ask": ("rien", "pas de permis", "pas envie d'en parler", "pas de voiture et plus de sous", "non"),
    "barriers-ask-more": ("c'est tout", "non", "rien d'autre"),
    "availability-ask-when": ("le matin", "toute la semaine", "lundi et mardi", "jsp", "l'aprem"),
    "availability-ask-rhythm": ("pas la nuit", "aucun problème", "pas le week-end"),
}
ASIDE = ("human", "meet", "more", "wrong", "halves", "language", "skip")
OTHER_AGES = {"age:under_15", "age:15", "age:26_29", "age:over_29"}


def chance(*seeds: object) -> int:
    """A number that looks drawn, the same at every run."""
    return int.from_bytes(sha256(repr(seeds).encode()).digest()[:4])


def answer(talk: Talk, person: int) -> None:
    """Type an answer or press a button that answers, as this person would."""
    asked = talk.conversation.frame.asked
    assert asked is not None
    said, drawn = ANSWERS.get(asked.text, ()), chance(person, talk.conversation.turn)
    buttons = [o for o in asked.options if o.id.partition(":")[0] not in ASIDE and o.id not in OTHER_AGES]
    if said and (drawn % 3 or not buttons):
        talk.write(said[drawn // 3 % len(said)])
        return
    talk.heard += 1
    talk.take(Inbound(InboundKind.OPTION, option=buttons[drawn // 3 % len(buttons)].id, turn=talk.conversation.turn))


def to_the_recap(person: int) -> Talk:
    talk = Talk()
    talk.facts = replace(talk.facts, channel=Channel.TELEGRAM if person % 2 else Channel.WEB)
    talk.take(Inbound(InboundKind.ARRIVED))
    while talk.conversation.frame.flow != "recap" and talk.heard < 40:
        answer(talk, person)
    return talk


@pytest.fixture(scope="module")
def people() -> list[Talk]:
    return [to_the_recap(person) for person in range(300)]


def test_everybody_reaches_the_recap_in_few_messages_of_their_own(people: list[Talk]) -> None:
    heard = [talk.heard for talk in people]
    assert median(heard) <= 7
    assert quantiles(heard, n=10)[8] <= 12


def test_nothing_is_asked_twice(people: list[Talk]) -> None:
    for talk in people:
        counted = Counter(text for text in talk.asked if text != "barriers-ask-more")
        assert max(counted.values()) == 1, counted


def test_a_named_person_and_an_honest_time_come_within_three_messages(people: list[Talk]) -> None:
    for talk in people:
        first = [e for step in talk.steps[:3] for e in step.effects if isinstance(e, Ask) or hasattr(e, "args")]
        assert any(e.args.get("adviser") == "Camille" and e.args.get("answer_by") == "demain" for e in first)


def test_a_person_is_offered_within_two_questions_and_an_appointment_within_five(people: list[Talk]) -> None:
    for talk in people:
        questions = [e for step in talk.steps for e in step.effects if isinstance(e, Ask)]
        offered = [{o.id for o in question.options} for question in questions]
        assert any("human" in ids for ids in offered[:2])
        assert any("meet" in ids for ids in offered[:5])


def test_the_link_back_comes_by_the_third_message_on_the_web_chat_only(people: list[Talk]) -> None:
    for talk in people:
        said = [e.text for step in talk.steps[:3] for e in step.effects if hasattr(e, "text")]
        assert ("common-personal-link" in said) == talk.facts.channel.private
