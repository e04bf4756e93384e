"""What a process holds while it lives: settings, a pool, Redis, an HTTP client, the fan-out, the secret box. Opened
once, closed once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx
import orjson
from redis.asyncio import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from bot.resources.fanout import Fanout
from bot.resources.secrets import SecretBox
from bot.settings import Settings

ROLE = "allervers_app"
"""The database role every process acts as: it owns nothing and row-level security holds for it."""

_SESSION = {
    "role": ROLE,
    "timezone": "UTC",
    "application_name": "allervers",
    "jit": "off",
    "join_collapse_limit": "1",  # joins in the order they are written: a new house has no statistics to plan by
}


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything with a life of its own. Handed to the apps and the loops; nothing is global."""

    settings: Settings
    db: asyncpg.Pool
    redis: Redis
    http: httpx.AsyncClient
    fanout: Fanout
    secrets: SecretBox

    async def throttle(self, key: str, limit: int, seconds: int) -> bool:
        """Count one try under `key`; False when more than `limit` came within `seconds`. Open when Redis is down: it
        guards, it never blocks people.
        """
        try:
            async with self.redis.pipeline(transaction=True) as pipe:
                pipe.incr(f"throttle:{key}")
                pipe.expire(f"throttle:{key}", seconds, nx=True)
                count, _ = await pipe.execute()
        except (RedisError, OSError):
            return True
        return int(count) <= limit


@asynccontextmanager
async def open_resources(settings: Settings) -> AsyncIterator[Resources]:
    """Open everything `settings` names. Raises what the database raises when it cannot be reached; Redis and the rest
    are reached when needed.
    """
    redis = Redis.from_url(settings.redis_url, socket_timeout=2, socket_connect_timeout=1, retry=Retry(NoBackoff(), 1))
    async with _pool(settings.database_url) as db, httpx.AsyncClient(timeout=10) as http, _closing(redis):
        fanout = Fanout(redis)
        hearing = asyncio.create_task(fanout.run())
        try:
            yield Resources(settings, db, redis, http, fanout, SecretBox(settings.secret_key))
        finally:
            await fanout.close()
            while not hearing.done():  # a cancellation that meets redis-py's connecting is swallowed: say it again
                hearing.cancel()
                await asyncio.wait({hearing}, timeout=0.1)


class _Connection(asyncpg.Connection):
    """A connection that comes back to the pool as it left: nothing here lasts longer than its transaction (the locks of
    bot/store/locks.py are let go by their holder), and forgetting it all would cost a round trip each time.
    """

    def get_reset_query(self) -> str:
        return ""


def _pool(database_url: str) -> asyncpg.Pool:
    return asyncpg.create_pool(
        database_url,
        min_size=2,
        max_size=20,
        init=_prepare,
        connection_class=_Connection,
        command_timeout=30,
        server_settings=_SESSION,
    )


async def _prepare(connection: asyncpg.Connection) -> None:
    """JSON travels as binary jsonb through orjson: the version byte 1, then the text."""
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", format="binary", encoder=_to_jsonb, decoder=lambda data: orjson.loads(data[1:])
    )


def _to_jsonb(value: Any) -> bytes:
    return b"\x01" + orjson.dumps(value)


@asynccontextmanager
async def _closing(redis: Redis) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await redis.aclose()
