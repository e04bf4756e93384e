"""Pages of the chat: Jinja2 templates, words from Fluent, one place that knows how a page is dressed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse

from bot import texts
from bot.handlers import web_assets
from bot.store.web import ChatAgency

EXIT_URL: Final = "https://meteofrance.com/"
"""Where the quick exit leads: a page anybody may have been reading."""

FRENCH: Final = "fr"
NOBODY: Final = ChatAgency(0, "", "Mission Locale")
"""Stands for the agency on pages that have none (an address that does not exist)."""

_ENVIRONMENT: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "chat" / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page needs: whose page, in which language, and the hidden fields of its forms."""

    agency: ChatAgency = NOBODY
    language: str = FRENCH
    hidden: tuple[tuple[str, str], ...] = ()

    @property
    def home(self) -> str:
        """The conversation's address."""
        return f"/chat/{self.agency.slug}" if self.agency.slug else "/chat"


def page(template: str, frame: Frame, status: int = 200, robots: str = "noindex", **values: object) -> HTMLResponse:
    """A whole page."""
    html = _ENVIRONMENT.get_template(template).render(_dress(frame) | values)
    return HTMLResponse(html, status, {"X-Robots-Tag": robots})


def fragment(macro: str, frame: Frame, **values: object) -> str:
    """The markup of one macro of news.html, as the page itself would show it."""
    module = _ENVIRONMENT.get_template("news.html").make_module(_dress(frame) | values)
    return str(getattr(module, macro)())


def words(language: str) -> Callable[..., str]:
    """`t("chat-send")`: the page's words in `language`."""

    def t(text_id: str, **args: str | int) -> str:
        return texts.render(language, text_id, args)

    return t


def language_of(headers: Headers, query: Mapping[str, str]) -> str:
    """The language asked for (`?lang=`), else the first of the browser's that the house speaks, else French. A hint,
    never a decision.
    """
    known = {one.code for one in texts.languages()}
    wished = (query.get("lang", ""), *headers.get("accept-language", "").split(",")[:8])
    codes = (one.partition(";")[0].strip().partition("-")[0] for one in wished)
    return next((code for code in codes if code in known), FRENCH)


def _dress(frame: Frame) -> dict[str, Any]:
    languages = texts.languages()
    right_to_left = any(one.rtl for one in languages if one.code == frame.language)
    return {
        "agency": frame.agency,
        "home": frame.home,
        "language": frame.language,
        "direction": "rtl" if right_to_left else "ltr",
        "languages": languages,
        "t": words(frame.language),
        "asset": web_assets.address,
        "exit_url": EXIT_URL,
        "hidden": lambda: _hidden(frame),
    }


def _hidden(frame: Frame) -> Markup:
    field = Markup('<input type="hidden" name="{}" value="{}">')
    return Markup().join(field.format(name, value) for name, value in frame.hidden if value)
