"""Phrases looked for in a message: an index by first word, the longest match first, each word used once.

A phrase is a run of stems; `_` stands for up to two words of any kind.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from bot.flows.understanding.fold import SEPARATOR

GAP: Final = "_"
_WIDEST_GAP: Final = 2


class Phrase(NamedTuple):
    """A run of stems and what it means."""

    words: tuple[str, ...]
    value: str


class Found(NamedTuple):
    """A phrase in a message: from word `start` up to word `end`, and what it means."""

    start: int
    end: int
    value: str


Index = Mapping[str, tuple[Phrase, ...]]


def index(phrases: Iterable[Phrase]) -> Index:
    """Phrases by their first word, longest first."""
    by_first: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        if phrase.words:
            by_first.setdefault(phrase.words[0], []).append(phrase)
    return {first: tuple(sorted(same, key=lambda p: -len(p.words))) for first, same in by_first.items()}


def scan(words: tuple[str, ...], phrases: Index) -> Iterator[Found]:
    """Every phrase found, leftmost and longest first, without overlap."""
    at = 0
    while at < len(words):
        found = _match(words, at, phrases.get(words[at], ()))
        if found is None:
            at += 1
        else:
            yield found
            at = found.end


def _match(words: tuple[str, ...], at: int, candidates: tuple[Phrase, ...]) -> Found | None:
    for phrase in candidates:
        end = _end(words, at, phrase.words)
        if end:
            return Found(at, end, phrase.value)
    return None


def _end(words: tuple[str, ...], at: int, phrase: tuple[str, ...]) -> int:
    """Where the phrase that begins at `at` ends, 0 when it is not there."""
    if GAP not in phrase:
        end = at + len(phrase)
        return end if words[at:end] == phrase else 0
    cut = phrase.index(GAP)
    head_end = _end(words, at, phrase[:cut])
    if not head_end:
        return 0
    for skipped in range(_WIDEST_GAP + 1):
        if SEPARATOR in words[head_end : head_end + skipped]:
            return 0
        if end := _end(words, head_end + skipped, phrase[cut + 1 :]):
            return end
    return 0
