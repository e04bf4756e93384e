"""`allervers check` and `allervers test`: style, types, imports, then the tests. Stops at the first kind that fails."""

import os
import subprocess
import sys
from collections.abc import Sequence

from bot.settings import ROOT

CHECKS: Sequence[tuple[str, tuple[str, ...]]] = (
    ("style", ("-m", "ruff", "check", "--quiet", ".")),
    ("types", ("-m", "mypy")),
    ("imports", ("-c", "from importlinter.cli import lint_imports_command as lint; lint()")),
)


def check() -> int:
    """Style, types and import contracts. Returns the first exit code that is not 0, or 0."""
    for name, arguments in CHECKS:
        print(f"— {name}", flush=True)
        code = _run(*arguments)
        if code:
            return code
    return 0


def test(slow: bool, arguments: Sequence[str]) -> int:
    """The checks, then every test but the slow ones; with `slow`, the slow ones alone. Returns the exit code.

    `arguments` go to pytest: naming files or `-k` runs just those tests, without the checks.
    """
    code = 0 if slow or arguments else check()
    if code:
        return code
    # the slow ones kill processes and measure: one at a time
    kind = ("-m", "slow", "-p", "no:xdist") if slow else ("-m", "not slow", "-n", "2", "--dist", "worksteal")
    print("— tests", flush=True)
    return _run("-m", "pytest", "-q", *kind, *arguments)


def _run(*arguments: str) -> int:
    # the product's own settings must not reach the tests
    clean = {name: value for name, value in os.environ.items() if not name.startswith("ALLERVERS_")}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=clean, check=False).returncode
