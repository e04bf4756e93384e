"""The young people's side of the house on a real port: the app, every loop, and a client that acts like a browser."""

import asyncio
import contextlib
import re
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.handlers.app import create_app
from bot.resources import Resources
from bot.settings import Settings
from bot.work import run
from tests.factories import an_agency


def listener() -> socket.socket:
    """A free port of this machine, taken."""
    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen(128)
    return taken


def address_of(taken: socket.socket) -> str:
    """Where that port answers."""
    return f"http://127.0.0.1:{taken.getsockname()[1]}"


@contextlib.asynccontextmanager
async def serving(resources: Resources, taken: socket.socket, cookies: bool = True) -> AsyncIterator[str]:
    """The app answers on this port for the length of the block, to browsers that keep cookies or to others."""
    app: ASGIApp = create_app(resources) if cookies else _without_cookies(create_app(resources))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign]
    serving = asyncio.create_task(server.serve(sockets=[taken]))
    try:
        yield address_of(taken)
    finally:
        server.should_exit = True
        await serving


def _without_cookies(app: ASGIApp) -> ASGIApp:
    async def forgetful(scope: Scope, receive: Receive, send: Send) -> None:
        async def strip(message: Message) -> None:
            kept = [(name, value) for name, value in message.get("headers", ()) if name != b"set-cookie"]
            await send({**message, "headers": kept} if "headers" in message else message)

        await app(scope, receive, strip)

    return forgetful


@contextlib.asynccontextmanager
async def working(resources: Resources) -> AsyncIterator[None]:
    """Every loop turns for the length of the block."""
    stop = asyncio.Event()
    loops = asyncio.create_task(run(resources, stop))
    try:
        yield
    finally:
        stop.set()
        await loops


@dataclass
class Browser:
    """A browser without JavaScript: it shows pages, fills the forms it was given, and keeps cookies or not."""

    url: str
    cookies: bool = True
    html: str = ""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    client: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = httpx.AsyncClient(base_url=self.url, follow_redirects=True, timeout=20)

    async def open(self, path: str = "/chat", **headers: str) -> "Browser":
        """Follow a link."""
        return self._shown(await self.client.get(path, headers=headers))

    async def send(self, text: str = "", option: str = "", path: str = "", **fields: str) -> "Browser":
        """Send the page's form again with these words, or press a button of it."""
        said = {"option": option} if option else {"text": text}
        return await self.post(path or self.action, {**self.hidden, **said, **fields})

    async def press(self, label: str) -> "Browser":
        """Press the button with this label."""
        return await self.send(option=next(value for value, words in self.buttons if words == label))

    async def post(self, path: str, fields: dict[str, str], **headers: str) -> "Browser":
        """Send exactly this."""
        return self._shown(await self.client.post(path, data=fields, headers=headers))

    def _shown(self, response: httpx.Response) -> "Browser":
        self.html, self.status, self.headers = response.text, response.status_code, dict(response.headers)
        if not self.cookies:
            self.client.cookies.clear()
        return self

    @property
    def action(self) -> str:
        """Where the conversation's form goes."""
        found = re.search(r'id="say" method="post" action="([^"#]+)', self.html)
        assert found, self.html[:400]
        return found[1]

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's forms."""
        return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', self.html))

    @property
    def buttons(self) -> list[tuple[str, str]]:
        """The buttons of the open question: (value, words)."""
        answers = self.html.partition('id="chips"')[2].partition("</div>")[0]
        found = re.findall(r'<button[^>]*value="([^"]*)"[^>]*>(.*?)</button>', answers)
        return [(value, unescape(words)) for value, words in found]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The bubbles: (me, bot or human; the words)."""
        found = re.findall(r'<li class="line (\w+)"[^>]*>.*?<div class="bubble">(.*?)</div>', self.html, re.DOTALL)
        return [(who, _plain(bubble)) for who, bubble in found]

    def said(self, who: str) -> list[str]:
        """What one side said."""
        return [words for author, words in self.lines if author == who]


def _plain(markup: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", markup.replace("</p><p", "</p>\n\n<p")))


async def until(question: Any, seconds: float = 15.0) -> Any:
    """Ask until the answer is true; fails when it never is."""
    async with asyncio.timeout(seconds):
        while not (answer := await question()):
            pass
        return answer


# --- fixtures, for the folders that want them ---


@pytest.fixture
def port() -> Iterator[socket.socket]:
    with listener() as taken:
        yield taken


@pytest.fixture
def settings(settings: Settings, port: socket.socket) -> Settings:
    return replace(settings, public_url=address_of(port))


@pytest.fixture
async def chat(resources: Resources, port: socket.socket) -> AsyncIterator[str]:
    """The address of a house with one agency, whose loops do not turn."""
    await an_agency(resources)
    async with serving(resources, port) as url:
        yield url


@pytest.fixture
async def house(resources: Resources, chat: str) -> AsyncIterator[str]:
    """The address of a house that answers."""
    async with working(resources):
        yield chat


@pytest.fixture
async def browsers() -> AsyncIterator[Callable[..., Browser]]:
    """Opens browsers on an address; they are closed after the test."""
    opened: list[Browser] = []

    def a_browser(url: str, **kind: bool) -> Browser:
        opened.append(Browser(url, **kind))
        return opened[-1]

    yield a_browser
    for browser in opened:
        await browser.client.aclose()
