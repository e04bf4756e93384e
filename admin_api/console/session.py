"""Sessions of the console: rows, not cookies. The cookie is a random name for a row; the row knows who, how far, and
since when.

A new name is given at every step up (password, second factor), so that a name planted beforehand opens nothing.
Forms carry a token made from the session, cookies are SameSite=Strict, and browsers say where a form comes from:
three locks on the same door.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from admin_api.console.pages import SignedOut
from admin_api.edge import Desk
from admin_api.errors import Problem
from bot import clock
from bot.actions.desk import Actor
from bot.resources import Resources
from bot.resources.secrets import hashed, same
from bot.store import advisers as store
from bot.store.desk import see_agency
from bot.store.pool import Connection, transaction

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
HALFWAY: Final = timedelta(minutes=10)
"""How long one may stay between the password and the second factor."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A browser that showed a session: the row, and the token its forms must carry."""

    session: store.Session
    csrf: str

    @property
    def actor(self) -> Actor:
        """The adviser behind it."""
        return Actor(self.session.adviser_id, self.session.agency_id, self.session.name, self.session.role)


@dataclass(slots=True)
class Console(Desk):
    """A desk in the console: with the visit it belongs to."""

    visit: Visit | None = None

    @property
    def csrf(self) -> str:
        """The token for forms."""
        return self.visit.csrf if self.visit else ""


def resources_of(request: Request) -> Resources:
    """What the process holds."""
    resources: Resources = request.app.state.resources
    return resources


def cookie_name(resources: Resources, name: str = "session") -> str:
    """Over https the browser itself guarantees that nobody else set it."""
    secure = resources.settings.public_url.startswith("https://")
    return f"__Host-allervers-{name}" if secure else f"allervers-{name}"


def set_cookie(
    resources: Resources, response: Response, value: str, name: str = "session", seconds: int | None = None
) -> None:
    """A cookie for this site alone, out of reach of scripts."""
    secure = resources.settings.public_url.startswith("https://")
    response.set_cookie(
        cookie_name(resources, name), value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="strict"
    )


async def visit(request: Request, conn: Connection, *stages: str) -> Visit | None:
    """The session of this browser if it is alive and at one of `stages`; afterwards `conn` sees its agency."""
    resources = resources_of(request)
    name = hashed(request.cookies.get(cookie_name(resources), ""))
    session = await store.find_session(conn, name)
    if session is None or session.stage not in stages or session.seen_at + IDLE < clock.now():
        return None
    await see_agency(conn, session.agency_id)
    return Visit(session, resources.secrets.sign(f"csrf:{name}"))


@asynccontextmanager
async def at_desk(request: Request) -> AsyncIterator[Console]:
    """An adviser at work, in one transaction; the bells ring once it is committed. Raises SignedOut, or Problem(403)
    for a form from elsewhere.
    """
    resources = resources_of(request)
    async with transaction(resources.db) as conn:
        found = await visit(request, conn, "open")
        if found is None:
            raise SignedOut
        if request.method == "POST":
            check_form(request, await request.form(), found.csrf)
        await conn.execute(store.SQL.touch_session, found.session.agency_id, found.session.id, clock.now())
        desk = Console(found.actor, conn, resources, visit=found)
        yield desk
    resources.fanout.publish(desk.bells)


def check_form(request: Request, form: FormData, expected: str) -> None:
    """Raises Problem(403) unless the form came from our own page, in this session."""
    if not from_here(request):
        raise Problem("forbidden")
    if not same(str(form.get("csrf", "")), expected):
        raise Problem("forbidden")


def from_here(request: Request) -> bool:
    """Whether the browser says that the form comes from this site. Old browsers say nothing: the token decides."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


async def open_session(conn: Connection, account: tuple[int, int], stage: str, sealed: bytes | None = None) -> str:
    """A fresh session for (agency, adviser); returns the secret for the cookie. `conn` sees the agency."""
    now, name = clock.now(), clock.token(32)
    await conn.execute(store.SQL.close_old_sessions, *account)
    ends = now + (LONGEST if stage == "open" else HALFWAY)
    await conn.execute(store.SQL.open_session, *account, hashed(name), stage, sealed, now, ends)
    return name


async def already_done(desk: Desk, form: FormData, path: str) -> bool:
    """Whether this very form was sent before (a double click): each page gives its forms a fresh key."""
    key = str(form.get("key", ""))[:100].replace("\x00", "")
    if not key:
        return False
    who = (desk.actor.agency_id, desk.actor.adviser_id)
    return await store.claim_key(desk.conn, *who, f"form:{key}", path) is not None
