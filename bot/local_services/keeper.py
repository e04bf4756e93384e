"""Keeps one server process, in a process of its own, so that the server never outlives the product.

Run as a script: `python -I -S keeper.py ROLE STOP_SIGNAL COMMAND...`. The parent holds the other end of our standard
input: when it closes (the parent stopped, or was killed by any signal), the server is asked to stop, on Linux and macOS
alike. Standard output carries one line, the server's process id; the rest goes to standard error (the log).

We sit in a session of our own, and ignore the terminal's Ctrl-C: the product stops first, the servers after it.
"""

import contextlib
import ctypes
import os
import pwd
import select
import signal
import subprocess
import sys

GRACE_SECONDS = 30
NOBODY = 65534

_LINUX = sys.platform == "linux"
_CLONE_NEWUSER = 0x10000000
_PR_SET_PDEATHSIG, _PR_SET_KEEPCAPS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 1, 8, 47, 2
_CAP_DAC_OVERRIDE = 1
_CAPABILITY_VERSION_3 = 0x20080522


def _call(name: str, *args: object) -> None:
    """Calls a function of the C library; raises OSError with its errno."""
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*args) != 0:
        raise OSError(ctypes.get_errno(), name)


def become_ordinary() -> int:
    """Stops being root, because PostgreSQL refuses root. Returns the user id that will own new files on disk.

    A user namespace keeps the files root's; inside a chroot or a default container it is refused, and we become
    `nobody`, who may still pass through root's closed directories. Raises OSError when neither is allowed.
    """
    if os.geteuid() != 0:
        return os.geteuid()
    try:
        _enter_user_namespace()
    except OSError:
        _become_nobody()
        return NOBODY
    return 0


def _enter_user_namespace() -> None:
    # any account but root: only the server sees it, files stay root's; it must have a name, initdb looks it up
    mapped = next((account.pw_uid for account in pwd.getpwall() if account.pw_uid), NOBODY)
    _call("unshare", _CLONE_NEWUSER)
    for file, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{mapped} 0 1"),
        ("gid_map", f"{mapped} 0 1"),
    ):
        with open(f"/proc/self/{file}", "w", encoding="ascii") as handle:
            handle.write(text)


def _become_nobody() -> None:
    """Changes user, keeping the one capability that opens directories such as root's home (mode 0700)."""
    _call("prctl", _PR_SET_KEEPCAPS, 1, 0, 0, 0)
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)
    mask = 1 << _CAP_DAC_OVERRIDE
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)  # effective, permitted, inheritable; then the high halves
    _call("capset", header, data)
    _call("prctl", _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, _CAP_DAC_OVERRIDE, 0, 0)


def _die_with_keeper() -> None:
    """In the child, before it becomes the server: should the keeper itself be killed, stop fast (Linux only)."""
    _call("prctl", _PR_SET_PDEATHSIG, int(signal.SIGINT), 0, 0, 0)


def _watch_signals() -> int:
    """Makes every signal we care about readable on a file descriptor, which it returns."""
    readable, writable = os.pipe()
    os.set_blocking(writable, False)
    signal.set_wakeup_fd(writable, warn_on_full_buffer=False)
    for name in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # a handler, not SIG_IGN: the server must not inherit ignored signals
        signal.signal(name, lambda *_: None)
    return readable


def _wait(child: "subprocess.Popen[bytes]", wake: int) -> None:
    """Returns when the server has ended or the parent has let go of our standard input."""
    while child.poll() is None:
        ready, _, _ = select.select([0, wake], [], [])
        if 0 in ready and not os.read(0, 4096):
            return
        if wake in ready:
            os.read(wake, 4096)


def _stop(child: "subprocess.Popen[bytes]", stop_signal: int) -> int:
    for attempt in (stop_signal, signal.SIGQUIT, signal.SIGKILL):
        if child.poll() is not None:
            break
        child.send_signal(attempt)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(GRACE_SECONDS)
    return child.returncode


def main(role: str, stop_name: str, *command: str) -> int:
    """Runs `command` until it ends or the parent goes; `role`: `ordinary` (never root), `same`, `probe` (tells who)."""
    if role != "same":
        owner = become_ordinary()
        if role == "probe":
            print(owner, flush=True)
            return 0
    wake = _watch_signals()
    child = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=2,
        stderr=2,
        preexec_fn=_die_with_keeper if _LINUX else None,  # noqa: PLW1509 - we have one thread only
    )
    print(child.pid, flush=True)
    _wait(child, wake)
    return abs(_stop(child, signal.Signals[stop_name]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
