"""Ways back into a conversation (personal link, code typed by hand), the page of one's own data, and the pages to
read.

A link only ever opens a page with one button: what fetches links by itself (previews in messengers, scanners of mail)
consumes nothing and reads nothing.
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot import clock
from bot.actions.linking import join
from bot.domain.messages import Channel, Envelope, Inbound, InboundKind
from bot.handlers.web_data import as_json, as_page
from bot.handlers.web_forms import Cookie, read_form
from bot.handlers.web_pages import FRENCH, NOBODY, Frame, language_of, page
from bot.handlers.web_talk import Talks
from bot.resources import Resources
from bot.resources.secrets import hashed
from bot.store import web
from bot.store.inbox import Receiver
from bot.store.pool import transaction
from bot.store.web import ChatAgency, FoundLink, Visitor

_TRIES = 5
_MINUTES = 15


class Links:
    """The endpoints. One per process."""

    def __init__(self, resources: Resources, receiver: Receiver) -> None:
        self._resources, self._receiver, self._talks = resources, receiver, Talks(resources)
        self._cookie = Cookie(resources.settings.public_url)

    def routes(self) -> list[BaseRoute]:
        """The names under /chat that are no agency."""
        return [
            Route("/chat/notice", self.notice),
            Route("/chat/accessibilite", self.accessibility),
            Route("/chat/code", self.code),
            Route("/chat/code", self.type_code, methods=["POST"]),
            Route("/chat/l/{token}", self.knock),
            Route("/chat/l/{token}", self.come_back, methods=["POST"]),
            Route("/chat/donnees/{token}", self.data_gate),
            Route("/chat/donnees/{token}", self.data, methods=["POST"]),
        ]

    # --- pages to read ---

    async def notice(self, request: Request) -> Response:
        """GET /chat/notice and /chat/{agency}/notice: who keeps what, why, how long, and one's rights."""
        return page("notice.html", Frame(await self._agency(request)), robots="all")

    async def accessibility(self, request: Request) -> Response:
        """GET /chat/accessibilite: the statement, in the RGAA's terms."""
        return page("access.html", Frame(await self._agency(request)), robots="all")

    async def _agency(self, request: Request) -> ChatAgency:
        slug = request.path_params.get("agency") or request.query_params.get("chez", "")
        return await web.agency(self._resources.db, slug) or await web.agency(self._resources.db, "") or NOBODY

    # --- coming back ---

    async def code(self, request: Request) -> Response:
        """GET /chat/code: where a code from another device is typed."""
        return await self._code_page(request)

    async def type_code(self, request: Request) -> Response:
        """POST /chat/code: five tries in a quarter of an hour; a good code serves once."""
        form = await read_form(request)
        host = request.client.host if request.client else ""
        if not await self._resources.throttle(f"code:{host}", _TRIES, _MINUTES * 60):
            return await self._code_page(request, "throttled", 429)
        typed = "".join(form.get("code", "").split()).replace("-", "").upper()
        link = await web.find_link(self._resources.db, "device", hashed(typed)) if len(typed) == 8 else None
        if link is None or not await self._spend(link):
            return await self._code_page(request, "wrong", 422)
        return await self._enter(request, link, form)

    async def knock(self, request: Request) -> Response:
        """GET /chat/l/{token}: is it you?"""
        return await self._gate(request, "personal")

    async def come_back(self, request: Request) -> Response:
        """POST /chat/l/{token}: this browser is the person's from now on."""
        form = await read_form(request)
        link = await self._link(request, "personal")
        return await self._enter(request, link, form) if link else await self._gate(request, "personal")

    async def _spend(self, link: FoundLink) -> bool:
        async with transaction(self._resources.db, [link.agency_id]) as conn:
            return await web.use_link(conn, link)

    async def _enter(self, request: Request, link: FoundLink, form: dict[str, str]) -> Response:
        session = self._cookie.session(request, form)
        async with transaction(self._resources.db, [link.agency_id]) as conn:
            await join(conn, self._resources.secrets, link, session.identifier)
            slug = await web.slug_of(conn, link.agency_id)
        key = f"{session.identifier[:24]}:{clock.token(12)}:back"
        back = Envelope(Channel.WEB, slug, session.identifier, key, Inbound(InboundKind.ARRIVED))
        receipt = await self._receiver.receive(back)
        visitor = Visitor(receipt.agency_id, receipt.contact_id, slug)
        await self._talks.until_answered(visitor, receipt.inbox_id or 0)  # the page then shows the question again
        response = RedirectResponse(f"/chat/{slug}", 303)
        self._cookie.keep(response, session)
        return response

    async def _code_page(self, request: Request, wrong: str = "", status: int = 200) -> Response:
        frame = Frame(await self._agency(request), language_of(request.headers, request.query_params))
        return page("code.html", frame, status, wrong=wrong)

    # --- my data ---

    async def data_gate(self, request: Request) -> Response:
        """GET /chat/donnees/{token}: what is behind, before it is shown."""
        return await self._gate(request, "data")

    async def data(self, request: Request) -> Response:
        """POST /chat/donnees/{token}: everything kept about the person, to read or as JSON."""
        form = await read_form(request)
        link = await self._link(request, "data")
        if link is None:
            return await self._gate(request, "data")
        async with transaction(self._resources.db, [link.agency_id]) as conn:
            kept = await web.own_data(conn, link)
            if kept is None:
                raise HTTPException(404)
            agency = await web.agency(self._resources.db, await web.slug_of(conn, link.agency_id)) or NOBODY
        show = as_json if form.get("format") == "json" else as_page
        return show(Frame(agency, FRENCH), link, kept, self._resources.secrets)

    async def _link(self, request: Request, purpose: str) -> FoundLink | None:
        return await web.find_link(self._resources.db, purpose, hashed(request.path_params["token"]))

    async def _gate(self, request: Request, purpose: str) -> Response:
        link = await self._link(request, purpose)
        frame = Frame(await self._agency(request), language_of(request.headers, request.query_params))
        return page("gate.html", frame, 200 if link else 404, gate=purpose if link else "dead")
