"""A loop: do once, and again at once while there is something to do; otherwise wait for a bell, or for `idle` seconds.

The one place of the loops where every exception is caught: what fails is logged by name, and tried again a little
later, so that a database gone for ten seconds costs ten seconds.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

import structlog

_log = structlog.get_logger()
_LONGEST_PAUSE = 5.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a loop rests: after doing less than `full` at once, until its bell rings or `idle` seconds passed. What came
    while it worked has rung the bell already, so that looking again just in case would only cost.
    """

    idle: float
    full: int = 1


async def forever(
    name: str, once: Callable[[], Awaitable[int]], bell: asyncio.Event, stop: asyncio.Event, rhythm: Rhythm
) -> None:
    """Run `once` until `stop`. It answers how much it did."""
    failures = 0
    while not stop.is_set():
        bell.clear()
        try:
            did, failures = await once(), 0
        except Exception as error:
            failures += 1
            did = 0
            _log.error("loop.failed", loop=name, error=type(error).__name__, where=where(error), failures=failures)
        if did < rhythm.full:
            await _rest(bell, stop, min(_LONGEST_PAUSE, 0.1 * 2**failures) if failures else rhythm.idle)


async def _rest(bell: asyncio.Event, stop: asyncio.Event, seconds: float) -> None:
    """Until the bell, the stop or the time, whichever comes first."""
    rings = [asyncio.ensure_future(bell.wait()), asyncio.ensure_future(stop.wait())]
    try:
        await asyncio.wait(rings, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for ring in rings:
            ring.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await ring


def where(error: BaseException) -> str:
    """Where an exception was raised, `file:line`: what the log says of it, because its message may hold a person's
    words.
    """
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}" if trace is not None else ""


def attempt(call: Callable[[], T]) -> T | Exception:
    """The result of a pure call, or what it raised: one person's failing step never spoils the others'."""
    try:
        return call()
    except Exception as error:
        return error
