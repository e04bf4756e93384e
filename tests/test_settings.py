"""Settings: read once, checked, and refused with a sentence that names the variable."""

from pathlib import Path

import pytest

from bot.settings import ROOT, Settings, SettingsError


def test_nothing_set_is_a_product_that_runs_on_this_machine_alone() -> None:
    settings = Settings.from_environment({"PATH": "/bin"})
    assert settings.embedded_database
    assert settings.data_dir == ROOT / ".data"
    assert settings.http_host == "127.0.0.1"
    assert settings.public_url == "http://127.0.0.1:8080"


def test_every_variable_is_read_under_its_prefix() -> None:
    settings = Settings.from_environment(
        {
            "ALLERVERS_DATABASE_URL": "postgresql://u:p@db/allervers",
            "ALLERVERS_HTTP_PORT": "9000",
            "ALLERVERS_PUBLIC_URL": "https://chat.example.org/",
            "ALLERVERS_TELEGRAM_RATE": "0",
            "ALLERVERS_TELEGRAM_MODE": "POLL",
            "ALLERVERS_TIMEZONE": "Indian/Reunion",
        }
    )
    assert not settings.embedded_database
    assert (settings.http_port, settings.telegram_rate, settings.telegram_mode) == (9000, 0.0, "poll")
    assert settings.public_url == "https://chat.example.org"
    assert settings.timezone == "Indian/Reunion"


def test_an_ipv6_host_makes_a_usable_address() -> None:
    assert Settings.from_environment({"ALLERVERS_HTTP_HOST": "::1"}).public_url == "http://[::1]:8080"


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("0123456789-0123456789-0123456789\n")
    assert Settings.from_environment({"ALLERVERS_SECRET_KEY_FILE": str(file)}).secret_key == file.read_text().strip()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HTTP_PORT", "0"),
        ("HTTP_PORT", "http"),
        ("TIMEZONE", "Paris"),
        ("TIMEZONE", "../../etc/passwd"),
        ("SECRET_KEY", "short-but-secret"),
        ("DATABASE_URL", "mysql://u:hidden@db/x"),
        ("REDIS_URL", "localhost:6379"),
        ("PUBLIC_URL", "chat.example.org"),
        ("TELEGRAM_MODE", "push"),
        ("TELEGRAM_RATE", "-1"),
        ("TELEGRAM_RATE", "nan"),
        ("LOG_LEVEL", "LOUD"),
        ("SECRET_KEY_FILE", "/nonexistent/key"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_never_shown(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"ALLERVERS_{name}") as refused:
        Settings.from_environment({f"ALLERVERS_{name}": value})
    assert "hidden" not in str(refused.value)
    assert "secret" not in str(refused.value).replace("un secret d'au moins", "")


def test_a_misspelt_name_is_refused_with_the_likely_one() -> None:
    with pytest.raises(SettingsError, match=r"ALLERVERS_DATABSE_URL.*ALLERVERS_DATABASE_URL \?"):
        Settings.from_environment({"ALLERVERS_DATABSE_URL": "postgresql://db/x"})


def test_a_value_and_its_file_together_are_refused(tmp_path: Path) -> None:
    both = {"ALLERVERS_PUSH_KEY": "a", "ALLERVERS_PUSH_KEY_FILE": str(tmp_path)}
    with pytest.raises(SettingsError, match="tous les deux"):
        Settings.from_environment(both)


def test_a_printed_settings_object_shows_no_secret() -> None:
    shown = repr(Settings(secret_key="hidden", telegram_token="hidden", database_url="postgresql://u:hidden@db/x"))
    assert "hidden" not in shown
