"""The advisers' app: /api/v1 for programs, /console for people, behind one edge.

The edge caps what comes in, dresses what goes out, and turns the unforeseen into a plain 500 and one log line that
names the place and never a word of anybody.
"""

import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import structlog
from fastapi import FastAPI, HTTPException
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from admin_api import agencies, audit, conversations, errors, files, tasks, young_people
from admin_api.console import routes as console_routes
from admin_api.console.pages import SignedOut, on_console_error, on_signed_out
from admin_api.edge import Replayed, on_replayed
from bot.domain.headers import security_headers
from bot.resources import Resources

_log = structlog.get_logger()
_HOUSE: Final = tuple(str(Path(__file__).parent.parent / room) for room in ("bot", "admin_api"))
_MOST_BYTES: Final = 64 * 1024
_API: Final = "/api/v1"
_RESOURCES: Final = (agencies, young_people, conversations, tasks, files, audit)

Handler = Callable[[Request, Exception], Awaitable[Response]]


def create_app(resources: Resources) -> Starlette:
    """The app under /api and /console."""
    secure = resources.settings.public_url.startswith("https://")
    handlers: dict[Any, Any] = {kind: _by_side(handler) for kind, handler in errors.HANDLERS.items()}
    handlers |= {Replayed: on_replayed, SignedOut: on_signed_out}
    app = FastAPI(
        title="allervers",
        version="1",
        summary="What advisers of a Mission Locale do, for programs.",
        openapi_url=f"{_API}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers=handlers,
        middleware=[Middleware(Edge, secure=secure), Middleware(GZipMiddleware, minimum_size=600)],
    )
    app.state.resources = resources
    for resource in _RESOURCES:
        app.include_router(resource.router, prefix=_API)
    app.routes.extend(console_routes())
    _describe(app)
    return app


def _by_side(handler: Handler) -> Handler:
    """Programs get a problem, people get a page."""

    async def answer(request: Request, error: Exception) -> Response:
        if request.url.path.startswith(_API):
            return await handler(request, error)
        return await on_console_error(request, error)

    return answer


def _describe(app: FastAPI) -> None:
    """OpenAPI says how to sign in, and that what is refused is a problem of ours, not the framework's own shape."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = generate()
            schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            schema["security"] = [{"token": []}]
            for leftover in ("HTTPValidationError", "ValidationError"):
                schema["components"]["schemas"].pop(leftover, None)
            _only_problems(schema)
        return app.openapi_schema or {}

    app.openapi = openapi  # type: ignore[method-assign]  # the framework's documented way


def _only_problems(schema: dict[str, Any]) -> None:
    for path in schema["paths"].values():
        for operation in path.values():
            for status, answer in operation["responses"].items():
                if status >= "400":
                    answer["content"].pop("application/json", None)


class Edge:
    """Bytes in are counted, headers out are added, the unforeseen ends here."""

    def __init__(self, app: ASGIApp, secure: bool) -> None:
        self._app = app
        dressing = security_headers(secure) | {"cache-control": "no-store"}
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
                own = {name for name, _ in message["headers"]}
                extra = [pair for pair in self._dressing if pair[0] not in own]
                message = {**message, "headers": [*message["headers"], *extra]}
            await send(message)

        try:
            await self._app(scope, _counted(receive), dressed)
        except Exception as error:
            _log.error("admin.failed", kind=type(error).__name__, at=_place(error), route=_route(scope))
            if not begun:
                await _refuse("internal", scope, receive, dressed)


async def _refuse(code: str, scope: Scope, receive: Receive, send: Send) -> None:
    request, problem = Request(scope), errors.Problem(code)
    api = request.url.path.startswith(_API)
    response = await (errors.on_problem(request, problem) if api else on_console_error(request, problem))
    await response(scope, receive, send)


def _counted(receive: Receive) -> Receive:
    total = 0

    async def counting() -> Message:
        nonlocal total
        message = await receive()
        total += len(message.get("body", b""))
        if total > _MOST_BYTES:
            raise HTTPException(413)  # the framework's own class: it lets this one through its body reader
        return message

    return counting


def _route(scope: Scope) -> str:
    """The route's pattern: an address may carry ids, a pattern carries none."""
    return str(getattr(scope.get("route"), "path", ""))


def _place(error: BaseException) -> str:
    """File and line of ours that it passed through last."""
    ours = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(_HOUSE)]
    return f"{ours[-1].filename.rpartition('/')[2]}:{ours[-1].lineno}" if ours else ""
