"""Small facts in words: an age, a phone number, a postcode, a first name, the language of the sentence."""

import re
from datetime import datetime
from typing import Final

from bot.domain.people import AgeBand

_AGE: Final = re.compile(r"\b(\d{1,2}) ?(?:ans?\b|yo\b|years? old|anni|anos|سنة|عام|piges|balais)")
_NUMBER: Final = re.compile(r"\b(\d{2})\b")
_BORN: Final = re.compile(r"\b((?:19|20)\d{2})\b")
_PHONE: Final = re.compile(r"(?<![\d+])(?:\+ ?33|0033|33(?=[67])|0)[ .\-]?(?:\(0\))?([1-9])((?:[ .\-]?\d{2}){4})(?!\d)")
_POSTCODE: Final = re.compile(r"(?<![\d.])(\d{5})(?![\d.])")
_NAME: Final = re.compile(
    r"(?:je m ?'?appell?e|j ?'?m ?'?appell?e|moi c ?'?est|mon pr[eé]nom c ?'?est|mon pr[eé]nom est"
    r"|my name is|i am called|me llamo|اسمي)\s+([^\W\d_][\w'\-]{1,29})",
    re.IGNORECASE,
)
_BANDS: Final = (
    (14, AgeBand.UNDER_15),
    (15, AgeBand.FROM_15),
    (17, AgeBand.FROM_16_TO_17),
    (25, AgeBand.FROM_18_TO_25),
    (29, AgeBand.FROM_26_TO_29),
)
_YOUNGEST: Final = 10
_OLDEST: Final = 75
_SPELT: Final = (
    ("trente", 30),
    ("vingt neuf", 29),
    ("vingt huit", 28),
    ("vingt sept", 27),
    ("vingt six", 26),
    ("vingt", 20),
    ("dix neuf", 19),
    ("dix huit", 18),
    ("dix sept", 17),
    ("seize", 16),
    ("quinze", 15),
    ("quatorze", 14),
)
"""Enough to find the band: from twenty to twenty-five, all are one."""

_ENGLISH: Final = frozenset(
    {"i", "want", "the", "to", "work", "my", "hello", "hi", "am", "looking", "need", "with", "and", "in", "please"}
)
_ENOUGH_ENGLISH: Final = 3


def band_of(years: int) -> str:
    """The age band of a number of years; "" when nobody has that age here."""
    if not _YOUNGEST <= years <= _OLDEST:
        return ""
    return next((band for limit, band in _BANDS if years <= limit), AgeBand.OVER_29)


def read_age(folded: str, now: datetime, *, asked: bool) -> str:
    """The age band said. A bare number or a year of birth counts only as an answer to the question of age."""
    if said := _AGE.search(folded):
        return band_of(int(said.group(1)))
    if not asked:
        return ""
    if bare := _NUMBER.search(folded):
        return band_of(int(bare.group(1)))
    if born := _BORN.search(folded):
        return band_of(now.year - int(born.group(1)))
    return band_of(next((years for words, years in _SPELT if words in folded), 0))


def read_phone(text: str) -> str:
    """A French phone number in international form, "" when none. Other countries' numbers are for a person to read."""
    if sum(c.isdigit() for c in text) < 9:
        return ""
    found = _PHONE.search(text)
    return "+33" + found.group(1) + re.sub(r"\D", "", found.group(2)) if found else ""


def read_postcode(text: str) -> str:
    """A French postcode, "" when none."""
    found = _POSTCODE.search(text)
    return found.group(1) if found else ""


def read_first_name(text: str, *, asked: bool) -> str:
    """The name after "je m'appelle" and the like; asked for, a short answer is the name itself."""
    if found := _NAME.search(text):
        return found.group(1)
    line = " ".join(text.split())
    return line if asked and 0 < len(line) <= 30 and len(line.split()) <= 3 else ""


def language_of(text: str, folded: str) -> str:
    """`ar` or `en` when the sentence is plainly in it, "" otherwise: a short text tells little."""
    letters = [c for c in text if c.isalpha()]
    if letters and sum("\u0600" <= c <= "\u06ff" for c in letters) * 2 > len(letters):
        return "ar"
    return "en" if len(_ENGLISH.intersection(folded.split())) >= _ENOUGH_ENGLISH else ""
