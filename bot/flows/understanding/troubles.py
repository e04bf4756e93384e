"""Barriers: what is in the way, and what is said not to be."""

from typing import Final

from bot.domain.people import Answered, Barrier
from bot.flows.understanding.fold import SEPARATOR
from bot.flows.understanding.phrases import scan
from bot.flows.understanding.reading import WEAK, Lexicon
from bot.flows.understanding.words import Words

_DENIALS: Final = frozenset(
    {("pas", "problem"), ("pas", "souci"), ("aucun", "problem"), ("aucun", "souci"), ("no", "problem")}
)
_REACH: Final = 2
_MISSING: Final = frozenset({"pas", "plu", "plus", "san", "sans", "aucun", "no", "without"})
_TURNS: Final = frozenset({"mai", "mais", "car", "parce", "et", "but", "and", SEPARATOR})


def read_barriers(words: Words, lexicon: Lexicon) -> tuple[Barrier, ...]:
    """Each category once, in order; a yes outweighs a no said beside it."""
    values: dict[str, Answered] = {}
    for found in scan(words.bare, lexicon.barriers):
        category = found.value.removeprefix("-")
        denied = found.value.startswith("-") or _is_denied(words.bare, found.start)
        if values.get(category) is not Answered.YES:
            values[category] = Answered.NO if denied else Answered.YES
    return tuple(Barrier(category, value) for category, value in values.items())


def read_beside(words: Words, lexicon: Lexicon) -> tuple[Barrier, ...]:
    """Those said beside something else: in a clause of their own that says what is missing, and no wish or job."""
    kept: list[Barrier] = []
    for clause in _clauses(words.bare):
        says_missing = not _MISSING.isdisjoint(clause)
        jobs = (f for f in scan(clause, lexicon.jobs) if not f.value.startswith(WEAK))
        if says_missing and lexicon.wanting.isdisjoint(clause) and not any(jobs):
            kept += [b for b in read_barriers(Words(bare=clause), lexicon) if b.value is Answered.YES]
    return tuple(dict.fromkeys(kept))


def _clauses(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    clauses: list[list[str]] = [[]]
    for word in words:
        if word in _TURNS:
            clauses.append([])
        else:
            clauses[-1].append(word)
    return [tuple(clause) for clause in clauses if clause]


def _is_denied(words: tuple[str, ...], start: int) -> bool:
    """Does "no problem with" stand just before?"""
    before = range(max(0, start - _REACH - 2), start - 1)
    return any(words[i : i + 2] in _DENIALS for i in before)
