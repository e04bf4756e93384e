"""The way in from Telegram where no hook can be reached: long polling, for a desk, a test, a house behind a wall.

One poller per account, by a lock in the database: several processes may try. Telegram forgets an update once a later
call confirms it, and that call leaves after the commit: what a crash interrupts comes again and is known.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson
import structlog

from bot import clock
from bot.domain.messages import Later
from bot.store.locks import Hold, only_one
from bot.store.pool import StoreDown

if TYPE_CHECKING:
    import asyncpg

    from bot.channels.telegram import Api

POLL_SECONDS: Final = 25
"""How long Telegram holds a call that has nothing to say."""
PAUSE: Final = 3.0
"""Seconds before trying again: the lock of another process, a database or a network that is away."""
_ANSWER_SECONDS: Final = POLL_SECONDS + 15.0
_log = structlog.get_logger()

Take = Callable[[str, bytes], Awaitable[str]]
"""Make one update durable: from (account, bytes) to the callback that wants an answer, or "". Raises StoreDown."""


@dataclass(frozen=True, slots=True)
class Poller:
    """Polls accounts through `api`; `take` keeps what comes; `allowed` are the kinds asked for."""

    api: "Api"
    db: "asyncpg.Pool"
    take: Take
    allowed: tuple[str, ...]

    async def poll(self, account: str) -> None:
        """Poll one account until cancelled, whatever happens to the network, the database or a rival."""
        from bot.channels.telegram import CallFailed

        while True:
            try:
                async with only_one(self.db, f"telegram poll {account}") as hold:
                    if hold is not None:
                        await self._poll(account, hold)
                await asyncio.sleep(PAUSE)
            except StoreDown:
                await asyncio.sleep(PAUSE)
            except CallFailed as failed:
                _log.warning("telegram.poll_failed", account=account, outcome=str(failed))
                await asyncio.sleep(pause_after(failed.delivery))

    async def _poll(self, account: str, hold: Hold) -> None:
        """Ask, keep, confirm, for as long as the lock is ours. Raises StoreDown, CallFailed."""
        await self.api.call(account, "deleteWebhook")
        confirmed: dict[str, int] = {}
        while True:
            await hold()
            updates = await self.api.call(
                account,
                "getUpdates",
                seconds=_ANSWER_SECONDS,
                timeout=POLL_SECONDS,
                allowed_updates=list(self.allowed),
                **confirmed,
            )
            await self._keep(account, updates)
            # after an empty answer the confirmation is done; ids may start anew after a quiet week
            confirmed = {"offset": updates[-1]["update_id"] + 1} if updates else {}

    async def _keep(self, account: str, updates: list[dict[str, Any]]) -> None:
        """All of them, in their order, in shared commits; then the pressed buttons stop spinning."""
        takes = (self.take(account, orjson.dumps(update)) for update in updates)
        callbacks = [callback for callback in await asyncio.gather(*takes) if callback]
        await asyncio.gather(*(self._answer(account, callback) for callback in callbacks))

    async def _answer(self, account: str, callback: str) -> None:
        """Worth one try: a button that spins a little longer hurts nobody."""
        from bot.channels.telegram import CallFailed

        try:
            await self.api.call(account, "answerCallbackQuery", callback_query_id=callback)
        except CallFailed:
            _log.info("telegram.callback_unanswered", account=account)


def pause_after(delivery: object) -> float:
    """As long as Telegram asked for."""
    return max(0.1, (delivery.at - clock.now()).total_seconds()) if isinstance(delivery, Later) else PAUSE
