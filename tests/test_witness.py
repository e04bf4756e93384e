"""Two libraries that never met: what python-telegram-bot writes, aiogram reads. Each is the other's witness."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels import open_doors
from bot.domain.messages import Button, Channel, Media, Outbound, Sent
from bot.handlers.telegram import load
from bot.handlers.telegram_start import TelegramIn
from bot.resources import Resources
from bot.store.inbox import Receiver
from tests.factories import an_agency
from tests.fakes.telegram import BotApi, as_aiogram

pytestmark = pytest.mark.aiogram

WIRE = sorted((Path(__file__).parent / "wire" / "telegram").glob("*.json"))
UNKNOWN_TO_THE_WITNESS = {
    "content_from_the_future", "update_from_the_future", "subscription", "stopped_message_generation",
}  # fmt: skip


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi(check=as_aiogram).running() as server:
        yield server


def at(resources: Resources, api: BotApi, mode: str = "webhook") -> Resources:
    settings = replace(
        resources.settings,
        telegram_token="4242:only-for-tests",
        telegram_api_url=api.url,
        telegram_rate=0,
        telegram_mode=mode,
        public_url="https://valombre.example.org",
    )
    return replace(resources, settings=settings)


TEXTS = ["Bonjour !", "Tu cherches 1 < 2 & <b>quoi</b> ?", "😀" * 3000, "مرحبا", "mot " * 3000]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize(
    "labels", [(), ("Oui", "Non"), ("Parler à quelqu'un de la Mission Locale", "Passer", "Retour")]
)
async def test_every_message_we_send_is_one_aiogram_accepts(
    resources: Resources, api: BotApi, text: str, labels: tuple[str, ...]
) -> None:
    door = (await open_doors(at(resources, api), []))[Channel.TELEGRAM]
    buttons = tuple(Button(f"12:wish:{number}", label) for number, label in enumerate(labels))
    delivery = await door.send(Outbound(1, Channel.TELEGRAM, "default", "42", text, buttons))
    await door.close()
    assert isinstance(delivery, Sent)
    assert "".join("".join(message["text"] for message in api.sent).split()) == "".join(text.split())


async def test_every_other_call_we_make_is_one_aiogram_accepts(resources: Resources, api: BotApi) -> None:
    api.files["v1"] = ("voice/file_0.oga", b"OggS")
    message = {"message_id": 1, "date": 0, "chat": {"id": 42, "type": "private"}}
    query = {
        "id": "q9",
        "from": {"id": 42, "is_bot": False, "first_name": "Lou"},
        "chat_instance": "i",
        "data": "1:yes",
    }
    api.updates = [{"update_id": 1, "callback_query": {**query, "message": message}}]
    await an_agency(resources)
    door = (await open_doors(at(resources, api), []))[Channel.TELEGRAM]
    assert await door.fetch("default", Media("voice", "v1")) == b"OggS"
    await door.close()
    for mode, last in (("webhook", "setWebhook"), ("poll", "answerCallbackQuery")):
        house = at(resources, api, mode)
        async with TelegramIn(Receiver(house.db, house.fanout), house).running():
            await api.until(lambda seen, last=last: bool(seen.named(last)))  # type: ignore[misc]
    assert {call.method for call in api.calls} == {
        "getFile", "setWebhook", "deleteWebhook", "getUpdates", "answerCallbackQuery",
    }  # fmt: skip
    assert all(call.accepted for call in api.calls)


@pytest.mark.filterwarnings("ignore:Deprecated since")  # its own, about times it reads
@pytest.mark.parametrize("path", [p for p in WIRE if p.stem not in UNKNOWN_TO_THE_WITNESS], ids=lambda path: path.stem)
def test_an_update_written_by_the_other_library_means_the_same(path: Path) -> None:
    import telegram

    case = json.loads(path.read_text("utf-8"))
    written = telegram.Update.de_json(case["update"], None).to_json().encode()
    read = load()
    assert read("default", written) == read("default", json.dumps(case["update"]).encode())


async def test_the_witness_refuses_what_the_bot_api_does_not_have(api: BotApi) -> None:
    assert as_aiogram("sendMessage", {"chat_id": 1, "text": "a"}) == ""
    assert as_aiogram("sendMessage", {"chat_id": 1, "text": "a", "invented": 1})
    assert as_aiogram("sendMessage", {"text": "a"})
    assert as_aiogram("sendPigeon", {"chat_id": 1})
