"""What advisers do: one function per deed, on the edge's transaction, with its audit line.

Every deed on a conversation first locks the contact (`reach`): it waits for the person's step under way, and the
next step waits for it. So a deed falls before or after a step, never inside. Deeds return nothing to send: what must
leave is a row, and the edge rings the bells once committed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from bot import clock
from bot.actions.deeds import barrier_place
from bot.domain.words import clean
from bot.resources.secrets import SecretBox
from bot.store.pool import Connection
from bot.store.queries import load

_SQL = load("desk")

FLOOR_MINUTES: Final = 30
"""How long an adviser keeps the floor after their last message, unless they say otherwise."""

MOST_WRITTEN: Final = 4_000
"""Characters of one message: what every channel carries in one piece."""

_ANSWERED_BY_WRITING: Final = ["unanswered", "asked_for_person", "write_back", "not_understood"]


class Outcome(StrEnum):
    """How a task ended."""

    DONE = "done"
    ANSWERED = "answered"
    CALLED = "called"
    NOT_REACHED = "not_reached"
    PLAYED = "played"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class Actor:
    """The adviser who acts. `name` is the first name the young person reads."""

    adviser_id: int
    agency_id: int
    name: str
    role: str

    @property
    def first_name(self) -> str:
        """What the young person reads above a message."""
        return self.name.split()[0]


class DeedRefused(Exception):
    """The deed makes no sense now. `reason`: stopped, erased, unreachable, floor_held, floor_free, task_open,
    task_closed, changed, empty, too_long.
    """

    def __init__(self, reason: str, **details: str | int) -> None:
        super().__init__(reason)
        self.reason, self.details = reason, details


@dataclass(frozen=True, slots=True)
class _Reach:
    """How a person is reached now: the address they last used."""

    address_id: int | None
    account_id: int | None
    language: str
    stopped: bool
    erased: bool


async def write_message(conn: Connection, actor: Actor, contact_id: int, text: str) -> int:
    """Write as a human. Locks the contact. Takes the floor, or keeps it longer; closes the tasks an answer settles.
    Returns the row's id.

    Raises DeedRefused: the person said STOP, asked to be erased, cannot be reached; another adviser has the floor;
    no words, or too many.
    """
    words = text.strip()
    if not words:
        raise DeedRefused("empty")
    if len(words) > MOST_WRITTEN:
        raise DeedRefused("too_long", most=MOST_WRITTEN)
    reached = await _open_lane(conn, actor, contact_id)
    await _hold(conn, actor, contact_id, FLOOR_MINUTES)
    author = (actor.adviser_id, actor.first_name)
    row = (actor.agency_id, contact_id, reached.address_id, *author, clean(words), reached.language)
    written = int(await conn.fetchval(_SQL.write, *row))
    closing = (actor.agency_id, contact_id, clock.now(), actor.adviser_id, _ANSWERED_BY_WRITING)
    closed = [r["id"] for r in await conn.fetch(_SQL.close_answered, *closing)]
    await _audit(conn, actor, "message.write", contact_id, {"message": written, "tasks_closed": closed})
    return written


async def take_floor(conn: Connection, actor: Actor, contact_id: int, minutes: int = FLOOR_MINUTES) -> datetime:
    """From now on the bot is silent with this person, for `minutes`. Locks the contact. Returns the end (aware UTC).

    Raises DeedRefused("floor_held") with who holds it and until when, or when the person cannot be written to.
    """
    await _open_lane(conn, actor, contact_id)
    until = await _hold(conn, actor, contact_id, minutes)
    await _audit(conn, actor, "floor.take", contact_id, {"minutes": minutes})
    return until


async def give_back(conn: Connection, actor: Actor, contact_id: int, resume: bool) -> None:
    """The bot may speak again; with `resume` it asks its open question again. Locks the contact.

    Any adviser of the agency may give back. Raises DeedRefused("floor_free") when nobody has the floor.
    """
    reached = await _lane(conn, actor, contact_id)
    held: Any = await conn.fetchrow(_SQL.hold_floor, actor.agency_id, contact_id)
    if held["floor_adviser_id"] is None:
        raise DeedRefused("floor_free")
    await conn.execute(_SQL.set_floor, actor.agency_id, contact_id, None, "", None)
    if resume and reached.account_id is not None and not reached.stopped and not reached.erased:
        returned = f"returned:{clock.token()}"
        await conn.execute(
            _SQL.return_floor, actor.agency_id, reached.account_id, returned, contact_id, reached.address_id
        )
    await _audit(conn, actor, "floor.return", contact_id, {"resume": resume})


async def close_task(
    conn: Connection, actor: Actor, task_id: int, outcome: Outcome, version: int | None = None
) -> int | None:
    """A task is done, with its outcome. Locks its row. Returns the contact's id, None for a task about nobody.

    Raises DeedRefused("task_closed") when it is closed already, or is no longer at `version`.
    """
    row = await conn.fetchrow(
        _SQL.close_task, actor.agency_id, task_id, actor.adviser_id, clock.now(), outcome.value, version
    )
    if row is None:
        raise DeedRefused("task_closed")
    await _audit(conn, actor, "task.close", row["contact_id"], {"task": task_id, "outcome": outcome.value})
    return _id(row)


async def reopen_task(conn: Connection, actor: Actor, task_id: int, version: int | None = None) -> int | None:
    """Undo the closing of a task. Locks its row. Returns the contact's id.

    Raises DeedRefused("task_open") when it is open, is no longer at `version`, or another of its kind was opened
    meanwhile.
    """
    row = await conn.fetchrow(_SQL.reopen_task, actor.agency_id, task_id, version)
    if row is None:
        raise DeedRefused("task_open")
    await _audit(conn, actor, "task.reopen", row["contact_id"], {"task": task_id})
    return _id(row)


@dataclass(frozen=True, slots=True)
class Opened:
    """What a barrier says: its category, the person's words, and whether they would rather tell a person."""

    category: str
    words: str
    to_a_person: bool


