"""What every test stands on: real servers once per worker, a fresh database per test, no way out to the network."""

import asyncio
import contextlib
import itertools
import os
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import asyncpg
import hypothesis
import pytest
import redis

from bot.local_services import Services, local_services
from bot.settings import Settings

hypothesis.settings.register_profile("house", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")

_numbers = itertools.count(1)


class NetworkBlocked(Exception):
    """A test tried to leave the machine."""


def _is_local(host: object) -> bool:
    if host in {None, "", b"", "localhost", b"localhost"}:
        return True
    text = host.decode() if isinstance(host, bytes) else str(host)
    try:
        return ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _block_network(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: it sees every socket of this process, whichever library made it."""
    if event == "socket.getaddrinfo" and not _is_local(args[0]):
        raise NetworkBlocked(f"name looked up: {args[0]!r}")
    if event in {"socket.connect", "socket.sendto"} and isinstance(args[1], tuple) and not _is_local(args[1][0]):
        raise NetworkBlocked(f"connection to {args[1]!r}")


sys.addaudithook(_block_network)


@pytest.fixture(scope="session")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """A real PostgreSQL and a real Valkey, for all tests of this worker."""
    with local_services(tmp_path_factory.mktemp("services"), "", "", lambda _: None) as running:
        yield running


def _database(url: str, name: str) -> str:
    """The same server's address, for another database."""
    return url.replace("/allervers?", f"/{name}?")


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def template_database(services: Services) -> str:
    """The name of a migrated, empty database; `database` clones it."""
    from bot.store.migrate import migrate

    name = "template_migrated"
    asyncio.run(_execute(services.database_url, f"CREATE DATABASE {name}"))
    asyncio.run(migrate(_database(services.database_url, name)))
    return name


@pytest.fixture
def database(services: Services, template_database: str) -> Iterator[str]:
    """The address of a migrated, empty database of this test's own."""
    name = f"test_{next(_numbers)}"
    asyncio.run(_execute(services.database_url, f"CREATE DATABASE {name} TEMPLATE {template_database}"))
    yield _database(services.database_url, name)
    asyncio.run(_execute(services.database_url, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture
def redis_url(services: Services) -> str:
    """The address of an empty Valkey."""
    with contextlib.closing(redis.Redis.from_url(services.redis_url)) as client:
        client.flushall()
    return services.redis_url


@pytest.fixture
def settings(database: str, redis_url: str, tmp_path: Path) -> Settings:
    """Settings on this test's own database and folder; `dataclasses.replace` changes one."""
    return Settings(
        database_url=database,
        redis_url=redis_url,
        data_dir=tmp_path,
        public_url="http://127.0.0.1:8080",
        secret_key="only-for-tests-0123456789-0123456789",
    )


@pytest.fixture
async def resources(settings: Settings) -> AsyncIterator[Any]:
    """What every room receives: open connections and clients, closed after the test."""
    from bot.resources import open_resources

    async with open_resources(settings) as opened:
        yield opened


def _find_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    mac = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
    return next(filter(None, map(shutil.which, names)), mac if Path(mac).exists() else None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser that `browser` tests drive."""
    path = _find_chromium()
    assert path is not None
    return path


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Browser tests are skipped with the install line where there is no browser; in CI that is a failure."""
    if item.get_closest_marker("browser") and _find_chromium() is None:
        reason = "no browser; install one with: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
