"""Se parler. For who wants a person: an appointment, a call, a written answer, or nothing now.

Phone, name and town are asked here and nowhere earlier, each with its reason, each refusable: a person still comes. Entered after the recap, or at any
moment when somebody asks for an appointment; the interrupted question comes back afterwards.

    🤖 Comment tu veux continuer ?
    👤 On m'appelle
    🤖 À quel numéro ? …
    👤 06 39 98 00 01
    🤖 Merci. Camille t'appelle …
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.effects import Ask, Effect, KeepProfile, OpenTask, Say
from bot.domain.messages import InboundKind, Option
from bot.flows.engine import BACK, ENTER, TEXT, Flow, Note, Row, Turn, option
from bot.flows.shared import SKIP, means, quote, says_something, who_answers

TASKS: Final = {"appointment": "appointment_wanted", "call": "call_back", "write": "write_back"}
ANSWER_DAYS: Final = 2
_MOST_NAME = 40


class State(StrEnum):
    """What we are waiting for."""

    START = "start"
    HOW = "how"
    PHONE = "phone"
    TOWN = "town"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Data:
    """`how`: what they chose."""

    how: str = ""


Effects = Iterator[Effect | Note]


# --- questions ------------------------------------------------------------------------------------------------------


def needs_phone(turn: Turn) -> bool:
    """Is a call or an appointment wanted without a number to reach them?"""
    return turn.argument in {"appointment", "call"} and not turn.facts.profile.phone


def needs_name(turn: Turn) -> bool:
    """Is there no name to call them by?"""
    return not turn.facts.profile.first_name


def needs_town(turn: Turn) -> bool:
    """Must the place be known, because this agency serves some towns only?"""
    wanted = turn.data.how or turn.argument
    return wanted == "appointment" and bool(turn.facts.agency.postcodes) and not turn.facts.profile.town


def gives_phone(turn: Turn) -> bool:
    """Is a French phone number in these words?"""
    return bool(turn.reading.phone)


def gives_phone_then_town(turn: Turn) -> bool:
    """A number, and the town still to ask?"""
    return gives_phone(turn) and needs_town(turn)


def gives_phone_then_name(turn: Turn) -> bool:
    """A number, and the name still to ask?"""
    return gives_phone(turn) and needs_name(turn)


def lives_elsewhere(turn: Turn) -> bool:
    """Is the postcode outside the towns of this agency?"""
    return bool(turn.reading.postcode) and not turn.reading.postcode.startswith(turn.facts.agency.postcodes)


def gives_town(turn: Turn) -> bool:
    """Is a postcode or a town said?"""
    return bool(turn.reading.postcode) or says_something(turn)


def gives_town_then_name(turn: Turn) -> bool:
    """A town, and the name still to ask?"""
    return gives_town(turn) and needs_name(turn)


# --- acts -----------------------------------------------------------------------------------------------------------


def ask_how(turn: Turn) -> Effects:
    """How would you like to go on?"""
    ways = tuple(Option(f"way:{way}", f"meeting-way-{way}") for way in (*TASKS, "later"))
    yield Ask("meeting-ask-how", who_answers(turn), ways)


def open_task(turn: Turn) -> Effects:
    """The task is opened at once, before any other question: leaving now loses nothing."""
    yield Note(how=turn.argument)
    if turn.argument in TASKS:
        yield OpenTask(TASKS[turn.argument], due_days=ANSWER_DAYS)


def open_task_and_ask_phone(turn: Turn) -> Effects:
    """A number is needed to reach them."""
    yield from open_task(turn)
    yield Ask("meeting-ask-phone", who_answers(turn), (SKIP,))


def open_task_and_ask_town(turn: Turn) -> Effects:
    """The place is needed to meet."""
    yield from open_task(turn)
    yield from ask_town(turn)


def open_task_and_ask_name(turn: Turn) -> Effects:
    """A name is needed to call them by."""
    yield from open_task(turn)
    yield from ask_name(turn)


def open_task_and_end(turn: Turn) -> Effects:
    """Nothing more is needed."""
    yield from open_task(turn)
    yield from end(turn)


def keep_phone(turn: Turn) -> Effects:
    """The number, in international form."""
    if turn.reading.phone:
        yield KeepProfile("phone", turn.reading.phone)


def keep_phone_and_ask_town(turn: Turn) -> Effects:
    """One answer, then the next question."""
    yield from keep_phone(turn)
    yield from ask_town(turn)


def keep_phone_and_ask_name(turn: Turn) -> Effects:
    """One answer, then the next question."""
    yield from keep_phone(turn)
    yield from ask_name(turn)


def keep_phone_and_end(turn: Turn) -> Effects:
    """The last answer."""
    yield from keep_phone(turn)
    yield from end(turn)


def ask_town(turn: Turn) -> Effects:
    """The town, with its reason."""
    yield Ask("meeting-ask-town", options=(SKIP,))


def ask_name(turn: Turn) -> Effects:
    """A first name or any other name."""
    yield Ask("meeting-ask-name", who_answers(turn), (SKIP,))


def keep_town(turn: Turn) -> Effects:
    """The postcode when there is one, else the words."""
    yield KeepProfile("town", turn.reading.postcode or quote(turn.inbound.text))


def keep_town_and_ask_name(turn: Turn) -> Effects:
    """One answer, then the next question."""
    yield from keep_town(turn)
    yield from ask_name(turn)


def keep_town_and_end(turn: Turn) -> Effects:
    """The last answer."""
    yield from keep_town(turn)
    yield from end(turn)


def from_elsewhere(turn: Turn) -> Effects:
    """Another Mission Locale is nearer: it is named, and ours makes the link."""
    yield from keep_town(turn)
    yield OpenTask("outside_scope", due_days=ANSWER_DAYS)
    yield Say("meeting-elsewhere", who_answers(turn))


def keep_name_and_end(turn: Turn) -> Effects:
    """The name they chose."""
    name = turn.reading.first_name or quote(turn.inbound.text)[:_MOST_NAME]
    yield KeepProfile("first_name", name)
    yield from end(turn)


def end(turn: Turn) -> Effects:
    """What happens next, honestly."""
    way = turn.data.how or "later"
    if way in {"appointment", "call"} and not turn.facts.profile.phone:
        way = "write"
    yield Say(f"meeting-end-{way}", who_answers(turn))


S = State
FLOW: Final = Flow(
    "meeting",
    State,
    Data,
    (
        Row(S.START, ENTER, None, ask_how, S.HOW),
        Row(S.HOW, option("way"), needs_phone, open_task_and_ask_phone, S.PHONE),
        Row(S.HOW, option("way"), needs_town, open_task_and_ask_town, S.TOWN),
        Row(S.HOW, option("way"), None, open_task_and_end, BACK),
        Row(S.HOW, option("meet"), None, ask_how, S.HOW),
        Row(S.HOW, option("skip"), None, end, BACK),
        Row(S.HOW, TEXT, means("non", "je_sais_pas", "peut_etre", "merci", "au_revoir"), end, BACK),
        Row(S.PHONE, (TEXT, str(InboundKind.CONTACT)), gives_phone_then_town, keep_phone_and_ask_town, S.TOWN),
        Row(S.PHONE, (TEXT, str(InboundKind.CONTACT)), gives_phone_then_name, keep_phone_and_ask_name, S.NAME),
        Row(S.PHONE, (TEXT, str(InboundKind.CONTACT)), gives_phone, keep_phone_and_end, BACK),
        Row(S.PHONE, option("skip"), needs_town, ask_town, S.TOWN),
        Row(S.PHONE, option("skip"), needs_name, ask_name, S.NAME),
        Row(S.PHONE, option("skip"), None, end, BACK),
        Row(S.PHONE, TEXT, means("non", "pas_en_parler", "je_sais_pas"), ask_name, S.NAME),
        Row(S.PHONE, option("back"), None, ask_how, S.HOW),
        Row(S.TOWN, TEXT, lives_elsewhere, from_elsewhere, BACK),
        Row(S.TOWN, TEXT, gives_town_then_name, keep_town_and_ask_name, S.NAME),
        Row(S.TOWN, TEXT, gives_town, keep_town_and_end, BACK),
        Row(S.TOWN, option("skip"), needs_name, ask_name, S.NAME),
        Row(S.TOWN, option("skip"), None, end, BACK),
        Row(S.TOWN, option("back"), None, ask_how, S.HOW),
        Row(S.NAME, option("skip"), None, end, BACK),
        Row(S.NAME, option("back"), None, ask_how, S.HOW),
        Row(S.NAME, TEXT, means("non", "pas_en_parler", "je_sais_pas"), end, BACK),
        Row(S.NAME, TEXT, says_something, keep_name_and_end, BACK),
    ),
)
