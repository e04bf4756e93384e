"""Rows as the API shows them. What must be masked is masked here and nowhere else."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from admin_api import schemas
from admin_api.errors import Problem
from bot.actions.deeds import barrier_place
from bot.domain.people import is_sensitive
from bot.resources.secrets import SecretBox
from bot.store import desk as store
from bot.store.thread import Line


def floor(row: store.PersonLine | store.ConversationRow, now: datetime) -> schemas.Floor | None:
    """The floor, if somebody has it at `now`."""
    if row.floor_adviser_id is None or row.floor_until is None or row.floor_until <= now:
        return None
    return schemas.Floor(adviser_id=row.floor_adviser_id, name=row.floor_name, until=row.floor_until)


def line(row: store.PersonLine, now: datetime) -> schemas.YoungPersonLine:
    """A line of the list."""
    return schemas.YoungPersonLine(**asdict(row), floor=floor(row, now))


def card(row: store.Card, secrets: SecretBox) -> schemas.YoungPerson:
    """The card, sensitive barriers masked."""
    return schemas.YoungPerson(
        **asdict(row.person),
        wishes=[schemas.Wish(**asdict(one)) for one in row.wishes],
        barriers=[barrier(one, row.person.id, secrets) for one in row.barriers],
        skills=[schemas.Skill(**asdict(one)) for one in row.skills],
        availability=schemas.Availability(**asdict(row.availability)) if row.availability else None,
        consents=[consent(one) for one in row.consents],
        tasks=[task(one) for one in row.tasks],
    )


def barrier(row: store.BarrierRow, contact_id: int, secrets: SecretBox) -> schemas.Barrier:
    """A barrier; a sensitive one keeps everything but its existence to itself."""
    if is_sensitive(row.category):
        shown = {"id": row.id, "to_a_person": row.to_a_person, "kept_at": row.kept_at, "sensitive": True}
        return schemas.Barrier.model_validate(shown | dict.fromkeys(("category", "value", "words")))
    place = barrier_place(contact_id, row.category)
    words = secrets.open(row.sealed, place).decode() if row.sealed else ""
    return schemas.Barrier(**asdict(row), sensitive=False, words=words)


def consent(row: store.ConsentRow) -> schemas.ConsentLine:
    """A consent; one about a sensitive subject does not name the subject."""
    return schemas.ConsentLine(purpose=row.purpose.partition(":")[0], given=row.given, at=row.at)


def task(row: store.TaskRow) -> schemas.Task:
    """A task."""
    return schemas.Task(**asdict(row), young_person_id=row.contact_id)


def conversation(row: store.ConversationRow, now: datetime) -> schemas.Conversation:
    """Where a conversation stands."""
    return schemas.Conversation(**asdict(row), young_person_id=row.contact_id, floor=floor(row, now))


def message(row: Line) -> schemas.Message:
    """A line of a thread."""
    file = schemas.File(**asdict(row.media)) if row.media else None
    kept = asdict(row) | {"buttons": [button.label for button in row.buttons]}
    return schemas.Message(**kept, file=file)


def encode_cursor(*key: object) -> str:
    """A place in a list, opaque to the caller."""
    return base64.urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type) -> Sequence[Any] | None:
    """The place named by a cursor, None for none. Raises Problem(bad_cursor) when it is not one of this list's."""
    if not cursor:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error, RecursionError) as error:
        raise Problem("bad_cursor") from error
    if not isinstance(key, list) or [type(one) for one in key] != list(kinds):
        raise Problem("bad_cursor")
    if any(isinstance(one, int) and abs(one) >= 2**63 for one in key):
        raise Problem("bad_cursor")
    return key
