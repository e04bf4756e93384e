"""The folder where the embedded servers keep what they keep: made, owned, and held by one instance at a time."""

import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from bot import clock
from bot.local_services.errors import EXIT_BUSY, EXIT_CANNOT_WRITE, EXIT_NOT_PERMITTED, ServiceError, cannot_write

NOBODY = 65534
SOCKET_PATH_LIMIT = 103  # macOS allows 104 bytes with the final zero, Linux 108
LONGEST_SOCKET = "/.s.PGSQL.5432.lock"
STOPPING_SECONDS = 40  # longer than the keeper's patience with a server that stops


def prepare(data_dir: Path) -> None:
    """Makes the folder (mode 0700 when new). Raises ServiceError when it cannot be written or is somebody else's."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        owner = data_dir.stat().st_uid
    except OSError as error:
        raise cannot_write(error, data_dir) from error
    if owner not in {os.geteuid(), *((0, NOBODY) if os.geteuid() == 0 else ())}:
        raise ServiceError(
            f"Le dossier {data_dir} appartient à un autre compte (numéro {owner}). "
            "Lancez allervers avec ce compte, ou choisissez un autre dossier avec ALLERVERS_DATA_DIR.",
            EXIT_NOT_PERMITTED,
        )


@contextlib.contextmanager
def hold(data_dir: Path) -> Iterator[int]:
    """Holds the folder for this process; yields the lock's file descriptor, for the keepers to inherit.

    A keeper holds it too until its server has stopped: after a kill -9 of the product, the next start waits here.
    Raises ServiceError when a living instance holds it.
    """
    try:
        handle = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise cannot_write(error, data_dir) from error
    try:
        _take(handle, data_dir)
        yield handle
    finally:
        os.close(handle)


def is_held(data_dir: Path) -> bool:
    """Whether a living instance holds the folder now."""
    try:
        handle = os.open(data_dir / "lock", os.O_RDWR)
    except OSError:
        return False
    try:
        return not _try_lock(handle) and alive(_holder(handle))
    finally:
        os.close(handle)


def _take(handle: int, data_dir: Path) -> None:
    deadline = clock.monotonic() + STOPPING_SECONDS
    while not _try_lock(handle):
        holder = _holder(handle)
        if alive(holder) or clock.monotonic() > deadline:
            raise ServiceError(
                f"Allervers tourne déjà sur le dossier {data_dir} (processus {holder or 'inconnu'}). "
                "Arrêtez-le d'abord, ou choisissez un autre dossier avec ALLERVERS_DATA_DIR.",
                EXIT_BUSY,
            )
        time.sleep(0.05)
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
    except OSError as error:
        raise cannot_write(error, data_dir) from error


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(handle: int) -> int:
    """The process id written in the lock, 0 when none is written yet."""
    text = os.pread(handle, 20, 0).decode(errors="replace")
    return int(text) if text.isdecimal() else 0


def alive(pid: int) -> bool:
    """Whether a process has this number; 0 stands for none."""
    if not pid:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def sockets(data_dir: Path) -> Path:
    """A folder of mode 0700 for the servers' sockets: in the data folder, or in /tmp where that path is too long."""
    inside = data_dir / "run"
    if len(os.fsencode(inside)) + len(LONGEST_SOCKET) > SOCKET_PATH_LIMIT:
        name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
        inside = Path(f"/tmp/allervers-{os.geteuid()}-{name}")
    try:
        inside.mkdir(mode=0o700, exist_ok=True)
        facts = inside.lstat()
    except OSError as error:
        raise cannot_write(error, inside) from error
    # /tmp is everybody's: a folder somebody prepared there under our name is refused, not used
    if facts.st_uid != os.geteuid() or facts.st_mode & 0o077 or inside.is_symlink():
        raise ServiceError(f"Le dossier {inside} n'est pas à nous seuls. Effacez-le, puis relancez.", EXIT_CANNOT_WRITE)
    return inside


def give_to(tree: Path, owner: int) -> None:
    """As root: makes everything under `tree` belong to `owner` (0 or nobody), whichever way root stopped being root."""
    if os.geteuid() != 0 or not tree.exists() or tree.stat().st_uid == owner:
        return
    for folder, _, files in os.walk(tree):
        for path in (folder, *(os.path.join(folder, file) for file in files)):
            os.chown(path, owner, owner, follow_symlinks=False)
