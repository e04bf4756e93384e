"""The embedded PostgreSQL and Valkey: real servers as child processes, for a machine that has neither.

    with local_services(data_dir, database_url="", redis_url="", progress=print) as services:
        ...  # services.database_url, services.redis_url

They end with us however we end, keep their data under `data_dir`, and one instance at a time may hold that folder.
Start them from the main thread, before any event loop.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.local_services import folder, postgres, valkey
from bot.local_services.errors import ServiceError

__all__ = ["ServiceError", "Services", "joined_services", "local_services"]


@dataclass(frozen=True)
class Services:
    """Where the two servers are, embedded or external."""

    database_url: str
    redis_url: str


@contextlib.contextmanager
def local_services(
    data_dir: Path, database_url: str, redis_url: str, progress: Callable[[str], None]
) -> Iterator[Services]:
    """Starts the servers whose address is empty; stops them at the end of the block. `progress` gets French sentences.

    Raises ServiceError, before anything is changed on disk wherever that can be known.
    """
    if database_url and redis_url:
        yield Services(database_url, redis_url)
        return
    home = data_dir.absolute()
    folder.prepare(home)
    with folder.hold(home) as lock, contextlib.ExitStack() as stack:
        database = database_url or stack.enter_context(postgres.running(home, lock, progress))
        memory = redis_url or stack.enter_context(valkey.running(home, lock, progress))
        yield Services(database, memory)


@contextlib.contextmanager
def joined_services(
    data_dir: Path, database_url: str, redis_url: str, progress: Callable[[str], None]
) -> Iterator[Services]:
    """As `local_services`, but where a running instance already holds the folder, its servers are used."""
    home = data_dir.absolute()
    if (database_url and redis_url) or not folder.is_held(home):
        with local_services(data_dir, database_url, redis_url, progress) as services:
            yield services
        return
    sockets = folder.sockets(home)
    yield Services(database_url or postgres.address(sockets), redis_url or valkey.address(sockets))
