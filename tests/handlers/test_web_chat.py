"""The page of the conversation, driven as a cheap phone would: forms, cookies or none, and no script."""

import asyncio
from collections.abc import Callable

import httpx
import pytest

from bot import clock
from bot.resources import Resources
from tests.factories import an_agency, an_outgoing, rows
from tests.site import Browser, until, working

Browsers = Callable[..., Browser]


async def test_the_first_page_speaks_before_anybody_is_known_and_leaves_no_trace(
    chat: str, browsers: Browsers, resources: Resources
) -> None:
    lou = await browsers(chat).open("/chat")
    (said,) = lou.said("bot")
    assert "robot" in said
    assert "Valombre" in said
    assert "set-cookie" not in lou.headers
    assert await rows(resources, 1, "select id from contact") == []


async def test_the_first_words_are_the_answer_to_the_question_on_the_page(house: str, browsers: Browsers) -> None:
    lou = await browsers(house).open("/chat/valombre")
    opening = lou.said("bot")
    await lou.send("la cuisine")
    assert lou.lines[0] == ("bot", opening[0])
    assert lou.lines[1] == ("me", "la cuisine")
    assert "la cuisine" in lou.lines[2][1]


async def test_the_first_button_is_the_answer_to_the_question_on_the_page(house: str, browsers: Browsers) -> None:
    lou = await browsers(house).open("/chat/valombre")
    (_, label), *_ = lou.buttons
    await lou.press(label)
    assert [author for author, _ in lou.lines] == ["bot", "me", "bot"]
    assert lou.said("me") == [label]


async def test_the_cookie_comes_with_the_first_words_and_is_out_of_reach(house: str, browsers: Browsers) -> None:
    lou = await browsers(house).open("/chat")
    await lou.send("bonjour")
    cookie = lou.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


async def test_without_cookies_the_forms_carry_the_conversation(house: str, browsers: Browsers) -> None:
    lou = await browsers(house, cookies=False).open("/chat")
    for text in ("la cuisine", "un travail", "plus tard"):
        await lou.send(text)
    assert lou.said("me") == ["la cuisine", "un travail", "plus tard"]


async def test_a_reload_shows_the_same_conversation(house: str, browsers: Browsers) -> None:
    lou = await browsers(house).open("/chat")
    await lou.send("la cuisine")
    before = lou.lines
    assert (await lou.open("/chat")).lines == before
    assert (await lou.open("/chat/valombre")).lines == before


async def test_a_form_sent_twice_is_one_message(house: str, browsers: Browsers) -> None:
    lou = await browsers(house).open("/chat")
    form = {**lou.hidden, "text": "la cuisine"}
    for _ in range(3):
        await lou.post("/chat/valombre", form)
    assert lou.said("me") == ["la cuisine"]


async def test_two_first_sendings_at_once_are_one_person_and_one_message(
    house: str, browsers: Browsers, resources: Resources
) -> None:
    lou = await browsers(house).open("/chat")
    form = {**lou.hidden, "text": "la cuisine"}
    await asyncio.gather(*(lou.client.post("/chat/valombre", data=form) for _ in range(5)))
    await lou.open("/chat")
    assert lou.said("me") == ["la cuisine"]
    assert len(await rows(resources, 1, "select id from contact")) == 1


async def test_another_answer_from_an_old_page_is_not_lost(house: str, browsers: Browsers) -> None:
    lou = await browsers(house).open("/chat")
    await lou.send("la cuisine")
    old = lou.hidden
    await lou.post("/chat/valombre", {**old, "text": "un travail"})
    await lou.post("/chat/valombre", {**old, "text": "une formation"})
    assert lou.said("me") == ["la cuisine", "un travail", "une formation"]


async def test_two_tabs_are_one_conversation(house: str, browsers: Browsers) -> None:
    lou = browsers(house)
    first, second = (await lou.open("/chat")).hidden, (await lou.open("/chat")).hidden
    await lou.post("/chat/valombre", {**first, "text": "la cuisine"})
    await lou.post("/chat/valombre", {**second, "text": "et la mécanique"})
    assert lou.said("me") == ["la cuisine", "et la mécanique"]


