"""The reader's lists, from the JSON files beside this module, turned once into what a message is compared with."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from bot.flows.understanding.fold import SEPARATOR, stem, tokens
from bot.flows.understanding.phrases import GAP, Phrase, index
from bot.flows.understanding.reading import WEAK, Lexicon, WhenWords
from bot.flows.understanding.words import Speller, Spelling, neighbours

ReadFile = Callable[[str], bytes]
_IDIOM: Final = ""


class LexiconError(ValueError):
    """A list names a ROME domain that does not exist."""


def load_lexicon(read_file: ReadFile) -> Lexicon:
    """The lists of the reader. `read_file` is given the name of a file beside this module and answers its bytes."""
    lists = {name: json.loads(read_file(f"{name}.json")) for name in _FILES}
    writing = Speller(_spelling(lists["words"], ()))
    bare, full = _phrase_maker(writing, bare=True), _phrase_maker(writing, bare=False)
    jobs = [_job(form, job["label"], bare) for job in lists["jobs"] for form in job["forms"]]
    contracts = list(_phrases(lists["contracts"], bare))
    barriers = list(_barriers(lists["barriers"], bare))
    dangers = [*_phrases(lists["danger"], bare), *(Phrase(bare(form), _IDIOM) for form in lists["idioms"])]
    inside = list(_phrases({name: forms["in"] for name, forms in lists["intents"].items()}, bare))
    whole = {full(form): name for name, forms in lists["intents"].items() for form in forms["whole"]}
    languages = {full(form): code for code, forms in lists["languages"].items() for form in forms}
    every = [*jobs, *contracts, *barriers, *dangers, *inside]
    known = {w for phrase in every for w in phrase.words} | {w for words in (*whole, *languages) for w in words}
    return Lexicon(
        speller=Speller(_spelling(lists["words"], known)),
        jobs=index(jobs),
        domains=_domains(lists["jobs"], lists["domains"]),
        contracts=index(contracts),
        barriers=index(barriers),
        dangers=index(dangers),
        whole=whole,
        inside=index(inside),
        tails=frozenset(w for tail in lists["words"]["tails"] for w in full(tail)),
        wanting=frozenset(map(stem, lists["words"]["wanting"])),
        languages=languages,
        when=_when(lists["when"]),
    )


_FILES: Final = (
    "words",
    "jobs",
    "domains",
    "contracts",
    "barriers",
    "danger",
    "idioms",
    "intents",
    "languages",
    "when",
)


def _spelling(words: Mapping[str, Any], known: Iterable[str]) -> Spelling:
    stems = {*known, *map(stem, (*words["common"], *words["wanting"]))} - {GAP} if known else set()
    return Spelling(
        spellings={token: tuple(said.split()) for token, said in words["spellings"].items()},
        fillers=frozenset(words["fillers"]),
        articles=frozenset(words["articles"]),
        known=frozenset(stems),
        near=neighbours(stems),
    )


def _phrase_maker(speller: Speller, *, bare: bool) -> Callable[[str], tuple[str, ...]]:
    """How a phrase of a list becomes stems; a list's own underscore is a gap."""

    def make(form: str) -> tuple[str, ...]:
        parts = [speller.of_tokens(t for t in tokens(part) if t != SEPARATOR) for part in form.split(GAP)]
        sides = [part.bare if bare else part.full for part in parts]
        return tuple(w for i, side in enumerate(sides) for w in ((GAP, *side) if i else side))

    return make


def _job(form: str, label: str, make: Callable[[str], tuple[str, ...]]) -> Phrase:
    """A form of a job. After a tilde it names a place or a thing: it counts only when no job is named beside it."""
    weak = form.startswith(WEAK)
    return Phrase(make(form.removeprefix(WEAK)), f"{WEAK if weak else ''}{label}")


def _phrases(lists: Mapping[str, Iterable[str]], make: Callable[[str], tuple[str, ...]]) -> Iterator[Phrase]:
    for value, forms in lists.items():
        for form in forms:
            yield Phrase(make(form), value)


def _barriers(lists: Mapping[str, Mapping[str, list[str]]], make: Callable[[str], tuple[str, ...]]) -> Iterator[Phrase]:
    for category, forms in lists.items():
        yield from (Phrase(make(form), category) for form in forms["yes"])
        yield from (Phrase(make(form), f"-{category}") for form in forms["no"])


def _domains(jobs: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    found = {job["label"]: tuple(job["domains"]) for job in jobs}
    if unknown := {code for codes in found.values() for code in codes} - names.keys():
        raise LexiconError(f"unknown ROME domains: {sorted(unknown)}")
    return found


def _when(lists: Mapping[str, Any]) -> WhenWords:
    return WhenWords(
        days=_said(lists["days"]),
        parts=_said(lists["parts"]),
        rhythms=_said(lists["rhythms"]),
        spans=_said(lists["spans"]),
        refusals=frozenset(lists["not"]),
        again=frozenset(lists["again"]),
        joined=tuple(_said(lists["joined"]).items()),
        starts=tuple(_said(lists["starts"]).items()),
        alternate=tuple(lists["alternate"]),
        months=tuple(lists["months"]),
    )


def _said(lists: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Each form to what it says."""
    return {form: value for value, forms in lists.items() for form in forms}
