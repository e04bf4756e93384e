"""Bienvenue. For everybody who writes for the first time, by a link, a code, a friend or by chance.

It says who speaks, for whom, who reads and where the whole notice is, then gives way to the wish. It asks for no name,
no age, no phone, and what the person already said in their first message is heard, never asked again.

    👤 (opens the link)
    🤖 Salut ! Ici Mission Locale de Valombre. Je suis un robot, c'est gratuit. Camille lit nos messages …
    🤖 Qu'est-ce que tu aimerais faire ?
    👤 cuisine
    🤖 « cuisine », c'est noté …
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.effects import AcceptNotice, Effect, OpenTask, Say, SwitchLanguage
from bot.domain.messages import InboundKind
from bot.flows.engine import ENTER, Flow, Go, Note, Row, Turn
from bot.flows.shared import LANGUAGES, SILENCES, kind_is, means, nudge, who_answers


class State(StrEnum):
    """The welcome waits for nothing: the question belongs to the wishes."""

    START = "start"


@dataclass(frozen=True, slots=True)
class Data:
    """Nothing to remember."""


Effects = Iterator[Effect | Note]


def hello(turn: Turn) -> Effects:
    """Who speaks, who reads, where the notice is."""
    language = turn.reading.speaks or turn.inbound.language[:2]
    if language in LANGUAGES and language != turn.facts.language:
        yield SwitchLanguage(language)
    agency = turn.facts.agency
    link = f"{turn.facts.public_url}/chat/{agency.slug}/notice"
    yield Say("welcome-hello", {"agency": agency.name, "link": link, **who_answers(turn)})
    yield AcceptNotice(agency.notice_version)
    yield nudge(turn, SILENCES[0])


def hello_and_person(turn: Turn) -> Effects:
    """The first message already asks for a person: nothing is asked before they get one."""
    yield from hello(turn)
    yield OpenTask("asked_for_person", turn.inbound.text)
    yield Say("common-human", who_answers(turn))


def hello_to_voice(turn: Turn) -> Effects:
    """The first message is a voice: it cannot be heard here, and a person is told."""
    yield from hello(turn)
    yield OpenTask("unplayed_voice")
    yield Say("common-voice", who_answers(turn))


def hello_to_file(turn: Turn) -> Effects:
    """The first message is a file: it is kept for the adviser."""
    yield from hello(turn)
    yield OpenTask("file_received")
    yield Say("common-file", who_answers(turn))


FLOW: Final = Flow(
    "welcome",
    State,
    Data,
    (
        Row(State.START, ENTER, kind_is(InboundKind.VOICE), hello_to_voice, Go("wishes")),
        Row(State.START, ENTER, kind_is(InboundKind.FILE), hello_to_file, Go("wishes")),
        Row(State.START, ENTER, means("humain"), hello_and_person, Go("wishes")),
        Row(State.START, ENTER, None, hello, Go("wishes")),
    ),
)
