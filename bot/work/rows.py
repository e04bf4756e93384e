"""Between rows and values: a conversation, what a step may know, and back. Pure."""

import base64
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

import orjson

from bot.actions.deeds import barrier_place
from bot.domain.conversation import Conversation, Facts, Frame
from bot.domain.effects import Ask
from bot.domain.messages import Channel, Inbound, InboundKind, Media, Option
from bot.domain.people import Answered, Availability, Barrier, Card, Profile, Skill, Wish
from bot.resources.secrets import SealBroken, SecretBox

Row = Mapping[str, Any]


def conversation_of(row: Row) -> Conversation:
    """The stored conversation."""
    return Conversation(
        frame=Frame(row["flow"], row["state"], row["data"], ask_of(row["asked"])),
        turn=row["turn"],
        labels=_pairs(row["labels"]),
        parked=tuple(_frame_of(f) for f in row["parked"]),
        misses=row["misses"],
        nudges=row["nudges"],
        language=row["language"],
        outcome=row["outcome"],
    )


def columns_of(conversation: Conversation) -> tuple[Any, ...]:
    """flow, state, data, asked, labels, parked, turn, misses, nudges, outcome: as `save` takes them."""
    frame = conversation.frame
    return (
        frame.flow,
        str(frame.state),
        as_json(frame.data),
        None if frame.asked is None else as_json(frame.asked),
        as_json(conversation.labels),
        as_json(conversation.parked),
        conversation.turn,
        conversation.misses,
        conversation.nudges,
        conversation.outcome,
    )


def as_json(value: Any) -> str:
    """JSON text of plain values and our dataclasses."""
    return orjson.dumps(value).decode()


def ask_of(stored: Mapping[str, Any] | None) -> Ask | None:
    """A stored question."""
    if stored is None:
        return None
    return Ask(stored["text"], stored["args"], tuple(Option(**o) for o in stored["options"]), stored.get("since", 0))


def _frame_of(stored: Mapping[str, Any]) -> Frame:
    return Frame(stored["flow"], stored["state"], stored["data"], ask_of(stored["asked"]))


def inbound_of(row: Row) -> Inbound:
    """A stored inbound; fields an older version wrote and this one does not know are left out."""
    body = row["body"]
    known = {k: v for k, v in body.items() if k in _INBOUND and k != "media"}
    media = Media(**body["media"]) if body.get("media") else None
    return Inbound(InboundKind(row["kind"]), media=media, **known)


_INBOUND = frozenset(f.name for f in fields(Inbound)) - {"kind"}


def facts_about(row: Row, general: Facts, secrets: SecretBox) -> Facts:
    """What a step may know of this person, on top of what is general."""
    profile = Profile(row["first_name"], row["age"], row["phone"], row["town"], row["disability_recognised"])
    return replace(
        general,
        profile=profile,
        card=_card_of(row, secrets),
        language=row["language"],
        stopped=row["stopped"],
        floor=(row["floor"] or "…") if row["held"] else "",
    )


def at_address(facts: Facts, channel: str | None) -> Facts:
    """The same facts, answered on this channel."""
    return facts if not channel or facts.channel == channel else replace(facts, channel=Channel(channel))


def _card_of(row: Row, secrets: SecretBox) -> Card:
    availability = row["availability"]
    return Card(
        wishes=tuple(Wish(w, label, tuple(d), c, refused) for w, label, d, c, refused in row["wishes"] or ()),
        barriers=tuple(_barrier_of(row["contact_id"], b, secrets) for b in row["barriers"] or ()),
        skills=tuple(Skill(words, kind) for words, kind in row["skills"] or ()),
        availability=_availability_of(availability) if availability else None,
        hidden=tuple(row["hidden"]),
        consents=tuple(row["consents"] or ()),
        referral=row["referral"],
    )


def _barrier_of(contact_id: int, stored: list[Any], secrets: SecretBox) -> Barrier:
    category, value, sealed, to_a_person, shared = stored
    return Barrier(category, Answered(value), _words(contact_id, category, sealed, secrets), to_a_person, shared)


def _words(contact_id: int, category: str, sealed: str | None, secrets: SecretBox) -> str:
    """The sealed words; none when the key changed: the category still helps."""
    if not sealed:
        return ""
    try:
        return secrets.open(base64.b64decode(sealed), barrier_place(contact_id, category)).decode()
    except SealBroken:
        return ""


def _availability_of(stored: list[Any]) -> Availability:
    words, slots, constraints, work = stored
    return Availability(words, None if slots is None else _pairs(slots), _pairs(constraints), _pairs(work))


def _pairs(stored: Any) -> tuple[Any, ...]:
    return tuple((one, other) for one, other in stored)
