"""Both faces of Telegram on loopback: the Bot API that a bot calls, and the webhook calls that a bot receives.

Calls are recorded with their time and answered after an optional delay; a limit answers 429 the way Telegram does,
and may close the account once at a chosen moment. Updates leave one at a time per chat, the next one after the last
was taken; what is not taken is sent again, at once and then after growing pauses (shortened here: 0.1 s doubling to 2
s instead of 2 s to 2 min).
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl

import orjson

from bench import wire

TOKEN: Final = "123456:bench-token-for-loopback-only"
SECRET: Final = "bench-secret"
_LONGEST_PAUSE: Final = 2.0
_STARTED: Final = 1_760_000_000  # the date in every message; a bot that computes with it would be wrong anyway


def now() -> float:
    """Seconds on the bench's clock."""
    return time.perf_counter()


@dataclass(slots=True)
class Message:
    """What a bot sent to a chat: words, buttons as (callback data, label), when (bench clock), and the markup as it
    came.
    """

    chat: int
    text: str
    buttons: list[tuple[str, str]]
    at: float
    id: int
    markup: Any = None


@dataclass
class Trouble:
    """What the provider does to the bot. Times in seconds; `limit` in messages a second (0 = none)."""

    delay: float = 0.0
    limit: int = 0
    retry_after: int = 3
    blocked: set[int] = field(default_factory=set)
    closed_until: float = 0.0
    # for the next messages, each to a chat that was not hurt before: 500, 429, drop (nothing accepted, no answer),
    # drop_after and silence (accepted, no answer)
    next_answers: deque[str] = field(default_factory=deque)
    hurt: set[int] = field(default_factory=set)

    def next_for(self, chat: int) -> str:
        """The trouble this chat's message meets, "" for none."""
        if not self.next_answers or chat in self.hurt:
            return ""
        self.hurt.add(chat)
        return self.next_answers.popleft()


