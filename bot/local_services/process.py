"""Starting and stopping one kept server (see keeper.py), from the product's side."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.local_services.errors import EXIT_NOT_PERMITTED, ServiceError, cannot_write

KEEPER = Path(__file__).with_name("keeper.py")


@dataclass(frozen=True)
class Launch:
    """What to keep: `role` is `ordinary` (never as root) or `same`; `stop` names the signal of a clean stop."""

    arguments: tuple[str, ...]
    role: str
    stop: str
    log: Path


@dataclass(frozen=True)
class Kept:
    """A running server: its keeper, and its own process id."""

    keeper: "subprocess.Popen[bytes]"
    pid: int

    def ended(self) -> bool:
        """Whether the server has ended, for whatever reason."""
        return self.keeper.poll() is not None


def clean_environment() -> dict[str, str]:
    """Ours without PostgreSQL's own variables (they would change the servers), and with messages we can read."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return ours | {"LC_ALL": "C"}


def owner_of_new_files() -> int:
    """The user id under which `ordinary` programs write. Raises ServiceError when root may not stop being root."""
    if os.geteuid() != 0:
        return os.geteuid()
    answer = subprocess.run(_keeper("probe", "INT"), capture_output=True, check=False, stdin=subprocess.DEVNULL)
    if answer.returncode != 0:
        raise ServiceError(
            "PostgreSQL refuse de tourner en root, et ce système ne permet pas de changer de compte ici. "
            "Lancez allervers avec un compte ordinaire, ou donnez votre base avec ALLERVERS_DATABASE_URL.",
            EXIT_NOT_PERMITTED,
        )
    return int(answer.stdout)


def _keeper(role: str, stop: str, *arguments: str) -> list[str]:
    return [sys.executable, "-I", "-S", str(KEEPER), role, stop, *arguments]


def start(launch: Launch, inherited: tuple[int, ...] = ()) -> Kept:
    """Starts the program under a keeper; `inherited` file descriptors stay open until the keeper ends."""
    try:
        with launch.log.open("ab") as log:
            keeper = subprocess.Popen(
                _keeper(launch.role, f"SIG{launch.stop}", *launch.arguments),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=clean_environment(),
                start_new_session=True,
                pass_fds=inherited,
            )
    except OSError as error:
        raise cannot_write(error, launch.log.parent) from error
    assert keeper.stdout is not None
    line = keeper.stdout.readline().strip()
    return Kept(keeper, int(line) if line.isdigit() else 0)


def stop(kept: Kept) -> int:
    """Lets go of the server and waits until it has stopped. Returns its exit code (0 when clean)."""
    with contextlib.suppress(BrokenPipeError):
        assert kept.keeper.stdin is not None
        kept.keeper.stdin.close()
    code = kept.keeper.wait()
    if kept.keeper.stdout is not None:
        kept.keeper.stdout.close()
    return code


def run_to_end(launch: Launch) -> int:
    """Runs a program that ends by itself (it still dies with us). Returns its exit code."""
    kept = start(launch)
    try:
        return kept.keeper.wait()
    finally:
        stop(kept)


@contextlib.contextmanager
def kept(launch: Launch, inherited: tuple[int, ...] = ()) -> Iterator[Kept]:
    """Keeps the server for the length of the block."""
    server = start(launch, inherited)
    try:
        yield server
    finally:
        stop(server)
