"""Everything that can be set, read once from the environment (prefix `ALLERVERS_`), and nothing else.

Each value may come from a file instead: `ALLERVERS_SECRET_KEY_FILE=/run/secrets/key`. An unknown name is an error,
because a misspelt setting that silently does nothing is worse than no setting.
"""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

PREFIX = "ALLERVERS_"
ROOT = Path(__file__).resolve().parent.parent
OUTSIDE = {f"{PREFIX}PYTHON"}  # read by the launcher, before there is a product

TelegramMode = Literal["webhook", "poll"]


class SettingsError(ValueError):
    """A variable cannot be used. The message is French, names the variable, and never shows its value."""


@dataclass(frozen=True)
class Settings:
    """One value per variable `ALLERVERS_<NAME>`; empty text means "not set"."""

    database_url: str = field(default="", repr=False)  # empty: the embedded PostgreSQL
    redis_url: str = field(default="", repr=False)  # empty: the embedded Valkey
    data_dir: Path = ROOT / ".data"
    http_host: str = "127.0.0.1"
    http_port: int = 8080
    public_url: str = ""  # empty: made from host and port
    trusted_proxies: str = ""  # addresses whose X-Forwarded-* are believed, separated by commas
    secret_key: str = field(default="", repr=False)  # empty with the embedded database: kept in DATA_DIR/secret.key
    timezone: str = "Europe/Paris"  # the default of `agency create`
    telegram_token: str = field(default="", repr=False)
    telegram_api_url: str = "https://api.telegram.org"
    telegram_secret: str = field(default="", repr=False)
    telegram_mode: TelegramMode = "webhook"
    telegram_rate: float = 28.0  # messages a second per account; 0 = unpaced
    smtp_url: str = field(default="", repr=False)
    sms_url: str = field(default="", repr=False)
    push_key: str = field(default="", repr=False)
    log_level: str = "INFO"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Reads and checks every variable. Raises SettingsError naming the first one that cannot be used."""
        _refuse_unknown(environment)
        texts = {one.name: _read(environment, f"{PREFIX}{one.name.upper()}") for one in fields(cls)}
        settings = cls(**{name: _convert(name, text) for name, text in texts.items() if text})
        return settings if settings.public_url else replace(settings, public_url=_own_address(settings))

    @property
    def embedded_database(self) -> bool:
        """Whether the database is the one this product starts itself."""
        return not self.database_url


def _own_address(settings: Settings) -> str:
    host = "127.0.0.1" if settings.http_host in {"", "0.0.0.0", "::"} else settings.http_host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.http_port}"


def _refuse_unknown(environment: Mapping[str, str]) -> None:
    known = {f"{PREFIX}{one.name.upper()}" for one in fields(Settings)}
    allowed = known | {f"{name}_FILE" for name in known} | OUTSIDE
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in allowed:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Vouliez-vous {near[0]} ?" if near else ""
            raise SettingsError(f"{name} n'est pas un réglage connu.{hint}")


def _read(environment: Mapping[str, str], variable: str) -> str:
    """The text of a variable, or of the file that `<variable>_FILE` names; empty when neither is given."""
    path = environment.get(f"{variable}_FILE", "")
    if not path:
        return environment.get(variable, "").strip()
    if environment.get(variable):
        raise SettingsError(f"{variable} et {variable}_FILE sont donnés tous les deux : gardez-en un.")
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable}_FILE : le fichier {path} ne peut pas être lu.") from error


def _convert(name: str, text: str) -> Any:
    wanted, read = _READERS.get(name, ("un texte", str))
    try:
        return read(text)
    except (ValueError, ZoneInfoNotFoundError, OSError) as error:
        raise SettingsError(f"{PREFIX}{name.upper()} : {wanted} attendu.") from error


def _check(good: bool) -> None:
    if not good:
        raise ValueError


def _number(least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        number = float(text)
        _check(least <= number <= most)
        return number

    return read


def _port(text: str) -> int:
    _check(text.isdecimal() and 0 < int(text) < 65536)
    return int(text)


def _zone(text: str) -> str:
    return ZoneInfo(text).key


def _address(*starts: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        _check(text.startswith(starts))
        return text.rstrip("/")

    return read


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        _check(text.lower() in map(str.lower, choices))
        return next(choice for choice in choices if choice.lower() == text.lower())

    return read


def _long_enough(text: str) -> str:
    _check(len(text) >= 32)
    return text


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute()


# what is expected, said to the person; then the function that reads it
_READERS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "database_url": ("une adresse postgresql://", _address("postgresql://", "postgres://")),
    "redis_url": ("une adresse redis://, rediss:// ou unix://", _address("redis://", "rediss://", "unix://")),
    "data_dir": ("un dossier", _folder),
    "http_port": ("un port entre 1 et 65535", _port),
    "public_url": ("une adresse http:// ou https://", _address("http://", "https://")),
    "secret_key": ("un secret d'au moins 32 caractères", _long_enough),
    "timezone": ("un fuseau horaire comme Europe/Paris", _zone),
    "telegram_api_url": ("une adresse http:// ou https://", _address("http://", "https://")),
    "telegram_mode": ("webhook ou poll", _one_of("webhook", "poll")),
    "telegram_rate": ("un nombre de messages par seconde (0 = sans limite)", _number(0, 10_000)),
    "smtp_url": ("une adresse smtp:// ou smtps://", _address("smtp://", "smtps://")),
    "sms_url": ("une adresse http:// ou https://", _address("http://", "https://")),
    "log_level": ("DEBUG, INFO, WARNING ou ERROR", _one_of("DEBUG", "INFO", "WARNING", "ERROR")),
}
