"""The key that seals credentials: given by the settings, or made once beside the embedded database it protects."""

import os
from dataclasses import replace

from bot import clock
from bot.local_services.errors import cannot_write
from bot.settings import Settings, SettingsError

BITS = 256


def with_secret_key(settings: Settings) -> Settings:
    """The settings with a secret key. Raises SettingsError when an external database comes without one."""
    if settings.secret_key:
        return settings
    if not settings.embedded_database:
        raise SettingsError(
            "ALLERVERS_SECRET_KEY manque : avec votre propre base, donnez la même clé (32 caractères ou plus) "
            "à chaque processus, et gardez-la avec vos sauvegardes."
        )
    return replace(settings, secret_key=_kept_key(settings))


def _kept_key(settings: Settings) -> str:
    path = settings.data_dir / "secret.key"
    try:
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            # written whole under another name first: a full disk must not leave half a key
            fresh = path.with_suffix(".new")
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as handle:
                handle.write(clock.token(BITS // 8))
                handle.flush()
                os.fsync(handle.fileno())
            fresh.replace(path)
        return path.read_text("ascii").strip()
    except OSError as error:
        raise cannot_write(error, settings.data_dir) from error
