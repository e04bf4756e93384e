"""The short commands: each opens what it needs, does one thing, prints its answer, and ends.

With the embedded database they work beside a running product too: they join its servers instead of starting others.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.entrance.database import bring_up_to_date, expect_tables, reach
from bot.local_services import joined_services
from bot.resources import Resources, open_resources
from bot.settings import Settings

Answer = Awaitable[str]
Deed = Callable[[Resources], Answer]


def migrate(settings: Settings, progress: Callable[[str], None]) -> None:
    """Brings the tables to this version; safe to repeat. Raises ServiceError."""
    with joined_services(settings.data_dir, settings.database_url, settings.redis_url, progress) as services:
        asyncio.run(_migrate(services.database_url))


async def _migrate(database_url: str) -> None:
    await reach(database_url)
    await bring_up_to_date(database_url)


def do(settings: Settings, deed: Deed, progress: Callable[[str], None]) -> str:
    """Runs one deed on open resources (tables brought up to date first when embedded); returns what to print."""
    with joined_services(settings.data_dir, settings.database_url, settings.redis_url, progress) as services:
        own = replace(settings, database_url=services.database_url, redis_url=services.redis_url)
        return asyncio.run(_do(own, deed, settings.embedded_database))


async def _do(settings: Settings, deed: Deed, embedded: bool) -> str:
    if embedded:
        await _migrate(settings.database_url)
    else:
        await reach(settings.database_url)
        await expect_tables(settings.database_url)
    async with open_resources(settings) as resources:
        return await deed(resources)
