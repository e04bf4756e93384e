"""A message as the lists see it: SMS spelling undone, elisions cut, small typing errors repaired, gender and number set
aside.

The same road is taken by every phrase of the lists when they are loaded, so that a list may be in ordinary French.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from bot.flows.understanding.fold import SEPARATOR, stem, tokens

_ELIDED: Final = frozenset("ldmtsncq")
_VOWELS: Final = frozenset("aeiouyh")
_PREFIXES: Final = frozenset("كبلو")
"""Arabic words that are written in one with what follows: as, by, for, and."""
_ALREADY_SAID: Final = frozenset({("c", "est"), ("t", "es")})
"""`c'est` and `c`, `t'es` and `t` are one: the verb is left out."""
_SHORTEST_REPAIRED: Final = 5
_LONGEST: Final = 24
"""Longer words are no words: looking for their neighbours would cost without helping."""


@dataclass(frozen=True, slots=True)
class Words:
    """`full`: every word that counts. `bare`: the same without articles, with separators. Both are stems."""

    full: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """How words are spelt: what stands for what, what is left out, and every stem the lists know.

    `near` maps a stem with one letter left out to the stems it may come from.
    """

    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    near: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Speller:
    """Turns a message into Words. Each different token is looked up once."""

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling
        self._expand = lru_cache(maxsize=50_000)(self._expanded)

    def words(self, text: str) -> Words:
        """The words of `text`, already cut to a bounded length."""
        return self.of_tokens(tokens(text))

    def of_tokens(self, found: Iterable[str]) -> Words:
        """The words of these tokens."""
        full: list[str] = []
        bare: list[str] = []
        for token in found:
            for word, is_article in self._expand(token):
                if full and (full[-1], word) in _ALREADY_SAID:
                    continue
                if word != SEPARATOR:
                    full.append(word)
                if not is_article:
                    bare.append(word)
        return Words(tuple(full), tuple(bare))

    def _expanded(self, token: str) -> tuple[tuple[str, bool], ...]:
        """The stems one token stands for, each with whether it is an article."""
        if token == SEPARATOR:
            return ((SEPARATOR, False),)
        kept = (word for word in self._spelt(token) if word not in self.spelling.fillers)
        return tuple((stem(word), word in self.spelling.articles) for word in kept)

    def _spelt(self, token: str) -> tuple[str, ...]:
        spelling = self.spelling
        if token in spelling.spellings:
            return spelling.spellings[token]
        if (
            len(token) > _LONGEST
            or stem(token) in spelling.known
            or token in spelling.fillers
            or token in spelling.articles
        ):
            return (token,)
        if len(token) > 3 and _may_be_cut(token) and self._is_known(token[1:]):
            return (*spelling.spellings.get(token[0], (token[0],)), *spelling.spellings.get(token[1:], (token[1:],)))
        return (self._repaired(token),)

    def _is_known(self, token: str) -> bool:
        return stem(token) in self.spelling.known or token in self.spelling.spellings

    def _repaired(self, token: str) -> str:
        """The known word one typing error away that begins the same, else the token itself."""
        word = stem(token)
        if len(word) < _SHORTEST_REPAIRED or not word.isalpha():
            return token
        for shortened in (word, *_one_left_out(word)):
            for candidate in self.spelling.near.get(shortened, ()):
                if candidate[0] == word[0] and one_error_apart(word, candidate):
                    return candidate
        return token


def neighbours(known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Every known stem under itself and under each form with one letter left out."""
    near: dict[str, list[str]] = {}
    for word in sorted(known):
        if len(word) >= _SHORTEST_REPAIRED and word.isalpha():
            for form in (word, *_one_left_out(word)):
                near.setdefault(form, []).append(word)
    return {form: tuple(words) for form, words in near.items()}


def one_error_apart(one: str, other: str) -> bool:
    """True when one insertion, deletion, substitution or exchange of two neighbours leads from one to the other."""
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    here = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    if len(one) < len(other):
        return one[here:] == other[here + 1 :]
    swapped = other[:here] + other[here + 1 : here + 2] + other[here] + other[here + 2 :]
    return one[here + 1 :] == other[here + 1 :] or one == swapped


def _may_be_cut(token: str) -> bool:
    """`jveux`, `lalcool`, an Arabic prefix: is the first letter a word of its own?"""
    return token[0] == "j" or token[0] in _PREFIXES or (token[0] in _ELIDED and token[1] in _VOWELS)


def _one_left_out(word: str) -> tuple[str, ...]:
    return tuple(word[:i] + word[i + 1 :] for i in range(1, len(word)))
