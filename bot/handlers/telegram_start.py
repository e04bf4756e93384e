"""What a process does to hear Telegram: load aiogram beside the running app, then open the hook, or poll."""

import asyncio
import gc
import importlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

import structlog
from starlette.routing import Route

from bot.channels.telegram_accounts import Credentials, credentials, ensure_default
from bot.handlers.telegram import ALLOWED_UPDATES, load
from bot.handlers.telegram_hook import Hook
from bot.handlers.telegram_poll import PAUSE, Poller, pause_after
from bot.resources import Resources
from bot.store.accounts import accounts
from bot.store.inbox import Receiver
from bot.store.pool import DOWN, StoreDown

if TYPE_CHECKING:
    from bot.channels.telegram import Api

CONNECTIONS: Final = 100
"""How many updates Telegram may bring at once: they share commits."""
_DATABASE_AWAY: Final[tuple[type[BaseException], ...]] = (StoreDown, *DOWN)
_log = structlog.get_logger()


class TelegramIn:
    """Everything of this process that listens to Telegram: put `routes` in the app, enter `running` in its lifespan."""

    def __init__(self, receiver: Receiver, resources: Resources) -> None:
        self._resources = resources
        self._hook = Hook(receiver, resources)
        self.routes = [Route("/hooks/telegram/{account}", self._hook, methods=["POST"])]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen for the length of the block. Returns at once: reading starts some seconds later."""
        task = asyncio.create_task(self._listen())
        task.add_done_callback(_tell_failure)
        try:
            yield
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def _listen(self) -> None:
        """Nothing at all without an account: aiogram weighs 166 MiB."""
        known = await self._accounts()
        if not known:
            return
        self._hook.open(known, await asyncio.to_thread(load))
        gc.freeze()  # aiogram's 446 types stay: the collector need not walk them
        telegram = await asyncio.to_thread(importlib.import_module, "bot.channels.telegram")
        api = telegram.Api(self._resources.settings.telegram_api_url, known)
        try:
            await self._be_reached(api, known)
        finally:
            await api.close()

    async def _accounts(self) -> Mapping[str, Credentials]:
        """The accounts, as soon as the database tells them."""
        while True:
            try:
                await ensure_default(self._resources)
                found = await accounts(self._resources.db, "telegram", self._resources.secrets)
                return credentials(self._resources, found)
            except _DATABASE_AWAY:
                await asyncio.sleep(PAUSE)

    async def _be_reached(self, api: "Api", known: Mapping[str, Credentials]) -> None:
        settings = self._resources.settings
        if settings.telegram_mode == "poll":
            poller = Poller(api, self._resources.db, self._hook.take, ALLOWED_UPDATES)
            await asyncio.gather(*map(poller.poll, known))
        elif settings.public_url.startswith("https://"):
            await asyncio.gather(*(_set_hook(api, name, one, settings.public_url) for name, one in known.items()))
        else:
            _log.warning("telegram.hook_not_set", reason="PUBLIC_URL is not https")


async def _set_hook(api: "Api", account: str, known: Credentials, public_url: str) -> None:
    """Tell Telegram where we are, until it has heard."""
    from bot.channels.telegram import CallFailed

    while True:
        try:
            await api.call(
                account,
                "setWebhook",
                url=f"{public_url}/hooks/telegram/{account}",
                secret_token=known.secret,
                allowed_updates=list(ALLOWED_UPDATES),
                max_connections=CONNECTIONS,
            )
            return
        except CallFailed as failed:
            _log.warning("telegram.hook_not_set", account=account, reason=str(failed))
            await asyncio.sleep(pause_after(failed.delivery))


def _tell_failure(task: "asyncio.Task[None]") -> None:
    """A listener that ends by an error of ours must be seen: updates are refused from then on, none is lost."""
    if not task.cancelled() and task.exception() is not None:
        _log.error("telegram.listening_failed", error=type(task.exception()).__name__)
