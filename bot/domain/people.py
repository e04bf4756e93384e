"""What the house knows of a young person: a profile and a card, both frozen.

The card keeps categories and the person's own chosen words. "Not discussed" is a value of its own and is never stored
as "no".
"""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final


class AgeBand(StrEnum):
    """Age in years, in the bands that change what the Mission Locale may do (code du travail L5314-2: 16 to 25)."""

    UNDER_15 = "under_15"
    FROM_15 = "15"
    FROM_16_TO_17 = "16_17"
    FROM_18_TO_25 = "18_25"
    FROM_26_TO_29 = "26_29"
    OVER_29 = "over_29"

    @property
    def minor(self) -> bool:
        """True under 18."""
        return self in {AgeBand.UNDER_15, AgeBand.FROM_15, AgeBand.FROM_16_TO_17}

    @property
    def too_young(self) -> bool:
        """True under 16, the age from which a Mission Locale supports."""
        return self in {AgeBand.UNDER_15, AgeBand.FROM_15}


class BarrierCategory(StrEnum):
    """The fourteen categories of what can be in the way."""

    MOBILITY = "mobilite"
    HOUSING = "logement"
    CHILDCARE = "garde_enfants"
    HEALTH = "sante"
    PAPERWORK = "administratif"
    DIGITAL = "numerique"
    MONEY = "budget"
    FRENCH = "langue"
    JUSTICE = "justice"
    CONFIDENCE = "confiance_en_soi"
    DISABILITY = "handicap"
    ADDICTION = "addictions"
    FAMILY = "famille"
    VIOLENCE = "violences"

    @property
    def sensitive(self) -> bool:
        """Special-category data (GDPR art. 9 and 10): kept only with explicit consent, masked until opened."""
        return self in _SENSITIVE


def is_sensitive(category: str) -> bool:
    """Whether a stored category is one of the sensitive ones; `autre`, words no list knows, is not."""
    return category in _SENSITIVE


_SENSITIVE = {
    BarrierCategory.HEALTH,
    BarrierCategory.JUSTICE,
    BarrierCategory.DISABILITY,
    BarrierCategory.ADDICTION,
    BarrierCategory.VIOLENCE,
}


GENERAL: Final = "general"
"""Stands for the whole question, not for a category: `no` = nothing is in the way, `not_discussed` = would rather not
talk about it, or, with `to_a_person`, not to a bot.
"""


class Answered(StrEnum):
    """The three values of anything asked: the absence of a talk is not a no."""

    YES = "yes"
    NO = "no"
    NOT_DISCUSSED = "not_discussed"


@dataclass(frozen=True, slots=True)
class Wish:
    """Something the person would like to do. `words` are theirs; `domains` are ROME domains (letter + 2 digits), a
    hypothesis.
    """

    words: str
    label: str = ""
    domains: tuple[str, ...] = ()
    contract: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Barrier:
    """Something in the way, or the answer to the whole question (GENERAL). A sensitive one has no words unless its
    keeping was agreed to.
    """

    category: str
    value: Answered = Answered.YES
    words: str = ""
    to_a_person: bool = False
    shared: bool = True


@dataclass(frozen=True, slots=True)
class Availability:
    """When the person is free. `slots` are (weekday, part) pairs, weekday lundi … dimanche, part matin | apres_midi |
    soir.

    `slots is None` means nothing was said about slots; `()` means never available.
    """

    words: str = ""
    slots: tuple[tuple[str, str], ...] | None = None
    constraints: tuple[tuple[str, str], ...] = ()
    work: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Skill:
    """Something the person can do, from real life. `kind` is a short code such as `caring` or `cooking`."""

    words: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """Who the person is, as far as they chose to say. `first_name` may be an alias."""

    first_name: str = ""
    age: str = ""
    phone: str = ""
    town: str = ""
    disability_recognised: bool = False

    def with_(self, name: str, value: str) -> "Profile":
        """The profile with one more thing said; `disability_recognised` is kept as "yes" or "no"."""
        return replace(self, **{name: value == "yes" if name == "disability_recognised" else value})  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Card:
    """What the adviser reads: wishes first, then what is in the way, when, and what the person can do."""

    wishes: tuple[Wish, ...] = ()
    barriers: tuple[Barrier, ...] = ()
    skills: tuple[Skill, ...] = ()
    availability: Availability | None = None
    hidden: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    referral: str = ""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Opening hours of an agency: minutes from midnight, local time, by weekday (0 = Monday)."""

    spans: tuple[tuple[tuple[int, int], ...], ...] = field(default=((),) * 7)
    closed: frozenset[date] = frozenset()
