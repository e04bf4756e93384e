"""Wishes: which jobs are named, which are refused, and what kind of contract is wanted. A job found is a guess, the
words are kept.
"""

import re
from dataclasses import replace
from typing import Final

from bot.domain.people import Wish, is_sensitive
from bot.flows.understanding.fold import SEPARATOR
from bot.flows.understanding.phrases import Found, scan
from bot.flows.understanding.reading import WEAK, Lexicon
from bot.flows.understanding.words import Words

_REFUSALS: Final = frozenset({"pas", "sauf", "jamai", "surtout", "detest", "evit", "not", "except", "ماعدا"})
_TURNS: Final = frozenset({"mai", "plutot", "but", SEPARATOR})
_NEAR: Final = 4
_CLAUSES: Final = re.compile(r"\s*[,;/+\n]\s*|\s+(?:ou|et|or|and|pi|puis)\s+", re.IGNORECASE)
_ASIDES: Final = re.compile(
    _CLAUSES.pattern
    + r"|\s+(?:mais|parce que|car|but|because)\s+|\s*[.!?]\s*|\s+(?=j\W?e? ?(?:veux|voudrais|aimerais)\b)",
    re.IGNORECASE,
)
"""Clauses, and what is said beside them."""
_MOST_KEPT: Final = 120
_MOST_WISHES: Final = 5


def read_wishes(text: str, words: Words, lexicon: Lexicon) -> tuple[Wish, ...]:
    """The wishes in a message, in the person's words. Nothing recognised: none, the caller keeps the words."""
    contract = next((f.value for f in scan(words.bare, lexicon.contracts)), "")
    found = _jobs(words, lexicon)
    refused = [f for f in found if _is_refused(words.bare, f)]
    wanted = [f for f in found if f not in refused]
    wishes = _wanted(text, wanted, contract, lexicon) if wanted or contract else []
    named = dict.fromkeys(f.value for f in refused)
    wishes += [Wish(label, label, lexicon.domains[label], refused=True) for label in named]
    return tuple(wishes[:_MOST_WISHES])


def _wanted(text: str, found: list[Found], contract: str, lexicon: Lexicon) -> list[Wish]:
    """One wish a clause when every clause names a job, else one wish that keeps all the words."""
    clauses = [c for c in _CLAUSES.split(text.strip()) if c]
    if 1 < len(clauses) <= _MOST_WISHES:
        each = [[f.value for f in _jobs(lexicon.speller.words(c), lexicon)] for c in clauses]
        if all(each) and sum(map(len, each)) == len(found):
            return [_wish(c, labels, contract, lexicon) for c, labels in zip(clauses, each, strict=True)]
    return [_wish(text, [f.value for f in found], contract, lexicon)]


def jobs_at(words: Words, lexicon: Lexicon) -> tuple[range, ...]:
    """Where jobs stand in `words.bare`: a psychologist by trade is no trouble."""
    return tuple(range(f.start, f.end) for f in scan(words.bare, lexicon.jobs))


def without_personal(wish: Wish, lexicon: Lexicon) -> Wish:
    """The wish without the clauses that name something sensitive; nothing else left, the job's own name."""
    clauses = [c for c in _ASIDES.split(wish.words) if c and not names_personal(lexicon.speller.words(c), lexicon)]
    return replace(wish, words=", ".join(clauses) or wish.label)


def names_personal(words: Words, lexicon: Lexicon) -> bool:
    """Is something sensitive named, that is not itself a job?"""
    taken = {at for place in jobs_at(words, lexicon) for at in place}
    found = scan(words.bare, lexicon.barriers)
    return any(is_sensitive(f.value.removeprefix("-")) and f.start not in taken for f in found)


def _wish(words: str, labels: list[str], contract: str, lexicon: Lexicon) -> Wish:
    domains = tuple(dict.fromkeys(code for label in labels for code in lexicon.domains[label]))
    line = " ".join(words.split())
    kept = line if len(line) <= _MOST_KEPT else line[:_MOST_KEPT].rstrip() + "…"
    return Wish(kept, labels[0] if labels else "", domains, contract)


def _jobs(words: Words, lexicon: Lexicon) -> list[Found]:
    """The jobs named; places and things only when there is no job."""
    found = list(scan(words.bare, lexicon.jobs))
    strong = [f for f in found if not f.value.startswith(WEAK)]
    return strong or [f._replace(value=f.value.removeprefix(WEAK)) for f in found]


def _is_refused(words: tuple[str, ...], found: Found) -> bool:
    """Does a refusal stand shortly before this job, with nothing that turns the sentence in between?"""
    for word in reversed(words[max(0, found.start - _NEAR) : found.start]):
        if word in _TURNS:
            return False
        if word in _REFUSALS:
            return True
    return False
