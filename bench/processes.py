"""Processes of a bench: started, counted, killed and ended by their own id. Linux only: figures come from /proc."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_TICK: Final = 1000 / os.sysconf("SC_CLK_TCK")
_PAGE: Final = os.sysconf("SC_PAGE_SIZE") / 2**20


@dataclass
class Started:
    """One process of the run and what to call it in the figures."""

    name: str
    arguments: list[str]
    environment: Mapping[str, str]
    log: Path
    process: "subprocess.Popen[bytes]" = field(init=False)

    def __post_init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Starts it (again), in a session of its own, so that Ctrl-C reaches only the bench."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.arguments,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def said(self) -> str:
        """The end of its log."""
        return self.log.read_text(errors="replace")[-2000:]

    def kill(self) -> None:
        """kill -9, and waits for the body."""
        self.process.kill()
        self.process.wait()

    def end(self, seconds: float = 15.0) -> int:
        """Asks it to stop, kills it if it does not. Returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            return -9


def tree(root: int) -> list[int]:
    """The process and its living descendants."""
    children: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit() and (stat := _stat(int(entry))):
            children.setdefault(int(stat[1]), []).append(int(entry))
    found, i = [root], 0
    while i < len(found):
        found += children.get(found[i], [])
        i += 1
    return found


def find(name: str, among: Iterable[int]) -> int:
    """The first of these processes whose program is `name` (0 when none is)."""
    for pid in among:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/comm").read_text().strip() == name:
                return pid
    return 0


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name (state first); empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split(" ")
    except OSError:
        return []


def cpu_ms(pids: Iterable[int]) -> float:
    """CPU milliseconds spent so far by these processes and by their children that ended."""
    return sum(sum(map(int, stat[11:15])) for pid in pids if (stat := _stat(pid))) * _TICK


def memory_mib(pid: int) -> float:
    """Resident memory of one process, in MiB (0 when gone)."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0.0


def wait_for(ready: Callable[[], bool], what: str, seconds: float = 60.0) -> None:
    """Polls `ready` until it is true. Raises TimeoutError."""
    deadline = time.perf_counter() + seconds
    while not ready():
        if time.perf_counter() > deadline:
            raise TimeoutError(f"{what} did not come within {seconds:.0f} s")
        time.sleep(0.05)
