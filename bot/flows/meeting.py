"""Se parler. For who wants a person: an appointment, a call, a written answer, or nothing now.

Phone, name and town are asked here and nowhere earlier, each with its reason, each refusable: a person still comes.
Entered after the recap, or at any moment when somebody asks for an appointment; the interrupted question comes back
afterwards.

    🤖 Comment tu veux continuer ?
    👤 On m'appelle
    🤖 À quel numéro ? …
    👤 06 39 98 00 01
    🤖 Merci. Camille t'appelle …
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.effects import Ask, Consent, Effect, KeepProfile, OpenTask, Say
from bot.domain.messages import InboundKind, Option
from bot.flows.engine import BACK, ENTER, TEXT, Act, Flow, Guard, Note, Row, Turn, option
from bot.flows.shared import NO, SKIP, YES, chose, is_private, means, quote, says_something, who_answers

TASKS: Final = {"appointment": "appointment_wanted", "call": "call_back", "write": "write_back"}
SAID: Final = {"rdv_prendre": "appointment", "appel": "call", "ecrit": "write"}
"""Words that choose the way by themselves."""
ANSWER_DAYS: Final = 2
_MOST_NAME = 40


class State(StrEnum):
    """What we are waiting for."""

    START = "start"
    HOW = "how"
    PHONE = "phone"
    TOWN = "town"
    NAME = "name"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Data:
    """`how`: what they chose."""

    how: str = ""


Effects = Iterator[Effect | Note]


# --- questions ------------------------------------------------------------------------------------------------------


def way_of(turn: Turn) -> str:
    """The way just chosen, by a button or in words; "" when this turn chooses none."""
    if turn.inbound.option:
        return turn.argument if turn.inbound.option.startswith("way:") else ""
    return SAID.get(turn.reading.intent, "") if turn.state in {State.START, State.HOW} else ""


def says_way(turn: Turn) -> bool:
    """Is the way chosen in words?"""
    return not turn.inbound.option and bool(way_of(turn))


def needs_phone(turn: Turn) -> bool:
    """Is a call or an appointment wanted without a number to reach them?"""
    return turn.data.how in {"appointment", "call"} and not turn.facts.profile.phone


def needs_town(turn: Turn) -> bool:
    """Must the place be known, because this agency serves some towns only?"""
    meets = turn.data.how in {"appointment", "call"}
    return meets and bool(turn.facts.agency.postcodes) and not turn.facts.profile.town


def needs_name(turn: Turn) -> bool:
    """Is there no name to call them by?"""
    return turn.data.how in TASKS and not turn.facts.profile.first_name


def needs_channel(turn: Turn) -> bool:
    """May they be written to here, where a third party carries the messages? Asked once, at the end of the recap."""
    agreed = "channel" in turn.facts.card.consents
    return turn.data.how in TASKS and not (is_private(turn) or agreed or turn.conversation.parked)


def gives_phone(turn: Turn) -> bool:
    """Is a French phone number in these words?"""
    return bool(turn.reading.phone)


def lives_elsewhere(turn: Turn) -> bool:
    """Is the postcode outside the towns of this agency?"""
    return bool(turn.reading.postcode) and not turn.reading.postcode.startswith(turn.facts.agency.postcodes)


def gives_town(turn: Turn) -> bool:
    """Is a postcode or a town said?"""
    return bool(turn.reading.postcode) or says_something(turn)


# --- acts -----------------------------------------------------------------------------------------------------------


def ask_how(turn: Turn) -> Effects:
    """How would you like to go on?"""
    ways = tuple(Option(f"way:{way}", f"meeting-way-{way}") for way in (*TASKS, "later"))
    yield Ask("meeting-ask-how", who_answers(turn), ways)


def choose_way(turn: Turn) -> Effects:
    """The task is opened at once, before any other question: leaving now loses nothing."""
    if way_of(turn) in TASKS:
        yield OpenTask(TASKS[way_of(turn)], due_days=ANSWER_DAYS)


def keep_phone(turn: Turn) -> Effects:
    """The number, in international form."""
    yield KeepProfile("phone", turn.reading.phone)


def call_me(turn: Turn) -> Effects:
    """A number, given before it was asked, asks for a call."""
    yield Note(how="call")
    yield OpenTask(TASKS["call"], due_days=ANSWER_DAYS)
    yield from keep_phone(turn)
    yield from end(turn)


def ask_person(turn: Turn) -> Effects:
    """A person, whichever way: they answer here."""
    yield Note(how="write")
    yield OpenTask("asked_for_person", turn.inbound.text, ANSWER_DAYS)
    yield from end(turn)


def write_to_me(turn: Turn) -> Effects:
    """Other words are for the person who will answer them."""
    yield Note(how="write")
    yield OpenTask(TASKS["write"], turn.inbound.text, ANSWER_DAYS)
    yield from end(turn)


def keep_town(turn: Turn) -> Effects:
    """The postcode when there is one, else the words."""
    yield KeepProfile("town", turn.reading.postcode or quote(turn.inbound.text))


def from_elsewhere(turn: Turn) -> Effects:
    """Another Mission Locale is nearer: it is named, and ours makes the link."""
    yield from keep_town(turn)
    yield OpenTask("outside_scope", due_days=ANSWER_DAYS)
    yield Say("meeting-elsewhere", who_answers(turn))


def keep_name(turn: Turn) -> Effects:
    """The name they chose."""
    yield KeepProfile("first_name", turn.reading.first_name or quote(turn.inbound.text)[:_MOST_NAME])


def allow_channel(turn: Turn) -> Effects:
    """They may be written to here."""
    yield Consent("channel", given=True)


def refuse_channel(turn: Turn) -> Effects:
    """Only answers here."""
    yield Consent("channel", given=False)


def end(turn: Turn) -> Effects:
    """What happens next, honestly."""
    way = turn.data.how or "later"
    if way in {"appointment", "call"} and not turn.facts.profile.phone:
        way = "write"
    yield Say(f"meeting-end-{way}", who_answers(turn))


def leave_it(turn: Turn) -> Effects:
    """Not now: the door stays open."""
    yield Say("meeting-end-later")


# --- one question after the other, each only when it is needed --------------------------------------------------------


def ask_phone(turn: Turn) -> Effects:
    """The number, with its reason."""
    yield Ask("meeting-ask-phone", who_answers(turn), (SKIP,))


def ask_town(turn: Turn) -> Effects:
    """The town, with its reason."""
    yield Ask("meeting-ask-town", options=(SKIP,))


def ask_name(turn: Turn) -> Effects:
    """A first name or any other name."""
    yield Ask("meeting-ask-name", who_answers(turn), (SKIP,))


def ask_channel(turn: Turn) -> Effects:
    """May reminders come here?"""
    yield Ask("meeting-ask-channel", options=(YES, NO))


S = State
QUESTIONS: Final[dict[State, tuple[Guard, Act]]] = {
    S.PHONE: (needs_phone, ask_phone),
    S.TOWN: (needs_town, ask_town),
    S.NAME: (needs_name, ask_name),
    S.CHANNEL: (needs_channel, ask_channel),
}


def then(state: State, trigger: str | tuple[str, ...], guard: Guard | None, act: Act | None) -> tuple[Row, ...]:
    """Do `act`, then ask the first later question that is needed; when none is, say what happens next."""
    later = list(QUESTIONS)[list(QUESTIONS).index(state) + 1 :] if state in QUESTIONS else list(QUESTIONS)
    asking = (Row(state, trigger, _both(guard, QUESTIONS[q][0]), _first(act, QUESTIONS[q][1]), q) for q in later)
    return (*asking, Row(state, trigger, guard, _first(act, end), BACK))


def _both(guard: Guard | None, needed: Guard) -> Guard:
    """A guard that also asks what is needed; the way just chosen counts."""
    return lambda turn: (guard is None or guard(turn)) and needed(_with_way(turn))


def _with_way(turn: Turn) -> Turn:
    return replace(turn, data=Data(way_of(turn))) if way_of(turn) else turn


def _first(act: Act | None, following: Act) -> Act:
    def both(turn: Turn) -> Effects:
        if way := way_of(turn):
            yield Note(how=way)
        yield from act(turn) if act else ()
        yield from following(turn)

    return both


NUMBER: Final = (TEXT, str(InboundKind.CONTACT))
UNWILLING: Final = means("non", "pas_en_parler", "je_sais_pas", "peut_etre")
FLOW: Final = Flow(
    "meeting",
    State,
    Data,
    (
        *then(S.START, ENTER, says_way, choose_way),
        Row(S.START, ENTER, None, ask_how, S.HOW),
        #
        Row(S.HOW, option("way"), chose("later"), leave_it, BACK),
        *then(S.HOW, option("way"), None, choose_way),
        *then(S.HOW, option("meet"), says_way, choose_way),
        Row(tuple(State)[1:], option("meet"), None, ask_how, S.HOW),
        Row(S.HOW, option("human"), None, ask_person, BACK),
        Row(S.HOW, option("skip"), None, leave_it, BACK),
        Row(S.HOW, TEXT, means("non", "je_sais_pas", "peut_etre", "merci", "au_revoir"), leave_it, BACK),
        #
        Row(S.HOW, NUMBER, gives_phone, call_me, BACK),
        Row(S.HOW, TEXT, says_something, write_to_me, BACK),
        *then(S.PHONE, NUMBER, gives_phone, keep_phone),
        *then(S.PHONE, option("skip"), None, None),
        *then(S.PHONE, TEXT, UNWILLING, None),
        Row(S.PHONE, option("back"), None, ask_how, S.HOW),
        #
        Row(S.TOWN, TEXT, lives_elsewhere, from_elsewhere, BACK),
        *then(S.TOWN, TEXT, gives_town, keep_town),
        *then(S.TOWN, option("skip"), None, None),
        *then(S.TOWN, TEXT, UNWILLING, None),
        Row(S.TOWN, option("back"), None, ask_how, S.HOW),
        #
        *then(S.NAME, TEXT, says_something, keep_name),
        *then(S.NAME, option("skip"), None, None),
        *then(S.NAME, TEXT, UNWILLING, None),
        Row(S.NAME, option("back"), None, ask_how, S.HOW),
        #
        *then(S.CHANNEL, option("yes"), None, allow_channel),
        *then(S.CHANNEL, (option("no"), option("skip")), None, refuse_channel),
        *then(S.CHANNEL, TEXT, means("oui"), allow_channel),
        *then(S.CHANNEL, TEXT, UNWILLING, refuse_channel),
        Row(S.CHANNEL, option("back"), None, ask_how, S.HOW),
    ),
)
