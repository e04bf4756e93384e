"""The webhook: what is acknowledged is durable, what is not durable is asked for again, and nothing blocks a person."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels.telegram_accounts import Credentials, ensure_default
from bot.handlers.telegram import load
from bot.handlers.telegram_hook import MOST_BYTES, Hook
from bot.handlers.telegram_start import TelegramIn
from bot.resources import Resources, metrics
from bot.store.inbox import Receiver
from tests.factories import an_agency, rows
from tests.fakes.telegram import Answer, BotApi, Drop, Pusher
from tests.site import address_of, listener

pytestmark = pytest.mark.aiogram

SECRET = "only-for-tests"
PATH = "/hooks/telegram/default"


def with_telegram(resources: Resources, **settings: Any) -> Resources:
    given = {"telegram_token": "4242:only-for-tests", "telegram_secret": SECRET, **settings}
    return replace(resources, settings=replace(resources.settings, **given))


@pytest.fixture
async def house(resources: Resources) -> Resources:
    """An agency whose Telegram account is the one of the settings."""
    house = with_telegram(resources)
    await an_agency(house)
    await ensure_default(house)
    return house


@pytest.fixture
async def hook(house: Resources) -> AsyncIterator[httpx.AsyncClient]:
    telegram = TelegramIn(Receiver(house.db, house.fanout), house)
    endpoint = telegram.routes[0].app
    assert isinstance(endpoint, Hook)
    endpoint.open({"default": Credentials("t", SECRET)}, load())
    async with client_of(telegram) as client:
        yield client


def client_of(telegram: TelegramIn, secret: str = SECRET) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(Starlette(routes=telegram.routes)),
        base_url="http://house",
        headers={"X-Telegram-Bot-Api-Secret-Token": secret},
    )


def an_update(number: int = 1, who: int = 42, text: str = "bonjour", **message: Any) -> dict[str, Any]:
    person = {"id": who, "is_bot": False, "first_name": "Lou"}
    chat = {"id": who, "type": "private"}
    content = {"message_id": number, "date": 1, "from": person, "chat": chat, "text": text, **message}
    return {"update_id": number, "message": content}


def a_press(number: int = 1, data: str = "3:yes") -> dict[str, Any]:
    person = {"id": 42, "is_bot": False, "first_name": "Lou"}
    message = {"message_id": 1, "date": 0, "chat": {"id": 42, "type": "private"}}
    query = {"id": "q9", "from": person, "chat_instance": "i", "message": message, "data": data}
    return {"update_id": number, "callback_query": query}


@contextlib.asynccontextmanager
async def on_a_port(telegram: TelegramIn) -> AsyncIterator[str]:
    """The hook, served as in the house."""
    with listener() as port:
        app = Starlette(routes=telegram.routes)
        server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign]
        serving = asyncio.create_task(server.serve(sockets=[port]))
        try:
            yield address_of(port)
        finally:
            server.should_exit = True
            await serving


async def kept(house: Resources) -> list[dict[str, Any]]:
    return await rows(house, 1, "select kind, body, external_id from inbox order by id")


async def parked(house: Resources) -> list[bytes]:
    return [row["raw"] for row in await rows(house, 1, "select raw from parked_update order by id")]


async def test_a_message_is_kept_before_it_is_acknowledged(hook: httpx.AsyncClient, house: Resources) -> None:
    answer = await hook.post(PATH, json=an_update(7, text="je veux bosser"))
    assert (answer.status_code, answer.content) == (200, b"")
    assert await kept(house) == [{"kind": "text", "body": {"text": "je veux bosser"}, "external_id": "7"}]


async def test_an_update_that_comes_again_is_acknowledged_and_kept_once(
    hook: httpx.AsyncClient, house: Resources
) -> None:
    answers = [await hook.post(PATH, json=an_update(7)) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len(await kept(house)) == 1


async def test_a_pressed_button_is_answered_in_the_same_breath(hook: httpx.AsyncClient, house: Resources) -> None:
    answer = await hook.post(PATH, json=a_press())
    assert answer.json() == {"method": "answerCallbackQuery", "callback_query_id": "q9"}
    assert (await kept(house))[0]["body"] == {"option": "yes", "turn": 3}


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "é"])
async def test_without_the_secret_nothing_is_read(hook: httpx.AsyncClient, house: Resources, secret: str) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
    answer = await hook.post(PATH, json=an_update(), headers=headers)
    assert answer.status_code == 401
    assert await kept(house) == []


async def test_without_any_secret_nothing_is_read(hook: httpx.AsyncClient, house: Resources) -> None:
    del hook.headers["X-Telegram-Bot-Api-Secret-Token"]
    assert (await hook.post(PATH, json=an_update())).status_code == 401
    assert await kept(house) == []


async def test_an_account_nobody_has_looks_like_a_wrong_secret(hook: httpx.AsyncClient) -> None:
    for secret in (SECRET, ""):
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        assert (await hook.post("/hooks/telegram/autre", json=an_update(), headers=headers)).status_code == 401


async def test_only_a_post_is_an_update(hook: httpx.AsyncClient) -> None:
    assert (await hook.get(PATH)).status_code == 405


async def test_a_body_over_the_cap_is_refused_however_it_comes(hook: httpx.AsyncClient, house: Resources) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(MOST_BYTES // 65_536 + 2):
            yield b" " * 65_536

    whole = await hook.post(PATH, content=b" " * (MOST_BYTES + 1))
    by_pieces = await hook.post(PATH, content=pieces())
    assert (whole.status_code, by_pieces.status_code) == (413, 413)
    assert await parked(house) == []


UNREADABLE = [
    b"",
    b"{",
    b'{"update_id":"x"}',
    b"[" * 50_000,
    b"\x00\xff",
    b'{"update_id":1,"message":{"text":"\\ud800"}}',
]


@pytest.mark.parametrize("raw", UNREADABLE)
async def test_what_cannot_be_read_is_parked_counted_and_acknowledged(
    hook: httpx.AsyncClient, house: Resources, raw: bytes
) -> None:
    before = metrics.unreadable.labels("telegram")._value.get()
    assert (await hook.post(PATH, content=raw)).status_code == 200
    assert await parked(house) == [raw]
    assert metrics.unreadable.labels("telegram")._value.get() == before + 1
    assert (await hook.post(PATH, json=an_update())).status_code == 200
    assert len(await kept(house)) == 1


STRANGE = [
    "\x00",
    "a" * 100_000,
    "\u202emoi\u202c",
    "\u200b" * 50,
    "<script>alert(1)</script>",
    "'; drop table inbox",
    " ",
]


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
async def test_no_words_ever_break_the_hook(hook: httpx.AsyncClient, house: Resources, text: str) -> None:
    assert (await hook.post(PATH, json=an_update(text=text))).status_code == 200
    assert (await kept(house))[0]["kind"] == "text"


@pytest.mark.parametrize("data", ["", "x" * 64, "9" * 64, "1:" + "y" * 62, "-1:oui", "\x00:\x00", "1:2:3"])
async def test_forged_button_data_is_kept_as_a_press(hook: httpx.AsyncClient, house: Resources, data: str) -> None:
    assert (await hook.post(PATH, json=a_press(data=data))).status_code == 200
    assert (await kept(house))[0]["kind"] == "option"


async def test_what_is_set_aside_is_counted_and_not_kept(hook: httpx.AsyncClient, house: Resources) -> None:
    before = metrics.ignored.labels("telegram", "group")._value.get()
    group = an_update(chat={"id": -100, "type": "group", "title": "Groupe"})
    assert (await hook.post(PATH, json=group)).status_code == 200
    assert await kept(house) == []
    assert metrics.ignored.labels("telegram", "group")._value.get() == before + 1


async def test_an_update_that_cannot_be_stored_is_asked_for_again(hook: httpx.AsyncClient, house: Resources) -> None:
    await house.db.close()
    for content in (json.dumps(an_update()).encode(), b"{"):
        answer = await hook.post(PATH, content=content)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0


async def test_an_account_without_an_agency_keeps_nothing_until_there_is_one(resources: Resources) -> None:
    """The product may start, and Telegram may write, before the first agency exists."""
    house = with_telegram(resources)
    telegram = TelegramIn(Receiver(house.db, house.fanout), house)
    telegram.routes[0].app.open({"default": Credentials("t", SECRET)}, load())
    async with client_of(telegram) as hook:
        assert (await hook.post(PATH, json=an_update())).status_code == 503
        await an_agency(house)
        assert (await hook.post(PATH, json=an_update())).status_code == 503
        assert (await hook.post(PATH, json=an_update())).status_code == 200
    assert len(await kept(house)) == 1


async def test_a_house_that_starts_asks_telegram_to_wait_and_then_hears_everything_in_order(
    resources: Resources,
) -> None:
    async with BotApi().running() as api:
        house = with_telegram(resources, telegram_api_url=api.url, public_url="https://valombre.example.org")
        await an_agency(house)
        telegram = TelegramIn(Receiver(house.db, house.fanout), house)
        async with on_a_port(telegram) as url:
            pusher = Pusher(url + PATH, SECRET, wait=lambda _: asyncio.sleep(0.02))
            for number in range(1, 6):
                pusher.push(an_update(number, text=str(number)))
            while not pusher.answers:
                await asyncio.sleep(0.01)
            async with telegram.running():
                await pusher.settle()
                await api.until(lambda seen: bool(seen.named("setWebhook")))
    assert [row["body"]["text"] for row in await kept(house)] == ["1", "2", "3", "4", "5"]
    assert pusher.answers[0][1] == 503
    assert set(pusher.pauses) == {5.0}
    [call] = api.named("setWebhook")
    assert call.parameters == {
        "url": "https://valombre.example.org/hooks/telegram/default",
        "secret_token": SECRET,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
        "max_connections": 100,
    }


async def test_the_hook_is_announced_until_telegram_has_heard(
    resources: Resources, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.handlers.telegram_poll.PAUSE", 0.01)
    async with BotApi().running() as api:
        api.script["setWebhook"].extend([Drop(), Answer.flood(1), Answer.error(400, "Bad Request: bad webhook")])
        house = with_telegram(resources, telegram_api_url=api.url, public_url="https://valombre.example.org")
        async with TelegramIn(Receiver(house.db, house.fanout), house).running():
            await api.until(lambda seen: any(call.accepted for call in seen.named("setWebhook")))
    assert len(api.named("setWebhook")) == 4


async def test_without_an_account_nothing_is_loaded_and_telegram_is_told_to_come_back(resources: Resources) -> None:
    telegram = TelegramIn(Receiver(resources.db, resources.fanout), resources)
    async with telegram.running(), client_of(telegram) as hook:
        assert (await hook.post(PATH, json=an_update())).status_code == 503


async def test_one_persons_poisoned_update_holds_up_nobody(hook: httpx.AsyncClient, house: Resources) -> None:
    answers = await asyncio.gather(
        hook.post(PATH, content=b'{"update_id":1,"message":{"chat":{"id":42}}}'),
        hook.post(PATH, json=an_update(2, who=42)),
        hook.post(PATH, json=an_update(3, who=43)),
    )
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert len(await kept(house)) == 2


async def test_a_secret_nobody_chose_is_made_and_kept_the_same(resources: Resources) -> None:
    from bot.channels.telegram_accounts import credentials

    house = with_telegram(resources, telegram_secret="")
    made = credentials(house, [])["default"].secret
    assert len(made) >= 32
    assert credentials(house, [])["default"].secret == made
    other = replace(house, secrets=type(house.secrets)("another key of at least thirty-two characters"))
    assert credentials(other, [])["default"].secret != made
