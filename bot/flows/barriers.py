"""Ce qui complique la vie. For who wants to say it: it is offered, and it is never a gate.

Several things at once, by buttons or in free words; "I would rather not" and "rather to somebody" are full answers. A
sensitive thing is never named on a channel that others read, is kept only after an explicit yes, and its words are not
kept at all. A useful word comes at once, never a promise.

    🤖 Qu'est-ce qui te complique la vie en ce moment ?
    👤 pas de permis
    🤖 Pour le permis, des aides existent. … Autre chose ?
    👤 non
    🤖 Tu es libre quand ?
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from bot.domain.effects import Ask, Consent, Effect, KeepBarrier, KeepLink, OpenTask, Say
from bot.domain.messages import Option
from bot.domain.people import GENERAL, Answered, Barrier, is_sensitive
from bot.flows.engine import ENTER, TEXT, Flow, Go, Note, Row, Turn, option
from bot.flows.shared import MEET, goes_back, is_private, keep_barriers, means, quote, says_something, who_answers

OFFERED: Final = (
    "mobilite",
    "logement",
    "budget",
    "administratif",
    "garde_enfants",
    "confiance_en_soi",
    "langue",
    "numerique",
)
OFFERED_IN_PRIVATE: Final = ("sante",)
OTHER: Final = "autre"
"""The category of free words that no list knows: the adviser reads them."""

TO_A_PERSON: Final = Barrier(GENERAL, Answered.NOT_DISCUSSED, to_a_person=True)
FIRST_QUESTION: Final = "barriers-ask"
LINK_LIFE: Final = timedelta(days=7)

_MOST_USEFUL_WORDS = 2


class State(StrEnum):
    """What we are waiting for."""

    START = "start"
    ASKED = "asked"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Data:
    """`pending`: sensitive categories said and not kept, until the person says yes."""

    pending: tuple[str, ...] = ()


Effects = Iterator[Effect | Note]


# --- questions ------------------------------------------------------------------------------------------------------


def names_sensitive(turn: Turn) -> bool:
    """Does this touch health, handicap, justice, addictions or violence?"""
    return bool(_sensitive(turn))


def names_sensitive_in_public(turn: Turn) -> bool:
    """Does it, on a channel that others may read?"""
    return not is_private(turn) and names_sensitive(turn)


def names_barriers(turn: Turn) -> bool:
    """Is something in the way, or out of it, recognised?"""
    return bool(_categories(turn))


def already_answered(turn: Turn) -> bool:
    """Was the whole question answered once, and does the person not come back to it?"""
    return any(b.category == GENERAL for b in turn.facts.card.barriers) and not goes_back(turn)


def nothing_at_all(turn: Turn) -> bool:
    """Is nothing in the way, to the first question, with nothing known?"""
    asked = turn.conversation.frame.asked
    known = any(b.value is Answered.YES for b in turn.facts.card.barriers)
    return nothing_more(turn) and not known and asked is not None and asked.text == FIRST_QUESTION


def nothing_more(turn: Turn) -> bool:
    """Is nothing in the way, or nothing else?"""
    return turn.inbound.option == "none" or turn.reading.intent == "non"


def names_only_solved(turn: Turn) -> bool:
    """Is everything named out of the way already?"""
    return bool(turn.reading.barriers) and all(b.value is Answered.NO for b in turn.reading.barriers)


def is_pending(turn: Turn) -> bool:
    """Is there still something to keep? What was said long ago and never answered is forgotten."""
    return bool(turn.data.pending)


def agrees(turn: Turn) -> bool:
    """Is it a yes, to something there is still to keep?"""
    return is_pending(turn) and turn.reading.intent == "oui"


# --- acts -----------------------------------------------------------------------------------------------------------


def ask(turn: Turn) -> Effects:
    """Offer to say it, with an appointment or a call at hand; what is known already is not asked again."""
    known = [b.category for b in turn.facts.card.barriers if b.value is Answered.YES and not is_sensitive(b.category)]
    if known and not goes_back(turn):
        yield Say("barriers-known")
        yield from (Say(f"recap-barrier-{category.replace('_', '-')}") for category in known)
        yield _ask_more(turn, ())
        return
    yield Ask(FIRST_QUESTION, options=(Option("none", "barriers-button-none"), *_offers(turn, ()), *_ways_out()))


def keep_said(turn: Turn) -> Effects:
    """Keep what may be kept, give a useful word, ask whether there is more."""
    kept = _plain(turn)
    yield from _keep(turn, kept)
    yield from _useful(tuple(c for c in kept if c not in _solved(turn)))
    yield _ask_more(turn, kept)


def keep_other(turn: Turn) -> Effects:
    """Free words no list knows: kept for the adviser where the channel is private."""
    if is_private(turn):
        yield from keep_barriers(turn, Barrier(OTHER, words=quote(turn.inbound.text)))
    yield Say("barriers-noted", who_answers(turn))
    yield _ask_more(turn, ())


def move_to_private(turn: Turn) -> Effects:
    """Something personal on a channel that others read: not named, not kept, continued on the web chat if they like."""
    kept = _plain(turn)
    yield from _keep(turn, kept)
    yield KeepLink("personal", turn.facts.fresh, LINK_LIFE)
    yield Say("barriers-private", {"link": f"{turn.facts.public_url}/chat/l/{turn.facts.fresh}"})
    yield _ask_more(turn, kept)


def keep_solved(turn: Turn) -> Effects:
    """Named, and not in the way: a "no" of its own, because not discussed is something else."""
    yield from keep_barriers(turn, *(b for b in turn.reading.barriers if not is_sensitive(b.category)))
    yield Say("barriers-solved")
    yield _ask_more(turn, ())


def ask_consent(turn: Turn) -> Effects:
    """Something personal: useful words at once, kept only after a yes."""
    kept, pending = _plain(turn), _sensitive(turn)
    yield from _keep(turn, kept)
    yield Note(pending=pending)
    yield from _useful(pending)
    yield Ask("barriers-ask-consent", who_answers(turn), _CONSENT)


def keep_sensitive(turn: Turn) -> Effects:
    """The yes is recorded, then the category; the words stay in the conversation."""
    for category in turn.data.pending:
        yield Consent(f"sensitive:{category}", given=True)
        yield from keep_barriers(turn, Barrier(category))
    yield Say("barriers-kept")
    yield from _forget_pending(turn)


def leave_sensitive(turn: Turn) -> Effects:
    """Nothing is written on the card."""
    yield Say("barriers-not-kept")
    yield from _forget_pending(turn)


def sensitive_to_person(turn: Turn) -> Effects:
    """Rather to somebody: the person is told, the subject is not."""
    yield OpenTask("asked_for_person")
    yield KeepBarrier(TO_A_PERSON)
    yield Say("common-human", who_answers(turn))
    yield from _forget_pending(turn)


def to_person(turn: Turn) -> Effects:
    """Rather to somebody is a full answer."""
    yield OpenTask("asked_for_person", turn.inbound.text)
    yield KeepBarrier(TO_A_PERSON)
    yield Say("common-human", who_answers(turn))


def respect(turn: Turn) -> Effects:
    """Not wanting to talk about it is a full answer, and "not discussed" is not "no"."""
    yield KeepBarrier(Barrier(GENERAL, Answered.NOT_DISCUSSED))
    yield Say("barriers-respect")


def say_nothing(turn: Turn) -> Effects:
    """Nothing is in the way: said, so that it is neither "not discussed" nor a no to any category."""
    yield KeepBarrier(Barrier(GENERAL, Answered.NO))


def _forget_pending(turn: Turn) -> Effects:
    yield Note(pending=())
    yield _ask_more(turn, turn.data.pending)


def _keep(turn: Turn, categories: tuple[str, ...]) -> Effects:
    """The words are kept with a barrier only when nothing sensitive is in the same sentence."""
    words = "" if turn.argument or names_sensitive(turn) else quote(turn.inbound.text)
    for category in categories:
        said = next((b for b in turn.reading.barriers if b.category == category), Barrier(category))
        yield from keep_barriers(turn, Barrier(category, said.value, words))


def _useful(categories: tuple[str, ...]) -> Effects:
    for category in categories[:_MOST_USEFUL_WORDS]:
        yield Say(f"barriers-useful-{category.replace('_', '-')}")


def _categories(turn: Turn) -> tuple[str, ...]:
    return (turn.argument,) if turn.argument else tuple(b.category for b in turn.reading.barriers)


def _sensitive(turn: Turn) -> tuple[str, ...]:
    solved = _solved(turn)
    return tuple(c for c in _categories(turn) if is_sensitive(c) and c not in solved)


def _plain(turn: Turn) -> tuple[str, ...]:
    return tuple(c for c in _categories(turn) if not is_sensitive(c))


def _solved(turn: Turn) -> set[str]:
    return {b.category for b in turn.reading.barriers if b.value is Answered.NO}


def _ask_more(turn: Turn, said: tuple[str, ...]) -> Ask:
    return Ask(
        "barriers-ask-more", options=(Option("none", "barriers-button-enough"), *_offers(turn, said), *_ways_out())
    )


def _offers(turn: Turn, said: tuple[str, ...]) -> tuple[Option, ...]:
    known = {*said, *(b.category for b in turn.facts.card.barriers)}
    offered = (*OFFERED, *OFFERED_IN_PRIVATE) if is_private(turn) else OFFERED
    offers = (Option(f"barrier:{c}", f"barriers-name-{c.replace('_', '-')}") for c in offered if c not in known)
    return (*offers, *(() if is_private(turn) else (Option("personal", "barriers-button-personal"),)))


def _ways_out() -> tuple[Option, ...]:
    return Option("quiet", "barriers-button-quiet"), Option("human", "barriers-button-human"), MEET


_CONSENT: Final = (
    Option("yes", "barriers-button-keep"),
    Option("no", "barriers-button-forget"),
    Option("human", "barriers-button-human"),
)

S = State
NEXT: Final = Go("availability")
SAID: Final = (option("barrier"), TEXT)
FLOW: Final = Flow(
    "barriers",
    State,
    Data,
    (
        Row(S.START, ENTER, already_answered, None, NEXT),
        Row(S.START, ENTER, None, ask, S.ASKED),
        Row(S.ASKED, option("none"), nothing_at_all, say_nothing, NEXT),
        Row(S.ASKED, (option("none"), option("skip")), None, None, NEXT),
        Row(S.ASKED, option("quiet"), None, respect, NEXT),
        Row(S.ASKED, option("human"), None, to_person, NEXT),
        Row(S.ASKED, option("back"), None, None, Go("scope")),
        Row(S.ASKED, TEXT, means("pas_en_parler"), respect, NEXT),
        Row(S.ASKED, option("personal"), None, move_to_private, S.ASKED),
        Row(S.ASKED, SAID, names_sensitive_in_public, move_to_private, S.ASKED),
        Row(S.ASKED, SAID, names_sensitive, ask_consent, S.CONSENT),
        Row(S.ASKED, TEXT, names_only_solved, keep_solved, S.ASKED),
        Row(S.ASKED, SAID, names_barriers, keep_said, S.ASKED),
        Row(S.ASKED, TEXT, nothing_at_all, say_nothing, NEXT),
        Row(S.ASKED, TEXT, nothing_more, None, NEXT),
        Row(S.ASKED, TEXT, means("je_sais_pas"), None, NEXT),
        Row(S.ASKED, TEXT, says_something, keep_other, S.ASKED),
        Row(S.CONSENT, option("yes"), is_pending, keep_sensitive, S.ASKED),
        Row(S.CONSENT, (option("yes"), option("no"), option("skip")), None, leave_sensitive, S.ASKED),
        Row(S.CONSENT, option("human"), None, sensitive_to_person, S.ASKED),
        Row(S.CONSENT, option("back"), None, ask, S.ASKED),
        Row(S.CONSENT, TEXT, agrees, keep_sensitive, S.ASKED),
        Row(S.CONSENT, TEXT, means("oui", "non", "pas_en_parler", "je_sais_pas"), leave_sensitive, S.ASKED),
    ),
)
