"""Availability in a sentence: days, parts of days, hours, a start, and the working hours accepted or refused.

Rules: the base week is Monday to Friday, morning and afternoon. A day alone is both halves, a part alone is that part
of the five days. What is excluded is taken from the base week when nothing else is named. An hour narrows the parts. A
start date narrows nothing. A working rhythm (nights, 2x8) is no appointment slot. The words are in `when.json`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from bot.domain.people import Availability
from bot.flows.understanding.hours import hours_and_start
from bot.flows.understanding.reading import WhenWords

Slot = tuple[str, str]

DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MORNING: Final = "matin"
AFTERNOON: Final = "apres_midi"
EVENING: Final = "soir"
HALVES: Final = (MORNING, AFTERNOON)
PARTS: Final = (MORNING, AFTERNOON, EVENING)
WEEK: Final = DAYS[:5]
BASE: Final = tuple((day, part) for day in WEEK for part in HALVES)

_SPANS: Final = {
    "week": BASE,
    "weekend": tuple((day, part) for day in DAYS[5:] for part in HALVES),
    "seven": tuple((day, part) for day in DAYS for part in HALVES),
    "always": tuple((day, part) for day in DAYS for part in PARTS),
}
_ORDER: Final = {slot: n for n, slot in enumerate((day, part) for day in (*DAYS, "relatif") for part in PARTS)}
_OTHERWISE: Final = "sinon"
_NO: Final = "non"
_NOON: Final = "12:00"
_EVENING_FROM: Final = "17:00"
_AFTERNOON_UNTIL: Final = "18:00"
_TOKEN: Final = re.compile(r"[^\W_]+(?:[*][^\W_]+)?|[,;.!?\n]")
_SEPARATORS: Final = frozenset(",;.!?\n")
_RANGE: Final = re.compile(rf"\b(?:de|du) ({'|'.join(DAYS)}) (?:a|au) ({'|'.join(DAYS)})\b")
_PART_OF: Final = re.compile(rf"\b(matin|apresmidi|aprem|soir) (?:du|de|le) ({'|'.join(DAYS)})\b")


@dataclass(slots=True)
class _Heard:
    """What one pass over the words found. `days` are those a following part would narrow."""

    wanted: list[Slot] = field(default_factory=list)
    refused: list[Slot] = field(default_factory=list)
    work: dict[str, bool] = field(default_factory=dict)
    days: list[str] = field(default_factory=list)
    refusing: bool = False
    never: bool = False


def read_availability(plain: str, lists: WhenWords) -> Availability | None:
    """What `plain` (lower case, without accents) says of when; None when it says nothing of it."""
    joined = plain
    for words, one in lists.joined:
        if words in joined:
            joined = joined.replace(words, one)
    joined = _PART_OF.sub(r"\2 \1", _RANGE.sub(_days_between, joined))
    heard = _heard(_TOKEN.findall(joined), lists)
    constraints = hours_and_start(joined, lists)
    slots = _slots(heard, constraints)
    if slots is None and not constraints and not heard.work:
        return None
    return Availability("", slots, tuple(sorted(constraints.items())), tuple(heard.work.items()))


def _days_between(found: re.Match[str]) -> str:
    first, last = DAYS.index(found.group(1)), DAYS.index(found.group(2))
    return " ".join(DAYS[first : last + 1]) if first < last else found.group(0)


def _heard(words: list[str], lists: WhenWords) -> _Heard:
    """One pass, left to right: a refusal holds until a turn of the sentence or a new clause says otherwise."""
    heard, before = _Heard(), ""
    for word in words:
        if not _hear_turn(heard, word, before, lists):
            _hear_slot(heard, word, lists)
        before = word
    return heard


def _hear_turn(heard: _Heard, word: str, before: str, lists: WhenWords) -> bool:
    """Words that turn the sentence, and working rhythms. True when `word` was one."""
    if word == _OTHERWISE and not heard.refused:
        # "I have my son on Wednesday, otherwise fine": what came before is what does not suit
        heard.refused, heard.wanted = heard.wanted, []
    elif word == _NO and before in lists.rhythms:
        heard.work[lists.rhythms[before]] = False
    elif word in _SEPARATORS or word in lists.again:
        heard.refusing = heard.refusing and word == ","
    elif word in lists.refusals:
        heard.refusing = True
    elif word in lists.rhythms:
        heard.work[lists.rhythms[word]] = not heard.refusing
        return True
    else:
        return False
    heard.days = []
    return True


def _hear_slot(heard: _Heard, word: str, lists: WhenWords) -> None:
    """A day, a part of a day, or a whole stretch of the week."""
    into = heard.refused if heard.refusing else heard.wanted
    if day := lists.days.get(word):
        heard.days.append(day)
        into += _cross([day], HALVES)
    elif part := lists.parts.get(word):
        narrowed = set(heard.days)
        into[:] = [slot for slot in into if slot[0] not in narrowed]
        into += _cross(heard.days or (DAYS if heard.refusing else WEEK), (part,))
        heard.days = []
    elif span := lists.spans.get(word):
        heard.never = heard.never or span == "never"
        into += _SPANS.get(span, ())


def _cross(days: Iterable[str], parts: Iterable[str]) -> list[Slot]:
    return [(day, part) for day in days for part in parts]


def _slots(heard: _Heard, constraints: dict[str, str]) -> tuple[Slot, ...] | None:
    """The slots left, in the order of the week; None when nothing was said of them."""
    if heard.never and not heard.refused:
        return ()
    if not (heard.wanted or heard.refused or constraints):
        return None
    refused = set(heard.refused)
    kept = [slot for slot in dict.fromkeys(heard.wanted or BASE) if slot not in refused]
    return tuple(sorted(_narrowed(kept, constraints), key=_ORDER.__getitem__))


def _narrowed(slots: list[Slot], constraints: dict[str, str]) -> list[Slot]:
    """An hour from noon on drops the morning, from 17 adds the evening, from 18 drops the afternoon; until noon keeps
    the morning only.
    """
    after, before = constraints.get("not_before", ""), constraints.get("not_after", "")
    if after >= _NOON:
        days = list(dict.fromkeys(day for day, _ in slots))
        slots = [slot for slot in slots if slot[1] != MORNING] or _cross(days, (AFTERNOON,))
        slots += _cross(days, (EVENING,)) if after >= _EVENING_FROM else []
        slots = [slot for slot in slots if not (after >= _AFTERNOON_UNTIL and slot[1] == AFTERNOON)]
    if before and before <= _NOON:
        slots = [slot for slot in slots if slot[1] == MORNING]
    return list(dict.fromkeys(slots))
