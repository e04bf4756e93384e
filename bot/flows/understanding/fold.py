"""Folding: one spelling for the many ways of typing a word."""

import re
import unicodedata
from typing import Final

_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_APOSTROPHES: Final = re.compile("[’ʼ`´‘]")
_NOT_WORDS: Final = re.compile(r"[^\w' ]+")
_SPACES: Final = re.compile(r"\s+")
_REPEATED: Final = re.compile(r"([^\W\d])\1{2,}")


def fold(text: str) -> str:
    """Lower case, no accents, no invisible or direction characters, letters repeated three times or more said once, single spaces."""
    visible = _INVISIBLE.sub("", text)
    plain = _without_accents(_APOSTROPHES.sub("'", visible).casefold())
    return _REPEATED.sub(r"\1", _SPACES.sub(" ", _NOT_WORDS.sub(" ", plain))).strip()


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))
