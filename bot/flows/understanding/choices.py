"""Typing a button's words, its number or its letter is pressing it."""

import re
from functools import lru_cache
from typing import Final

from bot.flows.understanding.fold import fold
from bot.flows.understanding.words import Speller, Words

Labels = tuple[tuple[str, str], ...]

_NUMBER: Final = re.compile(r"(?:le |la |l |option |choix |numero |num |n )?(\d{1,2}|[a-h])(?:e|eme|er|ere)?")
_PARTS: Final = re.compile(r"[,:;/]")
_ENOUGH: Final = 2 / 3


def exact(folded: str, labels: Labels) -> str:
    """The button whose words are exactly these, "" when none."""
    return next((option for option, label in labels if _folded(label) == folded), "")


def choose(folded: str, words: Words, labels: Labels, speller: Speller) -> str:
    """The one button meant by these words or this number; "" when none or several are."""
    if not labels:
        return ""
    return exact(folded, labels) or _numbered(folded, labels) or _meant(words.bare, labels, speller)


def _numbered(folded: str, labels: Labels) -> str:
    found = _NUMBER.fullmatch(folded)
    if found is None:
        return ""
    said = found.group(1)
    place = int(said) if said.isdigit() else ord(said) - ord("a") + 1
    return labels[place - 1][0] if 0 < place <= len(labels) else ""


def _meant(said: tuple[str, ...], labels: Labels, speller: Speller) -> str:
    """Words that are a whole part of one label, or nearly all of it."""
    wanted = {w for w in said if w != ","}
    if not wanted or max(map(len, wanted)) < 4:
        return ""
    close = {option for option, label in labels if any(_covers(wanted, part) for part in _label_parts(label, speller))}
    return close.pop() if len(close) == 1 else ""


def _covers(wanted: set[str], part: frozenset[str]) -> bool:
    return bool(part) and wanted <= part and len(wanted) >= _ENOUGH * len(part)


@lru_cache(maxsize=5_000)
def _folded(label: str) -> str:
    return fold(label)


@lru_cache(maxsize=5_000)
def _label_parts(label: str, speller: Speller) -> tuple[frozenset[str], ...]:
    parts = [label, *_PARTS.split(label)]
    return tuple(frozenset(w for w in speller.words(part).bare if w != ",") for part in parts)
