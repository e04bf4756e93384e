"""The list: who needs a human now, why, and since when. Live; the order is said on the page."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from admin_api.console.pages import SignedOut, html, page
from admin_api.console.session import Console, at_desk, resources_of, visit
from admin_api.edge import Desk
from admin_api.live import event, streamed
from admin_api.shapes import decode_cursor, encode_cursor
from bot import clock
from bot.domain.words import clean
from bot.store import desk as store
from bot.store.pool import StoreDown, transaction

VIEWS: Final = ("waiting", "mine", "all")
_PAGE: Final = 50


class _Wanted:
    """What the address asks for; anything odd in it is read as nothing."""

    def __init__(self, request: Request) -> None:
        asked = request.query_params
        self.view = asked.get("view", "") if asked.get("view") in VIEWS else "waiting"
        self.search = clean(asked.get("q", ""), 100)
        self.cursor = asked.get("cursor", "")[:200]

    def filter(self, adviser_id: int) -> store.Filter:
        """As the store wants it. Searching looks at everybody."""
        after = decode_cursor(self.cursor, int, float, int)
        return store.Filter(
            adviser_id=adviser_id if self.view == "mine" and not self.search else None,
            waiting=self.view == "waiting" and not self.search,
            search=self.search,
            after=(after[0], after[1], after[2]) if after else None,
            limit=_PAGE,
        )

    def address(self, path: str, **more: str) -> str:
        """The same question at another address."""
        asked = {"view": self.view, "q": self.search, "cursor": self.cursor} | more
        return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"


async def show(request: Request) -> Response:
    """The page."""
    wanted = _Wanted(request)
    async with at_desk(request) as desk:
        parts = await _parts(desk, wanted)
        return page("people.html", viewer=desk.actor, csrf=desk.csrf, wanted=wanted, **parts)


async def _parts(desk: Desk, wanted: _Wanted) -> dict[str, Any]:
    """Everything that changes while the page is open."""
    who = (desk.actor.agency_id, desk.actor.adviser_id)
    rows = await store.people_page(desk.conn, who[0], wanted.filter(who[1]))
    more = encode_cursor(rows[-1].rank, rows[-1].clock, rows[-1].id) if len(rows) == _PAGE else ""
    return {
        "rows": rows,
        "figures": await store.figures(desk.conn, *who),
        "agency": await store.agency(desk.conn, who[0]),
        "me": desk.actor,
        "next_page": wanted.address("/console", cursor=more) if more else "",
    }


async def live(request: Request) -> Response:
    """The same parts again, whenever something changed in the agency."""
    async with at_desk(request) as desk:
        topic = f"agency:{desk.actor.agency_id}"
    return streamed(resources_of(request), [topic], Watch(request, _list_parts(request)).look)


Parts = Callable[[Console], Awaitable[dict[str, str]]]
"""Renders the parts of a page that change: target -> HTML."""


def _list_parts(request: Request) -> Parts:
    wanted = _Wanted(request)

    async def parts(desk: Console) -> dict[str, str]:
        values = await _parts(desk, wanted) | {"wanted": wanted, "now": clock.now()}
        return {"#people": html("parts/people.html", **values), "#filters": html("parts/filters.html", **values)}

    return parts


class Watch:
    """One open page: renders its parts at each look and sends those that changed, as htmx partials."""

    def __init__(self, request: Request, parts: Parts) -> None:
        self._request, self._parts = request, parts
        self._shown: dict[str, str] = {}

    async def look(self) -> Iterable[str] | None:
        """What changed since the last look; None once the session is over. Looking does not keep a session alive."""
        try:
            async with transaction(resources_of(self._request).db) as conn:
                found = await visit(self._request, conn, "open")
                if found is None:
                    return None
                desk = Console(found.actor, conn, resources_of(self._request), visit=found)
                parts = await self._parts(desk)
        except StoreDown:
            return []
        except SignedOut:
            return None
        return self._changed(parts)

    def _changed(self, parts: dict[str, str]) -> list[str]:
        # the first look sends everything: what changed between the page and its stream would be lost otherwise
        before, self._shown = self._shown, parts
        return [
            event(f'<hx-partial hx-target="{target}" hx-swap="innerMorph">{part}</hx-partial>')
            for target, part in parts.items()
            if before.get(target) != part
        ]


ROUTES: Final = (Route("/console", show), Route("/console/live", live))
