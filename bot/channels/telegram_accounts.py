"""The Telegram accounts of this installation: those of the store, and the one the settings name (`default`)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.resources import Resources
from bot.store.accounts import Account, accounts, keep_account
from bot.store.queries import load

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Credentials:
    """`token` speaks to Telegram; `secret` is what Telegram says to prove itself at our hook. Never logged."""

    token: str = field(repr=False)
    secret: str = field(repr=False)


def credentials(resources: Resources, found: Sequence[Account]) -> Mapping[str, Credentials]:
    """Credentials by account name. An account without a token cannot be used and is left out.

    A secret that nobody chose is made from SECRET_KEY, so that no hook is ever open.
    """
    settings = resources.settings
    given = {one.account: one.credentials for one in found}
    if settings.telegram_token:
        given[DEFAULT] = {"token": settings.telegram_token, "secret": settings.telegram_secret}
    return {
        name: Credentials(one["token"], one.get("secret") or resources.secrets.sign(f"telegram hook {name}"))
        for name, one in given.items()
        if one.get("token")
    }


async def ensure_default(resources: Resources) -> None:
    """Give the account of the settings its row, in the default agency, so that what comes by it finds a home.

    Does nothing while there is no agency yet.
    """
    if not resources.settings.telegram_token:
        return
    found = await accounts(resources.db, "telegram", resources.secrets)
    agency = await resources.db.fetchrow(load("accounts").agency, "")
    if agency is not None and all(one.account != DEFAULT for one in found):
        await keep_account(resources.db, agency["id"], "telegram", DEFAULT, None)
