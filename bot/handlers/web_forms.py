"""What a browser sends: a small form, read with care, and the session it belongs to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot import clock
from bot.domain.messages import Inbound, InboundKind
from bot.domain.words import clean

MOST_BODY: Final = 100_000
"""Bytes of a form."""

MOST_WORDS: Final = 4_000
"""Characters kept of one message."""

_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
_BUTTON = re.compile(r"([0-9]{1,9}):([A-Za-z0-9_:.-]{1,64})")
_FORM_ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
_SOURCE = re.compile(r"[A-Za-z0-9_-]{4,64}")
_HALF_A_YEAR = 180 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Session:
    """A browser's secret of 128 bits. `by_cookie` says that the browser keeps it by itself; otherwise the forms carry
    it.
    """

    token: str
    by_cookie: bool

    @property
    def identifier(self) -> str:
        """What the record knows of the browser: the token's SHA-256, in hex."""
        return sha256(self.token.encode()).hexdigest()

    @property
    def in_forms(self) -> str:
        """What the page's forms must carry."""
        return "" if self.by_cookie else self.token


class Cookie:
    """The one cookie: set when the person writes, never before, and out of reach of scripts."""

    def __init__(self, public_url: str) -> None:
        self._secure = public_url.startswith("https://")
        self.name = "__Host-allervers" if self._secure else "allervers"

    def session(self, request: Request, form: Mapping[str, str] | None = None) -> Session:
        """The browser's session: its cookie, else what its form carried, else a new one that nothing knows yet."""
        kept = request.cookies.get(self.name, "")
        if _TOKEN.fullmatch(kept):
            return Session(kept, by_cookie=True)
        carried = (form or {}).get("session", "")
        return Session(carried if _TOKEN.fullmatch(carried) else clock.token(16), by_cookie=False)

    def keep(self, response: Response, session: Session) -> None:
        """Ask the browser to keep the session for half a year from now."""
        response.set_cookie(
            self.name, session.token, max_age=_HALF_A_YEAR, path="/", secure=self._secure, httponly=True, samesite="lax"
        )

    def forget(self, response: Response) -> None:
        """Ask the browser to forget it."""
        response.delete_cookie(self.name, path="/", secure=self._secure, httponly=True, samesite="lax")


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form, cleaned. Raises HTTPException 403 for another site's form, 413 past MOST_BODY, 400 for
    what is no form.
    """
    if not _is_ours(request):
        raise HTTPException(403)
    kind = request.headers.get("content-type", "application/x-www-form-urlencoded").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(400)
    body = await _body(request)
    try:
        fields = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=20)
    except ValueError as error:
        raise HTTPException(400) from error
    return {clean(name, 40): clean(value, MOST_BODY) for name, value in fields}


async def _body(request: Request) -> bytes:
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BODY:
                raise HTTPException(413)
    except ClientDisconnect as error:
        raise HTTPException(400) from error
    return bytes(body)


def _is_ours(request: Request) -> bool:
    """Does the form come from a page of ours? Browsers say so themselves; those that do not are held by SameSite."""
    site = request.headers.get("sec-fetch-site", "")
    if site:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def inbound_of(form: Mapping[str, str]) -> Inbound | None:
    """What the person said: a pressed button or words; None when nothing. A button of a shape we never made reads as
    words.
    """
    pressed = form.get("option", "")
    if button := _BUTTON.fullmatch(pressed):
        return Inbound(InboundKind.OPTION, option=button[2], turn=int(button[1]))
    written = (form.get("text", "") or pressed).replace("\r\n", "\n").strip()
    return Inbound(InboundKind.TEXT, text=clean(written, MOST_WORDS)) if written else None


def is_cut(form: Mapping[str, str]) -> bool:
    """Was the message longer than what is kept?"""
    return len(form.get("text", "").strip()) > MOST_WORDS


def message_id(session: Session, form: Mapping[str, str]) -> str:
    """The key that makes sending twice harmless: this browser, this form, these words. Two answers from one old page
    stay two.
    """
    form_id = form.get("id", "")
    made = form_id if _FORM_ID.fullmatch(form_id) else clock.token(12)
    said = sha256(f"{form.get('option', '')}\n{form.get('text', '')}".encode()).hexdigest()[:12]
    return f"{session.identifier[:24]}:{made}:{said}"


def source_of(fields: Mapping[str, str]) -> str:
    """The token of the link or poster that led here; "" when there is none, or none of our shape."""
    token = fields.get("s", "")
    return token if _SOURCE.fullmatch(token) else ""
