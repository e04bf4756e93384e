"""Every word of the console is written once and used; its assets are what their makers published."""

import hashlib
import re
from pathlib import Path

from bot.actions.desk import Outcome
from bot.domain.people import AgeBand, BarrierCategory
from bot.texts import has

CONSOLE = Path("admin_api/console")
FAMILIES = (
    *("reason", "age", "channel", "language", "kind", "file", "state", "why", "outcome", "contract", "barrier", "part"),
    *("constraint", "rhythm", "consent", "incident", "refused", "problem", "view", "empty", "error", "ago", "past"),
)
"""Texts chosen by a value: `reason-danger` for the reason `danger`."""


def _ids() -> set[str]:
    text = Path("locales/fr/console.ftl").read_text("utf-8")
    return set(re.findall(r"^console-([a-z0-9-]+) =", text, re.MULTILINE))


def _used() -> set[str]:
    pages = "".join(path.read_text("utf-8") for path in (CONSOLE / "templates").rglob("*.html"))
    code = "".join(path.read_text("utf-8") for path in CONSOLE.glob("*.py"))
    return set(re.findall(r'\bt\("([a-z0-9-]+)"[,)]', pages)) | set(re.findall(r'words\("([a-z0-9-]+)"', code))


def test_every_word_the_pages_ask_for_is_written() -> None:
    assert _used() - _ids() == set()


def test_every_word_written_is_asked_for_by_name_or_by_family() -> None:
    unused = {one for one in _ids() - _used() if one.partition("-")[0] not in FAMILIES}
    assert unused == set()


def test_every_value_of_a_closed_list_has_its_word() -> None:
    values = [("outcome", one) for one in Outcome] + [("barrier", one) for one in BarrierCategory]
    values += [("age", one) for one in AgeBand]
    assert [pair for pair in values if not has("fr", f"console-{pair[0]}-{pair[1].replace('_', '-')}")] == []


def test_every_reason_the_list_ranks_has_its_word() -> None:
    ranked = (
        Path("bot/store/migrations/0002.sql").read_text("utf-8").partition("array_position(array[")[2].partition("]")[0]
    )
    reasons = re.findall(r"'(\w+)'", ranked)
    assert len(reasons) > 10
    assert [one for one in reasons if not has("fr", f"console-reason-{one.replace('_', '-')}")] == []


def test_every_reason_a_flow_or_loop_opens_a_task_for_is_ranked() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path("bot").rglob("*.py"))
    opened = set(re.findall(r'OpenTask\(\s*"(\w+)"', sources))
    ranked = (
        Path("bot/store/migrations/0002.sql").read_text("utf-8").partition("array_position(array[")[2].partition("]")[0]
    )
    assert opened
    assert opened - set(re.findall(r"'(\w+)'", ranked)) == set()


def test_vendored_files_are_as_published() -> None:
    folder = CONSOLE / "static" / "vendor"
    sums = dict(line.split()[::-1] for line in (folder / "SHA256SUMS").read_text().splitlines())
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.js")}
    assert found == sums
    assert (folder / "LICENSE").stat().st_size > 100
