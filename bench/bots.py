"""The bots under measure as real processes: the house in one of its layouts, and the peer. Each owns a port of
loopback and a folder.

The house runs as `python -m bot …` on a real PostgreSQL (fsync on) and a real Valkey; the peer on the same Valkey.
"""

import asyncio
import contextlib
import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import asyncpg

from bench.bot_api import SECRET, TOKEN
from bench.processes import Started, cpu_ms, memory_mib, tree, wait_for
from bot.local_services import Services, local_services

ROOT: Final = Path(__file__).resolve().parent.parent
LAYOUTS: Final[Mapping[str, tuple[str, ...]]] = {
    "serve": ("serve",),
    "web+work": ("web", "work"),
    "web+2work": ("web", "work", "work"),
}
PATHS: Final = {"house": "/hooks/telegram/default", "peer": "/hooks"}


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def status(port: int, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> int:
    """One plain request; 0 when nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request(method, path, body or None, dict(headers or {}))
        return connection.getresponse().status
    except OSError:
        return 0
    finally:
        connection.close()


@dataclass
class Bot:
    """Processes that together are one bot, reached at `port`."""

    name: str
    path: str
    port: int
    processes: list[Started] = field(default_factory=list)
    beside: Mapping[str, int] = field(default_factory=dict)  # name -> pid of servers it works with

    def cpu(self) -> dict[str, float]:
        """CPU milliseconds spent so far, by process name."""
        spent: dict[str, float] = {}
        for one in self.processes:
            spent[one.name] = spent.get(one.name, 0.0) + cpu_ms(tree(one.process.pid))
        return spent | {name: cpu_ms(tree(pid)) for name, pid in self.beside.items()}

    def memory(self) -> dict[str, float]:
        """Resident MiB of each process of the bot itself."""
        return {
            f"{one.name}#{i}" if i else one.name: round(memory_mib(one.process.pid), 1)
            for i, one in enumerate(self.processes)
        }

    def wait(self, ready: Callable[[], bool]) -> None:
        """Until it is ready. Raises RuntimeError with the ends of the logs when it does not come."""
        with contextlib.suppress(TimeoutError):
            wait_for(lambda: ready() or any(one.process.poll() is not None for one in self.processes), self.name)
        if not ready():
            self.end()
            raise RuntimeError(f"{self.name} does not start:\n" + "\n".join(one.said() for one in self.processes))

    def end(self) -> None:
        """Stops every process."""
        for one in self.processes:
            one.end()


@contextlib.contextmanager
def services(folder: Path) -> Iterator[Services]:
    """A real PostgreSQL and a real Valkey for the length of the block."""
    with local_services(folder / "services", "", "", lambda _: None) as running:
        yield running


def environment(folder: Path, api_port: int, port: int, **more: str) -> dict[str, str]:
    """What the house's processes read: nothing of the caller's own settings."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("ALLERVERS_")}
    return ours | {
        "ALLERVERS_DATA_DIR": str(folder / "data"),
        "ALLERVERS_HTTP_PORT": str(port),
        "ALLERVERS_SECRET_KEY": "bench-0123456789-0123456789-0123456789",
        "ALLERVERS_TELEGRAM_TOKEN": TOKEN,
        "ALLERVERS_TELEGRAM_SECRET": SECRET,
        "ALLERVERS_TELEGRAM_API_URL": f"http://127.0.0.1:{api_port}",
        "ALLERVERS_TELEGRAM_RATE": "0",
        "ALLERVERS_LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
        **{f"ALLERVERS_{name}": value for name, value in more.items()},
    }


def on(running: Services) -> dict[str, str]:
    """The settings that name these servers, for `environment`."""
    return {"DATABASE_URL": running.database_url, "REDIS_URL": running.redis_url}


def command(env: Mapping[str, str], *arguments: str) -> str:
    """Runs one short command of the product; returns what it printed. Raises CalledProcessError."""
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments], env=dict(env), cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr or done.stdout}")
    return done.stdout


def prepare(env: Mapping[str, str], database_url: str) -> None:
    """Tables and the first agency of this database; the Telegram account of the settings becomes this agency's."""
    Path(env["ALLERVERS_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    command(env, "migrate")
    asyncio.run(_first_agency(database_url))


async def _first_agency(database_url: str) -> None:
    db = await asyncpg.connect(database_url)
    try:
        if not await db.fetchval("select count(*) from agency"):
            await db.execute("select create_agency('bourg-fictif', 'Mission Locale', 'Bourg-Fictif', 'Europe/Paris')")
    finally:
        await db.close()


def house(env: Mapping[str, str], layout: str, folder: Path, beside: Mapping[str, int]) -> Bot:
    """Starts the house and waits until it takes updates. The tables and the first agency are there already."""
    port = int(env["ALLERVERS_HTTP_PORT"])
    bot = Bot("house", PATHS["house"], port, beside=beside)
    for role in LAYOUTS[layout]:
        bot.processes.append(Started(role, [sys.executable, "-m", "bot", role], env, folder / f"{role}.log"))
    bot.wait(lambda: takes_updates(port))
    return bot


def takes_updates(port: int) -> bool:
    """True once the hook judges the secret: a wrong one is refused, rather than everything put off with 503."""
    return status(port, "POST", PATHS["house"], {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, b"{}") in {401, 403}


def peer(api_port: int, redis_url: str, folder: Path, beside: Mapping[str, int]) -> Bot:
    """Starts the peer and waits until it listens."""
    bot = Bot("peer", PATHS["peer"], free_port(), beside=beside)
    arguments = [
        "-m",
        "bench.peer",
        "--port",
        str(bot.port),
        "--api",
        f"http://127.0.0.1:{api_port}",
        "--redis",
        redis_url,
    ]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    bot.processes.append(Started("bot", [sys.executable, *arguments], env, folder / "peer.log"))
    bot.wait(lambda: status(bot.port, "GET", "/") > 0)
    return bot
