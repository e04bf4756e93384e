"""The web chat: a page that works before and without JavaScript, and two ways for the page to hear more (a stream, or
asking).

A form sent without JavaScript waits a moment for the answer and shows the page again; with JavaScript it is answered
as soon as the message is durable, and the answer arrives by itself. A browser is known by a random token: in a cookie
once the person has written, or in the page's forms where cookies do not work. Nothing is stored, and no cookie is
set, before the person writes.
"""

from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot import clock
from bot.domain.messages import Channel, Envelope, Inbound, InboundKind
from bot.handlers import web_assets
from bot.handlers.web_forms import Cookie, Session, inbound_of, is_cut, message_id, read_form, source_of
from bot.handlers.web_links import Links
from bot.handlers.web_pages import Frame, fragment, language_of, page, words
from bot.handlers.web_talk import PAGE, WHOLE, Talk, Talks
from bot.resources import Resources
from bot.store import web
from bot.store.inbox import Receiver, UnknownAccount
from bot.store.pool import transaction
from bot.store.web import ChatAgency, Visitor

_CALM = 15.0
"""Seconds between two looks at the record, and two signs of life, while nothing is known to have changed."""

_MOST_A_MINUTE = 120


@dataclass(frozen=True, slots=True)
class Guest:
    """Who stands at the door: the agency, the browser, the person it is known as (None: nobody yet), and the form."""

    agency: ChatAgency
    session: Session
    visitor: Visitor | None
    form: dict[str, str]


class Chat:
    """The endpoints. One per process."""

    def __init__(self, resources: Resources, receiver: Receiver) -> None:
        self._resources, self._receiver, self._talks = resources, receiver, Talks(resources)
        self._cookie = Cookie(resources.settings.public_url)

    async def show(self, request: Request) -> Response:
        """GET /chat and /chat/{agency}: the conversation, or its first message for somebody who has none yet."""
        guest = await self._guest(request, {})
        if guest.visitor is None:
            return _shown(guest, await self._opening(request, guest))
        return _shown(guest, await self._talks.read(guest.visitor))

    async def say(self, request: Request) -> Response:
        """POST /chat/{agency}: what the person said, durable before anything is answered."""
        guest = await self._guest(request, await read_form(request))
        guest, inbox_id = await self._hear(request, guest)
        if "application/json" in request.headers.get("accept", ""):
            response = await self._receipt(guest, inbox_id)
        else:
            response = await self._answered(request, guest, inbox_id)
        if guest.visitor is not None:
            self._cookie.keep(response, guest.session)
        return response

    async def news(self, request: Request) -> Response:
        """POST /chat/{agency}/news: what is new since `after`, for browsers without a stream or a cookie."""
        guest = await self._guest(request, await read_form(request))
        if guest.visitor is None:
            return Response(status_code=410)
        talk = await self._talks.read(guest.visitor, _number(guest.form.get("after", "")))
        return _json(_news(guest.agency, talk))

    async def events(self, request: Request) -> Response:
        """GET /chat/{agency}/events: the same as a stream; `Last-Event-ID` says how far the page has read."""
        guest = await self._guest(request, {})
        if guest.visitor is None:
            return Response(status_code=204)
        after = _number(request.headers.get("last-event-id") or request.query_params.get("after", ""))
        stream = self._stream(guest.agency, guest.visitor, after)
        return StreamingResponse(stream, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})

    async def forget(self, request: Request) -> Response:
        """POST /chat/sortie: this device no longer knows the person."""
        await read_form(request)
        response = RedirectResponse("/chat", 303)
        self._cookie.forget(response)
        return response

    async def _guest(self, request: Request, form: dict[str, str]) -> Guest:
        session = self._cookie.session(request, form)
        slug = request.path_params.get("agency", "")
        visitor = await web.whose(self._resources.db, session.identifier, slug)
        agency = await web.agency(self._resources.db, visitor.slug if visitor else slug)
        if agency is None:
            raise HTTPException(404)
        return Guest(agency, session, visitor, form)

    # --- what is said ---

    async def _hear(self, request: Request, guest: Guest) -> tuple[Guest, int]:
        """Who wrote, and the number of the message (0: nothing was said)."""
        inbound = inbound_of(guest.form)
        if inbound is None:
            return guest, 0
        if not await self._resources.throttle(f"web:{guest.session.identifier[:32]}", _MOST_A_MINUTE, 60):
            raise HTTPException(429)
        key = message_id(guest.session, guest.form)
        if guest.visitor is None:
            language = language_of(request.headers, guest.form)
            hello = Inbound(InboundKind.ARRIVED, source=source_of(guest.form), language=language)
            guest, arrived = await self._receive(guest, f"{key}:arrived", hello)
            # the opening is on the page already: it must stand before the first words in the thread too
            await self._talks.until_answered(guest.visitor, arrived)
        return await self._receive(guest, key, inbound)

    async def _receive(self, guest: Guest, key: str, inbound: Inbound) -> tuple[Guest, int]:
        account = guest.agency.slug
        try:
            receipt = await self._receiver.receive(
                Envelope(Channel.WEB, account, guest.session.identifier, key, inbound)
            )
        except UnknownAccount as error:
            raise HTTPException(404) from error
        visitor = Visitor(receipt.agency_id, receipt.contact_id, account)
        return replace(guest, visitor=visitor), receipt.inbox_id or await self._received_before(visitor, key)

    async def _received_before(self, visitor: Visitor, key: str) -> int:
        async with transaction(self._resources.db, [visitor.agency_id]) as conn:
            return await web.inbox_id(conn, visitor.agency_id, visitor.slug, key)

    # --- what is shown ---

    async def _receipt(self, guest: Guest, inbox_id: int) -> Response:
        floor = (await self._talks.standing(guest.visitor)).floor if guest.visitor else ""
        return _json({"id": inbox_id, "cut": is_cut(guest.form), "floor": floor})

    async def _answered(self, request: Request, guest: Guest, inbox_id: int) -> Response:
        if guest.visitor is None:
            return _shown(guest, await self._opening(request, guest))
        in_time = await self._talks.until_answered(guest.visitor, inbox_id)
        talk = await self._talks.read(guest.visitor, most=WHOLE if guest.form.get("all") else PAGE)
        word = "chat-cut" if is_cut(guest.form) else "" if in_time or talk.floor else "chat-slow"
        return _shown(guest, replace(talk, word=words(talk.language)(word) if word else ""))

    async def _opening(self, request: Request, guest: Guest) -> Talk:
        fields = {**request.query_params, **guest.form}
        return await self._talks.opening(guest.agency, language_of(request.headers, fields), source_of(fields))

    async def _stream(self, agency: ChatAgency, visitor: Visitor, after: int) -> AsyncIterator[bytes]:
        """Events until the browser leaves or the person is erased: each line once, and a sign of life in between."""
        known: set[int] = set()
        last, read_at = "", clock.monotonic()
        async with aclosing(self._talks.ticks(visitor)) as ticks:
            async for changed in ticks:
                if not changed and clock.monotonic() - read_at < _CALM:
                    continue
                read_at, talk = clock.monotonic(), await self._talks.read(visitor, after)
                fresh = [bubble for bubble in talk.lines if bubble.id not in known]
                known |= {bubble.id for bubble in fresh}
                state = f"{talk.floor} {talk.erased} {[one.id for one in talk.answers]}"
                if fresh or state != last:
                    after, last = talk.after, state
                    yield _event(agency, replace(talk, lines=fresh))
                elif talk.erased:
                    return
                else:
                    yield b": still here\n\n"


