"""The thread as the young person sees it: bubbles, the buttons that still count, how far the page has read. Pure."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from markupsafe import Markup, escape

from bot.domain.messages import Button
from bot.store.thread import Line

SETTLED: Final = timedelta(seconds=30)
"""A line younger than this may still be joined by one with a smaller number: two transactions may commit in either
order.
"""

_ARRIVED: Final = frozenset({"sent", "delivered", "read"})
_WAITING: Final = frozenset({"queued", "leased"})
_UNSEEN: Final = frozenset({"arrived", "blocked", "unblocked"})
_NBSP: Final = "\u00a0"
_SPACED: Final = re.compile(r" (?=[?!:;»])|(?<=«) ")
"""Where French puts a space that must not end a line: a question mark alone on the next one reads badly."""
_LINK = re.compile(r"https?://[^\s<>\"']*[^\s<>\"'.,;:!?)»]")
_PHONE = re.compile(r"(?<![\w/])(?:0 ?800(?: ?\d\d){3}|0[1-9](?:[ .]?\d\d){4}|112|114|115|119|3018|3114|3919)(?![\w/])")
_NOTICE = re.compile(r"/chat/[a-z0-9-]+/notice$")
_DATA = re.compile(r"/chat/donnees/[A-Za-z0-9_-]+$")
_COMMANDS: Final = {
    "human": "chat-menu-human",
    "help": "chat-menu-help",
    "later": "chat-menu-later",
    "restart": "chat-menu-restart",
    "back": "chat-menu-back",
    "skip": "chat-menu-skip",
    "data": "chat-menu-data",
    "code": "chat-menu-code",
    "stop": "chat-menu-stop",
    "erase": "chat-menu-erase",
    "language": "chat-menu-language",
}
Words = Callable[..., str]


@dataclass(frozen=True, slots=True)
class Bubble:
    """One line of the page. `who` is me, bot or human; `name` the adviser's first name; `parts` are paragraphs,
    escaped.
    """

    id: int
    who: str
    name: str
    parts: tuple[Markup, ...]


def bubbles(lines: Sequence[Line], t: Words) -> list[Bubble]:
    """The lines a person sees: their own at once, the others once they have left."""
    return list(_bubbles(lines, t))


def _bubbles(lines: Sequence[Line], t: Words) -> Iterator[Bubble]:
    labels: dict[str, str] = {}
    for line in lines:
        labels |= {button.id.partition(":")[2]: button.label for button in line.buttons}
        text = _words_of(line, labels, t)
        if text and is_seen(line):
            who = {"person": "me", "adviser": "human"}.get(line.author, "bot")
            parts = _split(text)
            shown = tuple(escape(part) if who == "me" else _linked(_SPACED.sub(_NBSP, part), t) for part in parts)
            yield Bubble(line.id, who, line.author_name.partition(" ")[0], shown)


def is_seen(line: Line) -> bool:
    """Does this line belong on the person's page?"""
    return line.kind not in _UNSEEN if line.author == "person" else line.state in _ARRIVED


def _words_of(line: Line, labels: dict[str, str], t: Words) -> str:
    """What the line says. A button just pressed is known by its id until its words are kept beside it."""
    if line.kind == "option" and line.text in _COMMANDS:
        return t(_COMMANDS[line.text])
    if line.kind == "option":
        return labels.get(line.text, line.text.rpartition(":")[2])
    if not line.text and line.media is not None:
        return t("chat-photo")
    return line.text


def _split(text: str) -> list[str]:
    return [part.strip("\n") for part in re.split(r"\n{2,}", text) if part.strip()]


def _linked(text: str, t: Words) -> Markup:
    """Our own words, escaped, with links and phone numbers to press. A link of the house to read is named by words."""
    made, last = Markup(), 0
    found = sorted((*_LINK.finditer(text), *_PHONE.finditer(text)), key=re.Match.start)
    for match in found:
        if match.start() < last:
            continue
        made += escape(text[last : match.start()]) + _anchor(match[0], t)
        last = match.end()
    return made + escape(text[last:])


def _anchor(whole: str, t: Words) -> Markup:
    href, label = whole, whole
    if not whole.startswith("http"):
        href = f"tel:{re.sub('[^0-9]', '', whole)}"
    elif _NOTICE.search(whole):
        label = t("chat-link-notice")
    elif _DATA.search(whole):
        label = t("chat-link-data")
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(href, label)


def answers(lines: Sequence[Line]) -> tuple[Button, ...]:
    """The buttons of the open question: those of the bot's last message, until the person has said something after
    it.
    """
    for line in reversed([line for line in lines if is_seen(line)]):
        if line.author == "person":
            return ()
        if line.author == "bot" and line.buttons:
            return line.buttons
    return ()


def cursor(lines: Sequence[Line], now: datetime, after: int = 0) -> int:
    """The last line before which nothing can appear any more."""
    for line in lines:
        if line.state in _WAITING or now - line.at < SETTLED:
            break
        after = max(after, line.id)
    return after
