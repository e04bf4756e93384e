"""A thread: what a person wrote and what they were told, in order. The rows of inbox and outbox are the thread; there
is no other copy.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.messages import Button
from bot.domain.words import SECRET_MARK
from bot.resources.secrets import SecretBox, outgoing_place
from bot.store.pool import Connection
from bot.store.queries import load

_SQL = load("thread")
_DOTS = "•••"
LAST = 2**62
"""Behind every line."""


@dataclass(frozen=True, slots=True)
class MediaRow:
    """A file of the thread; `state` is pending, stored, too_big or lost."""

    id: int
    kind: str
    name: str
    mime: str
    size: int
    seconds: int
    state: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `id` is the order and the cursor; `author` is person, bot or adviser; `kind` is the inbound kind, or
    "message" for what left.

    `state` is the delivery state of what left ("received" for what came), `reason` why it did not leave.
    """

    id: int
    at: datetime
    author: str
    author_name: str
    kind: str
    text: str
    buttons: tuple[Button, ...] = ()
    state: str = "received"
    reason: str = ""
    channel: str = ""
    media: MediaRow | None = None
    sealed: bytes = b""
    place: str = ""


def revealed(line: Line, secrets: SecretBox) -> Line:
    """The line as the person themself reads it: a personal link or code stands where an adviser sees dots."""
    if not line.sealed:
        return line
    return replace(line, text=line.text.replace(_DOTS, secrets.open(line.sealed, line.place).decode()))


async def thread(conn: Connection, agency_id: int, contact_id: int, after: int = 0, limit: int = 100) -> list[Line]:
    """The newest `limit` lines after the line `after`, oldest first. `conn` sees the agency."""
    return [_line(row) for row in await conn.fetch(_SQL.thread, agency_id, contact_id, after, LAST, limit)]


async def earlier(conn: Connection, agency_id: int, contact_id: int, before: int, limit: int = 100) -> list[Line]:
    """The `limit` lines before the line `before`, oldest first: the way back through a long thread."""
    return [_line(row) for row in await conn.fetch(_SQL.thread, agency_id, contact_id, 0, before, limit)]


def _line(row: Any) -> Line:
    body = row["body"]
    media = MediaRow(*row["media"]) if row["media"] else None
    buttons = tuple(Button(**one) for one in row["buttons"] or ())
    text = row["text"].replace(SECRET_MARK, _DOTS) if row["author"] != "person" else said(row["kind"], body)
    return Line(
        row["id"],
        row["at"],
        row["author"],
        row["author_name"],
        row["kind"],
        text,
        buttons,
        row["state"],
        row["reason"],
        row["channel"] or "",
        media,
        row["secret"] or b"",
        outgoing_place(row["cause_id"]) if row["secret"] else "",
    )


def said(kind: str, body: dict[str, Any]) -> str:
    """What a person's row shows: their words, or the label of the button they pressed."""
    return str(body.get("text") or body.get("label") or (body.get("option", "") if kind == "option" else ""))
