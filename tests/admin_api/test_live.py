"""Streams: a line shows once, changes show again, and nobody looks on after losing the right to."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from typing import Any

import httpx
import pytest
import uvicorn

from admin_api.live import event
from bot.store.inbox import Receiver
from bot.store.pool import transaction
from tests.admin_api.office import Adviser, Office
from tests.factories import an_envelope, an_outgoing
from tests.site import address_of, listener


@pytest.fixture
async def url(office: Office) -> AsyncIterator[str]:
    """The app on a real port: streams need one."""
    taken = listener()
    server = uvicorn.Server(uvicorn.Config(office.app, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
    server.capture_signals = nullcontext  # type: ignore[method-assign]
    serving = asyncio.create_task(server.serve(sockets=[taken]))
    yield address_of(taken)
    server.should_exit = True
    await serving


class Stream:
    """Events as they come."""

    def __init__(self, lines: AsyncIterator[str]) -> None:
        self._lines = lines

    async def next(self) -> dict[str, str]:
        """The next event; fails when none comes."""
        found: dict[str, str] = {}
        async with asyncio.timeout(15):
            async for line in self._lines:
                name, _, value = line.partition(": ")
                if line and name in {"event", "id", "data"}:
                    found[name] = value
                elif not line and found:
                    return found
        return {}


@asynccontextmanager
async def _stream(office: Office, url: str, who: Adviser, **headers: str) -> AsyncIterator[Stream]:
    path = f"{url}/api/v1/conversations/{office.here.young.id}/events"
    async with (
        httpx.AsyncClient(timeout=20) as client,
        client.stream("GET", path, headers=who.headers | headers) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield Stream(answer.aiter_lines())


async def _say(office: Office, text: str) -> None:
    await Receiver(office.resources.db, office.resources.fanout).receive(an_envelope(text, "lou", office.here.slug))


async def test_a_line_shows_once_and_its_state_again_when_it_changes(office: Office, url: str) -> None:
    async with _stream(office, url, office.here.adviser) as stream:
        first: Any = json.loads((await stream.next())["data"])
        assert (first["author"], first["text"]) == ("person", "bonjour")
        row = await an_outgoing(office.resources, office.here.id, office.here.young.id)
        await _say(office, "et encore")
        news = [json.loads((await stream.next())["data"]) for _ in range(2)]
        assert [(one["author"], one["state"]) for one in news] == [("bot", "queued"), ("person", "received")]
        async with transaction(office.resources.db, [office.here.id]) as conn:
            await conn.execute("update outbox set state = 'sent' where id = $1", row)
        changed: Any = json.loads((await stream.next())["data"])
        assert (changed["id"], changed["state"]) == (row, "sent")


async def test_a_stream_that_comes_back_goes_on_after_its_last_line(office: Office, url: str) -> None:
    async with _stream(office, url, office.here.adviser) as stream:
        last = (await stream.next())["id"]
    await _say(office, "pendant la coupure")
    async with _stream(office, url, office.here.adviser, **{"Last-Event-ID": last}) as stream:
        assert json.loads((await stream.next())["data"])["text"] == "pendant la coupure"


async def test_a_revoked_token_ends_its_streams(office: Office, url: str) -> None:
    async with _stream(office, url, office.here.adviser) as stream:
        await stream.next()
        async with transaction(office.resources.db, [office.here.id]) as conn:
            await conn.execute("update api_token set revoked_at = now()")
        assert (await stream.next())["event"] == "signed-out"


@pytest.mark.parametrize("words", ["a\nb", "a\r\nb", "a\rb"])
def test_words_with_line_breaks_cannot_forge_an_event(words: str) -> None:
    assert event(words, "x").splitlines() == ["event: x", "data: a", "data: b", ""]
