"""What the machine could not finish, in words, with what to do about it."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from admin_api.console.pages import page
from admin_api.console.session import at_desk
from bot.store import desk as store


async def show(request: Request) -> Response:
    """The page."""
    async with at_desk(request) as desk:
        rows = await store.incidents(desk.conn, desk.actor.agency_id)
        agency = await store.agency(desk.conn, desk.actor.agency_id)
        return page("incidents.html", viewer=desk.actor, csrf=desk.csrf, rows=rows, agency=agency)


ROUTES: Final = (Route("/console/incidents", show),)
