"""The embedded servers: what they promise to a running product."""

import asyncio
import stat
from pathlib import Path

import asyncpg
import pytest
import redis

from bot.local_services import ServiceError, Services, joined_services, local_services
from bot.local_services.errors import EXIT_BUSY, EXIT_CANNOT_WRITE, EXIT_CONFIG


async def _ask(url: str, question: str) -> str:
    connection = await asyncpg.connect(url)
    try:
        return str(await connection.fetchval(question))
    finally:
        await connection.close()


def _quiet(_: str) -> None: ...


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("timezone", "UTC"),
        ("server_encoding", "UTF8"),
    ],
)
async def test_postgresql_keeps_what_it_acknowledged_and_listens_to_no_network(
    services: Services, setting: str, value: str
) -> None:
    assert await _ask(services.database_url, f"SELECT current_setting('{setting}')") == value


async def test_letters_with_accents_fold_to_lower_case(services: Services) -> None:
    assert await _ask(services.database_url, "SELECT lower('ÉLÉONORE Œ')") == "éléonore œ"


def test_statements_that_fail_leave_no_word_in_the_log(services: Services) -> None:
    with pytest.raises(asyncpg.PostgresError):
        asyncio.run(_ask(services.database_url, "SELECT 'a private word'::int"))
    log = Path(_folder(services).parent, "postgres.log").read_text("utf-8")
    assert "private" not in log
    assert "ready to accept connections" in log


def _folder(services: Services) -> Path:
    return Path(services.database_url.partition("host=")[2])


def test_only_our_account_reaches_the_servers(services: Services) -> None:
    assert stat.S_IMODE(_folder(services).stat().st_mode) == 0o700


def test_valkey_answers_keeps_nothing_on_disk_and_opens_no_port(services: Services) -> None:
    client = redis.Redis.from_url(services.redis_url)
    settings = client.config_get("*")
    client.close()
    assert (settings["port"], settings["save"], settings["appendonly"]) == ("0", "", "no")
    assert int(settings["maxmemory"]) > 0


def test_given_addresses_start_nothing(tmp_path: Path) -> None:
    with local_services(tmp_path / "none", "postgresql://a/b", "redis://c/0", _quiet) as services:
        assert services == Services("postgresql://a/b", "redis://c/0")
    assert not (tmp_path / "none").exists()


def test_a_second_instance_on_the_same_folder_is_refused_and_a_short_command_joins(services: Services) -> None:
    folder = _folder(services).parent
    with pytest.raises(ServiceError, match="tourne déjà") as refused, local_services(folder, "", "", _quiet):
        pass
    assert refused.value.exit_code == EXIT_BUSY
    with joined_services(folder, "", "", _quiet) as joined:
        assert joined == services
        assert asyncio.run(_ask(joined.database_url, "SELECT 1")) == "1"


def test_a_folder_of_another_version_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("15\n")
    with pytest.raises(ServiceError, match="15") as refused, local_services(tmp_path, "", "", _quiet):
        pass
    assert refused.value.exit_code == EXIT_CONFIG
    assert [path.name for path in (tmp_path / "postgres").iterdir()] == ["PG_VERSION"]


def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    data = tmp_path / "file" / "data"
    with pytest.raises(ServiceError, match="Impossible d'écrire") as refused, local_services(data, "", "", _quiet):
        pass
    assert refused.value.exit_code == EXIT_CANNOT_WRITE


def test_a_deep_folder_gets_its_sockets_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    with local_services(deep, "postgresql://a/b", "", _quiet) as services:
        place = Path(services.redis_url.removeprefix("unix://").partition("?")[0])
        assert len(str(place)) < 104
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    place.parent.rmdir()


def test_a_strangers_folder_under_our_name_is_not_used(tmp_path: Path) -> None:
    open_to_all = tmp_path / "run"
    open_to_all.mkdir(mode=0o755)
    with pytest.raises(ServiceError, match="à nous seuls"), local_services(tmp_path, "postgresql://a/b", "", _quiet):
        pass
