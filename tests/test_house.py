"""The house keeps its own rules. Each rule is asked about the real sources, then shown a bad sample it must refuse."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import grimp
import pytest

from bot.domain import GLOSSARY
from tests.house import rules

ROOT = Path(__file__).resolve().parent.parent
LINT = (sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()")
NOT_WORDS = {wrong.lower(): right for right, (_, wrongs) in GLOSSARY.items() for wrong in wrongs}


def _read(*folders: str) -> dict[str, str]:
    paths = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths if path.stat().st_size}


def _tracked() -> dict[str, str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: the list of tracked files is unknown")
    texts = {}
    for name in listed.stdout.decode().split("\0"):
        if name and "/vendor/" not in name and not name.startswith("tests/house/") and (ROOT / name).is_file():
            try:
                texts[name] = (ROOT / name).read_text("utf-8")
            except UnicodeDecodeError:
                continue  # a picture
    return texts


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    return _read("bot", "admin_api")


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def _lint_imports(folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*LINT], cwd=folder, capture_output=True, text=True, check=False)


def test_the_import_contracts_hold() -> None:
    result = _lint_imports(ROOT)
    assert result.returncode == 0, result.stdout


def test_every_import_contract_fails_when_it_is_broken(tmp_path: Path, config: dict[str, Any]) -> None:
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text("utf-8"), "utf-8")
    for path in [*(ROOT / "bot").iterdir(), ROOT / "admin_api"]:
        name = path.relative_to(ROOT).with_suffix("")
        if path.is_dir() and path.name != "__pycache__":
            (tmp_path / name).mkdir(parents=True, exist_ok=True)
            (tmp_path / name / "__init__.py").touch()
        elif path.suffix == ".py":
            (tmp_path / name.parent).mkdir(parents=True, exist_ok=True)
            (tmp_path / path.relative_to(ROOT)).touch()
    bad = "import aiogram, telegram, transitions, fluent\n"
    (tmp_path / "bot" / "flows" / "__init__.py").write_text("import bot.store, time\n")
    (tmp_path / "bot" / "channels" / "__init__.py").write_text(bad)
    (tmp_path / "admin_api" / "__init__.py").write_text("import bot.channels\n")
    result = _lint_imports(tmp_path)
    assert result.returncode != 0
    assert f"0 kept, {len(config['tool']['importlinter']['contracts'])} broken" in result.stdout


def test_every_room_has_its_layer(config: dict[str, Any]) -> None:
    rows = config["tool"]["importlinter"]["contracts"][0]["layers"]
    layered = {room.strip(" ()") for row in rows for room in row.split("|")}
    standing = {
        f"bot.{path.stem}" for path in (ROOT / "bot").iterdir() if not path.name.startswith(("__init__", "__pycache__"))
    }
    assert standing - layered == set()


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = grimp.build_graph("bot", "admin_api", cache_dir=None)
    imports = {name: graph.find_modules_directly_imported_by(name) for name in graph.modules}
    assert rules.cycles(imports) == []
    assert rules.cycles({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []


def test_functions_stay_short(sources: dict[str, str]) -> None:
    assert rules.long_functions(sources) == []
    body = "    x = 1\n"
    assert len(rules.long_functions({"bad.py": "def long():\n" + body * 50})) == 2
    assert rules.long_functions({"good.py": 'def short():\n    """A.\n\n    B.\n    """\n' + body * 3}) == []
    many = "".join(f"def f{number}():\n" + body * (30 if number > 7 else 2) for number in range(10))
    assert rules.long_functions({"bad.py": many}) == ["functions: 90th percentile over 28 lines"]


def test_files_stay_short(sources: dict[str, str]) -> None:
    assert rules.long_files(sources) == []
    assert rules.long_files({"bad.py": "x = 1\n" * 501, "good.py": "", "other.py": ""}) != []


def test_functions_ask_for_few_things(sources: dict[str, str]) -> None:
    assert rules.many_parameters(sources) == []
    assert rules.many_parameters({"bad.py": "def f(self, a, b, c, d, e, *, g): ..."}) != []


def test_every_function_says_its_types(sources: dict[str, str]) -> None:
    assert rules.untyped(sources) == []
    assert rules.untyped({"bad.py": "def f(a) -> int: ..."}) != []
    assert rules.untyped({"bad.py": "def f(a: int): ..."}) != []


@pytest.mark.parametrize(
    "bad",
    [
        "try: ...\nexcept Exception: ...",
        "try: ...\nexcept: ...",
        "try: ...\nexcept (OSError, BaseException): ...",
        "with contextlib.suppress(Exception): ...",
    ],
)
def test_only_the_edges_catch_everything(sources: dict[str, str], bad: str) -> None:
    assert rules.broad_excepts(sources) == []
    assert rules.broad_excepts({"bot/store/bad.py": bad}) != []
    assert rules.broad_excepts({"bot/work/loop.py": bad}) == []


def test_one_name_per_concept(sources: dict[str, str]) -> None:
    assert rules.wrong_words(sources, NOT_WORDS) == []
    assert rules.wrong_words({"bad.py": "class Counsellor: ..."}, NOT_WORDS) != []
    assert rules.wrong_words({"bad.py": "def create_case_manager(): ..."}, NOT_WORDS) != []
    assert rules.wrong_words({"good.py": "def takes_command(): ..."}, NOT_WORDS) == []
    assert rules.wrong_words({"bad.py": "class Command: ..."}, NOT_WORDS) != []


def test_every_room_has_a_door_plate(sources: dict[str, str]) -> None:
    plates = {str(path.relative_to(ROOT)): path.read_text("utf-8") for room in ("bot", "admin_api")
              for path in (ROOT / room).rglob("__init__.py")}  # fmt: skip
    assert rules.no_door_plate(plates) == []
    assert rules.no_door_plate({"bot/new/__init__.py": "import os"}) != []


def test_the_words_need_the_standard_library_only() -> None:
    allowed = frozenset(sys.stdlib_module_names | {"bot"})
    assert rules.foreign_imports(_read("bot/domain"), allowed) == []
    assert rules.foreign_imports({"bad.py": "from pydantic import BaseModel"}, allowed) != []


@pytest.mark.parametrize(
    "bad",
    [
        "from datetime import datetime, UTC\ndatetime.now(UTC)",
        "import time\ntime.time()",
        "from time import monotonic\nmonotonic()",
        "from uuid import uuid4\nuuid4()",
        "import random\nrandom.random()",
        "from random import choice\nchoice([1])",
    ],
)
def test_time_and_chance_enter_by_one_seam(bad: str) -> None:
    ruff = (sys.executable, "-m", "ruff", "check", "--select", "TID251", "--no-cache")
    assert subprocess.run([*ruff, "bot", "admin_api"], cwd=ROOT, capture_output=True, check=False).returncode == 0
    for name, refused in (("bot/store/sample.py", True), ("bot/clock.py", False)):
        answer = subprocess.run(
            [*ruff, "--stdin-filename", name, "-"], cwd=ROOT, input=bad.encode(), capture_output=True, check=False
        )
        assert bool(answer.returncode) is refused


def test_the_repository_speaks_of_the_product_alone() -> None:
    assert rules.one_machine(_tracked()) == []
    samples = (f"see /{'root'}/x", f"/{'home'}/ann/y", f"https://{'pypi'}.example/simple", "--index" + "-url x")
    allowed = f"~/notes and /api/v1/{'work'}/x"
    assert len(rules.one_machine({"a.md": "\n".join((*samples, allowed))})) == len(samples)
    assert rules.one_machine({"a.html": f'<a class="{"fr"}-btn">'}) != []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_locks_hold_a_hash_for_everything_and_an_address_for_nothing(name: str) -> None:
    lock = (ROOT / name).read_text("utf-8")
    assert rules.loose_requirements(lock) == []
    assert rules.loose_requirements(lock + "\nattrs==1.0\n") == ["attrs==1.0"]
    assert rules.loose_requirements("attrs>=1 \\\n    --hash=sha256:00\n") != []
    assert rules.loose_requirements("--index" + "-url https://index.example\n") != []


def test_the_test_lock_holds_every_version_of_the_runtime_lock() -> None:
    runtime, dev = (
        rules.pins((ROOT / name).read_text("utf-8")) for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert runtime - dev == set()
    assert "fastapi" in {pin.partition("==")[0] for pin in runtime}


def test_the_image_recipe_is_clean() -> None:
    hadolint = (str(Path(sys.executable).with_name("hadolint")), "-")
    for recipe, refused in ((ROOT / "Dockerfile").read_bytes(), False), (b"FROM debian\nRUN cd /tmp\n", True):
        found = subprocess.run([*hadolint], input=recipe, capture_output=True, check=False)
        assert bool(found.returncode) is refused, found.stdout.decode()


def test_the_shell_scripts_are_clean() -> None:
    found = subprocess.run(
        [str(Path(sys.executable).with_name("shellcheck")), "allervers", ".ci/run"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout
