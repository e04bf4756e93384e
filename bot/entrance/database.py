"""What the commands need of the database before anything else: that it answers, and that its tables are there."""

import asyncio
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
