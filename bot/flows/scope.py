"""Pour qui. For everybody, once the wish is known: a named human and an honest time first, then the age, with its
reason.

The age is asked because it changes what a Mission Locale may do, and because a minor reads one more notice. It can be
kept silent. Who is too young, too old or from elsewhere is accompanied to the right place and never just turned away.

    🤖 Camille lit tes messages et te répond demain avant midi. … Tu as quel âge ?
    👤 17
    🤖 Si tu es en danger, une personne est prévenue. …
    🤖 Qu'est-ce qui te complique la vie ?
    👤 le transport
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.effects import (
    AcceptNotice,
    Ask,
    CloseConversation,
    Consent,
    DropBarrier,
    Effect,
    KeepProfile,
    KeepWish,
    MarkSensitive,
    OpenTask,
    Say,
)
from bot.domain.messages import Option
from bot.domain.people import AgeBand, is_sensitive
from bot.flows.engine import ENTER, TEXT, Flow, Go, Note, Row, Turn, option
from bot.flows.shared import (
    HUMAN,
    NO,
    SKIP,
    YES,
    goes_back,
    is_private,
    means,
    quote,
    says_something,
    volunteered,
    who_answers,
)
from bot.flows.wishes import keep_contract, only_contract

BANDS: Final = tuple(AgeBand)
OUTSIDE_DUE_DAYS: Final = 2


class State(StrEnum):
    """What we are waiting for."""

    START = "start"
    AGE = "age"
    RECOGNISED = "recognised"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Data:
    """`again`: the age was asked a second time, because something else was said; there is no third."""

    again: bool = False


Effects = Iterator[Effect | Note]


# --- questions ------------------------------------------------------------------------------------------------------


def needs_age(turn: Turn) -> bool:
    """Is the age unknown, or does the person come back to it?"""
    return goes_back(turn) or not turn.facts.profile.age


def is_under_15(turn: Turn) -> bool:
    """Under 15?"""
    return _band(turn) == AgeBand.UNDER_15


def is_too_young(turn: Turn) -> bool:
    """Under 16?"""
    return _band(turn) == AgeBand.FROM_15


def says_beside(turn: Turn) -> bool:
    """Is something else said than the age: a wish, a way in, what is in the way, free time?"""
    reading = turn.reading
    wishes = any(w.domains or w.contract for w in reading.wishes)
    return bool(wishes or reading.barriers or reading.availability) and not reading.intent


def says_beside_again(turn: Turn) -> bool:
    """The same, a second time?"""
    return turn.data.again and says_beside(turn)


def is_over_29(turn: Turn) -> bool:
    """Thirty or more?"""
    return _band(turn) == AgeBand.OVER_29


def may_be_recognised(turn: Turn) -> bool:
    """26 to 29: does a recognised handicap still open the door, and may it be named here?"""
    return _band(turn) == AgeBand.FROM_26_TO_29 and is_private(turn)


def is_26_to_29(turn: Turn) -> bool:
    """26 to 29, where the exception cannot be named?"""
    return _band(turn) == AgeBand.FROM_26_TO_29


def is_minor(turn: Turn) -> bool:
    """16 or 17?"""
    return _band(turn) == AgeBand.FROM_16_TO_17


def is_adult(turn: Turn) -> bool:
    """18 to 25?"""
    return _band(turn) == AgeBand.FROM_18_TO_25


def is_recognised(turn: Turn) -> bool:
    """26 to 29, and already known to be recognised?"""
    return _band(turn) == AgeBand.FROM_26_TO_29 and turn.facts.profile.disability_recognised


# --- acts -----------------------------------------------------------------------------------------------------------


def ask_age(turn: Turn) -> Effects:
    """The age, with its reason."""
    if not goes_back(turn):
        yield Say("scope-person", who_answers(turn))
    yield Ask("scope-ask-age", options=(*_bands(), SKIP, HUMAN))


def keep_age(turn: Turn) -> Effects:
    """Keep the band, nothing finer, and what is said beside it."""
    yield KeepProfile("age", str(_band(turn)))
    if turn.state == State.AGE and says_beside(turn):
        yield from keep_beside(turn)


def keep_beside(turn: Turn) -> Effects:
    """What was said instead of the age, or with it, is kept and said back; something personal is for a person."""
    for wish in turn.reading.wishes:
        if wish.domains:
            yield KeepWish(wish)
    if only_contract(turn):
        yield from keep_contract(turn)
    yield from volunteered(turn)
    if turn.reading.sensitive:
        yield Say("recap-personal", who_answers(turn))
    else:
        yield Say("scope-noted", {"words": quote(turn.inbound.text)})


def keep_beside_and_ask_again(turn: Turn) -> Effects:
    """Kept, then the age once more, in fewer words."""
    yield from keep_beside(turn)
    yield Note(again=True)
    yield Ask("scope-ask-age-again", options=(*_bands(), SKIP, HUMAN))


def keep_beside_and_go_on(turn: Turn) -> Effects:
    """Kept; the age was asked twice, that is enough."""
    yield from keep_beside(turn)
    yield from silent_age(turn)


def keep_minor(turn: Turn) -> Effects:
    """A minor reads one more notice before anything that weighs."""
    yield from keep_age(turn)
    yield AcceptNotice(turn.facts.agency.notice_version, minor=True)
    yield Say("scope-minor-notice")


def silent_age(turn: Turn) -> Effects:
    """The age stays unsaid: the notice for minors is said to be safe."""
    yield Say("scope-age-silent")
    yield Say("scope-minor-notice")


def too_young(turn: Turn) -> Effects:
    """Fifteen: the right place, by its name."""
    yield from keep_age(turn)
    yield Say("scope-too-young")
    yield _elsewhere(turn)


def straight_to_person(turn: Turn) -> Effects:
    """Under 15: nothing sensitive is kept, nothing more is asked, a person is told at once."""
    yield KeepProfile("age", str(AgeBand.UNDER_15))
    for barrier in turn.facts.card.barriers:
        if is_sensitive(barrier.category):
            yield DropBarrier(barrier.category)
    yield OpenTask("outside_scope", due_days=OUTSIDE_DUE_DAYS)
    yield Say("scope-too-young")
    yield Say("scope-accompanied", who_answers(turn))
    yield CloseConversation("outside_scope")


def too_old(turn: Turn) -> Effects:
    """Over the age: the right place, by its name."""
    yield from keep_age(turn)
    yield Say("scope-too-old")
    yield _elsewhere(turn)


def maybe_too_old(turn: Turn) -> Effects:
    """26 to 29 on a channel read by others: a person checks the exception, which is not named."""
    yield from keep_age(turn)
    yield Say("scope-maybe-too-old")
    yield _elsewhere(turn)


def ask_recognised(turn: Turn) -> Effects:
    """26 to 29: one exception, asked with its reason."""
    yield from keep_age(turn)
    yield Ask("scope-ask-recognised", options=(YES, NO, SKIP, HUMAN))


def recognised(turn: Turn) -> Effects:
    """The door stays open until 30. They were told why it is asked: their yes is the consent to keep it."""
    yield Consent("sensitive:handicap", given=True)
    yield KeepProfile("disability_recognised", "yes")
    yield MarkSensitive()
    yield Say("scope-recognised")


def accompany(turn: Turn) -> Effects:
    """A person of ours helps them reach the right place."""
    yield OpenTask("outside_scope", turn.inbound.text, OUTSIDE_DUE_DAYS)
    yield Say("scope-accompanied", who_answers(turn))
    yield CloseConversation("outside_scope")


def farewell(turn: Turn) -> Effects:
    """They go on alone; the door stays open."""
    yield Say("scope-farewell")
    yield CloseConversation("outside_scope")


def _bands() -> tuple[Option, ...]:
    return tuple(Option(f"age:{band}", f"scope-age-{band.replace('_', '-')}") for band in BANDS)


def _band(turn: Turn) -> str:
    if turn.inbound.option.startswith("age:"):
        return turn.argument
    return turn.reading.age or turn.facts.profile.age


def _elsewhere(turn: Turn) -> Ask:
    return Ask("scope-ask-elsewhere", who_answers(turn), (YES, NO, HUMAN))


S = State
HERE: Final = (S.START, S.AGE)
KNOWN: Final = (ENTER, option("age"), TEXT)
FLOW: Final = Flow(
    "scope",
    State,
    Data,
    (
        Row(S.START, ENTER, needs_age, ask_age, S.AGE),
        Row(HERE, KNOWN, is_under_15, straight_to_person, Go("home")),
        Row(HERE, KNOWN, is_too_young, too_young, S.ELSEWHERE),
        Row(HERE, KNOWN, is_over_29, too_old, S.ELSEWHERE),
        Row(HERE, KNOWN, is_recognised, keep_age, Go("barriers")),
        Row(HERE, KNOWN, may_be_recognised, ask_recognised, S.RECOGNISED),
        Row(HERE, KNOWN, is_26_to_29, maybe_too_old, S.ELSEWHERE),
        Row(HERE, KNOWN, is_minor, keep_minor, Go("barriers")),
        Row(HERE, KNOWN, is_adult, keep_age, Go("barriers")),
        Row(S.AGE, option("skip"), None, silent_age, Go("barriers")),
        Row(S.AGE, option("back"), None, None, Go("wishes")),
        Row(S.AGE, TEXT, means("non", "je_sais_pas", "pas_en_parler"), silent_age, Go("barriers")),
        Row(S.AGE, TEXT, says_beside_again, keep_beside_and_go_on, Go("barriers")),
        Row(S.AGE, TEXT, says_beside, keep_beside_and_ask_again, S.AGE),
        Row(S.RECOGNISED, option("yes"), None, recognised, Go("barriers")),
        Row(S.RECOGNISED, (option("no"), option("skip")), None, too_old, S.ELSEWHERE),
        Row(S.RECOGNISED, option("back"), None, ask_age, S.AGE),
        Row(S.RECOGNISED, TEXT, means("oui"), recognised, Go("barriers")),
        Row(S.RECOGNISED, TEXT, means("non", "je_sais_pas", "pas_en_parler"), too_old, S.ELSEWHERE),
        Row(S.ELSEWHERE, option("yes"), None, accompany, Go("home")),
        Row(S.ELSEWHERE, (option("no"), option("skip")), None, farewell, Go("home")),
        Row(S.ELSEWHERE, option("back"), None, ask_age, S.AGE),
        Row(S.ELSEWHERE, TEXT, means("non"), farewell, Go("home")),
        Row(
            S.ELSEWHERE, TEXT, lambda turn: says_something(turn) or turn.reading.intent == "oui", accompany, Go("home")
        ),
    ),
)
