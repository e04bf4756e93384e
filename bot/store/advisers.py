"""Advisers' accounts, sessions, tokens and the answers kept for repeated requests. Look-ups cross agencies; everything
else sees one.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.store.pool import Connection
from bot.store.queries import load

SQL = load("advisers")
"""The statements, for the edge that signs people in."""


@dataclass(frozen=True, slots=True)
class Account:
    """What signing in needs. `enrolled` is whether the second factor is set up."""

    agency_id: int
    id: int
    password_hash: str
    enrolled: bool


@dataclass(frozen=True, slots=True)
class Session:
    """An open browser. `stage` is password, enrol or open; times are aware UTC."""

    agency_id: int
    id: int
    stage: str
    tries: int
    seen_at: datetime
    expires_at: datetime
    adviser_id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Token:
    """A program's token, and the adviser it speaks for."""

    agency_id: int
    id: int
    adviser_id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a POST answered: `request` is the fingerprint of what was asked, `status` is None while nothing was
    answered.
    """

    request: str
    status: int | None
    body: Any


async def find_account(conn: Connection, email: str) -> Account | None:
    """The account of this e-mail, in whichever agency."""
    row = await conn.fetchrow(SQL.find_adviser, email)
    return Account(**row) if row else None


async def find_session(conn: Connection, hashed: str) -> Session | None:
    """The session of this hash, unless it is past its absolute end."""
    row = await conn.fetchrow(SQL.find_session, hashed)
    return Session(**row) if row else None


async def find_token(conn: Connection, hashed: str) -> Token | None:
    """The API token of this hash, unless it was revoked."""
    row = await conn.fetchrow(SQL.find_api_token, hashed)
    return Token(**row) if row else None


async def claim_key(conn: Connection, agency_id: int, adviser_id: int, key: str, request: str) -> KeptAnswer | None:
    """Claim an idempotency key: None when it is new, else what was answered the first time.

    Waits while another transaction holds the same key: two equal requests at once give one deed and one answer.
    """
    who = (agency_id, adviser_id)
    await conn.execute(SQL.forget_keys, *who)
    if await conn.fetchval(SQL.claim_key, *who, key, request) is not None:
        return None
    row: Any = await conn.fetchrow(SQL.kept_answer, *who, key)
    return KeptAnswer(**row)
