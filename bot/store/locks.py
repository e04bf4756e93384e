"""One process at a time: a lock that lasts as long as its connection, so that a dead process holds nothing."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Any

import asyncpg

from bot.store.pool import DOWN, StoreDown
from bot.store.queries import load

_SQL = load("locks")
Hold = Callable[[], Awaitable[None]]


@asynccontextmanager
async def only_one(db: asyncpg.Pool, name: str) -> AsyncIterator[Hold | None]:
    """Take the lock `name` for the length of the block; None when another process has it.

    Call what is yielded now and then: it raises StoreDown once the connection, and so the lock, is gone.
    """
    try:
        conn = await db.acquire(timeout=5)
    except DOWN as error:
        raise StoreDown from error
    try:
        taken = await _ask(conn, _SQL.take, name)
        yield partial(_hold, conn) if taken else None
    finally:
        with suppress(StoreDown):  # a connection that is gone holds no lock
            await _ask(conn, _SQL.let_go)
        await db.release(conn)


async def _hold(conn: Any) -> None:
    await _ask(conn, _SQL.hold)


async def _ask(conn: Any, query: str, *arguments: str) -> Any:
    try:
        return await conn.fetchval(query, *arguments)
    except DOWN as error:
        raise StoreDown from error
