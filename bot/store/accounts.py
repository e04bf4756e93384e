"""Channel accounts: which agency answers under which name of which channel. Credentials are sealed at rest."""

from dataclasses import dataclass, field

import asyncpg
import orjson

from bot.resources.secrets import SecretBox
from bot.store.pool import transaction
from bot.store.queries import load

_SQL = load("accounts")


@dataclass(frozen=True, slots=True)
class Account:
    """One account of a channel. `credentials` are in the clear, in memory only: never log an Account."""

    id: int
    agency_id: int
    agency_slug: str
    channel: str
    account: str
    credentials: dict[str, str] = field(default_factory=dict, repr=False)


async def accounts(db: asyncpg.Pool, channel: str, secrets: SecretBox) -> list[Account]:
    """Every account of `channel`, of all agencies."""
    rows = await db.fetch(_SQL.list, channel)
    return [
        Account(r["account_id"], r["agency_id"], r["agency_slug"], channel, r["account"], _opened(r, channel, secrets))
        for r in rows
    ]


async def keep_account(db: asyncpg.Pool, agency_id: int, channel: str, account: str, credentials: bytes | None) -> int:
    """Create the account, or replace its credentials; its id. Raises asyncpg.UniqueViolationError when another agency
    has it.
    """
    async with transaction(db, [agency_id]) as conn:
        return int(await conn.fetchval(_SQL.keep, agency_id, channel, account, credentials))


def sealed(secrets: SecretBox, channel: str, account: str, credentials: dict[str, str]) -> bytes:
    """Credentials as they are kept."""
    return secrets.seal(orjson.dumps(credentials), _place(channel, account))


def _opened(row: asyncpg.Record, channel: str, secrets: SecretBox) -> dict[str, str]:
    if row["credentials"] is None:
        return {}
    opened: dict[str, str] = orjson.loads(secrets.open(row["credentials"], _place(channel, row["account"])))
    return opened


def _place(channel: str, account: str) -> str:
    return f"channel_account:{channel}:{account}"