class BotApi:
    """The server a bot calls. `on_message` hears every accepted message at once, before it is answered."""

    def __init__(self, trouble: Trouble, on_message: Callable[[Message], None]) -> None:
        self.trouble = trouble
        self.calls: dict[str, int] = {}
        self.sent_at: list[float] = []
        self.blocked_at: list[
            float
        ] = []  # messages to people who blocked the bot: they count against the account's rate
        self.refused_at: list[float] = []
        self.port = 0
        self._on_message = on_message
        self._last_id = 0
        self._recent: deque[float] = deque()
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """Listens; returns the port."""
        self._server, self.port = await wire.serve(self._called)
        return self.port

    async def stop(self) -> None:
        """Stops listening."""
        if self._server:
            self._server.close()

    def _called(self, path: str, head: bytes, body: bytes, answer: wire.Answer) -> None:
        name = path.rsplit("/", 1)[1].partition("?")[0]
        self.calls[name] = self.calls.get(name, 0) + 1
        if name.lower() == "sendmessage":
            self._send(_parameters(head, body), answer)
        elif name.lower() == "getme":
            answer(_ok({"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}))
        else:
            answer(_ok(True))

    def _send(self, parameters: dict[str, Any], answer: wire.Answer) -> None:
        chat, at = int(parameters["chat_id"]), now()
        how = self.trouble.next_for(chat)
        refusal = self._refusal(chat, at) or _REFUSALS.get(how)
        if refusal is not None:
            answer(refusal)
            return
        self._last_id += 1
        self.sent_at.append(at)
        message = _message(chat, parameters, at, self._last_id)
        answered = _ok(
            {
                "message_id": self._last_id,
                "date": _STARTED,
                "chat": {"id": chat, "type": "private"},
                "text": message.text,
            }
        )
        self._on_message(message)
        if how == "drop_after":
            answer(b"")
        elif how != "silence":
            self._later(answer, answered)

    def _later(self, answer: wire.Answer, answered: bytes) -> None:
        if self.trouble.delay:
            asyncio.get_running_loop().call_later(self.trouble.delay, answer, answered)
        else:
            answer(answered)

    def _refusal(self, chat: int, at: float) -> bytes | None:
        """The refusal this message meets, if any: account closed, too many, blocked."""
        if chat in self.trouble.blocked and at >= self.trouble.closed_until:
            self.blocked_at.append(at)
            return _error(403, b"403 Forbidden", "Forbidden: bot was blocked by the user")
        wait = self._must_wait(at)
        if wait:
            self.refused_at.append(at)
            return _error(429, b"429 Too Many Requests", f"Too Many Requests: retry after {wait}", wait)
        return None

    def _must_wait(self, at: float) -> int:
        if at < self.trouble.closed_until:
            return max(1, round(self.trouble.closed_until - at + 0.5))
        if not self.trouble.limit:
            return 0
        recent = self._recent
        while recent and recent[0] <= at - 1:
            recent.popleft()
        if len(recent) >= self.trouble.limit:
            self.trouble.closed_until = at + self.trouble.retry_after
            return self.trouble.retry_after
        recent.append(at)
        return 0


def _ok(result: object) -> bytes:
    return wire.response(orjson.dumps({"ok": True, "result": result}))


def _error(code: int, status: bytes, description: str, retry_after: int = 0) -> bytes:
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if retry_after:
        body["parameters"] = {"retry_after": retry_after}
    return wire.response(orjson.dumps(body), status)


_REFUSALS: Final = {
    "500": _error(500, b"500 Internal Server Error", "Internal Server Error"),
    "429": _error(429, b"429 Too Many Requests", "Too Many Requests: retry after 1", 1),
    "drop": b"",
}


def _message(chat: int, parameters: dict[str, Any], at: float, number: int) -> Message:
    markup = parameters.get("reply_markup")
    markup = orjson.loads(markup) if isinstance(markup, str) else markup
    rows = markup.get("inline_keyboard", ()) if markup else ()
    buttons = [(b["callback_data"], b["text"]) for row in rows for b in row if "callback_data" in b]
    return Message(chat, str(parameters.get("text", "")), buttons, at, number, markup)


def _parameters(head: bytes, body: bytes) -> dict[str, Any]:
    """A call's parameters, whichever of the three encodings of the Bot API it uses."""
    kind = wire.content_type(head)
    if kind.startswith(b"application/json"):
        parameters: dict[str, Any] = orjson.loads(body)
        return parameters
    if kind.startswith(b"multipart/form-data"):
        return _multipart(kind, body)
    return dict(parse_qsl(body.decode(), keep_blank_values=True))


def _multipart(kind: bytes, body: bytes) -> dict[str, Any]:
    boundary = b"--" + kind.partition(b"boundary=")[2].strip(b'"')
    values = {}
    for part in body.split(boundary)[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0]
        values[name.decode()] = value[:-2].decode()
    return values


@dataclass(slots=True)
class _Update:
    body: bytes
    due: float
    taken: Callable[[float, float], None]  # (due, taken)
    id: int
    tries: int = 0


class Webhook:
    """Telegram's pushing side. `push` never loses an update: it is sent again until the bot answers 2xx."""

    def __init__(self, port: int, path: str, first: int = 0, lines: int = 100) -> None:
        self.pool = wire.Pool(port, lines)
        self.retries = 0
        self.twice = 0.0  # share of updates that are sent again although they were taken
        self.accepted: list[int] = []  # ids of the updates that were taken
        self.answers = 0  # methods that rode in the 200 answers
        self._path = path.encode()
        self._headers = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n".encode()
        self._queues: dict[int, deque[_Update]] = {}
        self._number = first
        self._open = 0

    @property
    def waiting(self) -> int:
        """Updates pushed and not yet taken."""
        return self._open

    def text(self, chat: int, text: str, taken: Callable[[float, float], None]) -> int:
        """A typed message; returns its update id."""
        person = {"id": chat, "is_bot": False, "first_name": "Persona", "language_code": "fr"}
        where = {"id": chat, "type": "private", "first_name": "Persona"}
        return self._push(
            chat,
            {
                "message": {
                    "message_id": self._number + 1,
                    "from": person,
                    "chat": where,
                    "date": _STARTED,
                    "text": text,
                }
            },
            taken,
        )

    def press(self, message: Message, data: str, taken: Callable[[float, float], None]) -> int:
        """A pressed button of `message`; returns its update id."""
        chat = message.chat
        bot = {"id": 123456, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
        shown = {
            "message_id": message.id,
            "from": bot,
            "chat": {"id": chat, "type": "private", "first_name": "Persona"},
            "date": _STARTED,
            "text": message.text,
            "reply_markup": message.markup,
        }
        person = {"id": chat, "is_bot": False, "first_name": "Persona", "language_code": "fr"}
        query = {"id": str(self._number + 1), "from": person, "message": shown, "chat_instance": "1", "data": data}
        return self._push(chat, {"callback_query": query}, taken)

    def _push(self, chat: int, update: dict[str, Any], taken: Callable[[float, float], None]) -> int:
        self._number += 1
        self._open += 1
        waiting = self._queues.setdefault(chat, deque())
        waiting.append(_Update(orjson.dumps({"update_id": self._number, **update}), now(), taken, self._number))
        if len(waiting) == 1:
            self._deliver(waiting)
        return self._number

    def _deliver(self, queue: deque[_Update]) -> None:
        update = queue[0]
        update.tries += 1

        def answered(status: int, body: bytes) -> None:
            if 200 <= status < 300:
                self._taken(queue, update, body)
            else:
                self._again(queue, update)

        self.pool.call(self._path, self._headers, update.body, answered)

    def _taken(self, queue: deque[_Update], update: _Update, body: bytes) -> None:
        queue.popleft()
        self._open -= 1
        self.accepted.append(update.id)
        if len(body) > 2:
            self.answers += 1
        if queue:
            self._deliver(queue)
        if self.twice and hash(update.body) % 100 < self.twice * 100:
            self.pool.call(self._path, self._headers, update.body, lambda status, body: None)
        update.taken(update.due, now())

    def _again(self, queue: deque[_Update], update: _Update) -> None:
        self.retries += 1
        pause = 0.0 if update.tries == 1 else min(_LONGEST_PAUSE, 0.05 * 2**update.tries)
        asyncio.get_running_loop().call_later(pause, self._deliver, queue)