async def test_a_button_of_another_turn_is_answered_and_changes_nothing(house: str, browsers: Browsers) -> None:
    lou = await browsers(house).open("/chat")
    await lou.send("la cuisine")
    asked = lou.buttons
    for forged in ("1:unsure", "999:unsure", "2:no-such-option"):
        await lou.send(option=forged)
        assert lou.status == 200
    assert [label for _, label in lou.buttons] == [label for _, label in asked]


async def test_a_message_is_kept_although_nothing_answers_yet(
    chat: str, browsers: Browsers, resources: Resources
) -> None:
    lou = await browsers(chat).open("/chat")
    await lou.send("la cuisine")
    assert lou.said("me") == ["la cuisine"]
    assert "bien arrivé" in lou.html
    async with working(resources):
        await until(lambda: _has_answer(lou))
    assert lou.said("me") == ["la cuisine"]


async def _has_answer(lou: Browser) -> bool:
    return len((await lou.open("/chat")).said("bot")) == 2


async def test_a_message_that_is_too_long_is_kept_up_to_a_point_and_that_is_said(
    house: str, browsers: Browsers
) -> None:
    lou = await browsers(house).open("/chat")
    await lou.send("la cuisine " * 1000)
    assert "gardé le début" in lou.html
    assert len(lou.said("me")[0]) == 4_001


@pytest.mark.parametrize(
    "words",
    [
        "a\x00b\ufffe",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "\u202eélbuort\u202c \u200b\u200f\u2066",
        "👩🏽‍🍳" * 300,
        "{{ 7*7 }} ${7*7} %s %(a)s",
        "مرحبا je cherche un work",
    ],
)
async def test_any_words_are_answered_and_shown_as_words(house: str, browsers: Browsers, words: str) -> None:
    lou = await browsers(house).open("/chat")
    await lou.send(words)
    assert lou.status == 200
    assert lou.said("me") == [words.replace("\x00", "\N{REPLACEMENT CHARACTER}")]
    assert len(lou.said("bot")) == 2
    assert "<script>alert" not in lou.html


async def test_a_body_past_the_cap_is_refused_in_plain_words(house: str, browsers: Browsers) -> None:
    lou = browsers(house)
    await lou.post("/chat/valombre", {"text": "a" * 100_001})
    assert lou.status == 413
    assert "trop long" in lou.html


async def test_another_sites_form_is_refused(house: str, browsers: Browsers, resources: Resources) -> None:
    lou = browsers(house)
    await lou.post("/chat/valombre", {"text": "bonjour"}, **{"Sec-Fetch-Site": "cross-site"})
    assert lou.status == 403
    assert "set-cookie" not in lou.headers
    assert await rows(resources, 1, "select id from contact") == []


async def test_somebody_who_writes_without_end_is_slowed_down(chat: str, browsers: Browsers) -> None:
    lou = await browsers(chat).open("/chat")
    headers = {"Accept": "application/json"}
    sent = [
        lou.client.post("/chat/valombre", data={**lou.hidden, "text": f"n{n}"}, headers=headers) for n in range(130)
    ]
    statuses = [response.status_code for response in await asyncio.gather(*sent)]
    assert set(statuses) == {200, 429}
    assert statuses.count(200) == 120


async def test_where_somebody_came_from_is_recorded_once(house: str, browsers: Browsers, resources: Resources) -> None:
    lou = browsers(house)
    await _a_source(resources, "affiche-gare")
    await lou.open("/chat/valombre?s=affiche-gare")
    await lou.send("la cuisine")
    (row,) = await rows(
        resources, 1, "select s.token from contact c join source s on s.agency_id = c.agency_id and s.id = c.source_id"
    )
    assert row["token"] == "affiche-gare"


async def _a_source(resources: Resources, token: str) -> None:
    await rows(
        resources, 1, "insert into source (agency_id, token, label) values (1, $1, 'Affiche') returning id", token
    )


async def test_the_page_speaks_the_language_of_the_browser_and_of_the_choice(house: str, browsers: Browsers) -> None:
    sami = await browsers(house).open("/chat", **{"Accept-Language": "ar-MA,fr;q=0.5"})
    assert '<html lang="ar" dir="rtl">' in sami.html
    await sami.open("/chat?lang=en", **{"Accept-Language": "ar"})
    assert '<html lang="en" dir="ltr">' in sami.html
    await sami.open("/chat?lang=tlh", **{"Accept-Language": "xx"})
    assert '<html lang="fr" dir="ltr">' in sami.html


