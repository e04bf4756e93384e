"""Long polling: confirmed only once kept, one poller per account, and nothing that the network does ends it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Any

import asyncpg
import pytest

from bot.handlers.telegram_start import TelegramIn
from bot.resources import Resources
from bot.store.inbox import Receiver
from bot.store.locks import only_one
from bot.store.pool import StoreDown
from tests.factories import an_agency, rows
from tests.fakes.telegram import Answer, BotApi, Drop

pytestmark = pytest.mark.aiogram


def an_update(number: int, text: str = "bonjour") -> dict[str, Any]:
    person = {"id": 42, "is_bot": False, "first_name": "Lou"}
    message = {"message_id": number, "date": 1, "from": person, "chat": {"id": 42, "type": "private"}, "text": text}
    return {"update_id": number, "message": message}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.handlers.telegram_poll.PAUSE", 0.05)


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi().running() as server:
        yield server


@pytest.fixture
async def house(resources: Resources, api: BotApi) -> Resources:
    settings = replace(
        resources.settings, telegram_token="4242:only-for-tests", telegram_api_url=api.url, telegram_mode="poll"
    )
    await an_agency(resources)
    return replace(resources, settings=settings)


@asynccontextmanager
async def listening(house: Resources) -> AsyncIterator[None]:
    async with TelegramIn(Receiver(house.db, house.fanout), house).running():
        yield


async def texts(house: Resources) -> list[str]:
    return [row["body"].get("text", "") for row in await rows(house, 1, "select body from inbox order by id")]


async def test_updates_are_kept_in_order_and_then_confirmed(house: Resources, api: BotApi) -> None:
    api.updates = [an_update(number, str(number)) for number in range(5, 255)]
    async with listening(house):
        await api.until(lambda seen: seen.confirmed == 255)
    assert await texts(house) == [str(number) for number in range(5, 255)]
    assert [call.method for call in api.calls][:2] == ["deleteWebhook", "getUpdates"]
    assert "offset" not in api.named("getUpdates")[0].parameters


async def test_ids_that_start_anew_after_a_quiet_week_are_heard(house: Resources, api: BotApi) -> None:
    api.updates = [an_update(900)]
    async with listening(house):
        await api.until(lambda seen: seen.confirmed == 901 and not seen.updates)
        api.updates = [an_update(3, "me revoilà")]
        await api.until(lambda seen: not seen.updates and "offset" in seen.named("getUpdates")[-1].parameters)
    assert await texts(house) == ["bonjour", "me revoilà"]


async def test_nothing_the_network_does_ends_the_polling(house: Resources, api: BotApi) -> None:
    api.script["deleteWebhook"].append(Answer.error(502, "Bad Gateway"))
    api.script["getUpdates"].extend([Drop(), Answer.flood(1), Answer.error(500, "no"), Answer(200, b"<html>")])
    api.script["getUpdates"].append(Answer.error(409, "Conflict: terminated by other getUpdates request"))
    api.updates = [an_update(1)]
    async with listening(house):
        await api.until(lambda seen: seen.confirmed == 2)
    assert await texts(house) == ["bonjour"]


async def test_an_update_that_cannot_be_read_is_parked_and_the_next_one_is_heard(house: Resources, api: BotApi) -> None:
    api.updates = [{"update_id": 1, "message": {"text": "?"}}, an_update(2)]
    async with listening(house):
        await api.until(lambda seen: seen.confirmed == 3)
    assert await texts(house) == ["bonjour"]
    assert len(await rows(house, 1, "select id from parked_update")) == 1


async def test_a_pressed_button_is_answered_once_it_is_kept(house: Resources, api: BotApi) -> None:
    message = {"message_id": 1, "date": 0, "chat": {"id": 42, "type": "private"}}
    query = {
        "id": "q9",
        "from": {"id": 42, "is_bot": False, "first_name": "Lou"},
        "chat_instance": "i",
        "data": "1:yes",
    }
    api.updates = [{"update_id": 1, "callback_query": {**query, "message": message}}]
    async with listening(house):
        await api.until(lambda seen: bool(seen.named("answerCallbackQuery")))
    assert api.named("answerCallbackQuery")[0].parameters == {"callback_query_id": "q9"}
    assert len(await texts(house)) == 1


async def test_updates_are_not_confirmed_while_the_database_is_away(house: Resources, api: BotApi) -> None:
    """No agency yet: nothing can be kept, so everything stays with Telegram until there is one."""
    async with house.db.acquire() as conn:
        await conn.execute(
            "set role none; update agency set is_default = false; "
            "delete from channel_account where channel = 'telegram'"
        )
    api.updates = [an_update(1)]
    async with listening(house):
        await api.until(lambda seen: len(seen.named("getUpdates")) >= 3)
        assert api.confirmed == 0
        async with house.db.acquire() as conn:
            await conn.execute("set role none; update agency set is_default = true")
        await api.until(lambda seen: seen.confirmed == 2)
    assert await texts(house) == ["bonjour"]


async def test_one_process_at_a_time_polls_an_account(house: Resources, api: BotApi) -> None:
    async with AsyncExitStack() as first, listening(house):
        await api.until(lambda seen: bool(seen.named("getUpdates")))
        await first.enter_async_context(listening(house))
        seen_before = len(api.named("getUpdates"))
        await api.until(lambda seen: len(seen.named("getUpdates")) > seen_before + 3)
        assert len(api.named("deleteWebhook")) == 1  # each poller begins with one


async def test_a_lock_is_one_processes_and_ends_with_its_connection(house: Resources, database: str) -> None:
    async with only_one(house.db, "poll x") as mine, only_one(house.db, "poll x") as theirs:
        assert mine is not None
        assert theirs is None
        await mine()
        server = await asyncpg.connect(database)
        await server.execute(
            "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and pid <> pg_backend_pid()"
        )
        await server.close()
        with pytest.raises(StoreDown):
            await mine()
        async with only_one(house.db, "poll x") as next_one:
            assert next_one is not None
