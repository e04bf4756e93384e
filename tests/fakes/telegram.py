"""A Bot API server on loopback: it checks what it is told, does what a test scripts, and remembers everything.

Three faces, as the real one has: methods (`/bot<token>/<method>`), files (`/file/bot<token>/<path>`), and the pushing
of updates to a hook, with Telegram's own rules for order, retries and expiry.
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

from bot import clock

Check = Callable[[str, Mapping[str, Any]], str]
"""What is wrong with a call ("" = nothing): from (method, parameters)."""


@dataclass(frozen=True)
class Call:
    """One call that arrived, and when (seconds on a monotonic clock); `accepted` when it was answered with ok."""

    at: float
    token: str
    method: str
    parameters: dict[str, Any]
    accepted: bool


@dataclass(frozen=True)
class Answer:
    """A scripted answer."""

    status: int
    body: bytes

    @classmethod
    def error(cls, status: int, description: str, **parameters: int) -> "Answer":
        """As the Bot API says an error."""
        said: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
        return cls(status, json.dumps(said | ({"parameters": parameters} if parameters else {})).encode())

    @classmethod
    def flood(cls, seconds: int) -> "Answer":
        """429."""
        return cls.error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


class Drop:
    """Take the request, then cut the line."""


class Hang:
    """Take the request, and never answer."""


Scripted = Answer | Drop | Hang


def lightly(method: str, parameters: Mapping[str, Any]) -> str:
    """The limits that a message most easily breaks."""
    if method != "sendMessage":
        return ""
    text = parameters.get("text", "")
    if not text.strip():
        return "Bad Request: message text is empty"
    if len(text.encode("utf-16-le")) > 2 * 4096:
        return "Bad Request: message is too long"
    keys = [key for row in parameters.get("reply_markup", {}).get("inline_keyboard", []) for key in row]
    if any(not key["text"] for key in keys):
        return "Bad Request: button text is empty"
    if any(not 1 <= len(key["callback_data"].encode()) <= 64 for key in keys):
        return "Bad Request: BUTTON_DATA_INVALID"
    return ""


def as_aiogram(method: str, parameters: Mapping[str, Any]) -> str:
    """Everything aiogram knows of a method: names, types, required fields. Importing it takes seconds."""
    from aiogram import methods
    from pydantic import ValidationError

    model = getattr(methods, method[0].upper() + method[1:], None)
    if model is None:
        return f"no such method: {method}"
    try:
        call = model.model_validate(dict(parameters))
    except ValidationError as error:
        return str(error)
    unknown = call.model_extra
    return f"unknown parameters: {sorted(unknown)}" if unknown else lightly(method, parameters)


@dataclass
class BotApi:
    """The server. `script["sendMessage"].append(...)` decides the next answers; over `limit` messages a second: 429."""

    check: Check = lightly
    limit: int = 0
    retry_after: int = 1
    script: defaultdict[str, deque[Scripted]] = field(default_factory=lambda: defaultdict(deque))
    calls: list[Call] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    confirmed: int = 0
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    url: str = ""
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def sent(self) -> list[dict[str, Any]]:
        """The messages that were accepted, in order."""
        return [call.parameters for call in self.calls if call.method == "sendMessage" and call.accepted]

    def named(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    async def until(self, enough: Callable[["BotApi"], bool]) -> None:
        """Wait until what has arrived is `enough`; 20 s at most."""
        async with asyncio.timeout(20):
            while not enough(self):
                self.arrived.clear()
                await self.arrived.wait()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["BotApi"]:
        """Serve on a free port of loopback."""
        app = web.Application(client_max_size=2**26)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.*}", self._file)
        runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            await runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method, token = request.match_info["method"], request.match_info["token"]
        parameters = await request.json() if request.can_read_body else dict(request.query)
        scripted = self.script[method].popleft() if self.script[method] else await self._answer(method, parameters)
        accepted = isinstance(scripted, Answer) and scripted.status == 200
        self.calls.append(Call(clock.monotonic(), token, method, parameters, accepted))
        self.arrived.set()
        return await _play(scripted, request)

    async def _answer(self, method: str, parameters: dict[str, Any]) -> Answer:
        wrong = self.check(method, parameters)
        if wrong:
            return Answer.error(400, wrong)
        if method == "sendMessage" and self.limit and self._in_last_second() >= self.limit:
            return Answer.flood(self.retry_after)
        reply = getattr(self, f"_{method}", None)
        result = (await reply(parameters)) if reply else True
        return (
            result if isinstance(result, Answer) else Answer(200, json.dumps({"ok": True, "result": result}).encode())
        )

    def _in_last_second(self) -> int:
        since = clock.monotonic() - 1.0
        return sum(call.at > since and call.accepted for call in self.calls[-2 * self.limit :])

    async def _sendMessage(self, parameters: dict[str, Any]) -> Any:  # noqa: N802 - the method's own name
        chat = {"id": int(parameters["chat_id"]), "type": "private"}
        return {"message_id": len(self.calls) + 1, "date": 1, "chat": chat, "text": parameters["text"]}

    async def _getUpdates(self, parameters: dict[str, Any]) -> Any:  # noqa: N802
        """Confirm what is below the offset, and give the rest; an empty queue is held for a moment only."""
        self.confirmed = max(self.confirmed, parameters.get("offset", 0))
        self.updates = [update for update in self.updates if update["update_id"] >= parameters.get("offset", 0)]
        if not self.updates:
            await asyncio.sleep(0.05)
        return self.updates[: parameters.get("limit", 100)]

    async def _getFile(self, parameters: dict[str, Any]) -> Any:  # noqa: N802
        if parameters["file_id"] not in self.files:
            return Answer.error(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        path, content = self.files[parameters["file_id"]]
        return {"file_id": parameters["file_id"], "file_unique_id": "u", "file_path": path, "file_size": len(content)}

    async def _file(self, request: web.Request) -> web.StreamResponse:
        content = next((body for path, body in self.files.values() if path == request.match_info["path"]), None)
        return web.Response(status=404) if content is None else web.Response(body=content)


async def _play(scripted: Scripted, request: web.Request) -> web.StreamResponse:
    if isinstance(scripted, Hang):
        await asyncio.Event().wait()
    if isinstance(scripted, Drop):
        assert request.transport is not None
        request.transport.abort()
    answer = scripted if isinstance(scripted, Answer) else Answer(500, b"")
    return web.Response(status=answer.status, body=answer.body, content_type="application/json")


@dataclass
class Pusher:
    """Brings updates to a hook as Telegram does: one at a time per chat (or per presser of buttons), again until 2xx.

    `pauses` holds the seconds Telegram would wait before each retry; `wait` spends them (default: none at all, so that
    a day of retries takes a moment). An update older than its lifetime is given up, and the next of its queue leaves.
    """

    url: str
    secret: str
    wait: Callable[[float], Awaitable[None]] = lambda _: asyncio.sleep(0)
    pauses: list[float] = field(default_factory=list)
    answers: list[tuple[int, int, bytes]] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)
    _queues: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    def push(self, update: dict[str, Any], raw: bytes | None = None) -> None:
        """Queue an update behind those of the same chat."""
        queue = queue_of(update)
        body = raw if raw is not None else json.dumps(update).encode()
        before = self._queues.get(queue)
        self._queues[queue] = asyncio.create_task(self._deliver(before, update, body))

    async def settle(self) -> None:
        """Until every queue is empty."""
        await asyncio.gather(*self._queues.values())

    async def _deliver(self, before: "asyncio.Task[None] | None", update: dict[str, Any], body: bytes) -> None:
        if before is not None:
            await before
        lifetime = 150.0 if "callback_query" in update else 86_400.0
        age, pause = 0.0, 1.0
        async with aiohttp.ClientSession() as session:
            while age <= lifetime:
                status, asked = await self._post(session, update, body)
                if 200 <= status < 300:
                    return
                wait = min(float(asked), 3600.0) if asked else (0.0 if pause == 1.0 else pause)
                pause = min(pause * 2, 60.0)
                self.pauses.append(wait)
                age += wait
                await self.wait(wait)
        self.given_up.append(update["update_id"])

    async def _post(self, session: aiohttp.ClientSession, update: dict[str, Any], body: bytes) -> tuple[int, str]:
        headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": self.secret}
        async with session.post(self.url, data=body, headers=headers) as got:
            self.answers.append((update.get("update_id", 0), got.status, await got.read()))
            return got.status, got.headers.get("Retry-After", "")


def queue_of(update: dict[str, Any]) -> str:
    """Messages queue by chat, pressed buttons by person: a text and a press may overtake each other."""
    if "callback_query" in update:
        return f"press {update['callback_query']['from']['id']}"
    content = next((value for name, value in update.items() if name != "update_id"), {})
    return f"chat {content.get('chat', {}).get('id', 0)}"
