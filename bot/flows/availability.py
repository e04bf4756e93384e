"""Quand tu es libre. For everybody who goes on: half-days by buttons, or a sentence.

One question for the talk with the adviser, one for working hours when a job is wanted. Nothing is computed in front of
the person, no date is promised here, and "I do not know yet" is an answer.

    🤖 Tu es libre quand pour parler avec Camille ?
    👤 le matin sauf mercredi
    🤖 C'est noté. Y a-t-il des horaires de travail impossibles pour toi ?
    👤 la nuit
    🤖 Voici ce que j'ai compris. …
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.domain.effects import Ask, Effect, KeepAvailability, Say
from bot.domain.messages import Option
from bot.domain.people import AgeBand, Availability
from bot.flows.engine import ENTER, TEXT, Flow, Go, Note, Row, Turn, option
from bot.flows.shared import (
    HUMAN,
    SKIP,
    goes_back,
    keep_barriers,
    means,
    plain_barriers,
    pressed,
    says_something,
    who_answers,
    words_to_keep,
)

DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi")
PARTS: Final = ("matin", "apres_midi")
RHYTHMS: Final = ("nuit", "weekend", "2x8", "matin_tot", "coupures")
_NO_WORK_HOURS: Final = frozenset({"formation", "immersion"})


class State(StrEnum):
    """What we are waiting for."""

    START = "start"
    WHEN = "when"
    HALVES = "halves"
    RHYTHM = "rhythm"


@dataclass(frozen=True, slots=True)
class Data:
    """`halves`: the half-days pressed so far, as `lundi.matin`; `words`: the same as the person read them."""

    halves: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


Effects = Iterator[Effect | Note]


# --- questions ------------------------------------------------------------------------------------------------------


def says_when(turn: Turn) -> bool:
    """Is a day, a part of a day, an hour, a start or a rhythm said?"""
    return turn.reading.availability is not None


def says_barriers(turn: Turn) -> bool:
    """Is something in the way said instead?"""
    return bool(plain_barriers(turn))


def says_when_and_hours(turn: Turn) -> bool:
    """Are working hours said too, or not needed?"""
    return says_when(turn) and not needs_rhythm(turn)


def needs_rhythm(turn: Turn) -> bool:
    """Is a job wanted, by somebody who has not said which hours are impossible?"""
    said = turn.reading.availability or turn.facts.card.availability
    wanted = {w.contract for w in turn.facts.card.wishes if not w.refused}
    return not (said and said.work) and bool(wanted) and not wanted <= _NO_WORK_HOURS


def already_said(turn: Turn) -> bool:
    """Was it said earlier or by a referral, and does the person not come back to change it?"""
    return turn.facts.card.availability is not None and not goes_back(turn)


def already_said_but_hours(turn: Turn) -> bool:
    """The same, working hours apart?"""
    return already_said(turn) and needs_rhythm(turn)


def has_halves(turn: Turn) -> bool:
    """Is at least one half-day pressed?"""
    return bool(turn.data.halves)


def has_halves_and_needs_rhythm(turn: Turn) -> bool:
    """Both?"""
    return has_halves(turn) and needs_rhythm(turn)


# --- acts -----------------------------------------------------------------------------------------------------------


def ask_when(turn: Turn) -> Effects:
    """When could the talk happen?"""
    parts = tuple(Option(f"part:{part}", f"availability-part-{part.replace('_', '-')}") for part in ("any", *PARTS))
    yield Ask(
        "availability-ask-when",
        who_answers(turn),
        (*parts, Option("halves", "availability-button-halves"), SKIP, HUMAN),
    )


def keep_part(turn: Turn) -> Effects:
    """A whole part of the week."""
    parts = PARTS if turn.argument == "any" else (turn.argument,)
    yield KeepAvailability(Availability(pressed(turn), tuple((d, p) for d in DAYS for p in parts)))


def keep_sentence(turn: Turn) -> Effects:
    """What the sentence says, with its words."""
    said = turn.reading.availability or Availability()
    yield KeepAvailability(replace(said, words=words_to_keep(turn)))
    yield from keep_barriers(turn, *plain_barriers(turn))


def keep_barriers_and_ask(turn: Turn) -> Effects:
    """What is in the way, said here: kept and answered, then the same question."""
    plain = plain_barriers(turn)
    yield from keep_barriers(turn, *plain)
    yield Say(f"barriers-useful-{plain[0].category.replace('_', '-')}")
    yield from ask_when(turn)


def keep_free_words(turn: Turn) -> Effects:
    """A sentence no rule reads: its words go to the adviser."""
    yield KeepAvailability(Availability(words_to_keep(turn)))


def ask_halves(turn: Turn) -> Effects:
    """The week as ten buttons."""
    yield Note(halves=(), words=())
    yield Ask("availability-ask-halves", options=(*_halves(()), SKIP))


def keep_half(turn: Turn) -> Effects:
    """One more half-day; the pressed ones leave the list."""
    halves = tuple(dict.fromkeys((*turn.data.halves, turn.argument)))
    words = tuple(dict.fromkeys((*turn.data.words, pressed(turn).replace(".", " "))))
    yield Note(halves=halves, words=words)
    done = Option("done", "availability-button-done")
    yield Ask("availability-ask-other-half", {"words": ", ".join(words)}, (done, *_halves(halves)))


def keep_halves(turn: Turn) -> Effects:
    """The pressed half-days."""
    slots = tuple((day, part) for day, _, part in (half.partition(".") for half in turn.data.halves))
    yield KeepAvailability(Availability(", ".join(turn.data.words), slots))


def ask_rhythm(turn: Turn) -> Effects:
    """Which working hours are impossible?"""
    minor = turn.facts.profile.age == AgeBand.FROM_16_TO_17
    hours = tuple(
        Option(f"never:{r}", f"availability-rhythm-{r.replace('_', '-')}")
        for r in RHYTHMS
        if not (minor and r in {"nuit", "2x8"})
    )
    yield Ask("availability-ask-rhythm", options=(Option("none", "availability-button-all-hours"), *hours, SKIP))


def keep_part_and_ask_rhythm(turn: Turn) -> Effects:
    """One answer, then the next question."""
    yield from keep_part(turn)
    yield from ask_rhythm(turn)


def keep_sentence_and_ask_rhythm(turn: Turn) -> Effects:
    """One answer, then the next question."""
    yield from keep_sentence(turn)
    yield from ask_rhythm(turn)


def keep_halves_and_ask_rhythm(turn: Turn) -> Effects:
    """One answer, then the next question."""
    yield from keep_halves(turn)
    yield from ask_rhythm(turn)


def keep_never(turn: Turn) -> Effects:
    """What never works, beside what was said."""
    said = turn.reading.availability
    work = ((turn.argument, False),) if turn.argument else (said.work if said else ())
    before = turn.facts.card.availability or Availability()
    words = pressed(turn) if turn.argument else words_to_keep(turn)
    joined = " · ".join(filter(None, (before.words, words)))
    yield KeepAvailability(replace(before, words=joined, work=(*before.work, *work)))


def later(turn: Turn) -> Effects:
    """Not known yet: the adviser will ask."""
    yield Say("availability-later")


def _halves(pressed_already: tuple[str, ...]) -> tuple[Option, ...]:
    names = (f"{day}.{part}" for day in DAYS for part in PARTS)
    return tuple(
        Option(f"half:{n}", f"availability-half-{n.replace('.', '-').replace('_', '-')}")
        for n in names
        if n not in pressed_already
    )


S = State
NEXT: Final = Go("recap")
FLOW: Final = Flow(
    "availability",
    State,
    Data,
    (
        Row(S.START, ENTER, already_said_but_hours, ask_rhythm, S.RHYTHM),
        Row(S.START, ENTER, already_said, None, NEXT),
        Row(S.START, ENTER, None, ask_when, S.WHEN),
        Row(S.WHEN, option("part"), needs_rhythm, keep_part_and_ask_rhythm, S.RHYTHM),
        Row(S.WHEN, option("part"), None, keep_part, NEXT),
        Row(S.WHEN, option("halves"), None, ask_halves, S.HALVES),
        Row(S.WHEN, option("skip"), None, later, NEXT),
        Row(S.WHEN, option("back"), None, None, Go("barriers")),
        Row(S.WHEN, TEXT, says_when_and_hours, keep_sentence, NEXT),
        Row(S.WHEN, TEXT, says_when, keep_sentence_and_ask_rhythm, S.RHYTHM),
        Row(S.WHEN, TEXT, means("non", "je_sais_pas", "peut_etre"), later, NEXT),
        Row(S.WHEN, TEXT, says_barriers, keep_barriers_and_ask, S.WHEN),
        Row(S.WHEN, TEXT, says_something, keep_free_words, NEXT),
        Row(S.HALVES, option("half"), None, keep_half, S.HALVES),
        Row(S.HALVES, option("done"), has_halves_and_needs_rhythm, keep_halves_and_ask_rhythm, S.RHYTHM),
        Row(S.HALVES, option("done"), has_halves, keep_halves, NEXT),
        Row(S.HALVES, option("skip"), has_halves, keep_halves, NEXT),
        Row(S.HALVES, option("skip"), None, later, NEXT),
        Row(S.HALVES, option("back"), None, ask_when, S.WHEN),
        Row(S.HALVES, TEXT, says_when_and_hours, keep_sentence, NEXT),
        Row(S.HALVES, TEXT, says_when, keep_sentence_and_ask_rhythm, S.RHYTHM),
        Row(S.RHYTHM, option("never"), None, keep_never, NEXT),
        Row(S.RHYTHM, (option("none"), option("skip")), None, None, NEXT),
        Row(S.RHYTHM, option("back"), None, ask_when, S.WHEN),
        Row(S.RHYTHM, TEXT, means("non", "je_sais_pas", "oui"), None, NEXT),
        Row(S.RHYTHM, TEXT, says_when, keep_never, NEXT),
        Row(S.RHYTHM, TEXT, says_something, keep_never, NEXT),
    ),
)
