"""Whatever comes, in whatever order: an answer, no exception, and an end that waits for something or rests."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.effects import Ask, EraseMe, Say, Skip
from bot.domain.messages import Channel, Inbound, InboundKind, Media
from bot.domain.people import is_sensitive
from bot.flows.engine import FLOWS
from tests.conversations.talk import Talk

WORDS = """
la cuisine|vendeur ou coiffeuse|jsp|rien|oui|non|17|14 ans|28|34|pas de permis|je suis enceinte|peu importe
une alternance
le matin sauf mercredi|2x8 mais pas la nuit|06 39 98 00 44|59510|31000|moi c'est Lou|passer
retour|plus tard|aide
recommencer|mes données|efface moi|code|langue|english|بالعربية|qui es tu|STOP|reprise|parler à quelqu'un|un rendez-vous
envie de mourir|merci|salut|tg|1|le 2|a|ma fiche|pas envie d'en parler
""".replace("\n", "|").split("|")
ODD = ["", "   ", "\u200b\u202e", "\x00", "\ud800", "x" * 5_000, "😂", "👍"]
FORGED = ["wish:9", "age:99", "drop:77", "language:xx", "way:x", "half:", "barrier:zzz", "kind:", ":", "switch:phone"]
BARE = [k for k in InboundKind if k not in {InboundKind.TEXT, InboundKind.OPTION, InboundKind.TIMER}]

texts = st.sampled_from(WORDS + ODD) | st.text(max_size=30)
moves = st.one_of(
    st.tuples(st.just("write"), texts),
    st.tuples(st.just("press"), st.integers(0, 20)),
    st.tuples(st.just("press"), st.integers(0, 20)),
    st.tuples(st.just("forge"), st.text(max_size=12) | st.sampled_from(FORGED)),
    st.tuples(st.just("kind"), st.sampled_from(BARE)),
    st.tuples(st.just("wait"), st.integers(0, 40)),
    st.tuples(st.just("floor"), st.booleans()),
)
any_sequence = given(st.lists(moves, max_size=25), st.sampled_from(list(Channel)))
often = settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])


def move(talk: Talk, what: str, value: object) -> None:
    """One move of the person, of the house, or of an adviser."""
    options = talk.conversation.labels
    if what == "write":
        talk.write(str(value))
    elif what == "press" and options:
        option, _ = options[int(str(value)) % len(options)]
        talk.take(Inbound(InboundKind.OPTION, option=option, turn=talk.conversation.turn))
    elif what == "forge":
        talk.take(Inbound(InboundKind.OPTION, option=str(value), turn=talk.conversation.turn))
    elif what == "kind" and isinstance(value, InboundKind):
        talk.take(Inbound(value, media=Media("file", "f1")))
    elif what == "wait":
        talk.wait(timedelta(days=int(str(value))))
    elif what == "floor":
        talk.facts = replace(talk.facts, floor="Camille" if value else "")


def fresh(channel: Channel) -> Talk:
    talk = Talk()
    talk.facts = replace(talk.facts, channel=channel)
    return talk


@often
@any_sequence
def test_a_person_is_always_answered_unless_an_adviser_speaks(
    sequence: list[tuple[str, object]], channel: Channel
) -> None:
    talk = fresh(channel)
    for what, value in sequence:
        held = bool(talk.facts.floor)
        before = len(talk.steps)
        move(talk, what, value)
        if what in {"write", "forge"} and not held:
            assert any(isinstance(e, Say | Ask) for e in talk.steps[-1].effects)
        for step in talk.steps[before:]:
            assert step.conversation.frame.flow in FLOWS
            assert step.conversation.frame.state in set(map(str, FLOWS[step.conversation.frame.flow].states))
            assert len(step.conversation.parked) <= len(FLOWS)


@often
@any_sequence
def test_every_message_asks_one_thing_at_most(sequence: list[tuple[str, object]], channel: Channel) -> None:
    talk = fresh(channel)
    for what, value in sequence:
        move(talk, what, value)
        for step in talk.steps[-1:]:
            assert sum(isinstance(e, Ask) for e in step.effects) <= 1
            assert len(talk.buttons) <= 16


@often
@any_sequence
def test_what_was_planned_always_ends_in_words_or_in_a_reason(
    sequence: list[tuple[str, object]], channel: Channel
) -> None:
    talk = fresh(channel)
    for what, value in sequence:
        before = len(talk.steps)
        move(talk, what, value)
        if what == "wait":
            for step in talk.steps[before:]:
                assert any(isinstance(e, Say | Skip) for e in step.effects)


@often
@any_sequence
def test_at_most_two_nudges_are_said_in_a_conversation(sequence: list[tuple[str, object]], channel: Channel) -> None:
    talk = fresh(channel)
    for what, value in [*sequence, ("floor", False), ("wait", 200), ("wait", 200)]:
        move(talk, what, value)
    nudges = 0
    for effect in (e for step in talk.steps for e in step.effects):
        nudges = 0 if isinstance(effect, EraseMe) else nudges
        nudges += isinstance(effect, Say) and effect.text.startswith("common-nudge")
        assert nudges <= 2


@often
@any_sequence
def test_nothing_sensitive_is_kept_without_a_yes_nor_named_where_others_read(
    sequence: list[tuple[str, object]], channel: Channel
) -> None:
    talk = fresh(channel)
    for what, value in sequence:
        move(talk, what, value)
        for barrier in talk.facts.card.barriers:
            assert not is_sensitive(barrier.category) or f"sensitive:{barrier.category}" in talk.facts.card.consents
        if channel is not Channel.WEB:
            assert not any(is_sensitive(b.category) for b in talk.facts.card.barriers)
            assert "La santé" not in talk.buttons
