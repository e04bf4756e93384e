"""The web chat: a page that works before and without JavaScript, and two ways for the page to hear more (a stream, or
asking).

A form sent without JavaScript waits a moment for the answer and shows the page again; with JavaScript it is answered
as soon as the message is durable, and the answer arrives by itself. A browser is known by a random token: in a cookie
once the person has written, or in the page's forms where cookies do not work. Nothing is stored, and no cookie is
set, before the person writes.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot import clock, texts
from bot.domain.conversation import Conversation, Facts
from bot.domain.effects import Ask, Say
from bot.domain.messages import Button, Channel, Envelope, Inbound, InboundKind
from bot.flows.conversation import respond
from bot.flows.understanding import Lexicon
from bot.handlers import web_assets
from bot.handlers.web_forms import Cookie, Session, inbound_of, is_cut, message_id, read_form, source_of
from bot.handlers.web_links import Links
from bot.handlers.web_pages import FRENCH, Frame, fragment, language_of, page, words
from bot.handlers.web_view import Bubble, answers, bubbles, cursor
from bot.resources import Resources
from bot.store import web
from bot.store.inbox import Receiver, UnknownAccount
from bot.store.pool import transaction
from bot.store.thread import Line, thread
from bot.store.web import ChatAgency, Visitor

WAIT = 2.0
"""Seconds a form without JavaScript waits for the answer."""

_PAGE = 60
_WHOLE = 2_000
_PING = 15.0
_MOST_A_MINUTE = 120


@dataclass(frozen=True, slots=True)
class Talk:
    """What a page shows of a conversation. `after` is how far it has read; `live` says that the browser may hold a
    stream.
    """

    lines: list[Bubble]
    answers: tuple[Button, ...]
    after: int = 0
    floor: str = ""
    erased: bool = False
    language: str = FRENCH
    fresh: bool = False
    live: bool = False
    older: bool = False
    source: str = ""
    word: str = ""


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
        self._resources, self._receiver = resources, receiver
        self._cookie = Cookie(resources.settings.public_url)

    async def show(self, request: Request) -> Response:
        """GET /chat and /chat/{agency}: the conversation, or its first message for somebody who has none yet."""
        guest = await self._guest(request, {})
        if guest.visitor is None:
            return _shown(guest, self._opening(request, guest.agency))
        return _shown(guest, await self._talk(guest.visitor))

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
        talk = await self._talk(guest.visitor, _number(guest.form.get("after", "")))
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
            await self._until_answered(guest, arrived)
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

    async def _until_answered(self, guest: Guest, inbox_id: int) -> bool:
        """Wait a moment for what the message causes; False when it takes longer."""
        if guest.visitor is None or not inbox_id:
            return True
        agency_id = guest.agency.id
        try:
            async with asyncio.timeout(WAIT), aclosing(self._ticks(guest.visitor)) as ticks:
                async for _ in ticks:
                    async with transaction(self._resources.db, [agency_id]) as conn:
                        if await web.is_answered(conn, agency_id, inbox_id):
                            return True
        except TimeoutError:
            return False
        return False

    def _ticks(self, visitor: Visitor) -> AsyncGenerator[None]:
        return self._resources.fanout.subscribe(f"contact:{visitor.contact_id}")

    # --- what is shown ---

    async def _receipt(self, guest: Guest, inbox_id: int) -> Response:
        floor = ""
        if guest.visitor is not None:
            async with transaction(self._resources.db, [guest.agency.id]) as conn:
                floor = (await web.standing(conn, guest.visitor)).floor
        return _json({"id": inbox_id, "cut": is_cut(guest.form), "floor": floor})

    async def _answered(self, request: Request, guest: Guest, inbox_id: int) -> Response:
        if guest.visitor is None:
            return _shown(guest, self._opening(request, guest.agency))
        in_time = await self._until_answered(guest, inbox_id)
        talk = await self._talk(guest.visitor, most=_WHOLE if guest.form.get("all") else _PAGE)
        word = "chat-cut" if is_cut(guest.form) else "" if in_time or talk.floor else "chat-slow"
        return _shown(guest, replace(talk, word=words(talk.language)(word) if word else ""))

    async def _talk(self, visitor: Visitor, after: int = 0, most: int = _PAGE) -> Talk:
        """The conversation as the page shows it: the newest lines, of which those up to `after` are known to the
        page.
        """
        async with transaction(self._resources.db, [visitor.agency_id]) as conn:
            standing = await web.standing(conn, visitor)
            lines = await thread(conn, visitor.agency_id, visitor.contact_id, limit=most + 1)
            if len(lines) > most and lines[0].id > after > 0:
                lines = await thread(conn, visitor.agency_id, visitor.contact_id, after=after, limit=_WHOLE)
        older, lines = len(lines) > most, lines[-most:] if not after else lines
        return Talk(
            [bubble for bubble in bubbles(lines, words(standing.language)) if bubble.id > after],
            () if standing.erased else answers(lines),
            cursor(lines, clock.now(), after),
            standing.floor,
            standing.erased,
            standing.language,
            older=older and not after,
        )

    def _opening(self, request: Request, agency: ChatAgency) -> Talk:
        """The first message before anybody is known: what the conversation will say, made by the conversation itself."""
        hint = language_of(request.headers, request.query_params)
        facts = Facts(agency.facts, public_url=self._resources.settings.public_url)
        arrived = Inbound(InboundKind.ARRIVED, language=hint)
        step = respond(Conversation(), arrived, facts, clock.now(), Lexicon())
        language = step.conversation.language
        said = [texts.render(language, one.text, one.args) for one in step.effects if isinstance(one, Say | Ask)]
        asked = step.conversation.frame.asked
        buttons = tuple(
            Button(f"{step.conversation.turn}:{one.id}", one.label or texts.render(language, one.text, one.args))
            for one in (asked.options if asked else ())
        )
        line = Line(0, clock.now(), "bot", "", "message", "\n\n".join(said), buttons, "sent")
        source = source_of(request.query_params)
        return Talk(bubbles([line], words(language)), buttons, language=language, fresh=True, source=source)

    async def _stream(self, agency: ChatAgency, visitor: Visitor, after: int) -> AsyncIterator[bytes]:
        """Events until the browser leaves: what is new, each line once, and a sign of life in between."""
        known: set[int] = set()
        last, spoke = "", clock.monotonic()
        async with aclosing(self._ticks(visitor)) as ticks:
            async for _ in ticks:
                talk = await self._talk(visitor, after)
                fresh = [bubble for bubble in talk.lines if bubble.id not in known]
                known |= {bubble.id for bubble in fresh}
                now = orjson.dumps([talk.floor, talk.erased, [one.id for one in talk.answers]]).decode()
                if fresh or now != last:
                    after, last, spoke = talk.after, now, clock.monotonic()
                    body = orjson.dumps(_news(agency, replace(talk, lines=fresh)))
                    yield b"event: news\nid: %d\ndata: %s\n\n" % (after, body)
                elif clock.monotonic() - spoke > _PING:
                    spoke = clock.monotonic()
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
    session = guest.session
    frame = Frame(guest.agency, talk.language, session.in_forms, clock.token(12))
    talk = replace(talk, live=session.by_cookie and not talk.fresh)
    return page("talk.html", frame, robots="index" if talk.fresh else "noindex", talk=talk)


def _news(agency: ChatAgency, talk: Talk) -> dict[str, object]:
    frame, t = Frame(agency, talk.language), words(talk.language)
    return {
        "lines": fragment("news_lines", frame, talk=talk),
        "answers": fragment("news_answers", frame, talk=talk),
        "after": talk.after,
        "who": t("chat-floor", name=talk.floor) if talk.floor else t("chat-under"),
        "erased": talk.erased,
    }


def _json(content: object) -> Response:
    return Response(orjson.dumps(content), media_type="application/json")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
