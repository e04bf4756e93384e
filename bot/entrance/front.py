"""One address for several apps: the beginning of the path says which one answers."""

from collections.abc import Mapping

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

WEB = ("/hooks", "/chat")
ADMIN = ("/console", "/api")
HEALTH = ("/healthz", "/readyz", "/metrics")


class Front:
    """An ASGI app that passes requests on. What is unknown goes to the first app, which has the page that says so."""

    def __init__(self, health: Starlette, web: Starlette | None, admin: Starlette | None) -> None:
        self.apps = [app for app in (web, admin) if app is not None]
        self._home = "/chat" if web else "/console"
        self._by_prefix: Mapping[str, ASGIApp] = {
            prefix: app
            for prefixes, app in ((WEB, web), (ADMIN, admin), (HEALTH, health))
            if app is not None
            for prefix in prefixes
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._choose(scope["path"])(scope, receive, send)

    def _choose(self, path: str) -> ASGIApp:
        if path == "/":
            return RedirectResponse(self._home)
        first = "/" + path.split("/", 2)[1] if path.startswith("/") else path
        if first in self._by_prefix:
            return self._by_prefix[first]
        if first in (*WEB, *ADMIN):
            return PlainTextResponse("not served here\n", 404)
        return self.apps[0]
