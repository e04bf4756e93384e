"""Migrations: Alembic runs the numbered .sql files beside it, in order, once, under a lock."""

import asyncio
from importlib.resources import files
from pathlib import Path

from alembic import command, op
from alembic.config import Config
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.util import await_only

_LOCK = 4_162_026


def run(revision: str) -> None:
    """Inside a migration: run the statements of `<revision>.sql` as they stand, in the migration's transaction."""
    script = files("bot.store").joinpath("migrations", f"{revision}.sql").read_text("utf-8")
    driver = op.get_bind().connection.driver_connection
    await_only(driver.execute(script))  # type: ignore[union-attr]


async def migrate(database_url: str) -> None:
    """Bring the database at `database_url` (postgresql://…, a role that may create tables and roles) to the newest
    revision. Idempotent.
    """
    url = database_url.replace("postgresql://", "postgresql+asyncpg://", 1).replace(
        "postgres://", "postgresql+asyncpg://", 1
    )
    engine = create_async_engine(url, poolclass=pool.NullPool)
    async with engine.begin() as connection:
        await connection.execute(text(f"select pg_advisory_xact_lock({_LOCK})"))
        await connection.run_sync(_upgrade)
    await engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def main(database_url: str) -> None:
    """`allervers migrate`."""
    asyncio.run(migrate(database_url))
