"""The young people's app: the hooks of the channels and the web chat, behind one edge.

The edge dresses every answer (headers), turns what goes wrong into a page in plain French, and shows no stack trace
to anybody.
"""

from collections.abc import Awaitable, Callable, Mapping

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.domain.headers import security_headers
from bot.handlers import web
from bot.handlers.telegram_start import TelegramIn
from bot.handlers.web_pages import Frame, page
from bot.resources import Resources
from bot.store.inbox import Receiver
from bot.store.pool import StoreDown

_log = structlog.get_logger()


def create_app(resources: Resources) -> Starlette:
    """The app under /hooks and /chat. Its lifespan listens to Telegram, where an account is set."""
    receiver = Receiver(resources.db, resources.fanout)
    telegram = TelegramIn(receiver, resources)
    handlers: dict[type[Exception], Callable[..., Awaitable[Response]]] = {HTTPException: _refuse, StoreDown: _wait}
    secure = resources.settings.public_url.startswith("https://")
    pages = Mount("", routes=web.routes(resources, receiver), middleware=[Middleware(GZipMiddleware, minimum_size=600)])
    return Starlette(
        routes=[*telegram.routes, pages],  # updates by the hundred need no packing
        middleware=[Middleware(Edge, secure=secure)],
        exception_handlers=handlers,
        lifespan=lambda _: telegram.running(),
    )


async def _refuse(request: Request, error: HTTPException) -> Response:
    return _page(request, error.status_code, error.headers)


async def _wait(request: Request, error: StoreDown) -> Response:
    return _page(request, 503, {"Retry-After": "5"})


def _page(request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
    if request.url.path.startswith("/hooks"):
        response: Response = PlainTextResponse(str(status), status)
    else:
        response = page("error.html", Frame(), status, code=status)
    response.headers.update(headers or {})
    return response


class Edge:
    """Headers on every answer; an unforeseen error becomes a 500 page and one log line that names its place, never
    its words.
    """

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self._app = app
        dressing = security_headers(secure)
        self._dressing = [(name.encode(), value.encode()) for name, value in dressing.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def dressed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": self._dress(message["headers"])}
            await send(message)

        try:
            await self._app(scope, receive, dressed)
        except Exception as error:
            _log.error("web.failed", endpoint=_place(scope), kind=type(error).__name__, at=_raised_at(error))
            if not begun:
                await _page(Request(scope), 500)(scope, receive, dressed)

    def _dress(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        own = {name for name, _ in headers}
        extra = [pair for pair in self._dressing if pair[0] not in own]
        if b"cache-control" not in own:
            extra.append((b"cache-control", b"no-store"))
        return [*headers, *extra]


def _place(scope: Scope) -> str:
    """Who was answering: the address itself may identify a person."""
    return str(getattr(scope.get("endpoint"), "__qualname__", ""))


def _raised_at(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_qualname}:{trace.tb_lineno}" if trace else ""
