"""Fan-out: "something changed" for open pages and idle loops. One of the two doors to Redis; it may vanish at any
moment.

A tick carries nothing but its topic: the listener reads the database. Listeners of this process hear at once; those
of others hear through Redis, and everybody hears a tick at least every `pulse` seconds, so that a lost tick costs
time and nothing else.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

_CHANNEL = "allervers"
_log = structlog.get_logger()


class Fanout:
    """Publishes and hears topics such as `contact:42`, `agency:1`, `inbox`, `outbox`."""

    def __init__(self, redis: Redis, pulse: float = 3.0) -> None:
        self._redis, self._pulse, self._heard = redis, pulse, False
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._waiting: set[str] = set()
        self._flushing: asyncio.Task[None] | None = None
        self._name = f"{id(self):x}"

    def publish(self, topics: Iterable[str]) -> None:
        """Tell every listener, here at once and elsewhere soon. Never fails, never waits."""
        fresh = set(topics)
        for topic in fresh:
            self._ring(topic)
        self._waiting |= fresh
        if self._waiting and (self._flushing is None or self._flushing.done()):
            self._flushing = asyncio.get_running_loop().create_task(self._flush())

    async def subscribe(self, *topics: str) -> AsyncGenerator[bool]:
        """Yield once at the start, then each time one of `topics` changed, and at least every `pulse` seconds.

        True: read now. False: a quiet pulse while Redis is heard, when a listener with many fellows may well wait.
        """
        bell = asyncio.Event()
        for topic in topics:
            self._listeners[topic].add(bell)
        try:
            yield True
            while True:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(bell.wait(), self._pulse)
                rang = bell.is_set()
                bell.clear()
                yield rang or not self._heard
        finally:
            self._forget(bell, topics)

    def bell(self, topic: str) -> asyncio.Event:
        bell = asyncio.Event()
        self._listeners[topic].add(bell)
        return bell

    async def run(self) -> None:
        """Hear other processes until cancelled; Redis may come and go."""
        while True:
            with contextlib.suppress(RedisError, OSError):
                await self._hear()
            await asyncio.sleep(1.0)

    async def close(self) -> None:
        """Let the last ticks leave."""
        if self._flushing is not None:
            await self._flushing

    async def _hear(self) -> None:
        async with self._redis.pubsub(ignore_subscribe_messages=True) as hears:
            await hears.subscribe(_CHANNEL)
            self._heard = True
            try:
                async for message in hears.listen():
                    sender, _, topics = bytes(message["data"]).decode().partition(" ")
                    if sender != self._name:
                        for topic in topics.split(" "):
                            self._ring(topic)
            finally:
                self._heard = False

    async def _flush(self) -> None:
        await asyncio.sleep(0.002)  # many topics of one moment travel as one command
        topics, self._waiting = self._waiting, set()
        with contextlib.suppress(RedisError, OSError):
            await self._redis.publish(_CHANNEL, f"{self._name} {' '.join(topics)}")

    def _ring(self, topic: str) -> None:
        for bell in self._listeners.get(topic, ()):
            bell.set()

    def _forget(self, bell: asyncio.Event, topics: Iterable[str]) -> None:
        for topic in topics:
            self._listeners[topic].discard(bell)
            if not self._listeners[topic]:
                del self._listeners[topic]
