"""What a browser may send, and what becomes of it."""

import string
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException
from starlette.requests import Request

from bot.domain.messages import Inbound, InboundKind
from bot.handlers.web_forms import MOST_BODY, MOST_WORDS, Cookie, Session, inbound_of, is_cut, message_id, read_form


def a_request(body: bytes = b"", **headers: str) -> Request:
    sent = [
        (name.replace("_", "-").encode(), value.encode())
        for name, value in {"host": "chat.example.org", **headers}.items()
    ]

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    return Request({"type": "http", "method": "POST", "path": "/chat", "headers": sent}, receive)


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://elsewhere.example.org"},
        {"origin": "null"},
    ],
)
async def test_a_form_of_another_site_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(HTTPException) as refused:
        await read_form(a_request(b"text=bonjour", **headers))
    assert refused.value.status_code == 403


@pytest.mark.parametrize("headers", [{}, {"sec_fetch_site": "same-origin"}, {"origin": "https://chat.example.org"}])
async def test_a_form_of_our_own_page_is_read(headers: dict[str, str]) -> None:
    assert await read_form(a_request(b"text=bonjour&id=12345678", **headers)) == {"text": "bonjour", "id": "12345678"}


async def test_a_body_past_the_cap_is_refused_as_too_long() -> None:
    with pytest.raises(HTTPException) as refused:
        await read_form(a_request(b"text=" + b"a" * MOST_BODY))
    assert refused.value.status_code == 413


@pytest.mark.parametrize(
    ("body", "headers"),
    [(b"{}", {"content_type": "application/json"}), (b"&".join(b"a=1" for _ in range(50)), {})],
)
async def test_what_is_no_form_of_ours_is_refused_as_such(body: bytes, headers: dict[str, str]) -> None:
    with pytest.raises(HTTPException) as refused:
        await read_form(a_request(body, **headers))
    assert refused.value.status_code == 400


@given(st.text(max_size=400))
async def test_any_words_are_kept_in_a_form_that_can_be_stored(text: str) -> None:
    form = await read_form(a_request(b"text=" + quote(text, errors="surrogatepass").encode()))
    kept = form["text"]
    assert "\x00" not in kept
    kept.encode("utf-8")
    said = inbound_of(form)
    assert (said is None) == (not kept.replace("\r\n", "\n").strip())


def test_a_long_message_is_cut_and_that_is_known() -> None:
    long, short = {"text": "a" * (MOST_WORDS + 1)}, {"text": "a" * MOST_WORDS}
    said = inbound_of(long)
    assert said is not None
    assert said.text == "a" * MOST_WORDS + "…"
    assert (is_cut(long), is_cut(short)) == (True, False)


def test_a_button_is_its_turn_and_its_option_and_the_option_may_carry_a_number() -> None:
    assert inbound_of({"option": "3:wish:2"}) == Inbound(InboundKind.OPTION, option="wish:2", turn=3)


@pytest.mark.parametrize(
    "forged", ["x:human", "3:", "-1:human", "3:a b", "9999999999:human", "3:" + "a" * 65, "٣:human"]
)
def test_a_button_of_a_shape_we_never_made_is_read_as_words(forged: str) -> None:
    said = inbound_of({"option": forged})
    assert said is not None
    assert (said.kind, said.turn) == (InboundKind.TEXT, 0)


def test_saying_nothing_is_saying_nothing() -> None:
    assert inbound_of({"text": " \n "}) is None
    assert inbound_of({}) is None


def test_the_same_form_sent_twice_has_one_key_and_another_answer_from_the_same_page_has_its_own() -> None:
    session = Session("a" * 22, by_cookie=False)
    first, again, other = ({"id": "12345678", "text": text} for text in ("oui", "oui", "non"))
    assert message_id(session, first) == message_id(session, again)
    assert message_id(session, first) != message_id(session, other)
    assert message_id(session, first) != message_id(Session("b" * 22, by_cookie=False), first)


def test_a_form_without_an_id_is_never_taken_for_another() -> None:
    session = Session("a" * 22, by_cookie=False)
    assert message_id(session, {"text": "oui"}) != message_id(session, {"text": "oui"})


def test_the_cookie_wins_over_the_form_and_a_token_that_is_no_token_is_replaced() -> None:
    cookie = Cookie("http://127.0.0.1")
    carried, kept = "f" * 22, "c" * 22
    assert cookie.session(a_request(cookie=f"allervers={kept}"), {"session": carried}) == Session(kept, by_cookie=True)
    assert cookie.session(a_request(), {"session": carried}) == Session(carried, by_cookie=False)
    for forged in ("", "short", "x" * 23, "é" * 22, "'; drop table --      "):
        made = cookie.session(a_request(), {"session": forged})
        assert made.token != forged
        assert set(made.token) <= set(string.ascii_letters + string.digits + "-_")


def test_over_https_the_cookie_belongs_to_this_host_alone() -> None:
    assert Cookie("https://chat.example.org").name.startswith("__Host-")