def routes(resources: Resources, receiver: Receiver) -> list[BaseRoute]:
    """Everything under /chat. The agency's own pages come last: the other names are taken."""
    chat, links = Chat(resources, receiver), Links(resources, receiver)
    return [
        Route("/chat", chat.show),
        Route("/chat", chat.say, methods=["POST"]),
        Route("/chat/static/{name}", web_assets.serve),
        Route("/chat/sortie", chat.forget, methods=["POST"]),
        *links.routes(),
        Route("/chat/{agency}", chat.show),
        Route("/chat/{agency}", chat.say, methods=["POST"]),
        Route("/chat/{agency}/events", chat.events),
        Route("/chat/{agency}/news", chat.news, methods=["POST"]),
        Route("/chat/{agency}/notice", links.notice),
    ]


def _shown(guest: Guest, talk: Talk) -> Response:
    """The page. Its forms carry an id that makes sending twice harmless, the session where no cookie does, and, before
    the first words, where the person came from and the language they chose.
    """
    session = guest.session
    hidden = [("id", clock.token(12)), ("session", session.in_forms)]
    if talk.fresh:
        hidden += [("s", talk.source), ("lang", talk.language)]
    talk = replace(talk, live=session.by_cookie and not talk.fresh)
    frame = Frame(guest.agency, talk.language, tuple(hidden))
    return page("talk.html", frame, robots="all" if talk.fresh else "noindex", talk=talk)


def _event(agency: ChatAgency, talk: Talk) -> bytes:
    return b"event: news\nid: %d\ndata: %s\n\n" % (talk.after, orjson.dumps(_news(agency, talk)))


def _news(agency: ChatAgency, talk: Talk) -> dict[str, object]:
    frame, t = Frame(agency, talk.language), words(talk.language)
    return {
        "lines": fragment("news_lines", frame, talk=talk),
        "answers": fragment("news_answers", frame, talk=talk),
        "after": talk.after,
        "who": t("chat-floor", name=talk.floor) if talk.floor else "",
        "erased": talk.erased,
    }


def _json(content: object) -> Response:
    return Response(orjson.dumps(content), media_type="application/json")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
