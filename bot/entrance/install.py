"""Makes `.venv` from a lock with hashes. The launcher runs it with the system's Python: standard library only.

The package index is the one pip is configured for, wherever that is written; no file of ours names one. Two starts at
once wait for each other, and an interrupted one is begun anew by the next.
"""

import ast
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
ROOM_NEEDED = 50_000_000  # bytes; less than this after a failure, and the disk is the likely reason
EXIT_UNAVAILABLE, EXIT_CANNOT_WRITE = 69, 73


class InstallError(Exception):
    """The environment cannot be made; the message is for the person at the terminal, in French then in English."""


def main(kind: str) -> int:
    """Makes the environment ready for `kind` (`runtime` or `dev`). Returns the exit code; says why when it is not 0."""
    try:
        with (ROOT / ".venv.lock").open("w") as handle:
            _wait_for_turn(handle.fileno())
            if not _is_ready(kind):
                _install(kind)
    except InstallError as error:
        print(error, file=sys.stderr)
        return EXIT_UNAVAILABLE
    except OSError as error:
        print(
            f"Impossible d'écrire dans {ROOT} : {error.strerror}. Vérifiez les droits et la place sur le disque.\n"
            f"Cannot write in {ROOT}: {error.strerror}. Check its permissions and the room on the disk.",
            file=sys.stderr,
        )
        return EXIT_CANNOT_WRITE
    except KeyboardInterrupt:
        print("\nInterrompu. Le prochain démarrage reprendra l'installation.", file=sys.stderr)
        return 130
    return 0


def _wait_for_turn(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        print("Une autre installation est en cours ; on l'attend.", flush=True)
        fcntl.flock(handle, fcntl.LOCK_EX)


def _is_ready(kind: str) -> bool:
    copy = VENV / f"{kind}.lock"
    whole = PYTHON.exists() and not (VENV / "incomplete").exists()
    return whole and copy.exists() and copy.read_bytes() == LOCKS[kind].read_bytes()


def _install(kind: str) -> None:
    had_dev = (VENV / "dev.lock").exists()
    wanted = "dev" if had_dev else kind  # the dev lock holds the runtime's: a developer keeps the tools
    print("Préparation d'allervers : une seule fois, une minute environ.", flush=True)
    _make_environment()
    for name in LOCKS:
        (VENV / f"{name}.lock").unlink(missing_ok=True)
    _fetch(LOCKS[wanted])
    for name in {"runtime", wanted}:
        shutil.copyfile(LOCKS[name], VENV / f"{name}.lock")
    (VENV / "incomplete").unlink()


def _make_environment() -> None:
    mark = VENV / "incomplete"
    if VENV.exists() and (mark.exists() or not PYTHON.exists()):
        shutil.rmtree(VENV)
    if not VENV.exists():
        print("  1/3 environnement Python", flush=True)
        VENV.mkdir()
        mark.touch()
        _run([sys.executable, "-m", "venv", str(VENV)], dict(os.environ))
    mark.touch()


def _fetch(lock: Path) -> None:
    quiet = os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    if not (VENV / "bin" / "uv").exists():
        print("  2/3 installeur", flush=True)
        wanted = VENV / "uv.txt"
        wanted.write_text(_block(lock.read_text("utf-8"), "uv"), "utf-8")
        _run([str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "-r", str(wanted)], quiet)
    print("  3/3 bibliothèques", flush=True)
    listed = subprocess.run(
        [str(PYTHON), "-m", "pip", "config", "list"], env=quiet, capture_output=True, text=True, check=False
    )
    environment = for_uv(pip_settings(listed.stdout)) | os.environ | {"UV_PYTHON_DOWNLOADS": "never"}
    if not os.access(Path.home(), os.W_OK):
        environment.setdefault("UV_NO_CACHE", "1")
    sync = ["pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", "--python", str(PYTHON), str(lock)]
    _run([str(VENV / "bin" / "uv"), *sync], environment)


def _block(lock: str, name: str) -> str:
    """The lines of one requirement in a lock, hashes included."""
    lines = lock.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{name}=="))
    end = start
    while lines[end].endswith("\\"):
        end += 1
    return "\n".join(lines[start : end + 1]) + "\n"


def _run(arguments: list[str], environment: Mapping[str, str]) -> None:
    if subprocess.run(arguments, env=environment, check=False).returncode == 0:
        return
    if shutil.disk_usage(ROOT).free < ROOM_NEEDED:
        raise InstallError(
            f"Le disque est plein ({ROOT}). Libérez 500 Mo, puis relancez.\n"
            f"The disk is full ({ROOT}). Free 500 MB, then start again."
        )
    raise InstallError(
        "L'installation n'a pas abouti ; la raison est au-dessus. Vérifiez le réseau, ou l'adresse du dépôt de paquets "
        "(pip config list), puis relancez.\n"
        "The installation did not complete; the reason is above. Check the network, or the package index "
        "(pip config list), then start again."
    )


def pip_settings(listed: str) -> dict[str, str]:
    """What `pip config list` printed, by option name; the environment wins over files, `install` over `global`."""
    found: dict[str, tuple[int, str]] = {}
    for line in listed.splitlines():
        key, separator, value = line.partition("=")
        section, _, option = key.rpartition(".")
        rank = {"global": 1, "install": 2, ":env:": 3}.get(section, 0)
        if separator and rank and rank >= found.get(option, (0, ""))[0]:
            found[option] = (rank, str(ast.literal_eval(value)))
    return {option: value for option, (_, value) in found.items()}


def for_uv(pip: Mapping[str, str]) -> dict[str, str]:
    """The same choices in uv's variables. Local places that do not exist are left out: pip ignores them, uv stops."""
    names = {
        "index-url": "UV_DEFAULT_INDEX",
        "cert": "SSL_CERT_FILE",
        "client-cert": "SSL_CLIENT_CERT",
        "timeout": "UV_HTTP_TIMEOUT",
        "default-timeout": "UV_HTTP_TIMEOUT",
        "proxy": "ALL_PROXY",
        "trusted-host": "UV_INSECURE_HOST",
    }
    chosen = {ours: " ".join(pip[theirs].split()) for theirs, ours in names.items() if pip.get(theirs)}
    extra = [place for place in pip.get("extra-index-url", "").split() if _is_there(place)]
    links = [place for place in pip.get("find-links", "").split() if _is_there(place)]
    if extra:
        # pip takes the best match of all indexes, uv the first index that knows the name
        chosen |= {"UV_INDEX": " ".join(extra), "UV_INDEX_STRATEGY": "unsafe-best-match"}
    if links:
        chosen["UV_FIND_LINKS"] = ",".join(links)
    if pip.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        chosen["UV_NO_INDEX"] = "1"
    return chosen


def _is_there(place: str) -> bool:
    parts = urlsplit(place)
    if parts.scheme in {"http", "https"}:
        return True
    return Path(url2pathname(parts.path) if parts.scheme == "file" else place).exists()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
