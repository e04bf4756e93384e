"""How fast one account may send: an exact sliding window, shared by all processes through Redis.

A leaky bucket lets twice its size through in one second; a window that remembers the last `limit` departures never
does. Within the window departures are spaced out, so that a late one has room to be caught up. Redis may vanish: each
process then keeps to its own window, which it keeps in any case.
"""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot import clock

SPREAD: Final = 0.8
"""The share of a period over which its departures are spread; the rest makes up for what left late."""
CHAT_SECONDS: Final = 1.0
CHAT_BURST: Final = 3
"""Telegram asks for one message a second in a chat and lets short bursts pass: three answers may leave at once."""
_AHEAD: Final = 0.25
_WITHOUT_REDIS: Final = 5.0
_MOST_CHATS: Final = 10_000
_MICRO: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `limit` departures in any `period` seconds."""

    limit: int
    period: float

    @classmethod
    def of(cls, rate: float) -> "Pace":
        """The pace of `rate` departures a second (more than 0; below 1 the period grows instead)."""
        limit = max(1, int(rate))
        return cls(limit, limit / rate)

    @property
    def ahead(self) -> float:
        """Seconds for which a turn may be granted in advance: one departure, and never long."""
        return min(self.period / self.limit, _AHEAD)

    @property
    def spacing(self) -> float:
        """Seconds between two departures, at least."""
        return SPREAD * self.period / self.limit


@dataclass(frozen=True, slots=True)
class Turn:
    """`granted`: leave in `wait` seconds, the turn is yours. Otherwise ask again then.

    `closed`: the whole account is silent until then. `chat`: only this chat must wait.
    """

    wait: float
    granted: bool = False
    closed: bool = False
    chat: bool = False


@dataclass(slots=True)
class Window:
    """The departures of one account as this process knows them. Pure: moments are seconds of a clock that never goes
    back.
    """

    pace: Pace
    closed_until: float = 0.0
    departures: deque[float] = field(default_factory=deque)
    chats: OrderedDict[str, float] = field(default_factory=OrderedDict)

    def next(self, now: float) -> float:
        """The earliest departure allowed, in any chat."""
        if not self.departures:
            return now
        spaced = self.departures[-1] + self.pace.spacing
        full = len(self.departures) >= self.pace.limit
        return max(now, spaced, self.departures[0] + self.pace.period if full else 0.0)

    def chat_next(self, chat: str, now: float) -> float:
        """The earliest departure allowed in `chat`."""
        return max(now, self.chats.get(chat, 0.0) - (CHAT_BURST - 1) * CHAT_SECONDS)

    def leave(self, chat: str, at: float) -> None:
        """Remember a departure."""
        self.departures.append(at)
        while len(self.departures) > self.pace.limit:
            self.departures.popleft()
        self.chats[chat] = max(self.chats.get(chat, 0.0), at) + CHAT_SECONDS
        self.chats.move_to_end(chat)
        while len(self.chats) > _MOST_CHATS:
            self.chats.popitem(last=False)

    def turn(self, chat: str, now: float) -> Turn:
        """What a sender at `now` may do, without remembering it."""
        if self.closed_until > now:
            return Turn(self.closed_until - now, closed=True)
        in_chat = self.chat_next(chat, now)
        slot = self.next(now)
        if in_chat > slot + self.pace.ahead:
            return Turn(in_chat - now, chat=True)
        slot = max(slot, in_chat)
        return Turn(slot - now, granted=slot - now <= self.pace.ahead)


# The same rules over what all processes sent. Times are microseconds of the server's clock.
# KEYS: departures (newest first), closed, chat. ARGV: limit, period, spacing, ahead, earliest (from now), chat interval
# and tolerance. Answers {what, microseconds}: 0 wait, 1 granted, 2 closed, 3 chat.
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local limit, period, spacing, ahead = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local closed = redis.call('PTTL', KEYS[2])
if closed > 0 then return {2, closed * 1000} end
local slot = now + tonumber(ARGV[5])
local last = redis.call('LINDEX', KEYS[1], 0)
if last then
    slot = math.max(slot, last + spacing)
    if redis.call('LLEN', KEYS[1]) >= limit then slot = math.max(slot, redis.call('LINDEX', KEYS[1], -1) + period) end
end
local busy = tonumber(redis.call('GET', KEYS[3]) or '0')
local in_chat = busy - tonumber(ARGV[7])
if in_chat > slot + ahead then return {3, in_chat - now} end
slot = math.max(slot, in_chat)
if slot - now > ahead then return {0, slot - now} end
redis.call('LPUSH', KEYS[1], string.format('%.0f', slot))
redis.call('LTRIM', KEYS[1], 0, limit - 1)
redis.call('PEXPIRE', KEYS[1], math.ceil(period / 1000) + 1000)
local until_free = math.max(busy, slot) + tonumber(ARGV[6])
redis.call('SET', KEYS[3], string.format('%.0f', until_free), 'PX', math.ceil((until_free - now) / 1000))
return {1, slot - now}
"""


class Buckets:
    def __init__(self, redis: Redis, pace: Pace) -> None:
        self._redis, self._pace = redis, pace
        self._take = redis.register_script(_TAKE)
        self._windows: dict[str, Window] = {}
        self._without_redis_until = 0.0

    async def take(self, account: str, chat: str) -> Turn:
        """Ask for a turn to write to `chat` from `account`. A granted turn is counted: use it."""
        window = self._window(account)
        turn = window.turn(chat, clock.monotonic())
        if turn.granted:
            turn = await self._shared(account, chat, turn)
        if turn.granted:
            window.leave(chat, clock.monotonic() + turn.wait)
        return turn

    async def close(self, account: str, seconds: float) -> None:
        """Nothing leaves from `account` for `seconds`, from any process. A shorter closure never shortens another."""
        window = self._window(account)
        window.closed_until = max(window.closed_until, clock.monotonic() + seconds)
        key, milliseconds = f"pace:{{{account}}}:closed", max(1, round(seconds * 1000))
        try:
            async with self._redis.pipeline(transaction=True) as pipe:
                pipe.set(key, 1, px=milliseconds, nx=True)
                pipe.pexpire(key, milliseconds, gt=True)
                await pipe.execute()
        except (RedisError, OSError):
            self._rest_from_redis()

    def closed_for(self, account: str) -> float:
        """Seconds for which this process knows `account` to be closed."""
        return max(0.0, self._window(account).closed_until - clock.monotonic())

    async def _shared(self, account: str, chat: str, own: Turn) -> Turn:
        """The turn that all processes agree on; our own when Redis does not answer."""
        if clock.monotonic() < self._without_redis_until:
            return own
        place, pace = f"pace:{{{account}}}", self._pace
        seconds = (pace.period, pace.spacing, pace.ahead, own.wait, CHAT_SECONDS, (CHAT_BURST - 1) * CHAT_SECONDS)
        arguments = (pace.limit, *(round(s * _MICRO) for s in seconds))
        try:
            what, wait = await self._take(keys=[place, f"{place}:closed", f"{place}:{chat}"], args=arguments)
        except (RedisError, OSError):
            self._rest_from_redis()
            return own
        return Turn(wait / _MICRO, granted=what == 1, closed=what == 2, chat=what == 3)

    def _rest_from_redis(self) -> None:
        """A Redis that hangs costs a time-out: ask again a little later, not at every turn."""
        self._without_redis_until = clock.monotonic() + _WITHOUT_REDIS

    def _window(self, account: str) -> Window:
        return self._windows.setdefault(account, Window(self._pace))
