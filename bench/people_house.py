"""The whole house in this process, and the three ways a persona reaches it.

Real PostgreSQL and Valkey, every loop turning, the web app on a port, a local Bot API. A `Voice` is a persona's phone:
it says something, and comes back with what the phone then shows. `forms` fills the page's forms without a script and
without cookies, `web` and `telegram` hand their envelope to the receiver, as their doors do once they have read it.
"""

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

import asyncpg
import orjson

from bench.bot_api import TOKEN, BotApi, Message, Trouble
from bench.bots import services
from bot import clock
from bot.channels.telegram_accounts import ensure_default
from bot.domain.messages import Channel, Envelope, Inbound, InboundKind
from bot.resources import Resources, open_resources
from bot.settings import Settings
from bot.store.inbox import Receiver
from bot.store.migrate import migrate
from bot.work.wake import Wake
from tests.site import Browser, address_of, listener, serving, working

ADVISER: Final = "Camille"
AGENCY: Final = "bourg-fictif"
POSTCODES: Final = ("59510", "59390", "59150")
_PATIENCE: Final = 30.0
_ANSWER: Final = (
    "select i.done_at is not null and not coalesce(bool_or(o.state in ('queued', 'leased')), false) as settled,"
    " coalesce(jsonb_agg(jsonb_build_array(o.text_id, o.body, o.buttons) order by o.ordinal)"
    " filter (where o.id is not null), '[]') as said"
    " from inbox i left join outbox o"
    " on o.agency_id = i.agency_id and o.contact_id = i.contact_id and o.cause_id = i.id"
    " where i.id = $1 group by i.id, i.done_at"
)
_BACK_IN_TIME: Final = (
    "update inbox set received_at = received_at - $2::interval where contact_id = $1",
    "update timer set due_at = due_at - $2::interval, not_after = not_after - $2::interval"
    " where contact_id = $1 and outcome is null",
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the phone shows after one's own message: words, buttons as (value to press, label), and which question it
    is (its text id). Nothing at all is a reply without text.
    """

    text: str = ""
    buttons: tuple[tuple[str, str], ...] = ()
    question: str = ""

    @property
    def options(self) -> dict[str, str]:
        """Labels by option id, without the turn."""
        return {value.partition(":")[2]: label for value, label in self.buttons}

    def value(self, option: str) -> str:
        """What pressing this option sends."""
        return next(value for value, _ in self.buttons if value.partition(":")[2] == option)


@dataclass
class House:
    """The house at work. `owner` reads and changes the record past row-level security, as no process of it may."""

    resources: Resources
    receiver: Receiver
    owner: asyncpg.Pool
    url: str
    api: BotApi
    heard: dict[int, list[Message]] = field(default_factory=lambda: defaultdict(list))

    async def answer(self, inbox_id: int) -> tuple[str, list[Any]]:
        """(question, said) once this message is done and what it led to has left; said = [[text id, words,
        buttons]].
        """
        async with asyncio.timeout(_PATIENCE):
            while (row := await self.owner.fetchrow(_ANSWER, inbox_id)) is None or not row["settled"]:
                await asyncio.sleep(0.01)
        said: list[Any] = row["said"]
        return (said[-1][0] if said else ""), said

    async def contact(self, inbox_id: int) -> int:
        """Whose message this is."""
        return int(await self.owner.fetchval("select contact_id from inbox where id = $1", inbox_id))

    async def time_passes(self, contact_id: int, time: timedelta) -> list[Reply]:
        """The record of this person grows older by `time`; what comes due is done. What was said unasked."""
        before = await self.owner.fetchval("select coalesce(max(id), 0) from outbox where contact_id = $1", contact_id)
        async with self.owner.acquire() as conn, conn.transaction():
            for statement in _BACK_IN_TIME:
                await conn.execute(statement, contact_id, time)
        await Wake(self.resources).once(_next_working_noon())
        return [Reply(row["body"], (), row["text_id"]) for row in await self._unasked(contact_id, before)]

    async def _unasked(self, contact_id: int, before: int) -> list[Any]:
        waiting = "select count(*) from inbox where contact_id = $1 and done_at is null"
        async with asyncio.timeout(_PATIENCE):
            while await self.owner.fetchval(waiting, contact_id):
                await asyncio.sleep(0.01)
        said = "select body, text_id from outbox where contact_id = $1 and id > $2 order by id"
        found: list[Any] = await self.owner.fetch(said, contact_id, before)
        return found


class Voice(Protocol):
    """A persona's phone. `contact` is known after the first word."""

    contact: int

    async def open(self, language: str) -> Reply:
        """Opens the chat; what it shows."""

    async def say(self, text: str) -> Reply:
        """Types."""

    async def press(self, reply: Reply, option: str) -> Reply:
        """Presses a button of the last message."""

    async def close(self) -> None:
        """The phone goes back into the pocket."""


class Envelopes:
    """A phone whose door has read its message: the web chat with its script, or Telegram."""

    def __init__(self, house: House, channel: Channel, number: int) -> None:
        self._house, self._channel = house, channel
        self._account = AGENCY if channel is Channel.WEB else "default"
        self._identifier = f"persona-{number}" if channel is Channel.WEB else str(2_000_000 + number)
        self._sent = 0
        self._language = ""
        self.contact = 0

    async def open(self, language: str) -> Reply:
        self._language = language
        return await self._hear(Inbound(InboundKind.ARRIVED, language=language))

    async def say(self, text: str) -> Reply:
        return await self._hear(Inbound(InboundKind.TEXT, text=text, language=self._language))

    async def close(self) -> None:
        """Nothing is held."""

    async def press(self, reply: Reply, option: str) -> Reply:
        turn = int(reply.value(option).partition(":")[0])
        return await self._hear(Inbound(InboundKind.OPTION, option=option, turn=turn))

    async def _hear(self, inbound: Inbound) -> Reply:
        self._sent += 1
        external_id = f"{self._identifier}:{self._sent}"
        receipt = await self._house.receiver.receive(
            Envelope(self._channel, self._account, self._identifier, external_id, inbound)
        )
        assert receipt.inbox_id is not None
        self.contact = receipt.contact_id
        question, said = await self._house.answer(receipt.inbox_id)
        if self._channel is Channel.TELEGRAM and said:
            shown = self._house.heard[int(self._identifier)][-1]
            return Reply(shown.text, tuple(shown.buttons), question)
        return _recorded(question, said)


class Forms:
    """A cheap phone without a script that keeps no cookie: pages and forms over HTTP."""

    def __init__(self, house: House, number: int) -> None:
        self._house = house
        self._browser = Browser(house.url, cookies=bool(number % 2))
        self.contact = 0

    async def open(self, language: str) -> Reply:
        await self._browser.open(f"/chat/{AGENCY}", **({"Accept-Language": language} if language else {}))
        return Reply("\n\n".join(self._browser.said("bot")), tuple(self._browser.buttons), "wishes-ask")

    async def say(self, text: str) -> Reply:
        return await self._sent(await self._browser.send(text))

    async def press(self, reply: Reply, option: str) -> Reply:
        return await self._sent(await self._browser.send(option=reply.value(option)))

    async def close(self) -> None:
        """The phone goes back into the pocket."""
        await self._browser.client.aclose()

    async def _sent(self, page: Browser) -> Reply:
        inbox_id = await self._mine()
        question, said = await self._house.answer(inbox_id)
        self.contact = await self._house.contact(inbox_id)
        if said and page.lines[-1][0] != "bot":  # the page waited as long as it does: what the next one shows
            return _recorded(question, said)
        return Reply(page.lines[-1][1] if said else "", tuple(page.buttons), question)

    async def _mine(self) -> int:
        """The newest message of this browser's own."""
        token = self._browser.client.cookies.get("allervers") or self._browser.hidden["session"]
        query = (
            "select max(i.id) from inbox i join address a on a.agency_id = i.agency_id and a.id = i.address_id"
            " where a.identifier = encode(sha256(convert_to($1, 'UTF8')), 'hex')"
        )
        return int(await self._house.owner.fetchval(query, token))


def _recorded(question: str, said: list[Any]) -> Reply:
    """An answer as the record holds it."""
    buttons = tuple((b["id"], b["label"]) for b in said[-1][2]) if said else ()
    return Reply("\n\n".join(body for _, body, _ in said), buttons, question)


@contextlib.asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[House]:
    """The house on servers of its own in `folder`, for the length of the block."""
    with services(folder) as running:
        async with opened_on(running.database_url, running.redis_url, folder) as house:
            yield house


@contextlib.asynccontextmanager
async def opened_on(database_url: str, redis_url: str, folder: Path) -> AsyncIterator[House]:
    """The house on these servers, with one agency."""
    await migrate(database_url)
    heard: dict[int, list[Message]] = defaultdict(list)
    api = BotApi(Trouble(), lambda message: heard[message.chat].append(message))
    settings = _settings(database_url, redis_url, folder)
    async with contextlib.AsyncExitStack() as stack:
        taken = stack.enter_context(listener())
        stack.push_async_callback(api.stop)
        api_url = f"http://127.0.0.1:{await api.start()}"
        settings = replace(settings, public_url=address_of(taken), telegram_api_url=api_url)
        resources = await stack.enter_async_context(open_resources(settings))
        owner = await stack.enter_async_context(_owner(database_url))
        await _an_agency(owner)
        await ensure_default(resources)
        url = await stack.enter_async_context(serving(resources, taken))
        await stack.enter_async_context(working(resources))
        yield House(resources, Receiver(resources.db, resources.fanout), owner, url, api, heard)


def _settings(database_url: str, redis_url: str, folder: Path) -> Settings:
    return Settings(
        database_url=database_url,
        redis_url=redis_url,
        data_dir=folder,
        secret_key="bench-0123456789-0123456789-0123456789",
        telegram_token=TOKEN,
        telegram_rate=0,
    )


async def _an_agency(owner: asyncpg.Pool) -> None:
    await owner.execute(
        "select create_agency($1, 'Mission Locale de Bourg-Fictif', 'Bourg-Fictif', 'Europe/Paris')", AGENCY
    )
    await owner.execute(
        "update agency set greeter = $1, postcodes = $2 where slug = $3", ADVISER, list(POSTCODES), AGENCY
    )


def _owner(database_url: str) -> Any:
    return asyncpg.create_pool(database_url, min_size=2, max_size=10, init=_json)


async def _json(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=lambda v: orjson.dumps(v).decode(), decoder=orjson.loads
    )


def _next_working_noon() -> datetime:
    """A moment soon at which nothing is quiet, whenever the bench runs."""
    day = clock.now().replace(hour=11, minute=0) + timedelta(days=1)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def phone(house: House, kind: str, number: int) -> Voice:
    """The phone of persona `number`; `kind` is web, telegram or forms."""
    return Forms(house, number) if kind == "forms" else Envelopes(house, Channel(kind), number)
