"""Barriers: what is in the way, and what is said not to be."""

from typing import Final

from bot.domain.people import Answered, Barrier
from bot.flows.understanding.phrases import scan
from bot.flows.understanding.reading import Lexicon
from bot.flows.understanding.words import Words

_DENIALS: Final = frozenset(
    {("pas", "problem"), ("pas", "souci"), ("aucun", "problem"), ("aucun", "souci"), ("no", "problem")}
)
_REACH: Final = 2


def read_barriers(words: Words, lexicon: Lexicon) -> tuple[Barrier, ...]:
    """Each category once, in order; a yes outweighs a no said beside it."""
    values: dict[str, Answered] = {}
    for found in scan(words.bare, lexicon.barriers):
        category = found.value.removeprefix("-")
        denied = found.value.startswith("-") or _is_denied(words.bare, found.start)
        if values.get(category) is not Answered.YES:
            values[category] = Answered.NO if denied else Answered.YES
    return tuple(Barrier(category, value) for category, value in values.items())


def _is_denied(words: tuple[str, ...], start: int) -> bool:
    """Does "no problem with" stand just before?"""
    before = range(max(0, start - _REACH - 2), start - 1)
    return any(words[i : i + 2] in _DENIALS for i in before)
