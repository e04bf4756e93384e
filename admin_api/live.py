"""Live pages: server-sent events. A stream holds no connection and no transaction between two looks, and asks anew each
time who may look.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from typing import Final

from starlette.responses import StreamingResponse

from bot import clock
from bot.resources import Resources

PING_SECONDS: Final = 15
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}

Look = Callable[[], Awaitable[Iterable[str] | None]]
"""One look at the record: the events to send, or None when the viewer may not look any more."""


def event(data: str, name: str = "", event_id: str = "") -> str:
    """One server-sent event. Line breaks in `data` become several data lines, as the format wants."""
    head = (f"event: {name}\n" if name else "") + (f"id: {event_id}\n" if event_id else "")
    lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return head + "".join(f"data: {line}\n" for line in lines) + "\n"


def streamed(resources: Resources, topics: Iterable[str], look: Look) -> StreamingResponse:
    """A stream that looks at once, then whenever one of `topics` changed, until looking is no longer allowed."""
    return StreamingResponse(_events(resources, topics, look), headers=HEADERS, media_type="text/event-stream")


async def _events(resources: Resources, topics: Iterable[str], look: Look) -> AsyncIterator[str]:
    said = clock.monotonic()
    yield "retry: 2000\n\n"
    async for _ in resources.fanout.subscribe(*topics):
        events = await look()
        if events is None:
            yield event("", "signed-out")
            return
        for one in events:
            said = clock.monotonic()
            yield one
        if clock.monotonic() - said > PING_SECONDS:
            said = clock.monotonic()
            yield ": still here\n\n"
