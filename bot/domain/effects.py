"""What a step asks for: wishes in the imperative. The edge turns each into rows of one commit; nothing here does
anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.messages import Option
from bot.domain.people import Availability, Barrier, Skill, Wish

Args = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Say:
    """Tell something. All that a step says and asks leaves as one message, so that the phone rings once."""

    text: str
    args: Args = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the one open question. It stays open until answered, skipped or replaced; stale buttons repeat it.

    `since` is the turn it was first asked in: the buttons of a question that was only repeated still work. The steps
    set it, no act does.
    """

    text: str
    args: Args = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    since: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Remind:
    """Plan a contact: fires as `Inbound(TIMER, reason=reason)`. `key` is unique per person; planning it again moves it.

    `window` is how late it may still be useful; `turn_bound` drops it silently (with its reason) once the person has
    moved on.
    """

    key: str
    reason: str
    at: datetime
    window: timedelta
    turn_bound: bool = True


@dataclass(frozen=True, slots=True)
class Forget:
    """Cancel a planned contact by its key; its row ends as superseded."""

    key: str


@dataclass(frozen=True, slots=True)
class KeepProfile:
    """Keep one thing the person said about themselves: `field` is a field of Profile."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class KeepWish:
    """Keep a wish, or update the one with the same words."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class DropWish:
    """The person took this wish back (its words, or its number in the recap)."""

    words: str


@dataclass(frozen=True, slots=True)
class KeepBarrier:
    """Keep or update the barrier of this category."""

    barrier: Barrier


@dataclass(frozen=True, slots=True)
class DropBarrier:
    """The person took this barrier back: the row goes, not discussed again."""

    category: str


@dataclass(frozen=True, slots=True)
class KeepSkill:
    """Keep something the person can do."""

    skill: Skill


@dataclass(frozen=True, slots=True)
class DropSkill:
    """The person took this skill back, by its words."""

    words: str


@dataclass(frozen=True, slots=True)
class KeepAvailability:
    """Replace when the person is free."""

    availability: Availability


@dataclass(frozen=True, slots=True)
class HideFromAdviser:
    """The person chose what the adviser sees: `items` (wishes, barriers, skills, availability, phone) are hidden."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """An extra the person agreed to or withdrew. Purposes: channel, prescriber, employer, skills_card,
    sensitive:<category>.
    """

    purpose: str
    given: bool


@dataclass(frozen=True, slots=True)
class AcceptNotice:
    """The information notice was shown in this version (the ground is the public-interest task, not consent)."""

    version: str
    minor: bool = False


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Put a line on the advisers' list. One open task per (person, kind); `words` are the person's own, for the
    adviser only.

    Kinds: danger, asked_for_person, not_understood, unplayed_voice, file_received, first_proposal, call_back,
    write_back, appointment_wanted, outside_scope, unknown_delivery, failing_update, address_gone. `due_days` are
    working days.
    """

    kind: str
    words: str = ""
    due_days: int = 0


@dataclass(frozen=True, slots=True)
class SwitchLanguage:
    """The person's language from now on (fr, en, ar, …)."""

    language: str


@dataclass(frozen=True, slots=True)
class StopContact:
    """The person said STOP: nothing unprompted leaves any more, planned contacts end as skipped(stopped)."""


@dataclass(frozen=True, slots=True)
class ResumeContact:
    """The person explicitly asked for messages again."""


@dataclass(frozen=True, slots=True)
class EraseMe:
    """The person confirmed the erasure: words, card, files and links go in this commit, the address after the
    farewell left.
    """


@dataclass(frozen=True, slots=True)
class KeepLink:
    """Keep the hash of a link or code made from `facts.fresh`. Purposes: personal (comes back), data (my data page),
    device (8-character code).
    """

    purpose: str
    secret: str
    lifetime: timedelta


@dataclass(frozen=True, slots=True)
class MarkSensitive:
    """This message, or the answer to it, touches health, handicap, justice, addictions, violence or a danger: the words
    of both end sooner than the rest.
    """


@dataclass(frozen=True, slots=True)
class CloseConversation:
    """The first conversation reached an end: recap, human, erased, outside_scope, abandoned. Transcript retention
    counts from here.
    """

    outcome: str


@dataclass(frozen=True, slots=True)
class CountMiss:
    """A question was not understood: counted by question, without identities."""

    question: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Skip:
    """A planned contact came due and nothing is said: its row ends as skipped, with this reason."""

    reason: str


Effect = (
    Say
    | Ask
    | Remind
    | Forget
    | KeepProfile
    | KeepWish
    | DropWish
    | KeepBarrier
    | DropBarrier
    | KeepSkill
    | DropSkill
    | KeepAvailability
    | HideFromAdviser
    | Consent
    | AcceptNotice
    | OpenTask
    | SwitchLanguage
    | StopContact
    | ResumeContact
    | EraseMe
    | KeepLink
    | MarkSensitive
    | CloseConversation
    | CountMiss
    | Skip
)
