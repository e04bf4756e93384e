"""A browser without JavaScript for the console: it keeps cookies, follows redirects and fills forms."""

import re
from html import unescape

import httpx

from admin_api import passwords
from bot import clock
from tests.admin_api.office import PASSWORD, SECRET, Adviser, Office


class Console:
    """One browser at the console."""

    def __init__(self, office: Office) -> None:
        transport = httpx.ASGITransport(office.app, raise_app_exceptions=False)
        self.client = httpx.AsyncClient(transport=transport, base_url="http://test", follow_redirects=True)
        self.page = httpx.Response(0)

    async def open(self, path: str) -> httpx.Response:
        """Go to a page."""
        self.page = await self.client.get(path)
        return self.page

    async def send(self, path: str, **fields: str) -> httpx.Response:
        """Send a form of the page: with its token, unless the fields say otherwise."""
        self.page = await self.client.post(path, data={"csrf": self.csrf} | fields)
        return self.page

    async def sign_in(self, who: Adviser) -> httpx.Response:
        """Come in with password and second factor."""
        await self.open("/console/sign-in")
        await self.send("/console/sign-in", email=who.email, password=PASSWORD)
        return await self.send("/console/second-factor", code=passwords.current_code(SECRET, clock.now()))

    @property
    def csrf(self) -> str:
        """The token of the page's forms."""
        return self.field("csrf")

    def field(self, name: str) -> str:
        """The value of the first hidden field of this name, "" when there is none."""
        found = re.search(rf'name="{name}" value="([^"]*)"', self.page.text)
        return unescape(found[1]) if found else ""
