"""Pages: templates, words, and moments as people say them. Everything is escaped; templates hold no rule."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from admin_api.console.assets import address
from admin_api.errors import TITLES, Problem
from bot import clock
from bot.store.pool import StoreDown
from bot.texts import has, render

LANGUAGE: Final = "fr"
SIGN_IN: Final = "/console/sign-in"


class SignedOut(Exception):
    """Nobody is signed in, or not any more."""


def words(text_id: str, **args: str | int) -> str:
    """A text of the console."""
    return render(LANGUAGE, f"console-{text_id}", args)


def named(kind: str, value: str) -> str:
    """The word for one value of a closed list (`reason`, `age`, …), or the value itself when the list has grown."""
    text_id = f"{kind}-{value.replace('_', '-')}"
    return words(text_id) if has(LANGUAGE, f"console-{text_id}") else value


def ago(moment: datetime, now: datetime, form: str = "ago") -> str:
    """How long it has lasted (`ago`), or how long ago it was (`past`), in the largest unit that says enough."""
    minutes = max(0, int((now - moment).total_seconds()) // 60)
    for unit, size in (("days", 24 * 60), ("hours", 60), ("minutes", 1)):
        if minutes >= size:
            return words(f"{form}-{unit}", count=minutes // size)
    return words(f"{form}-now")


def on_clock(moment: datetime, zone: str, now: datetime) -> str:
    """The hour today, else the day and the hour, where the agency is."""
    local, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    hour = f"{local:%H:%M}"
    return hour if local.date() == today else words("day-and-hour", day=day(local.date()), hour=hour)


def day(on: date) -> str:
    """A date, as 3/11 is written in French."""
    return f"{on.day:02}/{on.month:02}"


_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.globals |= {"t": words, "named": named, "asset": address}
_TEMPLATES.filters |= {"day": day}


def html(template: str, **values: object) -> str:
    """A template, or a part of a page, filled in."""
    values.setdefault("now", clock.now())
    return _TEMPLATES.get_template(template).render(**values)


def page(template: str, code: int = 200, **values: object) -> HTMLResponse:
    """A whole page."""
    return HTMLResponse(html(template, **values), code)


def go_to(request: Request, path: str) -> Response:
    """Go on to another page after a form: the browser's reload then repeats nothing."""
    return RedirectResponse(path, 303)


async def on_console_error(request: Request, error: Exception) -> Response:
    """What went wrong, as a page that says what to do next."""
    status = 500
    if isinstance(error, Problem):
        status = TITLES[error.code][0]
    elif isinstance(error, HTTPException):
        status = error.status_code
    elif isinstance(error, StoreDown):
        status = 503
    return page("error.html", status, status=status, viewer=None)


async def on_signed_out(request: Request, error: Exception) -> Response:
    """To the sign-in page; a part of a page cannot hold it, so the whole page goes."""
    if request.headers.get("hx-request"):
        return Response(status_code=200, headers={"HX-Redirect": SIGN_IN})
    return go_to(request, SIGN_IN)


def moment(value: datetime) -> str:
    """A moment for machines (the `datetime` attribute)."""
    return value.astimezone(UTC).isoformat(timespec="seconds")


def today(zone: str, now: datetime) -> date:
    """The date where the agency is."""
    return now.astimezone(ZoneInfo(zone)).date()


_TEMPLATES.globals |= {"today": today, "ago": ago, "on_clock": on_clock, "moment": moment}
