"""The way out to Telegram: one message, one of five deliveries, whatever the other side does."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot import clock
from bot.channels import Door, open_doors
from bot.channels.errors import TooBig
from bot.channels.telegram import MOST_BYTES
from bot.domain.messages import Button, Channel, Delivery, Gone, Later, Media, Outbound, Refused, Sent, Unknown
from bot.resources import Resources
from bot.store.accounts import Account
from tests.fakes.telegram import Answer, BotApi, Drop, Hang

TOKEN = "4242:only-for-tests"


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi().running() as server:
        yield server


def at(resources: Resources, url: str, rate: float = 0) -> Resources:
    settings = replace(resources.settings, telegram_token=TOKEN, telegram_api_url=url, telegram_rate=rate)
    return replace(resources, settings=settings)


@pytest.fixture
async def door(resources: Resources, api: BotApi) -> AsyncIterator[Door]:
    doors = await open_doors(at(resources, api.url), [])
    yield doors[Channel.TELEGRAM]
    await doors[Channel.TELEGRAM].close()


def to(who: str = "42", text: str = "Bonjour !", *buttons: Button) -> Outbound:
    return Outbound(1, Channel.TELEGRAM, "default", who, text, buttons)


async def test_a_message_that_telegram_takes_is_sent_and_keeps_its_name(door: Door, api: BotApi) -> None:
    assert await door.send(to("42", "Tu veux quoi ?", Button("3:wish:2", "Vente"))) == Sent("1")
    [call] = api.calls
    assert call.token == TOKEN
    assert call.parameters == {
        "chat_id": "42",
        "text": "Tu veux quoi ?",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": [[{"text": "Vente", "callback_data": "3:wish:2"}]]},
    }


async def test_a_text_too_long_for_one_message_leaves_in_several(door: Door, api: BotApi) -> None:
    assert await door.send(to(text="mot " * 1500)) == Sent("1")
    assert " ".join(message["text"] for message in api.sent).split() == ["mot"] * 1500


async def test_a_message_partly_sent_has_an_unknown_outcome(door: Door, api: BotApi) -> None:
    api.script["sendMessage"].extend([Answer(200, b'{"ok":true,"result":{"message_id":1}}'), Answer.error(400, "no")])
    assert await door.send(to(text="mot " * 1500)) == Unknown("partly sent")


REFUSALS: list[tuple[Answer, type[Delivery]]] = [
    (Answer.error(403, "Forbidden: bot was blocked by the user"), Gone),
    (Answer.error(403, "Forbidden: user is deactivated"), Gone),
    (Answer.error(400, "Bad Request: chat not found"), Gone),
    (Answer.error(400, "Bad Request: PEER_ID_INVALID"), Gone),
    (Answer.error(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-100), Gone),
    (Answer.error(400, "Bad Request: message text is empty"), Refused),
    (Answer.error(400, "Bad Request: BUTTON_DATA_INVALID"), Refused),
    (Answer(400, b""), Refused),
]


@pytest.mark.parametrize(("answer", "outcome"), REFUSALS)
async def test_a_final_refusal_says_whether_the_person_or_the_message_is_the_reason(
    door: Door, api: BotApi, answer: Answer, outcome: type[Delivery]
) -> None:
    api.script["sendMessage"].append(answer)
    assert type(await door.send(to())) is outcome
    assert await door.send(to()) == Sent("2")


NOT_NOW: list[tuple[Answer, float, bool]] = [
    (Answer.flood(7), 7, True),
    (Answer(429, b"slow down"), 5, True),
    (Answer.error(500, "Internal Server Error"), 3, False),
    (Answer(502, b"<html>Bad Gateway</html>"), 3, False),
    (Answer(504, b"[]"), 3, False),
    (Answer.error(401, "Unauthorized"), 60, True),
    (Answer.error(404, "Not Found"), 60, True),
    (Answer.error(409, "Conflict"), 5, False),
]


@pytest.mark.parametrize(("answer", "seconds", "account_wide"), NOT_NOW)
async def test_what_telegram_did_not_take_is_tried_again_later(
    door: Door, api: BotApi, answer: Answer, seconds: float, account_wide: bool
) -> None:
    before = clock.now()
    api.script["sendMessage"].append(answer)
    later = await door.send(to())
    assert isinstance(later, Later)
    assert later.account_wide is account_wide
    assert before + timedelta(seconds=seconds) <= later.at <= clock.now() + timedelta(seconds=seconds)


async def test_after_too_many_the_whole_account_is_silent_without_asking_telegram_again(
    door: Door, api: BotApi
) -> None:
    api.script["sendMessage"].append(Answer.flood(30))
    first, other = await door.send(to("42")), await door.send(to("43"))
    assert isinstance(first, Later)
    assert isinstance(other, Later)
    assert other.account_wide
    assert len(api.calls) == 1


@pytest.mark.parametrize("answer", [Drop(), Answer(200, b""), Answer(200, b"<html>welcome to the wifi</html>")])
async def test_a_request_that_left_without_an_answer_has_an_unknown_outcome(
    door: Door, api: BotApi, answer: Answer | Drop
) -> None:
    api.script["sendMessage"].append(answer)
    assert isinstance(await door.send(to()), Unknown)
    assert len(api.calls) == 1


async def test_an_answer_that_never_comes_is_an_unknown_outcome(
    door: Door, api: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram._SECONDS", 0.2)
    api.script["sendMessage"].append(Hang())
    assert isinstance(await door.send(to()), Unknown)


async def test_a_request_that_never_left_is_tried_again(resources: Resources) -> None:
    async with BotApi().running() as gone:
        url = gone.url
    door = (await open_doors(at(resources, url), []))[Channel.TELEGRAM]
    assert isinstance(await door.send(to()), Later)
    await door.close()


async def test_an_account_nobody_knows_waits_for_an_operator(door: Door) -> None:
    assert isinstance(await door.send(replace(to(), account="autre")), Later)


async def test_no_delivery_and_no_log_ever_says_the_token(
    door: Door, api: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    scripted = [answer for answer, *_ in REFUSALS + NOT_NOW[2:5]] + [Drop(), Answer.error(401, "Unauthorized")]
    api.script["sendMessage"].extend(scripted)
    said = [repr(await door.send(to(str(n)))) for n in range(len(scripted))]
    assert len(api.calls) == len(scripted)
    assert TOKEN not in "".join(said) + caplog.text


async def test_without_an_account_there_is_no_telegram(resources: Resources) -> None:
    assert set(await open_doors(resources, [])) == {Channel.WEB}


async def test_each_account_speaks_with_its_own_token(resources: Resources, api: BotApi) -> None:
    other = Account(7, 2, "rivemont", "telegram", "rivemont", {"token": "77:other"})
    door = (await open_doors(at(resources, api.url), [other]))[Channel.TELEGRAM]
    await door.send(to())
    await door.send(replace(to(), account="rivemont"))
    await door.close()
    assert [call.token for call in api.calls] == [TOKEN, "77:other"]


async def test_a_paced_account_counts_every_message_it_sends(resources: Resources, api: BotApi) -> None:
    """One a minute: the second message is told to come back, and Telegram hears of one only."""
    door = (await open_doors(at(resources, api.url, rate=1 / 60), []))[Channel.TELEGRAM]
    first, second = await door.send(to("42")), await door.send(to("43", text="mot " * 1500))
    await door.close()
    assert first == Sent("1")
    assert isinstance(second, Later)
    assert not second.account_wide
    assert len(api.calls) == 1


# --- files --------------------------------------------------------------------------------------------------------


def a_voice(file_id: str = "v1", size: int = 0) -> Media:
    return Media("voice", file_id, "audio/ogg", size=size)


async def test_a_voice_message_is_brought_home(door: Door, api: BotApi) -> None:
    api.files["v1"] = ("voice/file_0.oga", b"OggS" + bytes(1000))
    assert await door.fetch("default", a_voice()) == b"OggS" + bytes(1000)


@pytest.mark.parametrize("size", [0, MOST_BYTES + 1])
async def test_a_file_over_the_cap_stays_where_it_is_whatever_its_announced_size(
    door: Door, api: BotApi, size: int
) -> None:
    api.files["v1"] = ("voice/file_0.oga", bytes(MOST_BYTES + 1))
    with pytest.raises(TooBig):
        await door.fetch("default", a_voice(size=size))


async def test_a_file_over_telegrams_own_cap_is_too_big(door: Door, api: BotApi) -> None:
    api.script["getFile"].append(Answer.error(400, "Bad Request: file is too big"))
    with pytest.raises(TooBig):
        await door.fetch("default", a_voice())


async def test_a_file_telegram_does_not_give_is_none(door: Door, api: BotApi) -> None:
    api.files["v2"] = ("voice/file_2.oga", b"x")
    api.script["getFile"].append(Answer.error(500, "Internal"))
    assert await door.fetch("default", a_voice("v2")) is None
    assert await door.fetch("default", a_voice("unknown")) is None
    assert await door.fetch("default", a_voice("v2")) == b"x"


@pytest.mark.parametrize(
    "path", ["../secret", "/etc/passwd", "voice/../../x", "voice//x", "", "a?b", "a%2e%2e/b", "a\\b", "voix é", "."]
)
async def test_a_path_that_leaves_the_accounts_folder_is_never_asked_for(door: Door, api: BotApi, path: str) -> None:
    api.files["v1"] = (path, b"secret")
    assert await door.fetch("default", a_voice()) is None
    assert [call.method for call in api.calls] == ["getFile"]
