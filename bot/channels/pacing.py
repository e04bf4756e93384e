"""Taking one's turn before sending: in order within a process, at the account's pace over all of them.

After a 429 the account is closed until the moment Telegram named; what waited then leaves at the usual pace,
never at once.
"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot import clock
from bot.domain.messages import Later
from bot.resources.buckets import Buckets, Turn

PATIENCE: Final = 10.0
"""Seconds a sender waits for its turn: less than its lease of the row. A turn further away goes back to the queue."""


@dataclass(slots=True)
class _Lane:
    """One account: those who wait for a turn, first come first served."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Pacing:
    """The pace of one channel's accounts: `rate` messages a second each; 0 = unpaced (a 429 still closes)."""

    def __init__(self, buckets: Buckets, rate: float) -> None:
        self._buckets, self._rate = buckets, rate
        self._lanes: defaultdict[str, _Lane] = defaultdict(_Lane)

    async def take(self, account: str, chat: str) -> Later | None:
        """Wait until a message to `chat` may leave. None: now. Later: not for a while; nothing was counted."""
        if closed := self._buckets.closed_for(account):
            return _later(closed, closed=True)
        if not self._rate:
            return None
        lane = self._lanes[account]
        if (ahead := lane.waiting / self._rate) > PATIENCE:
            return _later(ahead)
        lane.waiting += 1
        try:
            return await self._wait(lane, account, chat)
        finally:
            lane.waiting -= 1

    async def close(self, account: str, seconds: float) -> None:
        """Telegram said "too many": nothing leaves from `account` for `seconds`."""
        await self._buckets.close(account, seconds)

    async def _wait(self, lane: _Lane, account: str, chat: str) -> Later | None:
        while True:
            async with lane.lock:
                turn = await self._next_turn(account, chat)
            if turn.closed or turn.wait > PATIENCE:
                return _later(turn.wait, closed=turn.closed)
            if turn.granted:
                return None
            await asyncio.sleep(turn.wait)  # this chat had its share: others go first

    async def _next_turn(self, account: str, chat: str) -> Turn:
        """Hold the lane until the account may send; the turn says whether this chat may."""
        while True:
            turn = await self._buckets.take(account, chat)
            if turn.closed or turn.chat or turn.wait > PATIENCE:
                return turn
            await asyncio.sleep(turn.wait)
            if turn.granted:
                return turn


def _later(seconds: float, closed: bool = False) -> Later:
    return Later(clock.now() + timedelta(seconds=seconds), "too_many" if closed else "pace", account_wide=closed)
