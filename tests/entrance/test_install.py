"""The launcher and its installer: any folder, any pip configuration, clear sentences."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.entrance.install import for_uv, pip_settings

ROOT = Path(__file__).resolve().parents[2]
LISTED = """\
:env:.find-links='{there} /nowhere/wheels'
global.index-url='https://files.example.org/simple'
global.extra-index-url='\\nfile:///nowhere/simple\\nhttps://more.example.org/simple'
global.timeout='60'
install.timeout='90'
global.cert='/etc/ssl/own.pem'
global.proxy='http://proxy.example.org:3128'
freeze.timeout='10'
"""


def test_uv_gets_the_choices_pip_was_given(tmp_path: Path) -> None:
    assert for_uv(pip_settings(LISTED.format(there=tmp_path))) == {
        "UV_DEFAULT_INDEX": "https://files.example.org/simple",
        "UV_INDEX": "https://more.example.org/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_FIND_LINKS": str(tmp_path),
        "UV_HTTP_TIMEOUT": "90",
        "SSL_CERT_FILE": "/etc/ssl/own.pem",
        "ALL_PROXY": "http://proxy.example.org:3128",
    }


def test_nothing_configured_means_nothing_said_to_uv() -> None:
    assert for_uv(pip_settings("")) == {}


def _copy(folder: Path) -> Path:
    """The launcher alone in a folder, with nothing installed beside it."""
    (folder / "allervers").write_bytes((ROOT / "allervers").read_bytes())
    (folder / "allervers").chmod(0o755)
    return folder / "allervers"


def _fake_python(folder: Path, refuses: str) -> str:
    """A program that fails when its code holds `refuses`, and otherwise agrees to everything."""
    path = folder / "fake-python"
    path.write_text(f'#!/bin/sh\ncase "$*" in *{refuses}*) exit 1 ;; esac\n')
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("refuses", "french", "english"),
    [("version_info", "Python 3.11", "is needed"), ("ensurepip", "apt install python3-venv", "is missing")],
)
def test_a_machine_without_python_or_venv_is_told_what_to_install(
    tmp_path: Path, refuses: str, french: str, english: str
) -> None:
    launcher = _copy(tmp_path)
    answer = subprocess.run(
        [str(launcher), "demo"],
        env={"PATH": os.environ["PATH"], "ALLERVERS_PYTHON": _fake_python(tmp_path, refuses)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 69
    assert french in answer.stderr
    assert english in answer.stderr


def test_the_launcher_works_from_any_folder_and_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "bot").mkdir()  # a stranger's folder with our name must not be imported
    (tmp_path / "bot" / "__main__.py").write_text("raise SystemExit(9)")
    (tmp_path / "link").symlink_to(ROOT / "allervers")
    if not (ROOT / ".venv" / "runtime.lock").exists():
        pytest.skip("the environment was not made by the launcher")
    answer = subprocess.run(
        [str(tmp_path / "link"), "--help"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0
    assert "demo" in answer.stdout


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A copy of the tracked sources, with nothing installed beside them."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.decode().split("\0"):
        if name.startswith(("bot/", "admin_api/", "locales/", "allervers", "requirements")):
            place = tmp_path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes((ROOT / name).read_bytes())
            place.chmod((ROOT / name).stat().st_mode)
    return tmp_path


def _start(fresh: Path, **more: str) -> "subprocess.Popen[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
    clean |= {"ALLERVERS_PYTHON": getattr(sys, "_base_executable", sys.executable)} | more
    return subprocess.Popen(
        [str(fresh / "allervers"), "migrate"],
        cwd="/",
        env=clean,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.slow
def test_a_fresh_copy_says_that_no_index_answers_then_installs_and_migrates(fresh: Path) -> None:
    dead = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    refused = _start(fresh, **dead, PIP_FIND_LINKS="", PIP_EXTRA_INDEX_URL="")
    _, said = refused.communicate()
    assert refused.returncode == 69
    assert "Vérifiez le réseau" in said
    assert "Check the network" in said
    for expected in ("Préparation", "Démarrage"):
        done = _start(fresh)
        printed, said = done.communicate()
        assert done.returncode == 0, said
        assert printed.startswith(expected)
        assert printed.endswith("Les tables sont à jour.\n")


@pytest.mark.slow
def test_two_first_starts_at_once_install_once(fresh: Path) -> None:
    both = [_start(fresh, ALLERVERS_DATA_DIR=str(fresh / name)) for name in ("one", "two")]
    answers = [one.communicate() for one in both]
    assert [one.returncode for one in both] == [0, 0], answers
    assert sum("Préparation" in printed for printed, _ in answers) == 1
