"""What one message was read as. Empty means unknown: the reader refuses rather than guesses."""

from dataclasses import dataclass, field
from typing import Final

from bot.domain.people import Availability, Barrier, Wish
from bot.flows.understanding.phrases import Index
from bot.flows.understanding.words import Speller, Spelling

WEAK: Final = "~"
"""Marks a job form that is only a place or a thing: a hotel, a car."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`intent` is a key of `intents.json`, or "" (unknown): humain, stop, reprise, aide, retour, passer, plus_tard,
    recommencer, langue, mes_donnees, efface_moi, code, qui_es_tu, rdv_prendre, appel, ecrit, oui, non, peut_etre,
    je_sais_pas, pas_en_parler, merci, salutation, au_revoir, insulte.

    `danger` is a safety category, "" when none. `language` is set when the person asked for one, `speaks` when their
    words are plainly in one (en, ar). `option` is the button whose words or number were typed. `wants`: the sentence
    says a wish, whatever it is. `sensitive`: health, handicap, justice, addictions or violence are named, whatever
    was asked. `age` is an AgeBand, `phone` is in international form.
    """

    folded: str = ""
    intent: str = ""
    danger: str = ""
    option: str = ""
    language: str = ""
    speaks: str = ""
    wishes: tuple[Wish, ...] = ()
    wants: bool = False
    undecided: bool = False
    barriers: tuple[Barrier, ...] = ()
    sensitive: bool = False
    availability: Availability | None = None
    age: str = ""
    phone: str = ""
    first_name: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class WhenWords:
    """The words of time: what each says (`days`, `parts`, `rhythms`, `spans`), what refuses and what turns the
    sentence, runs of words read as one (`joined`), ways to say a start, months in order.
    """

    days: dict[str, str] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    rhythms: dict[str, str] = field(default_factory=dict)
    spans: dict[str, str] = field(default_factory=dict)
    refusals: frozenset[str] = frozenset()
    again: frozenset[str] = frozenset()
    joined: tuple[tuple[str, str], ...] = ()
    starts: tuple[tuple[str, str], ...] = ()
    alternate: tuple[str, ...] = ()
    months: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists the reader knows, loaded once by `load_lexicon`; empty, it still reads numbers, dates and buttons.

    `jobs` finds labels, `domains` gives each label its ROME domains; `barriers` finds `category`, or `-category` when
    it is not in the way; `dangers` finds a safety category, or "" for a set idiom; `whole` and `inside` find intents,
    in a message that says nothing else, or anywhere.
    """

    speller: Speller = field(default_factory=lambda: Speller(Spelling()))
    jobs: Index = field(default_factory=dict)
    domains: dict[str, tuple[str, ...]] = field(default_factory=dict)
    contracts: Index = field(default_factory=dict)
    barriers: Index = field(default_factory=dict)
    dangers: Index = field(default_factory=dict)
    whole: dict[tuple[str, ...], str] = field(default_factory=dict)
    inside: Index = field(default_factory=dict)
    wanting: frozenset[str] = frozenset()
    tails: frozenset[str] = frozenset()
    languages: dict[tuple[str, ...], str] = field(default_factory=dict)
    when: WhenWords = field(default_factory=WhenWords)
