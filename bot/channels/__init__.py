"""Doors out: from an Outbound to the wire and back to a Delivery.

One file per channel, all of one shape. A door answers `send` with one of five deliveries and never raises about a
message; whoever calls it settles the row.
"""

from collections.abc import Sequence
from typing import Protocol

from bot.channels.errors import TooBig
from bot.channels.telegram_accounts import credentials
from bot.channels.web import WebDoor
from bot.domain.messages import Channel, Delivery, Media, Outbound
from bot.resources import Resources
from bot.store.accounts import Account

__all__ = ["Door", "TooBig", "open_doors"]


class Door(Protocol):
    """The way out of one channel, for all its accounts."""

    async def send(self, outbound: Outbound) -> Delivery:
        """Wait one's turn, send, and say what became of it. Takes at most some 40 s."""

    async def fetch(self, account: str, media: Media) -> bytes | None:
        """The file behind `media`; None when the provider does not give it, now or for ever. Raises TooBig."""

    async def close(self) -> None:
        """Let go of connections."""


async def open_doors(resources: Resources, accounts: Sequence[Account]) -> dict[Channel, Door]:
    """A door for every channel that has an account; an account made later is known after a restart.

    `accounts` are the Telegram accounts of the store; the one the settings name is added here.
    """
    doors: dict[Channel, Door] = {Channel.WEB: WebDoor()}
    known = credentials(resources, accounts)
    if known:
        from bot.channels.telegram import TelegramDoor  # half a second of import, for those who use it

        doors[Channel.TELEGRAM] = TelegramDoor(resources, known)
    return doors