async def open_barrier(
    conn: Connection, secrets: SecretBox, actor: Actor, contact_id: int, barrier_id: int
) -> Opened | None:
    """Read a barrier the person lets advisers see; None when there is no such row.

    No lock: reading. Each opening is an audit line, without the category: the list of openings must not tell it.
    """
    row = await conn.fetchrow(_SQL.open_barrier, actor.agency_id, contact_id, barrier_id)
    if row is None or not row["shared"]:
        return None
    await _audit(conn, actor, "barrier.open", contact_id, {"barrier": barrier_id})
    place = barrier_place(contact_id, row["category"])
    words = secrets.open(row["sealed"], place).decode() if row["sealed"] else ""
    return Opened(row["category"], words, bool(row["to_a_person"]))


async def choose_referent(conn: Connection, actor: Actor, contact_id: int, adviser_id: int | None, version: int) -> int:
    """Who accompanies the person (None: nobody yet). Locks the card's row. Returns its new version.

    Raises DeedRefused("changed") when the card is no longer at `version`; "no_adviser" when nobody here has this id.
    """
    if adviser_id is not None and await conn.fetchval(_SQL.adviser_name, actor.agency_id, adviser_id) is None:
        raise DeedRefused("no_adviser")
    changed = await conn.fetchval(_SQL.set_referent, actor.agency_id, contact_id, adviser_id, version)
    if changed is None:
        raise DeedRefused("changed")
    await _audit(conn, actor, "referent.choose", contact_id, {"adviser": adviser_id})
    return int(changed)


async def open_file(conn: Connection, actor: Actor, contact_id: int, media_id: int) -> None:
    """A voice message or a file leaves for the adviser's machine: marked as opened, and an audit line."""
    await conn.execute(_SQL.media_opened, actor.agency_id, media_id)
    await _audit(conn, actor, "file.open", contact_id, {"file": media_id})


async def note_reading(conn: Connection, actor: Actor, contact_id: int, what: str) -> None:
    """An audit line for reading `what` (card, conversation) of this person; one a sitting of a quarter of an hour."""
    await conn.execute(_SQL.audit_reading, actor.agency_id, actor.adviser_id, f"{what}.read", contact_id)


async def _open_lane(conn: Connection, actor: Actor, contact_id: int) -> _Reach:
    """Lock the contact. Raises DeedRefused when no word of ours may or can reach them."""
    reached = await _lane(conn, actor, contact_id)
    if reached.erased:
        raise DeedRefused("erased")
    if reached.stopped:
        raise DeedRefused("stopped")
    if reached.address_id is None:
        raise DeedRefused("unreachable")
    return reached


async def _lane(conn: Connection, actor: Actor, contact_id: int) -> _Reach:
    row: Any = await conn.fetchrow(_SQL.reach, actor.agency_id, contact_id)
    stopped, erased = row["stopped_at"] is not None, row["erased_at"] is not None
    return _Reach(row["address_id"], row["account_id"], row["language"], stopped, erased)


async def _hold(conn: Connection, actor: Actor, contact_id: int, minutes: int) -> datetime:
    """Take or renew the lease of the floor; writing never shortens it. The contact is locked already."""
    now = clock.now()
    held: Any = await conn.fetchrow(_SQL.hold_floor, actor.agency_id, contact_id)
    running = held["floor_until"] is not None and held["floor_until"] > now
    mine = held["floor_adviser_id"] == actor.adviser_id
    if running and not mine:
        raise DeedRefused("floor_held", who=held["floor_name"], until=held["floor_until"].isoformat())
    until: datetime = now + timedelta(minutes=minutes)
    if running:
        until = max(until, held["floor_until"])
    await conn.execute(_SQL.set_floor, actor.agency_id, contact_id, actor.adviser_id, actor.first_name, until)
    return until


async def _audit(conn: Connection, actor: Actor, deed: str, contact_id: int | None, detail: Mapping[str, Any]) -> None:
    subject = "contact" if contact_id is not None else "agency"
    await conn.execute(
        _SQL.audit, actor.agency_id, actor.adviser_id, deed, subject, contact_id or actor.agency_id, dict(detail)
    )


def _id(row: Any) -> int | None:
    return None if row["contact_id"] is None else int(row["contact_id"])
