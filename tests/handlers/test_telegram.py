"""What Telegram says, and the Envelope each saying must become. One file of tests/wire/telegram per kind."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.messages import Envelope, InboundKind
from bot.handlers.telegram import ALLOWED_UPDATES, Read, Unreadable, load

pytestmark = pytest.mark.aiogram

WIRE = Path(__file__).parent.parent / "wire" / "telegram"
CASES = sorted(WIRE.glob("*.json"))


@pytest.fixture(scope="module")
def read() -> Read:
    return load()


def shown(envelope: Envelope | None) -> dict[str, Any] | None:
    """An envelope as the files write it: what differs from the default."""
    if envelope is None:
        return None
    inbound = asdict(envelope.inbound)
    media = inbound.pop("media")
    told = {name: value for name, value in inbound.items() if value}
    if media:
        told["media"] = {name: value for name, value in media.items() if value}
    return {**asdict(envelope), "inbound": told}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_each_kind_of_update_becomes_its_envelope_or_is_set_aside(path: Path, read: Read) -> None:
    case = json.loads(path.read_text("utf-8"))
    reading = read("default", json.dumps(case["update"]).encode())
    assert (reading.kind, shown(reading.envelope)) == (case["kind"], case["envelope"])


@pytest.mark.parametrize("path", [path for path in CASES if path.stem.startswith("button")], ids=lambda path: path.stem)
def test_every_pressed_button_gets_an_answer(path: Path, read: Read) -> None:
    case = json.loads(path.read_text("utf-8"))
    assert read("default", json.dumps(case["update"]).encode()).callback == case["update"]["callback_query"]["id"]


def test_there_is_a_case_for_every_kind_the_bot_api_has() -> None:
    from aiogram.types import Update

    shown_kinds = {name for path in CASES for name in json.loads(path.read_text("utf-8"))["update"]}
    assert set(Update.model_fields) <= shown_kinds
    assert set(ALLOWED_UPDATES) <= set(Update.model_fields)


def test_there_is_a_case_for_every_inbound_a_door_can_bring() -> None:
    kinds = {json.loads(path.read_text("utf-8"))["kind"] for path in CASES}
    assert {kind.value for kind in InboundKind} - {"timer", "returned"} <= kinds


CHAT = b'"date":1,"chat":{"id":1,"type":"private"}'
UNREADABLE = {
    "nothing": b"",
    "not JSON": b"update_id=1",
    "cut short": b'{"update_id": 1, "message": {"message_id"',
    "a list": b"[]",
    "no id": b"{}",
    "a lone surrogate": b'{"update_id":1,"message":{"message_id":1,' + CHAT + b',"text":"\\ud800"}}',
    "not UTF-8": b'{"update_id":1,"message":{"text":"\xff\xfe"}}',
    "too deep": b'{"update_id":1,"message":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "of the wrong shape": b'{"update_id":1,"message":{"message_id":"mot de passe",' + CHAT + b"}}",
}


@pytest.mark.parametrize("raw", UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_says_where_and_never_what(raw: bytes, read: Read) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read("default", raw)
    assert unreadable.value.why
    assert "mot de passe" not in unreadable.value.why


def a_message(**content: Any) -> bytes:
    person = {"id": 5550101, "is_bot": False, "first_name": "Lina"}
    chat = {"id": 5550101, "type": "private"}
    return json.dumps(
        {"update_id": 1, "message": {"message_id": 1, "date": 1, "from": person, "chat": chat, **content}}
    ).encode()


@pytest.mark.parametrize("size", [-5, 2**40, 10**30])
def test_a_forged_size_is_kept_within_what_a_row_holds(size: int, read: Read) -> None:
    reading = read("default", a_message(document={"file_id": "x", "file_unique_id": "y", "file_size": size}))
    assert reading.envelope is not None
    assert reading.envelope.inbound.media is not None
    assert 0 <= reading.envelope.inbound.media.size < 2**31


@given(text=st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_is_read_and_none_is_lost(text: str) -> None:
    reading = load()("default", a_message(text=text))
    assert reading.envelope is not None
    inbound = reading.envelope.inbound
    if not text.strip().startswith("/"):
        assert (inbound.kind, inbound.text) == (InboundKind.TEXT, text)


@given(payload=st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_a_deep_link_of_any_shape_is_an_arrival(payload: str) -> None:
    reading = load()("default", a_message(text=f"/start {payload}"))
    assert reading.envelope is not None
    assert reading.envelope.inbound.kind is InboundKind.ARRIVED
    assert reading.envelope.inbound.source in {"", payload.strip()}


@given(data=st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=64))
def test_any_button_data_is_an_option(data: str) -> None:
    person = {"id": 5550101, "is_bot": False, "first_name": "Lina"}
    message = {"message_id": 1, "date": 0, "chat": {"id": 5550101, "type": "private"}}
    query = {"id": "q", "from": person, "chat_instance": "i", "message": message, "data": data}
    reading = load()("default", json.dumps({"update_id": 1, "callback_query": query}).encode())
    assert reading.envelope is not None
    inbound = reading.envelope.inbound
    assert inbound.kind is InboundKind.OPTION
    assert (inbound.turn, inbound.option) == (0, data) or f"{inbound.turn}:{inbound.option}" == data
