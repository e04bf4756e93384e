"""A young person on Telegram, through the whole house: hook, record, conversation, outbox, Bot API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.handlers.telegram_start import TelegramIn
from bot.resources import Resources
from bot.store.inbox import Receiver
from tests.factories import an_agency, rows
from tests.fakes.telegram import Answer, BotApi, Pusher, as_aiogram
from tests.handlers.test_telegram_hook import PATH, SECRET, on_a_port, with_telegram
from tests.site import working

pytestmark = pytest.mark.aiogram


@dataclass
class Phone:
    """One person's Telegram: writes, presses, and reads what came."""

    api: BotApi
    pusher: Pusher
    who: int = 42
    number: int = 0
    read: int = 0
    last: dict[str, Any] = field(default_factory=dict)

    async def write(self, text: str = "", **content: Any) -> str:
        """Send something; the bot's next message to this person."""
        self.number += 1
        person = {"id": self.who, "is_bot": False, "first_name": "Lou", "language_code": "fr"}
        chat = {"id": self.who, "type": "private"}
        message = {"message_id": self.number, "date": 1, "from": person, "chat": chat, **content}
        message |= {"text": text} if text else {}
        self.pusher.push({"update_id": self.who * 1000 + self.number, "message": message})
        return await self.hear()

    async def press(self, place: int = 0) -> str:
        """Press a button of the last message."""
        self.number += 1
        keys = [key for row in self.last["reply_markup"]["inline_keyboard"] for key in row]
        chat = {"id": self.who, "type": "private"}
        query = {
            "id": str(self.number),
            "from": {"id": self.who, "is_bot": False, "first_name": "Lou"},
            "chat_instance": "i",
            "data": keys[place]["callback_data"],
            "message": {"message_id": 1, "date": 0, "chat": chat},
        }
        self.pusher.push({"update_id": self.who * 1000 + self.number, "callback_query": query})
        return await self.hear()

    async def hear(self) -> str:
        """The next message to this person."""
        await self.api.until(lambda _: len(self._mine()) > self.read)
        self.last = self._mine()[self.read]
        self.read += 1
        return str(self.last["text"])

    def _mine(self) -> list[dict[str, Any]]:
        return [message for message in self.api.sent if message["chat_id"] == str(self.who)]


@asynccontextmanager
async def a_house(resources: Resources, api: BotApi) -> AsyncIterator[tuple[Resources, Phone]]:
    house = with_telegram(resources, telegram_api_url=api.url, telegram_rate=0)
    await an_agency(house)
    telegram = TelegramIn(Receiver(house.db, house.fanout), house)
    async with on_a_port(telegram) as url, telegram.running(), working(house):
        pusher = Pusher(url + PATH, SECRET, wait=lambda _: asyncio.sleep(0.02))
        yield house, Phone(api, pusher)
        await pusher.settle()


async def test_a_newcomer_on_telegram_is_answered_and_the_wish_is_kept(resources: Resources) -> None:
    async with BotApi(check=as_aiogram).running() as api, a_house(resources, api) as (house, lou):
        first = await lou.write("/start lycee-valombre")
        assert "Valombre" in first
        assert len(first) <= 300
        await lou.write("je veux travailler dans la vente")
        await lou.press(0)
        kinds = [row["kind"] for row in await rows(house, 1, "select kind from inbox order by id")]
    assert kinds == ["arrived", "text", "option"]
    assert all(call.accepted for call in api.calls)


async def test_every_kind_of_content_gets_an_answer(resources: Resources) -> None:
    contents: dict[str, dict[str, Any]] = {
        "voice": {"voice": {"file_id": "v1", "file_unique_id": "u", "duration": 4}},
        "photo": {"photo": [{"file_id": "p1", "file_unique_id": "u", "width": 9, "height": 9}]},
        "place": {"location": {"latitude": 48.1, "longitude": -1.6}},
        "contact": {"contact": {"phone_number": "33639980101", "first_name": "Lou", "user_id": 42}},
        "sticker": {
            "sticker": {
                "file_id": "s", "file_unique_id": "u", "type": "regular", "width": 9, "height": 9,
                "is_animated": False, "is_video": False,
            }
        },
        "dice": {"dice": {"emoji": "🎲", "value": 3}},
    }  # fmt: skip
    async with BotApi(check=as_aiogram).running() as api, a_house(resources, api) as (house, lou):
        api.files = {"v1": ("voice/file_0.oga", b"OggS"), "p1": ("photos/file_1.jpg", b"JFIF")}
        await lou.write("/start")
        for content in contents.values():
            assert await lou.write(**content)
        async with asyncio.timeout(20):
            while len(files := await rows(house, 1, "select kind from media where state = 'stored' order by id")) < 2:
                await asyncio.sleep(0.05)
    assert [file["kind"] for file in files] == ["voice", "photo"]


async def test_what_telegram_refuses_for_a_moment_arrives_once_and_in_order(resources: Resources) -> None:
    async with BotApi(check=as_aiogram).running() as api, a_house(resources, api) as (_, lou):
        api.script["sendMessage"].extend([Answer.flood(1), Answer.error(500, "Internal Server Error")])
        await lou.write("/start")
        await lou.write("je veux travailler dans la vente")
    states = [row["state"] for row in await rows(resources, 1, "select state from outbox order by id")]
    assert states == ["sent", "sent"]
    assert len(api.sent) == 2


async def test_somebody_who_blocked_the_bot_is_not_written_to_again(resources: Resources) -> None:
    async with BotApi(check=as_aiogram).running() as api, a_house(resources, api) as (house, lou):
        api.script["sendMessage"].append(Answer.error(403, "Forbidden: bot was blocked by the user"))
        lou.pusher.push({"update_id": 1, "message": a_start(42)})
        async with asyncio.timeout(20):
            while not (gone := await rows(house, 1, "select state from address where state = 'gone'")):
                await asyncio.sleep(0.05)
        assert len(gone) == 1
        sam = Phone(api, lou.pusher, who=43)
        assert await sam.write("/start")
    assert [message["chat_id"] for message in api.sent] == ["43"]


def a_start(who: int) -> dict[str, Any]:
    person = {"id": who, "is_bot": False, "first_name": "Lou"}
    return {"message_id": 1, "date": 1, "from": person, "chat": {"id": who, "type": "private"}, "text": "/start"}