async def test_the_language_chosen_before_the_first_words_is_the_conversations(house: str, browsers: Browsers) -> None:
    lou = await browsers(house).open("/chat?lang=en")
    await lou.send("hello")
    assert '<html lang="en"' in lou.html


async def test_an_adviser_who_speaks_is_named_and_said_to_be_human(
    house: str, browsers: Browsers, resources: Resources
) -> None:
    lou = await browsers(house).open("/chat")
    await lou.send("la cuisine")
    (contact,) = await rows(resources, 1, "select id from contact")
    await an_outgoing(resources, 1, contact["id"], author="adviser", author_name="Camille Exemple", body="Bonjour Lou")
    await rows(
        resources,
        1,
        "update conversation set floor_name = 'Camille', floor_until = $1 returning 1",
        clock.now().replace(year=2100),
    )
    await until(lambda: _hears_a_human(lou))
    assert lou.said("human") == ["Bonjour Lou"]
    assert "Tu parles avec Camille" in lou.html
    assert "Exemple" not in lou.html


async def _hears_a_human(lou: Browser) -> bool:
    return bool((await lou.open("/chat")).said("human"))


async def test_two_agencies_have_two_pages_and_two_conversations(
    house: str, browsers: Browsers, resources: Resources
) -> None:
    await an_agency(resources, "clairval")
    lou = await browsers(house).open("/chat/valombre")
    await lou.send("la cuisine")
    await lou.open("/chat/clairval")
    assert lou.said("me") == []
    await lou.send("la mécanique")
    assert lou.said("me") == ["la mécanique"]
    assert (await lou.open("/chat")).said("me") == ["la mécanique"]
    assert (await lou.open("/chat/valombre")).said("me") == ["la cuisine"]


async def test_a_shared_phone_can_forget_the_person(house: str, browsers: Browsers) -> None:
    lou = await browsers(house).open("/chat")
    await lou.send("la cuisine")
    await lou.post("/chat/sortie", {})
    assert lou.said("me") == []
    assert "la cuisine" not in lou.html


@pytest.mark.parametrize(
    "path",
    ["/chat/nulle-part", "/chat/static/chat.css", "/chat/valombre/x", "/hooks", "/chat/%00", "/chat/%ff", "/chat/'--"],
)
async def test_an_address_that_does_not_exist_says_so_in_plain_french(
    house: str, browsers: Browsers, path: str
) -> None:
    lou = await browsers(house).open(path)
    assert lou.status == 404
    assert "Traceback" not in lou.html


async def test_a_database_that_is_gone_is_said_in_plain_french_and_the_words_may_be_sent_again(
    house: str, browsers: Browsers, resources: Resources
) -> None:
    lou = await browsers(house).open("/chat")
    hidden = lou.hidden
    await resources.db.close()
    await lou.post("/chat/valombre", {**hidden, "text": "la cuisine"})
    assert lou.status == 503
    assert lou.headers["retry-after"]
    assert "On revient" in lou.html


async def test_every_page_is_held_to_its_own_origin(house: str, browsers: Browsers) -> None:
    lou = browsers(house)
    for path in ("/chat", "/chat/notice", "/chat/code", "/chat/nulle-part", "/chat/donnees/x"):
        headers = (await lou.open(path)).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "<style" not in lou.html
        assert 'style="' not in lou.html
        assert "<script>" not in lou.html


async def test_the_style_and_the_script_are_kept_for_a_year_and_travel_packed(house: str) -> None:
    async with httpx.AsyncClient(base_url=house) as client:
        html = (await client.get("/chat")).text
        for kind in ("css", "js"):
            address = next(part for part in html.split('"') if part.endswith(f".{kind}"))
            asset = await client.get(address, headers={"Accept-Encoding": "gzip"})
            assert "immutable" in asset.headers["cache-control"]
            assert asset.headers["content-encoding"] == "gzip"
            plain = await client.get(address, headers={"Accept-Encoding": "identity"})
            assert plain.text == asset.text
