"""The way out to Telegram: python-telegram-bot makes the calls, over a transport of ours. The one door to `telegram`.

Calls are plain dictionaries (`do_api_request`), answers are read as they come. What fails is said as one of the five
deliveries, by one table (`_verdict`), for messages and for every other call alike:

    429                                     Later, for the whole account
    401, 404 (a token nobody knows)         Later, for the whole account: an operator mends it, no message is lost
    403, chat not found, chat migrated      Gone
    other 400                               Refused: an incident of ours
    5xx, 409, no connection                 Later: Telegram did not take it
    a request that left, no answer          Unknown: it may have arrived

Importing this module costs half a second; only processes that speak to Telegram do.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any, Final

import aiohttp
import orjson
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot import clock
from bot.channels.errors import TooBig
from bot.channels.pacing import Pacing
from bot.channels.rendering import messages
from bot.channels.telegram_accounts import Credentials
from bot.domain.messages import Delivery, Gone, Later, Media, Outbound, Refused, Sent, Unknown
from bot.resources import Resources
from bot.resources.buckets import Buckets, Pace

MOST_BYTES: Final = 10_000_000
"""The largest file brought home."""
_SECONDS: Final = 30.0
_CONNECT_SECONDS: Final = 10.0
_CONNECTIONS: Final = 100
_FLOOD_SECONDS: Final = 5
_GONE: Final = ("chat not found", "user not found", "peer_id_invalid", "chat_id is empty", "input_user_deactivated")
"""Sentences of a 400 that mean "never again at this address"; a 403 always does."""
_JSON: Final = {"Content-Type": "application/json"}


class CallFailed(Exception):
    """A call that did not succeed. `delivery` says what it means: never Sent."""

    def __init__(self, delivery: Later | Refused | Gone | Unknown) -> None:
        super().__init__(type(delivery).__name__)
        self.delivery = delivery


class _Flood(TelegramError):
    """429. python-telegram-bot's own RetryAfter needs the answer to be well formed; a proxy's is not."""

    def __init__(self, seconds: int) -> None:
        super().__init__("flood")
        self.seconds = seconds


class _NeverLeft(NetworkError):
    """No connection could be made: Telegram saw nothing."""


class _NoAnswer(NetworkError):
    """The request left and no whole answer came back."""


class _Transport(BaseRequest):
    """python-telegram-bot's transport seam on one aiohttp session: a tenth of the cost of its own."""

    __slots__ = ("_session",)

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    @property
    def read_timeout(self) -> float:
        """Seconds a call may take in all."""
        return _SECONDS

    async def initialize(self) -> None:
        """The session is open already."""

    async def shutdown(self) -> None:
        """The session belongs to the Api."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """The answer as it came; what is not JSON is no answer. (The library's own version logs its content.)"""
        try:
            answer = orjson.loads(payload)
        except orjson.JSONDecodeError:
            answer = None
        if not isinstance(answer, dict):
            raise _NoAnswer("not an answer")
        return answer

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        *_: Any,
        **__: Any,
    ) -> tuple[int, bytes]:
        """Status and body. Errors are our own, without the address: it holds the token."""
        body = orjson.dumps(request_data.parameters) if request_data else b""
        timeout = _timeout(read_timeout)
        try:
            async with self._session.request(method, _address(url), data=body, headers=_JSON, timeout=timeout) as got:
                status, payload = got.status, await got.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise _NeverLeft("no connection") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise _NoAnswer(type(error).__name__) from None
        if status == 429:
            raise _Flood(_retry_after(payload))
        if status < 300 and b'"result"' not in payload:
            raise _NoAnswer("no result")
        return status, payload


class _Client(Bot):
    """One token. The parent warns at every call that has a method of its own; plain calls are meant here."""

    @classmethod
    def _warn(cls, *_: object, **__: object) -> None:
        return


class Api:
    """Calls to the Bot API, for every account, on shared connections."""

    def __init__(self, url: str, accounts: Mapping[str, Credentials]) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=_CONNECTIONS),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=_timeout(_SECONDS),
        )
        transport = _Transport(self._session)
        self._clients = {
            name: _Client(one.token, f"{url}/bot", request=transport, get_updates_request=transport)
            for name, one in accounts.items()
        }
        self._files = {name: f"{url}/file/bot{one.token}/" for name, one in accounts.items()}

    async def call(self, account: str, method: str, seconds: float = 0.0, **parameters: Any) -> Any:
        """The `result` of a Bot API method as plain data, within `seconds` (0 = the usual 30). Raises CallFailed."""
        client = self._clients.get(account)
        if client is None:
            raise CallFailed(_later(60, "unknown_account"))
        try:
            return await client.do_api_request(method, parameters, read_timeout=seconds or _SECONDS)
        except TelegramError as error:
            raise CallFailed(_verdict(error)) from None

    async def download(self, account: str, path: str) -> bytes:
        """The content behind a `file_path` of getFile. Raises TooBig, CallFailed."""
        try:
            async with self._session.get(_address(self._files[account] + path)) as got:
                if got.status != 200:
                    raise CallFailed(_later(5, f"status {got.status}"))
                return await _read_capped(got)
        except (aiohttp.ClientError, TimeoutError, OSError):
            raise CallFailed(_later(5, "no file")) from None

    async def close(self) -> None:
        """Close every connection."""
        await self._session.close()


