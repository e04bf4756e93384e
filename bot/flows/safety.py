"""En sécurité. For who is in danger or says so, before anything else and on every channel: fixed words, the right
numbers, a person told at once.

It never measures, never argues, never promises secrecy, and keeps the person free to leave. The interrupted question
waits until they want it back.

    👤 jai envie de mourir
    🤖 Merci de me le dire. Appelle le 3114, c'est gratuit, jour et nuit. … Tu veux parler à quelqu'un de chez nous ?
    👤 oui
    🤖 Camille est prévenue. …
    👤 Continuer
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.effects import Ask, Effect, OpenTask, Say
from bot.domain.messages import Option
from bot.flows.engine import BACK, ENTER, TEXT, Flow, Note, Row, Turn, option
from bot.flows.shared import means, who_answers


class State(StrEnum):
    """What we are waiting for."""

    START = "start"
    LISTENING = "listening"


@dataclass(frozen=True, slots=True)
class Data:
    """Nothing to remember: the words are in the conversation, and on the adviser's list."""


Effects = Iterator[Effect | Note]


def answer(turn: Turn) -> Effects:
    """The numbers first; a person of ours is told in the same breath."""
    yield Say(f"safety-{turn.reading.danger.replace('_', '-')}")
    yield OpenTask("danger", turn.inbound.text)
    yield _question(turn)


def listen(turn: Turn) -> Effects:
    """Whatever is said here is heard by a person, not by a table."""
    yield OpenTask("danger", turn.inbound.text)
    yield Say("safety-heard", who_answers(turn))
    yield _question(turn)


def call_person(turn: Turn) -> Effects:
    """They want one of us."""
    yield OpenTask("danger", turn.inbound.text)
    yield Say("common-human", who_answers(turn))
    yield _question(turn)


def go_on(turn: Turn) -> Effects:
    """Back to where we were, the door open."""
    yield Say("safety-go-on")


def _question(turn: Turn) -> Ask:
    return Ask("safety-ask", options=(Option("human", "common-button-human"), Option("go_on", "safety-button-go-on")))


S = State
FLOW: Final = Flow(
    "safety",
    State,
    Data,
    (
        Row(S.START, ENTER, None, answer, S.LISTENING),
        Row(S.LISTENING, option("human"), None, call_person, S.LISTENING),
        Row(S.LISTENING, (option("go_on"), option("skip"), option("back")), None, go_on, BACK),
        Row(S.LISTENING, TEXT, means("non", "merci"), go_on, BACK),
        Row(S.LISTENING, TEXT, means("oui"), call_person, S.LISTENING),
        Row(S.LISTENING, TEXT, None, listen, S.LISTENING),
    ),
)
