"""However the product ends, its servers end with it, and the next start finds every committed row."""

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
HOLDER = Path(__file__).with_name("holder.py")
PATIENCE = 60  # seconds before a test gives up; nothing is measured by it
Holder = "subprocess.Popen[str]"


@contextlib.contextmanager
def _holder(folder: Path, word: str = "", prefix: tuple[str, ...] = ()) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [*prefix, sys.executable, str(HOLDER), str(folder), word],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], PATIENCE)[0], "no answer"
    return process.stdout.readline().strip()


def _next_start(folder: Path, prefix: tuple[str, ...] = ()) -> str:
    with _holder(folder, prefix=prefix) as process:
        return _line(process)


def _servers(folder: Path) -> list[int]:
    """The process numbers of all programs that name this folder on their command line."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if str(folder).encode() in path.read_bytes() and b"holder.py" not in path.read_bytes():
                found.append(int(path.parent.name))
    return found


def _wait_for(pids: list[int]) -> None:
    """Returns when all these processes have ended; each is watched, none is polled."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            handle = os.pidfd_open(pid)
            assert select.select([handle], [], [], PATIENCE)[0], f"process {pid} outlived the product"
            os.close(handle)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="the process table is read from /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_signal_to_the_product_leaves_a_server_behind_or_loses_a_row(tmp_path: Path, number: signal.Signals) -> None:
    with _holder(tmp_path, "kept") as process:
        assert _line(process) == "ready kept"
        servers = _servers(tmp_path)
        assert len(servers) >= 4  # two keepers, two servers, and PostgreSQL's own workers
        process.send_signal(number)
        process.wait(PATIENCE)
        _wait_for(servers)
    assert _next_start(tmp_path) == "ready kept"


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="the process table is read from /proc")
def test_the_next_start_does_not_wait_for_a_hand_after_everything_was_killed(tmp_path: Path) -> None:
    with _holder(tmp_path, "kept") as process:
        assert _line(process) == "ready kept"
        servers = _servers(tmp_path)
        for pid in [process.pid, *servers]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        _wait_for(servers)
    assert (tmp_path / "postgres" / "postmaster.pid").exists()
    assert _next_start(tmp_path) == "ready kept"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent died")
def test_a_server_ends_when_its_keeper_is_killed(tmp_path: Path) -> None:
    with _holder(tmp_path, "kept") as process:
        assert _line(process) == "ready kept"
        keepers = [pid for pid in _servers(tmp_path) if b"keeper.py" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        servers = _servers(tmp_path)
        for pid in keepers:
            os.kill(pid, signal.SIGKILL)
        _wait_for([pid for pid in servers if pid not in keepers])
    assert _next_start(tmp_path) == "ready kept"


def test_a_recorded_process_number_of_another_program_does_not_stop_the_start(tmp_path: Path) -> None:
    assert _next_start(tmp_path) == "ready"
    record = tmp_path / "postgres" / "postmaster.pid"
    record.write_text(f"{os.getpid()}\n{tmp_path / 'postgres'}\n1\n5432\n{tmp_path / 'run'}\n\n\nready\n")
    assert _next_start(tmp_path) == "ready"


def test_an_interrupted_creation_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n")
    assert _next_start(tmp_path) == "ready"


def _as_root_only() -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to make a small disk or a changed root")


def test_a_full_disk_is_said_and_nothing_is_half_made(tmp_path: Path) -> None:
    _as_root_only()
    small = tmp_path / "small"
    small.mkdir()
    mount = ("unshare", "--mount", "sh", "-c", f'mount -t tmpfs -o size=8m none {small} && exec "$@"', "sh")
    with _holder(small / "data", prefix=mount) as process:
        assert "le disque est plein" in _line(process)
        assert process.wait(PATIENCE) == 73


def test_a_read_only_disk_is_said(tmp_path: Path) -> None:
    _as_root_only()
    mount = ("unshare", "--mount", "sh", "-c", f'mount -t tmpfs -o ro none {tmp_path} && exec "$@"', "sh")
    with _holder(tmp_path / "data", prefix=mount) as process:
        assert "lecture seule" in _line(process)
        assert process.wait(PATIENCE) == 73


def test_root_in_a_changed_root_starts_the_same_folder_and_goes_back(tmp_path: Path) -> None:
    _as_root_only()
    jail = tmp_path / "jail"
    jail.mkdir()
    data = tmp_path / "data"
    script = f'mount --rbind / {jail} && exec chroot {jail} env PYTHONPATH={ROOT} "$@"'
    inside = ("unshare", "--mount", "sh", "-c", script, "sh")
    with _holder(data, "kept") as process:
        assert _line(process) == "ready kept"
    assert _next_start(data, inside) == "ready kept"
    assert _next_start(data) == "ready kept"


def test_root_starts_where_only_the_systems_own_accounts_exist(tmp_path: Path) -> None:
    _as_root_only()
    accounts = tmp_path / "passwd"
    accounts.write_text("root:x:0:0::/root:/bin/sh\ndaemon:x:1:1::/:/bin/false\n")
    mount = ("unshare", "--mount", "sh", "-c", f'mount --bind {accounts} /etc/passwd && exec "$@"', "sh")
    assert _next_start(tmp_path / "data", mount) == "ready"


def test_an_account_without_a_name_is_told_so(tmp_path: Path) -> None:
    _as_root_only()
    tmp_path.chmod(0o755)
    (tmp_path / "data").mkdir()
    os.chown(tmp_path / "data", 54321, 54321)
    # it may enter the closed folders above the sources, as a mounted volume would let it
    stranger = ("setpriv", "--reuid=54321", "--regid=54321", "--clear-groups")
    enters = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override")
    with _holder(tmp_path / "data", prefix=(*stranger, *enters)) as process:
        assert "pas de nom sur ce système" in _line(process)
