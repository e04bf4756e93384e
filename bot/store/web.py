"""What the web chat asks of the record: which agency, whose browser, how things stand, which link, and a person's own
data.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from bot.store.pool import DOWN, Connection, Record, StoreDown
from bot.store.queries import load
from bot.store.thread import Line, thread

_SQL = load("web")
_ALL = 100_000
_SLUG = re.compile(r"[a-z0-9-]{0,60}")


@dataclass(frozen=True, slots=True)
class ChatAgency:
    """The Mission Locale whose page this is."""

    id: int
    slug: str
    name: str
    phone: str = ""
    address: str = ""
    notice_version: str = "1"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A browser that is somebody's address: the agency, the contact, and the agency's slug."""

    agency_id: int
    contact_id: int
    slug: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a conversation stands: the person's language, the first name of the adviser who speaks ("" = the bot),
    erased or not.
    """

    language: str
    erased: bool
    floor: str


@dataclass(frozen=True, slots=True)
class FoundLink:
    """A link that is still good."""

    agency_id: int
    id: int
    contact_id: int


@dataclass(frozen=True, slots=True)
class OwnData:
    """Everything kept about one person, as rows; `readings` are (when, deed, adviser's name)."""

    profile: Record
    wishes: list[Record]
    barriers: list[Record]
    skills: list[Record]
    availability: Record | None
    consents: list[Record]
    messages: list[Line]
    readings: list[tuple[datetime, str, str]]


async def agency(db: asyncpg.Pool, slug: str) -> ChatAgency | None:
    """The agency of this slug; "" names the default one. Raises StoreDown."""
    if not _SLUG.fullmatch(slug):
        return None
    row = await _row(db, _SQL.agency, slug)
    return ChatAgency(*row) if row else None


async def whose(db: asyncpg.Pool, identifier: str, slug: str = "") -> Visitor | None:
    """Who this browser is, in the agency `slug` or ("") in the one it wrote to last. Raises StoreDown."""
    row = await _row(db, _SQL.whose, identifier, slug) if _SLUG.fullmatch(slug) else None
    return Visitor(*row) if row else None


async def find_link(db: asyncpg.Pool, purpose: str, fingerprint: str) -> FoundLink | None:
    """The link or code with this fingerprint, if it is still good. Raises StoreDown."""
    row = await _row(db, _SQL.link, purpose, fingerprint)
    return FoundLink(*row) if row else None


async def slug_of(conn: Connection, agency_id: int) -> str:
    """The slug of an agency that `conn` sees."""
    return str(await conn.fetchval(_SQL.agency_of, agency_id))


async def standing(conn: Connection, visitor: Visitor) -> Standing:
    """How this person's conversation stands. `conn` sees the agency."""
    row = await conn.fetchrow(_SQL.standing, visitor.agency_id, visitor.contact_id)
    return Standing(row["language"], row["erased"], row["floor"]) if row else Standing("fr", True, "")


async def inbox_id(conn: Connection, agency_id: int, account: str, external_id: str) -> int:
    """The number of a message that had been received before; 0 when there is none."""
    return int(await conn.fetchval(_SQL.inbox_id, agency_id, account, external_id) or 0)


async def is_answered(conn: Connection, agency_id: int, inbox_id: int) -> bool:
    """True once the message was worked through and what it caused has left."""
    return bool(await conn.fetchval(_SQL.answered, agency_id, inbox_id))


async def use_link(conn: Connection, link: FoundLink) -> bool:
    """Spend a single-use link; False when somebody was faster."""
    return await conn.fetchval(_SQL.use_link, link.agency_id, link.id) is not None


async def own_data(conn: Connection, link: FoundLink) -> OwnData | None:
    """Everything kept about the person of `link`; reading it leaves an audit line. `conn` sees the agency."""
    who = (link.agency_id, link.contact_id)
    profile = await conn.fetchrow(_SQL.profile, *who)
    if profile is None:
        return None
    readings = [(r["at"], r["deed"], r["name"]) for r in await conn.fetch(_SQL.readers, *who)]
    await conn.execute(_SQL.note_reading, *who)
    return OwnData(
        profile,
        await conn.fetch(_SQL.wishes, *who),
        await conn.fetch(_SQL.barriers, *who),
        await conn.fetch(_SQL.skills, *who),
        await conn.fetchrow(_SQL.availability, *who),
        await conn.fetch(_SQL.consents, *who),
        [line for line in await thread(conn, *who, limit=_ALL) if line.text],
        readings,
    )


async def _row(db: asyncpg.Pool, query: str, *values: Any) -> Record | None:
    try:
        return await db.fetchrow(query, *values)
    except DOWN as error:
        raise StoreDown from error
