"""Après. For everybody whose first conversation is over, or has nothing open: the door stays open.

A new wish, a new hour, a question or a word for the adviser: everything is received, nothing is asked first. What the
bot does not understand goes to the person's adviser with an honest time; it is never answered by chance.

    👤 en fait je veux aussi faire de la vente
    🤖 « en fait je veux aussi faire de la vente », c'est ajouté. …
    👤 vous êtes là ?
    🤖 Camille lira ton message. Réponse : demain avant midi.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.effects import Effect, KeepAvailability, KeepWish, OpenTask, Say
from bot.domain.people import Availability
from bot.flows.commands import SMALL_TALK
from bot.flows.engine import ENTER, TEXT, Flow, Go, Note, Row, Turn
from bot.flows.shared import keep_barriers, means, plain_barriers, quote, who_answers, words_to_keep


class State(StrEnum):
    """What we are waiting for: anything."""

    START = "start"
    RESTING = "resting"


@dataclass(frozen=True, slots=True)
class Data:
    """Nothing to remember."""


Effects = Iterator[Effect | Note]


def names_a_wish(turn: Turn) -> bool:
    """Is it a new wish?"""
    return any(w.domains and not w.refused for w in turn.reading.wishes)


def says_when(turn: Turn) -> bool:
    """Is it a new time?"""
    said = turn.reading.availability
    return said is not None and (said.slots is not None or bool(said.work))


def add_wish(turn: Turn) -> Effects:
    """One more wish on the card."""
    for wish in turn.reading.wishes:
        yield KeepWish(wish)
    yield from keep_barriers(turn, *plain_barriers(turn))
    yield Say("home-wish", {"words": quote(turn.inbound.text), **who_answers(turn)})


def change_availability(turn: Turn) -> Effects:
    """The new sentence is the new answer."""
    yield KeepAvailability(replace(turn.reading.availability or Availability(), words=words_to_keep(turn)))
    yield Say("home-availability", who_answers(turn))


def pass_on(turn: Turn) -> Effects:
    """A person reads it; what is in the way goes on the card too."""
    yield from keep_barriers(turn, *plain_barriers(turn))
    yield OpenTask("write_back", turn.inbound.text)
    yield Say("home-passed-on", who_answers(turn))


def greet(turn: Turn) -> Effects:
    """A greeting for a greeting."""
    yield Say(f"common-{turn.reading.intent.replace('_', '-')}")


def acknowledge(turn: Turn) -> Effects:
    """A yes or a no with nothing asked."""
    yield Say("home-here", who_answers(turn))


S = State
FLOW: Final = Flow(
    "home",
    State,
    Data,
    (
        Row(S.START, ENTER, None, None, S.RESTING),
        Row(S.RESTING, TEXT, means("ma_fiche"), None, Go("recap")),
        Row(S.RESTING, TEXT, means(*SMALL_TALK), greet, S.RESTING),
        Row(S.RESTING, TEXT, means("oui", "non", "peut_etre", "je_sais_pas", "pas_en_parler"), acknowledge, S.RESTING),
        Row(S.RESTING, TEXT, names_a_wish, add_wish, S.RESTING),
        Row(S.RESTING, TEXT, says_when, change_availability, S.RESTING),
        Row(S.RESTING, TEXT, None, pass_on, S.RESTING),
    ),
)
