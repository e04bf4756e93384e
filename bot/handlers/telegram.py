"""What Telegram says, read: from the bytes of an update to an Envelope. The one door to aiogram.

aiogram's types read every update, its dispatcher none (docs/decisions say why). An update is one of three things:
understood (an Envelope), politely set aside (a kind nobody here waits for, a group, another bot), or unreadable.
Importing aiogram takes seconds of CPU: `load` does it, in a thread, and only where Telegram is set.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from bot.domain.messages import Channel, Envelope, Inbound, InboundKind, Media

if TYPE_CHECKING:
    from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

ALLOWED_UPDATES: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask Telegram to send; anything else that comes is set aside."""
_COMMAND: Final = re.compile(r"/(\w{1,64})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PRESSED: Final = re.compile(r"(0|[1-9][0-9]{0,8}):(.{1,64})", re.DOTALL)
_NOT_FOR_US: Final = ("dice", "game", "poll", "story", "checklist", "paid_media", "rich_message", "invoice", "giveaway")
"""What a person may send and nobody here can use: they are told so. Every other content is Telegram's own notice."""


class Unreadable(Exception):
    """The bytes are not an update. `why` names the place and the rule, never the content."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Reading:
    """An update, read. `envelope` is None when it is set aside; `kind` says what it was; `callback` wants an answer."""

    kind: str
    envelope: Envelope | None = None
    callback: str = ""


Read = Callable[[str, bytes], Reading]
"""From (account, bytes) to a Reading. Raises Unreadable."""


def load() -> Read:
    """Import aiogram and warm it up (seconds: call it in a thread). The same reader every time."""
    from aiogram.types import Update
    from pydantic import ValidationError

    Update.model_validate_json(b'{"update_id":0}')

    def read(account: str, raw: bytes) -> Reading:
        try:
            update = Update.model_validate_json(raw)
        except ValidationError as error:
            first = error.errors(include_url=False, include_context=False, include_input=False)[0]
            raise Unreadable(f"{first['type']} at {'.'.join(map(str, first['loc']))}"[:200]) from None
        return reading_of(account, update)

    return read


@dataclass(frozen=True, slots=True)
class _Said:
    """Half an envelope: what happened, in which chat, by whom. `inbound` None = set aside."""

    kind: str
    inbound: Inbound | None = None
    chat: "Chat | None" = None
    sender: "User | None" = None


def reading_of(account: str, update: "Update") -> Reading:
    """What an update means for us. Pure, and never raises."""
    kind = _kind_of(update)
    say = _READERS.get(kind)
    if say is None:
        return Reading(kind)
    callback = update.callback_query.id if update.callback_query else ""
    said = say(getattr(update, kind))
    if said.inbound is None or said.chat is None or said.sender is None:
        return Reading(said.kind, None, callback)
    inbound = replace(said.inbound, language=said.sender.language_code or "")
    who, name = str(said.chat.id), said.sender.first_name
    return Reading(said.kind, Envelope(Channel.TELEGRAM, account, who, str(update.update_id), inbound, name), callback)


def _kind_of(update: "Update") -> str:
    """The field that is set; "unknown" for one that this aiogram does not know."""
    known = type(update).model_fields
    return next((name for name in update.model_fields_set if name != "update_id" and name in known), "unknown")


# --- the kinds of updates we asked for ----------------------------------------------------------------------------


def _message(message: "Message") -> _Said:
    why = _not_a_person(message.chat, message.from_user)
    if why:
        return _Said(why)
    return _said(message, content_of(message), "notice")


def _edited(message: "Message") -> _Said:
    """New words for old ones. What has no words (a place that moves) changes nothing for us."""
    why = _not_a_person(message.chat, message.from_user)
    if why:
        return _Said(why)
    text = message.text or message.caption or ""
    return _said(message, Inbound(InboundKind.EDITED, text) if text else None, "edit")


def _said(message: "Message", inbound: Inbound | None, otherwise: str) -> _Said:
    return _Said(inbound.kind if inbound else otherwise, inbound, message.chat, message.from_user)


def _pressed(query: "CallbackQuery") -> _Said:
    """A button. One nobody made here is an option nobody knows: the open question is asked again."""
    if query.message is None or query.data is None:
        return _Said("callback_query")
    why = _not_a_person(query.message.chat, query.from_user)
    if why:
        return _Said(why)
    turn, option = _button(query.data)
    inbound = Inbound(InboundKind.OPTION, option=option, turn=turn)
    return _Said(inbound.kind, inbound, query.message.chat, query.from_user)


def _membership(change: "ChatMemberUpdated") -> _Said:
    """The person blocked the bot, or took it back."""
    why = _not_a_person(change.chat, change.from_user)
    kind = _MEMBERSHIP.get(change.new_chat_member.status)
    if why or kind is None:
        return _Said(why or "my_chat_member")
    return _Said(kind, Inbound(kind), change.chat, change.from_user)


_MEMBERSHIP: Final = {"kicked": InboundKind.BLOCKED, "member": InboundKind.UNBLOCKED}
_READERS: Final[dict[str, Callable[[Any], _Said]]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _pressed,
    "my_chat_member": _membership,
}


def _not_a_person(chat: "Chat", sender: "User | None") -> str:
    """Why nobody is answered: a group or channel, another bot, nobody. "" for a person in a chat of their own."""
    if chat.type != "private":
        return "group"
    return "bot" if sender is None or sender.is_bot else ""


def _button(data: str) -> tuple[int, str]:
    """`turn:option` as we made it; anything else is option text of turn 0."""
    made = _PRESSED.fullmatch(data)
    return (int(made[1]), made[2]) if made else (0, data[:64])


# --- what a message holds -----------------------------------------------------------------------------------------


def content_of(message: "Message") -> Inbound | None:
    """What the person said or sent; None for a notice of Telegram's own (pinned, title changed, …)."""
    if message.text is not None:
        return _words(message.text)
    for name, read in _CONTENTS:
        part = getattr(message, name)
        if part is not None:
            return read(message, part)
    sent = any(getattr(message, name) is not None for name in _NOT_FOR_US)
    return Inbound(InboundKind.UNSUPPORTED, message.caption or "") if sent or message.model_extra else None


def _words(text: str) -> Inbound:
    """Words, a command as words (`/mes_donnees@bot` is "mes donnees"), or an arrival by a link (`/start token`)."""
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return Inbound(InboundKind.TEXT, text)
    name, rest = command[1].lower(), (command[2] or "").strip()
    if name == "start":
        return Inbound(InboundKind.ARRIVED, source=rest if _TOKEN.fullmatch(rest) else "")
    return Inbound(InboundKind.TEXT, f"{name.replace('_', ' ')} {rest}".strip())


def _heard(kind: str, mime: str) -> Callable[["Message", Any], Inbound]:
    """The reader of a sound, or of a face that speaks."""

    def read(message: "Message", file: Any) -> Inbound:
        return Inbound(InboundKind.VOICE, message.caption or "", media=_media(kind, file, mime))

    return read


def _filed(kind: str, mime: str = "") -> Callable[["Message", Any], Inbound]:
    """The reader of a file."""

    def read(message: "Message", file: Any) -> Inbound:
        return Inbound(InboundKind.FILE, message.caption or "", media=_media(kind, file, mime))

    return read


def _photo(message: "Message", sizes: Any) -> Inbound:
    """Telegram gives one photo in several sizes: the largest."""
    if not sizes:
        return Inbound(InboundKind.UNSUPPORTED, message.caption or "")
    largest = max(sizes, key=lambda size: size.width * size.height)
    return Inbound(InboundKind.FILE, message.caption or "", media=_media("photo", largest, "image/jpeg"))


def _media(kind: str, file: Any, mime: str) -> Media:
    return Media(
        kind,
        file.file_id,
        getattr(file, "mime_type", None) or mime,
        getattr(file, "file_name", None) or "",
        _counted(file.file_size),
        _counted(getattr(file, "duration", None)),
    )


def _counted(number: int | None) -> int:
    """A size or length as it can be kept, whatever a forged update says."""
    return min(max(number or 0, 0), 2**31 - 1)


def _venue(_: "Message", venue: Any) -> Inbound:
    return Inbound(InboundKind.PLACE, f"{venue.title}, {venue.address}")


def _location(_: "Message", location: Any) -> Inbound:
    return Inbound(InboundKind.PLACE, f"{location.latitude:.5f}, {location.longitude:.5f}")


def _contact(message: "Message", contact: Any) -> Inbound:
    """A number is kept only when it is the sender's own: nobody gives away somebody else's."""
    own = message.from_user is not None and contact.user_id == message.from_user.id
    number = str(contact.phone_number).replace(" ", "") if own else ""
    return Inbound(InboundKind.CONTACT, f"+{number}" if number[:1].isdigit() and number[0] != "0" else number)


def _sticker(_: "Message", sticker: Any) -> Inbound:
    return Inbound(InboundKind.STICKER, sticker.emoji or "")


_CONTENTS: Final[tuple[tuple[str, Callable[["Message", Any], Inbound]], ...]] = (
    ("voice", _heard("voice", "audio/ogg")),
    ("audio", _heard("audio", "audio/mpeg")),
    ("video_note", _heard("video_note", "video/mp4")),
    ("live_photo", _filed("live_photo", "video/mp4")),
    ("photo", _photo),
    ("animation", _filed("animation", "video/mp4")),  # before document: Telegram fills both
    ("video", _filed("video", "video/mp4")),
    ("document", _filed("document")),
    ("venue", _venue),  # before location: Telegram fills both
    ("location", _location),
    ("contact", _contact),
    ("sticker", _sticker),
)
