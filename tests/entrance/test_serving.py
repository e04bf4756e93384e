"""Serving: one port for all, found taken in a sentence; alive, ready; an orderly end."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.entrance import health
from bot.entrance.database import expect_tables
from bot.entrance.front import Front
from bot.entrance.secret_key import with_secret_key
from bot.local_services import ServiceError
from bot.settings import ROOT, Settings, SettingsError

READY_LINE = "Ctrl-C pour arrêter."


def _app(name: str) -> Starlette:
    async def say(_: Request) -> Response:
        return PlainTextResponse(name)

    return Starlette(routes=[Route("/{rest:path}", say)])


async def _get(front: Front, path: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(front), base_url="http://test") as client:
        return await client.get(path)


@pytest.mark.parametrize(
    ("path", "side"),
    [
        ("/chat", "web"),
        ("/chat/lyon", "web"),
        ("/hooks/telegram/default", "web"),
        ("/console/people", "admin"),
        ("/api/v1/openapi.json", "admin"),
        ("/healthz", "health"),
        ("/metrics", "health"),
        ("/unknown", "web"),
        ("/chatter", "web"),
    ],
)
async def test_the_beginning_of_the_path_chooses_the_side(path: str, side: str) -> None:
    answer = await _get(Front(_app("health"), _app("web"), _app("admin")), path)
    assert answer.text == side


async def test_the_root_leads_to_the_chat_or_where_there_is_none_to_the_console() -> None:
    both = await _get(Front(_app("health"), _app("web"), _app("admin")), "/")
    alone = await _get(Front(_app("health"), None, _app("admin")), "/")
    assert (both.headers["location"], alone.headers["location"]) == ("/chat", "/console")


async def test_a_process_of_one_side_does_not_serve_the_other() -> None:
    assert (await _get(Front(_app("health"), _app("web"), None), "/console")).status_code == 404
    assert (await _get(Front(_app("health"), None, _app("admin")), "/chat")).status_code == 404


async def test_ready_means_the_database_answers(database: str) -> None:
    pool = await asyncpg.create_pool(database, min_size=1, max_size=1)
    app = health.create_app(pool)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        assert (await client.get("/readyz")).status_code == 200
        await pool.close()
        refused = await client.get("/readyz")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
        assert (await client.get("/healthz")).status_code == 200


async def test_the_metrics_tell_the_queues_as_they_are_and_never_an_old_figure(database: str) -> None:
    pool = await asyncpg.create_pool(database, min_size=1, max_size=1)
    app = health.create_app(pool)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        told = (await client.get("/metrics")).text
        await pool.close()
        silent = (await client.get("/metrics")).text
    assert "python_info" in told
    assert "allervers_waiting 0.0\n" in told
    assert "allervers_waiting NaN\n" in silent


async def test_a_process_refuses_tables_older_than_itself_and_serves_beside_newer_ones(database: str) -> None:
    connection = await asyncpg.connect(database)
    await expect_tables(database)
    await connection.execute("update alembic_version set version_num = '9999'")
    await expect_tables(database)
    await connection.execute("update alembic_version set version_num = '0000'")
    with pytest.raises(ServiceError, match="allervers migrate"):
        await expect_tables(database)
    await connection.close()


def test_the_key_of_an_embedded_database_is_made_once_and_for_us_alone(tmp_path: Path) -> None:
    first, again = (with_secret_key(Settings(data_dir=tmp_path / "data")).secret_key for _ in range(2))
    assert first == again
    assert len(first) >= 43
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o777 == 0o600


def test_an_external_database_needs_a_given_key(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ALLERVERS_SECRET_KEY"):
        with_secret_key(Settings(database_url="postgresql://db/x", data_dir=tmp_path))


@contextlib.contextmanager
def _product(command: str, **settings: object) -> Iterator["subprocess.Popen[str]"]:
    given = {f"ALLERVERS_{name.upper()}": str(value) for name, value in settings.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", command],
        cwd=ROOT,
        env=os.environ | given,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _wait_until_ready(process: "subprocess.Popen[str]") -> None:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if READY_LINE in line:
            return
    pytest.fail("".join(lines) + (process.stderr.read() if process.stderr else ""))


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def test_a_taken_port_is_said_before_anything_is_started(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with _product("serve", data_dir=tmp_path, http_port=port) as process:
            _, said = process.communicate()
    assert process.returncode == 69
    assert f"Le port {port}" in said
    assert "ALLERVERS_HTTP_PORT" in said
    assert "Traceback" not in said
    assert not (tmp_path / "postgres").exists()


def test_a_database_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    url = f"postgresql://user:hidden@127.0.0.1:{_free_port()}/x"
    key = "only-for-tests-0123456789-0123456789"
    with _product(
        "migrate", data_dir=tmp_path, database_url=url, redis_url="redis://127.0.0.1:1", secret_key=key
    ) as one:
        _, said = one.communicate()
    assert one.returncode == 69
    assert "ne répond pas" in said
    assert "hidden" not in said
    assert "Traceback" not in said


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_whole_product_serves_then_stops_in_order(tmp_path: Path, number: signal.Signals) -> None:
    port = _free_port()
    with _product("serve", data_dir=tmp_path, http_port=port) as process:
        _wait_until_ready(process)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", follow_redirects=True) as client:
            assert client.get("/readyz").status_code == 200
            assert client.get("/", follow_redirects=False).headers["location"] == "/chat"
            assert client.get("/chat").status_code == 404  # no agency yet
            assert client.get("/console").status_code == 200
            assert client.get("/api/v1/openapi.json").status_code == 200
        process.send_signal(number)
        printed, said = process.communicate()
    assert process.returncode == 0, said
    assert "Allervers est arrêté." in printed
    assert "Traceback" not in said
    assert not (tmp_path / "postgres" / "postmaster.pid").exists()
