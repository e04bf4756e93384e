"""The one row of a conversation, and what a step may know: plain values, no clock, no session."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.domain.effects import (
    Ask,
    Consent,
    DropBarrier,
    DropSkill,
    DropWish,
    Effect,
    EraseMe,
    HideFromAdviser,
    KeepAvailability,
    KeepBarrier,
    KeepProfile,
    KeepSkill,
    KeepWish,
    ResumeContact,
    StopContact,
    SwitchLanguage,
)
from bot.domain.messages import Channel
from bot.domain.people import Card, Profile


@dataclass(frozen=True, slots=True)
class Frame:
    """Where one flow stands: its name, its state, its data as plain JSON, and the question it waits on."""

    flow: str
    state: str
    data: Mapping[str, Any] = field(default_factory=dict)
    asked: Ask | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """A person's conversation. `turn` grows with every question; `parked` holds interrupted frames, the last one
    first to resume.

    `labels` are the open question's buttons as the person read them: (option id, words), so that typing a button's
    words is pressing it. `misses` counts answers not understood to the open question; `nudges` the times we wrote
    again after a silence.
    """

    frame: Frame = field(default_factory=lambda: Frame("welcome", "start"))
    turn: int = 0
    labels: tuple[tuple[str, str], ...] = ()
    parked: tuple[Frame, ...] = ()
    misses: int = 0
    nudges: int = 0
    language: str = "fr"
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What a conversation may say about the Mission Locale. `answer_by` is an honest promise in words, computed from
    open hours by the edge.
    """

    name: str = "Mission Locale"
    slug: str = ""
    town: str = ""
    phone: str = ""
    address: str = ""
    opening: str = ""
    adviser: str = ""
    answer_by: str = ""
    open_now: bool = False
    notice_version: str = "1"
    postcodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a step may read. `fresh` is 128 bits of url-safe randomness, `code` 8 characters, both new at each
    step; `today` is the agency's date as YYYY-MM-DD; `last_heard` is when the person last wrote (aware UTC); `spoken`
    holds the agency in every language, for a step that changes it.
    """

    agency: AgencyFacts = field(default_factory=AgencyFacts)
    spoken: Mapping[str, AgencyFacts] = field(default_factory=dict)
    channel: Channel = Channel.WEB
    public_url: str = ""
    profile: Profile = field(default_factory=Profile)
    card: Card = field(default_factory=Card)
    language: str = "fr"
    stopped: bool = False
    floor: str = ""
    source: str = ""
    fresh: str = ""
    code: str = ""
    today: str = ""
    last_heard: datetime | None = None
    readers: tuple[str, ...] = ()

    def after(self, effect: Effect) -> "Facts":
        """The facts once `effect` is done: a later act of the same step reads what an earlier one kept."""
        match effect:
            case SwitchLanguage(language):
                return replace(self, language=language, agency=self.spoken.get(language, self.agency))
            case StopContact() | ResumeContact():
                return replace(self, stopped=isinstance(effect, StopContact))
            case EraseMe():
                return replace(self, profile=Profile(), card=Card())
            case KeepProfile(name, value):
                return replace(self, profile=self.profile.with_(name, value))
            case _:
                change = _CARD_AFTER.get(type(effect))
                return self if change is None else replace(self, card=change(self.card, effect))


def _with_wish(card: Card, effect: KeepWish) -> Card:
    kept = tuple(w for w in card.wishes if w.words != effect.wish.words)
    return replace(card, wishes=(*kept, effect.wish))


def _without_wish(card: Card, effect: DropWish) -> Card:
    return replace(card, wishes=tuple(w for w in card.wishes if w.words != effect.words))


def _with_barrier(card: Card, effect: KeepBarrier) -> Card:
    kept = tuple(b for b in card.barriers if b.category != effect.barrier.category)
    return replace(card, barriers=(*kept, effect.barrier))


def _without_barrier(card: Card, effect: DropBarrier) -> Card:
    return replace(card, barriers=tuple(b for b in card.barriers if b.category != effect.category))


def _with_skill(card: Card, effect: KeepSkill) -> Card:
    kept = tuple(s for s in card.skills if s.words != effect.skill.words)
    return replace(card, skills=(*kept, effect.skill))


def _without_skill(card: Card, effect: DropSkill) -> Card:
    return replace(card, skills=tuple(s for s in card.skills if s.words != effect.words))


def _with_consent(card: Card, effect: Consent) -> Card:
    others = tuple(c for c in card.consents if c != effect.purpose)
    return replace(card, consents=(*others, effect.purpose) if effect.given else others)


_CARD_AFTER: Mapping[type, Callable[[Card, Any], Card]] = {
    KeepWish: _with_wish,
    DropWish: _without_wish,
    KeepBarrier: _with_barrier,
    DropBarrier: _without_barrier,
    KeepSkill: _with_skill,
    DropSkill: _without_skill,
    Consent: _with_consent,
    KeepAvailability: lambda card, effect: replace(card, availability=effect.availability),
    HideFromAdviser: lambda card, effect: replace(card, hidden=effect.items),
}


@dataclass(frozen=True, slots=True)
class Step:
    """What one inbound led to: the conversation after it, and what the edge must do, in order."""

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
