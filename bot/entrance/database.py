"""What the commands need of the database before anything else: that it answers, and that its tables are there."""

import asyncio
from importlib.resources import files
from urllib.parse import urlsplit

import asyncpg

from bot.local_services import ServiceError
from bot.local_services.errors import EXIT_CONFIG

OLDEST = 16
PATIENCE_SECONDS = 10


async def reach(database_url: str) -> None:
    """Returns when the database answers and is recent enough. Raises ServiceError, whose sentence holds no password."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            connection = await asyncpg.connect(database_url)
    except (OSError, TimeoutError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise _unreachable(database_url, error) from error
    try:
        found = connection.get_server_version().major
    finally:
        await connection.close()
    if found < OLDEST:
        raise ServiceError(f"Il faut PostgreSQL {OLDEST} ou plus récent ; cette base est en {found}.", EXIT_CONFIG)


async def bring_up_to_date(database_url: str) -> None:
    """Brings the tables to this version; safe to repeat. Raises ServiceError when the account may not."""
    from bot.store.migrate import migrate

    try:
        await migrate(database_url)
    except asyncpg.InsufficientPrivilegeError as error:
        raise ServiceError(
            "Base de données : ce compte ne peut pas y créer ce qu'il faut. Rien n'a été changé. "
            "Les droits à lui donner sont dans docs/operations.md.",
            EXIT_CONFIG,
        ) from error


async def expect_tables(database_url: str) -> None:
    """Returns when the tables are of this version, or newer: while a newer version takes over, this one still serves.

    Raises ServiceError: a process that cannot store must not say that it is ready.
    """
    connection = await asyncpg.connect(database_url)
    try:
        there = await connection.fetchval("select to_regclass('public.alembic_version') is not null")
        found = await connection.fetchval("select version_num from public.alembic_version") if there else ""
    finally:
        await connection.close()
    if (found or "") < _newest():
        raise ServiceError("Les tables ne sont pas à jour. Lancez d'abord : ./allervers migrate", EXIT_CONFIG)


def _newest() -> str:
    scripts = files("bot.store").joinpath("migrations").iterdir()
    return max(one.name.removesuffix(".sql") for one in scripts if one.name.endswith(".sql"))


def _unreachable(database_url: str, error: Exception) -> ServiceError:
    place = urlsplit(database_url).hostname or "locale"
    reasons: dict[type[Exception], str] = {
        asyncpg.InvalidPasswordError: "le mot de passe est refusé",
        asyncpg.InvalidAuthorizationSpecificationError: "le compte est refusé",
        asyncpg.InvalidCatalogNameError: "cette base n'existe pas encore",
        asyncpg.TooManyConnectionsError: "elle a trop de connexions ouvertes",
    }
    why = reasons.get(type(error), "elle ne répond pas")
    return ServiceError(f"Base de données ({place}) : {why}. Vérifiez ALLERVERS_DATABASE_URL.")
