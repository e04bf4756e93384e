"""The web chat on a real port, for the tests of its door."""

import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace

import pytest

from bot.resources import Resources
from bot.settings import Settings
from tests.factories import an_agency
from tests.site import Browser, address_of, listener, serving, working


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
