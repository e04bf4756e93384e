"""Folding: one spelling for the many ways of typing a word, so that every list is written once."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\xad\u061c\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_REPEATED: Final = re.compile(r"([^\W\d_])\1{2,}")
_TOKENS: Final = re.compile(r"[^\W_]+|[,;.!?\n/+]")
_SEPARATORS: Final = frozenset(",;.!?\n/+")
_ENDINGS: Final = (
    ("euse", "eur"),
    ("trice", "teur"),
    ("iere", "ier"),
    ("ienne", "ien"),
    ("onne", "on"),
    ("enne", "en"),
    ("ive", "if"),
    ("elle", "el"),
    ("ette", "et"),
    ("ere", "er"),
)
"""Feminine endings, said as the masculine: what a list says of one is true of the other."""

_LONG: Final = 5
"""Above this many letters, `parler`, `parlez` and `parlé` are one word."""

SEPARATOR: Final = ","
"""What stands for any punctuation between two parts of a message."""


def plain(text: str) -> str:
    """Lower case, no accents, no invisible or direction characters, a letter repeated three times or more said once."""
    lowered = _INVISIBLE.sub("", text).replace("’", "'").casefold()
    return _REPEATED.sub(r"\1", _without_accents(lowered))


def tokens(text: str) -> list[str]:
    """The words and numbers of a message in order, every run of punctuation as one SEPARATOR."""
    found: list[str] = []
    for token in _TOKENS.findall(plain(text)):
        if token not in _SEPARATORS:
            found.append(token)
        elif found and found[-1] != SEPARATOR:
            found.append(SEPARATOR)
    return found


def fold(text: str) -> str:
    """The words of a message alone, joined by single spaces."""
    return " ".join(token for token in tokens(text) if token != SEPARATOR)


@lru_cache(maxsize=20_000)
def stem(token: str) -> str:
    """A word without the marks of gender, number and conjugation, roughly: `coiffeuses` and `coiffeur` are one; Arabic
    loses its article.
    """
    if not token.isascii():
        return token[2:] if token.startswith("ال") and len(token) > 4 else token
    if len(token) < 4 or not token.isalpha():
        return token
    bare = token.rstrip("sx") if len(token) > 4 else token
    bare = bare if len(bare) > 2 else token
    for ending, masculine in _ENDINGS:
        if bare.endswith(ending) and len(bare) > len(ending) + 1:
            bare = bare[: -len(ending)] + masculine
            break
    bare = bare.rstrip("e") if len(bare) > 3 else bare
    return bare[:-2] if len(bare) > _LONG and bare.endswith(("er", "ez")) else bare


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
