"""What arrives and what leaves: facts in the past tense come in, wishes in the imperative go out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Channel(StrEnum):
    """Where a message travels. Only the web chat is the house's own: everything else is read by third parties."""

    WEB = "web"
    TELEGRAM = "telegram"

    @property
    def private(self) -> bool:
        """True where a sensitive category may be named."""
        return self is Channel.WEB


class InboundKind(StrEnum):
    """What happened, seen from the conversation."""

    ARRIVED = "arrived"
    TEXT = "text"
    OPTION = "option"
    EDITED = "edited"
    VOICE = "voice"
    FILE = "file"
    PLACE = "place"
    CONTACT = "contact"
    STICKER = "sticker"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    UNSUPPORTED = "unsupported"
    TIMER = "timer"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Media:
    """A file at the provider's: `provider_id` fetches it, `size` in bytes and `seconds` as the provider says them (0
    = unknown).
    """

    kind: str
    provider_id: str
    mime: str = ""
    name: str = ""
    size: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that happened to a conversation.

    `option` is the id of a pressed button and `turn` the turn it was made for (0 = typed); `reason` names a timer;
    `source` is the token of a first contact; `language` is a BCP 47 hint of the sender's device, never a decision.
    """

    kind: InboundKind
    text: str = ""
    option: str = ""
    turn: int = 0
    media: Media | None = None
    reason: str = ""
    source: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Envelope:
    """An inbound as it reached a door: the account it came by, who wrote (`identifier` at the provider), and a key
    for deduplication.
    """

    channel: Channel
    account: str
    identifier: str
    external_id: str
    inbound: Inbound
    name: str = ""


class DeliveryClass(StrEnum):
    A = "A"
    B = "B"


@dataclass(frozen=True, slots=True)
class Option:
    """A button: `id` comes back as `turn:id`; `text` is a Fluent id, or "" when `label` is already in the person's
    language.
    """

    id: str
    text: str = ""
    label: str = ""
    args: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Button:
    """An option as it leaves: the words are there, the id is complete (`turn:option`)."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message on its way out, rendered: plain text, buttons in rows of the channel's choice. `outbox_id` names
    its row.
    """

    outbox_id: int
    channel: Channel
    account: str
    identifier: str
    text: str
    buttons: tuple[Button, ...] = ()
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took it. `provider_id` is its name for the message."""

    provider_id: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now (429, 5xx, no connection before the request left): try again at `at`, aware UTC. `account_wide` closes
    the whole account until then.
    """

    at: datetime
    reason: str = ""
    account_wide: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The provider refuses this message and always will: an incident of ours."""

    why: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The person cannot be reached at this address any more (blocked, deleted)."""

    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request left and no answer came: it may have arrived."""

    why: str = ""


Delivery = Sent | Later | Refused | Gone | Unknown
