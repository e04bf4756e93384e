"""The webhook: what Telegram brings becomes durable before it is acknowledged.

200 means durable: it leaves after the commit, and never before. 503 with Retry-After means "nothing was kept, come
back": Telegram waits and sends again, in order. An update nobody can read is kept raw and answered 200, because a 5xx
would hold up everything the same person says for a day. Never 410: after 23 hours of it Telegram forgets the hook.
"""

import hmac
from collections.abc import Mapping
from typing import Final

import orjson
import structlog
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.channels.telegram_accounts import Credentials, ensure_default
from bot.domain.messages import Envelope
from bot.domain.words import clean
from bot.handlers.telegram import Read, Unreadable
from bot.resources import Resources, metrics
from bot.store.inbox import Receiver, UnknownAccount, park
from bot.store.pool import StoreDown

MOST_BYTES: Final = 1_000_000
"""The largest update read. Telegram's own are a few kilobytes."""
_SECRET: Final = b"x-telegram-bot-api-secret-token"
_KEPT: Final = PlainTextResponse("")
_WRONG_SECRET: Final = PlainTextResponse("wrong secret\n", 401)
_TOO_LARGE: Final = PlainTextResponse("too large\n", 413)
_NOT_YET: Final = PlainTextResponse("starting\n", 503, {"Retry-After": "5"})
_AWAY: Final = PlainTextResponse("not stored\n", 503, {"Retry-After": "2"})
_log = structlog.get_logger()


class Hook:
    """POST /hooks/telegram/{account}: an ASGI app of its own, a third of the cost of a framework's route."""

    def __init__(self, receiver: Receiver, resources: Resources) -> None:
        self._receiver, self._resources = receiver, resources
        self._known: Mapping[str, Credentials] = {}
        self._read: Read | None = None

    def open(self, known: Mapping[str, Credentials], read: Read) -> None:
        """From now on updates are read; until now they are answered "come back"."""
        self._known, self._read = known, read

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one update."""
        response = await self._answer(scope, receive)
        await response(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        account = scope["path_params"]["account"]
        if self._read is None:
            return _NOT_YET
        if not self._proves_itself(account, scope):
            return _WRONG_SECRET
        raw = await _body(receive)
        if raw is None:
            return _TOO_LARGE
        try:
            callback = await self.take(account, raw)
        except StoreDown:
            return _AWAY
        return _answering(callback) if callback else _KEPT

    def _proves_itself(self, account: str, scope: Scope) -> bool:
        """The secret is right, compared in constant time; an account nobody knows takes as long as a wrong secret."""
        known = self._known.get(account)
        given = next((value for name, value in scope["headers"] if name == _SECRET), b"")
        same = hmac.compare_digest(given, known.secret.encode() if known else b"")
        return same and known is not None

    async def take(self, account: str, raw: bytes) -> str:
        """Make one update durable, count it as set aside, or park it; the callback that wants an answer, or "".

        Raises StoreDown: nothing was kept.
        """
        assert self._read is not None
        try:
            reading = self._read(account, raw)
        except Unreadable as unreadable:
            await park(self._resources.db, "telegram", account, raw, clean(unreadable.why))
            return ""
        if reading.envelope is None:
            metrics.ignored.labels("telegram", reading.kind).inc()
        else:
            await self._receive(reading.envelope)
        return reading.callback

    async def _receive(self, envelope: Envelope) -> None:
        try:
            await self._receiver.receive(envelope)
        except UnknownAccount as error:
            _log.error("telegram.account_without_agency", account=envelope.account)
            await ensure_default(self._resources)
            raise StoreDown from error


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None when it is over the cap, or when the sender hung up."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MOST_BYTES:
            return None
    return body


def _answering(callback: str) -> Response:
    """The button stops spinning: the call rides in our own answer and costs no request."""
    call = {"method": "answerCallbackQuery", "callback_query_id": callback}
    return Response(orjson.dumps(call), media_type="application/json")