class TelegramDoor:
    """Every Telegram account's way out."""

    def __init__(self, resources: Resources, accounts: Mapping[str, Credentials]) -> None:
        rate = resources.settings.telegram_rate
        self._api = Api(resources.settings.telegram_api_url, accounts)
        self._pacing = Pacing(Buckets(resources.redis, Pace.of(rate or 1.0)), rate)

    async def send(self, outbound: Outbound) -> Delivery:
        """Send in one message, or in several when it is too long for one; the first one's name is kept."""
        sent: Delivery = Unknown("nothing to send")
        for number, message in enumerate(messages(outbound)):
            delivery = await self._send_one(outbound, message)
            if not isinstance(delivery, Sent):
                return Unknown("partly sent") if number else delivery
            sent = sent if number else delivery
        return sent

    async def fetch(self, account: str, media: Media) -> bytes | None:
        """The file behind `media`; None when Telegram does not give it, now or for ever. Raises TooBig."""
        if media.size > MOST_BYTES:
            raise TooBig
        try:
            found = await self._api.call(account, "getFile", file_id=media.provider_id)
            path = str(found.get("file_path", ""))
            return await self._api.download(account, path) if _is_safe(path) else None
        except CallFailed as failed:
            if isinstance(failed.delivery, Refused) and "too big" in failed.delivery.why.lower():
                raise TooBig from None
            return None

    async def close(self) -> None:
        """Let go of connections."""
        await self._api.close()

    async def _send_one(self, outbound: Outbound, message: dict[str, Any]) -> Delivery:
        if later := await self._pacing.take(outbound.account, outbound.identifier):
            return later
        try:
            result = await self._api.call(outbound.account, "sendMessage", **message)
        except CallFailed as failed:
            if isinstance(failed.delivery, Later) and failed.delivery.account_wide:
                closed = (failed.delivery.at - clock.now()).total_seconds()
                await self._pacing.close(outbound.account, closed)
            return failed.delivery
        return Sent(str(result.get("message_id", "")) if isinstance(result, dict) else "")


def _refusal(error: TelegramError) -> Refused | Gone:
    """A 400: about the address, or about what we sent."""
    known = any(sentence in error.message.lower() for sentence in _GONE)
    return Gone(error.message) if known else Refused(error.message)


def _later(seconds: float, reason: str, account_wide: bool = False) -> Later:
    return Later(clock.now() + timedelta(seconds=seconds), reason, account_wide)


def _retry_after(payload: bytes) -> int:
    """Seconds that a 429 asks for; a few when it does not say."""
    try:
        return max(1, int(orjson.loads(payload)["parameters"]["retry_after"]))
    except (ValueError, KeyError, TypeError):
        return _FLOOD_SECONDS


@lru_cache(8)
def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=seconds, connect=_CONNECT_SECONDS)


@lru_cache(256)
def _address(url: str) -> URL:
    """Parsed once: a handful of methods per account. Already encoded: a path is never reinterpreted."""
    return URL(url, encoded=True)


def _is_safe(path: str) -> bool:
    """A relative path below the account's own folder, as the public server gives them."""
    plain = path.isascii() and path.isprintable() and not set(path) & set("\\?#% ")
    return plain and all(part not in {"", ".", ".."} for part in path.split("/"))


async def _read_capped(got: aiohttp.ClientResponse) -> bytes:
    content = bytearray()
    async for piece in got.content.iter_chunked(65_536):
        content += piece
        if len(content) > MOST_BYTES:
            raise TooBig
    return bytes(content)


_Meaning = Callable[[Any], Later | Refused | Gone | Unknown]
_VERDICTS: Final[tuple[tuple[type[TelegramError], _Meaning], ...]] = (
    (_Flood, lambda error: _later(error.seconds, "too_many", account_wide=True)),
    (_NoAnswer, lambda error: Unknown(error.message)),
    (Forbidden, lambda error: Gone(error.message)),
    (ChatMigrated, lambda error: Gone(error.message)),
    (BadRequest, _refusal),
    (InvalidToken, lambda _: _later(60, "token", account_wide=True)),
    (Conflict, lambda _: _later(5, "conflict")),
    (NetworkError, lambda _: _later(3, "away")),
    (TelegramError, lambda error: Unknown(type(error).__name__)),
)
"""First match wins: for the library a BadRequest is a NetworkError too."""


def _verdict(error: TelegramError) -> Later | Refused | Gone | Unknown:
    return next(meaning(error) for kind, meaning in _VERDICTS if isinstance(error, kind))
