"""Tes droits. For everybody at any moment, even while an adviser speaks: see, erase, stop, resume.

STOP is obeyed at once with one confirmation and no question. Erasure is confirmed first, then really done; what must
stay is named with its reason. No right is argued with, and none asks for a reason.

    👤 efface-moi
    🤖 J'efface tout … Tu confirmes ?
    👤 oui
    🤖 C'est fait. …
    👤 STOP
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.effects import Ask, CloseConversation, Effect, EraseMe, KeepLink, ResumeContact, Say, StopContact
from bot.domain.messages import Option
from bot.flows.common import asks
from bot.flows.engine import BACK, ENTER, QUIET, TEXT, Flow, Note, Row, Turn, option
from bot.flows.shared import means

DATA_LINK_LIFE: Final = timedelta(hours=24)


class State(StrEnum):
    """What we are waiting for."""

    START = "start"
    ERASE = "erase"


@dataclass(frozen=True, slots=True)
class Data:
    """Nothing to remember."""


Effects = Iterator[Effect | Note]


def stop(turn: Turn) -> Effects:
    """Obeyed at once."""
    yield StopContact()
    yield Say("rights-stopped")


def resume(turn: Turn) -> Effects:
    """Explicitly asked for."""
    yield ResumeContact()
    yield Say("rights-resumed")


def show_data(turn: Turn) -> Effects:
    """Everything, readable and as JSON, behind a link of its own."""
    yield KeepLink("data", turn.facts.fresh, DATA_LINK_LIFE)
    yield Say("rights-data", {"link": f"{turn.facts.public_url}/chat/donnees/{turn.facts.fresh}"})


def ask_erase(turn: Turn) -> Effects:
    """Once gone it does not come back: one question."""
    yield Say("rights-erase-what")
    yield Ask("rights-ask-erase", options=(Option("yes", "rights-button-erase"), Option("no", "rights-button-keep")))


def erase(turn: Turn) -> Effects:
    """Really done."""
    yield Say("rights-erased")
    yield CloseConversation("erased")
    yield EraseMe()


def keep(turn: Turn) -> Effects:
    """Nothing is erased."""
    yield Say("rights-kept")


S = State
FLOW: Final = Flow(
    "rights",
    State,
    Data,
    (
        Row(S.START, ENTER, asks("stop"), stop, QUIET),
        Row(S.START, ENTER, asks("resume"), resume, BACK),
        Row(S.START, ENTER, asks("data"), show_data, BACK),
        Row(S.START, ENTER, None, ask_erase, S.ERASE),
        Row(S.ERASE, option("yes"), None, erase, QUIET),
        Row(S.ERASE, TEXT, means("oui"), erase, QUIET),
        Row(S.ERASE, (option("no"), option("back"), option("skip")), None, keep, BACK),
        Row(S.ERASE, TEXT, None, keep, BACK),
    ),
)
