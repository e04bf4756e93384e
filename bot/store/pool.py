"""Connections: a pool that acts as `allervers_app` (owns nothing), and transactions that see the rows of named
agencies only.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg

Connection = asyncpg.pool.PoolConnectionProxy | asyncpg.Connection
Record = asyncpg.Record


class StoreDown(Exception):
    """The database does not answer. Callers say "try again" (503), nothing was stored."""


DOWN: tuple[type[BaseException], ...] = (
    OSError,
    TimeoutError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    asyncpg.DiskFullError,
)
"""What a missing, restarting or full database raises."""


@asynccontextmanager
async def transaction(db: asyncpg.Pool, agencies: Sequence[int] = ()) -> AsyncIterator[Any]:
    """A connection inside one transaction that sees these agencies' rows (none: no rows). Only the edge opens one.

    Raises StoreDown when no connection can be had.
    """
    try:
        conn = await db.acquire(timeout=5)
    except DOWN as error:
        raise StoreDown from error
    try:
        async with conn.transaction():
            await conn.execute("select set_config('app.agencies', $1, true)", array_text(agencies))
            yield conn
    finally:
        await db.release(conn)


def array_text(ids: Sequence[int]) -> str:
    """An integer array as PostgreSQL writes it: `{1,2}`."""
    return "{" + ",".join(map(str, ids)) + "}"
