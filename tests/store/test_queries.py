"""Named queries: the database understands each of them, those that no other test happens to call too."""

from collections.abc import AsyncIterator, Iterator
from importlib.resources import files

import asyncpg
import pytest

from bot.resources import ROLE
from bot.store.queries import load


def every_query() -> Iterator[tuple[str, str]]:
    """(room, name) of each block of each sql/*.sql."""
    for file in sorted(files("bot.store").joinpath("sql").iterdir(), key=str):
        room = file.name.removesuffix(".sql")
        yield from ((room, name) for name in vars(load(room)))


@pytest.fixture
async def connection(database: str) -> AsyncIterator[asyncpg.Connection]:
    connected = await asyncpg.connect(database, server_settings={"role": ROLE})
    yield connected
    await connected.close()


async def test_the_database_understands_every_named_query(connection: asyncpg.Connection) -> None:
    refused: dict[tuple[str, str], str] = {}
    for room, name in every_query():
        try:
            await connection.prepare(getattr(load(room), name))
        except asyncpg.PostgresError as error:
            refused[room, name] = str(error)
    assert refused == {}


async def test_a_query_that_makes_no_sense_would_be_seen(connection: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.UndefinedFunctionError):
        await connection.prepare("select 1 where now() < interval '1 day'")
