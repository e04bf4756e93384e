"""The web chat in a real browser: a bad network, no script, a keyboard, a screen reader, an eye over the shoulder."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, Page, Route, async_playwright, expect

from bot import clock
from bot.resources import Resources
from tests.factories import an_outgoing, rows
from tests.site import chat, house, listener, port, serving, settings, until

__all__ = ["chat", "house", "port", "settings"]

pytestmark = pytest.mark.browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 390, "height": 844}
SMALL_PHONE = {"width": 360, "height": 640}
Open = Callable[..., Awaitable[Page]]


@pytest.fixture
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        await running.close()


@pytest.fixture
async def phone(browser: Browser, house: str) -> AsyncIterator[Open]:
    """Opens a page of the house on a phone of its own; every error of the page fails the test."""
    wrong: list[str] = []

    async def open_page(path: str = "/chat", url: str = house, **kind: Any) -> Page:
        context = await browser.new_context(**{"viewport": PHONE, "locale": "fr-FR", **kind})
        page = await context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
        await page.goto(url + path)
        return page

    yield open_page
    for context in browser.contexts:
        await context.close()  # its stream ends before the house does
    assert wrong == []


async def say(page: Page, text: str) -> None:
    """Type and send; come back once the bot has answered."""
    heard = await page.locator("#lines .bot").count()
    await page.fill("#write", text)
    await page.press("#write", "Enter")
    await page.locator("#lines .bot").nth(heard).wait_for()


async def said(page: Page, who: str = "me") -> list[str]:
    """What one side said, as shown."""
    return [text.strip() for text in await page.locator(f"#lines .{who} .bubble").all_inner_texts()]


async def only_contact(resources: Resources) -> int:
    (row,) = await rows(resources, 1, "select id from contact")
    return int(row["id"])


# --- a bad connection ---


async def test_what_is_sent_without_a_network_arrives_once_and_in_order_when_it_is_back(phone: Open) -> None:
    page = await phone()
    await say(page, "la cuisine")
    await page.context.set_offline(True)
    for text in ("un", "deux", "trois"):
        await page.fill("#write", text)
        await page.press("#write", "Enter")
    await expect(page.locator("#lines .lost")).to_contain_text("Pas de réseau")
    await page.context.set_offline(False)
    await expect(page.locator("#lines .me.going, #lines .me.lost")).to_have_count(0, timeout=20_000)
    assert await said(page) == ["la cuisine", "un", "deux", "trois"]
    await page.reload()
    assert await said(page) == ["la cuisine", "un", "deux", "trois"]


async def test_a_message_whose_receipt_was_lost_is_sent_again_and_kept_once(phone: Open, resources: Resources) -> None:
    page, lost = await phone(), []

    async def lose_the_first_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(await route.fetch())
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/chat/valombre", lose_the_first_answer)
    await say(page, "la cuisine")
    await expect(page.locator("#lines .me.lost, #lines .me.going")).to_have_count(0)
    assert await said(page) == ["la cuisine"]
    kept = await rows(resources, 1, "select 1 from inbox where kind = 'text'")
    assert len(kept) == 1


async def test_two_tabs_show_the_same_conversation(phone: Open) -> None:
    page = await phone()
    await say(page, "la cuisine")
    other = await page.context.new_page()
    await other.goto(page.url)
    await say(page, "un travail")
    await expect(other.locator("#lines .me")).to_have_count(2)
    await say(other, "lundi matin")
    await expect(page.locator("#lines .me")).to_have_count(3)
    assert await said(page) == await said(other) == ["la cuisine", "un travail", "lundi matin"]


@pytest.mark.parametrize("blocked", ["nothing", "stream", "cookies"])
async def test_an_advisers_message_arrives_by_itself(phone: Open, resources: Resources, blocked: str) -> None:
    with listener() as taken:
        async with serving(resources, taken, cookies=blocked != "cookies") as url:
            page = await phone(url=url)
            if blocked == "stream":
                await page.route("**/events*", lambda route: route.abort())
            await say(page, "la cuisine")
            contact = await only_contact(resources)
            await an_outgoing(resources, 1, contact, author="adviser", author_name="Camille Exemple", body="Bonjour")
            await expect(page.locator("#lines .human")).to_contain_text("Bonjour", timeout=15_000)
            await expect(page.locator("#lines .human .who")).to_have_text("Camille, de l'équipe")
            await say(page, "merci")
            assert await said(page) == ["la cuisine", "merci"]


async def test_while_an_adviser_speaks_the_page_says_so(phone: Open, resources: Resources) -> None:
    page = await phone()
    await say(page, "la cuisine")
    await rows(
        resources,
        1,
        "update conversation set floor_name = 'Camille', floor_until = $1 returning 1",
        clock.now().replace(year=2100),
    )
    resources.fanout.publish([f"contact:{await only_contact(resources)}"])
    await expect(page.locator("#who")).to_have_text("Tu parles avec Camille, de l'équipe.", timeout=15_000)


async def test_the_whole_conversation_stays_within_its_weight(phone: Open, browser: Browser, house: str) -> None:
    page = await (await browser.new_context(viewport=PHONE, locale="fr-FR")).new_page()
    weights = await weighing(page.context, page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"{house}/chat")
    await page.wait_for_load_state("networkidle")
    assert sum(weights) <= 60_000
    for text in ("la cuisine", "non", "18 ans", "pas de permis", "lundi matin", "oui", "oui", "oui"):
        await say(page, text)
    assert sum(weights) <= 150_000
    assert {url for url in asked if not url.startswith(house)} == set()


async def weighing(context: BrowserContext, page: Page) -> list[int]:
    """Bytes as they came over the wire, one number per chunk or answer."""
    weights: list[int] = []
    devtools = await context.new_cdp_session(page)
    await devtools.send("Network.enable")
    devtools.on("Network.loadingFinished", lambda event: weights.append(int(event["encodedDataLength"])))
    devtools.on("Network.dataReceived", lambda event: weights.append(int(event["encodedDataLength"])))
    return weights


async def test_nothing_is_kept_in_the_browser_but_one_cookie_and_that_only_after_the_first_words(phone: Open) -> None:
    page = await phone()
    assert await page.context.cookies() == []
    await say(page, "la cuisine")
    (cookie,) = await page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    kept = "[localStorage.length, sessionStorage.length, navigator.serviceWorker?.controller ?? null]"
    assert await page.evaluate(kept) == [0, 0, None]


# --- without a script ---


async def test_without_a_script_buttons_and_words_make_a_conversation(phone: Open) -> None:
    page = await phone(java_script_enabled=False)
    label = await page.locator("#chips button").first.inner_text()
    await page.locator("#chips button").first.click()
    await page.fill("#write", "la cuisine")
    await page.click(".send")
    assert await said(page) == [label, "la cuisine"]
    assert len(await said(page, "bot")) == 3
    await page.locator(".small").get_by_text("Un humain").click()
    assert (await said(page))[-1] == "Parler à quelqu'un"


async def test_emergency_numbers_and_the_exit_need_no_script(phone: Open) -> None:
    page = await phone(java_script_enabled=False)
    await page.click(".sos summary")
    await expect(page.locator('a[href="tel:3114"]')).to_be_visible()
    assert await page.locator("[data-exit]").get_attribute("href") == "https://meteofrance.com/"


# --- for everybody ---


@pytest.mark.parametrize(("language", "scheme"), [("fr-FR", "light"), ("fr-FR", "dark"), ("ar", "dark")])
async def test_axe_finds_nothing_serious_in_a_conversation(phone: Open, language: str, scheme: str) -> None:
    page = await phone(locale=language, color_scheme=scheme)
    await say(page, "la cuisine")
    assert await serious(page) == []
    await page.click(".sos summary")
    assert await serious(page) == []
    await page.click(".menu summary")
    assert await serious(page) == []


async def test_axe_finds_nothing_serious_on_the_other_pages(phone: Open) -> None:
    for path in ("/chat/notice", "/chat/accessibilite", "/chat/code", "/chat/l/x", "/chat/nulle-part"):
        assert await serious(await phone(path)) == []


async def serious(page: Page) -> list[str]:
    """What axe holds for serious or worse: rule and place."""
    found = (await Axe().run(page)).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in {"serious", "critical"}
    ]


async def test_a_whole_turn_is_made_with_the_keyboard_alone(phone: Open) -> None:
    page = await phone()
    await page.keyboard.press("Tab")
    await expect(page.locator(".jump")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.type("la cuisine")
    await page.keyboard.press("Enter")
    await expect(page.locator("#chips button").first).to_be_visible()
    await expect(page.locator("#write")).to_be_focused()
    while not await page.evaluate("document.activeElement.closest('#chips') !== null"):
        await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#lines .me")).to_have_count(2)
    await expect(page.locator("#log")).to_be_focused()


async def test_a_sheet_closes_with_escape_and_gives_the_focus_back(phone: Open) -> None:
    page = await phone()
    await page.locator(".sos summary").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator('a[href="tel:112"]')).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator('a[href="tel:112"]')).to_be_hidden()
    await expect(page.locator(".sos summary")).to_be_focused()


async def test_a_screen_reader_hears_who_speaks_in_a_live_region(phone: Open) -> None:
    page = await phone()
    await say(page, "la cuisine")
    await expect(page.get_by_role("log", name="Conversation")).to_contain_text("la cuisine")
    authors = await page.locator("#lines .who").all_text_contents()
    assert authors == ["Robot", "Toi", "Robot"]
    await expect(page.get_by_role("textbox", name="Écris ta réponse")).to_be_visible()
    await expect(page.get_by_role("button", name="Envoyer")).to_be_visible()


@pytest.mark.parametrize("language", ["fr-FR", "ar"])
async def test_at_360_pixels_with_text_twice_as_large_nothing_is_cut_off(phone: Open, language: str) -> None:
    page = await phone(viewport=SMALL_PHONE, locale=language)
    await say(page, "un-mot-très-long-" * 20)
    for size in ("100%", "200%"):
        await page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await page.locator("#write").scroll_into_view_if_needed()
        await expect(page.locator("#write")).to_be_in_viewport()
        await expect(page.locator(".send")).to_be_in_viewport()
        sticking = "document.querySelector('.top').offsetHeight + document.querySelector('.write').offsetHeight"
        assert await page.evaluate(f"({sticking}) / innerHeight") <= 0.5


async def test_arabic_runs_from_right_to_left(phone: Open) -> None:
    page = await phone(locale="ar")
    await say(page, "مرحبا")
    mine, bots = [await page.locator(f"#lines .{who}").last.bounding_box() for who in ("me", "bot")]
    assert mine is not None
    assert bots is not None
    assert mine["x"] < bots["x"]


async def test_nothing_moves_for_those_who_asked_for_stillness(phone: Open) -> None:
    page = await phone(reduced_motion="reduce")
    assert await page.evaluate("getComputedStyle(document.querySelector('.dots i')).animationName") == "none"


async def test_switching_the_language_changes_the_page_too(phone: Open) -> None:
    page = await phone()
    await say(page, "la cuisine")
    await page.click(".menu summary")
    await page.locator(".menu form button", has_text="English").click()
    await expect(page.locator("html")).to_have_attribute("lang", "en", timeout=15_000)
    assert "la cuisine" in await said(page)


# --- somebody over the shoulder ---


async def test_leaving_fast_clears_the_page_and_back_does_not_return_to_it(phone: Open) -> None:
    page = await phone("/chat/notice")
    await page.context.route("https://meteofrance.com/**", lambda route: route.fulfill(body="<h1>Beau temps</h1>"))
    await page.click("text=Aller à la conversation")
    await say(page, "je veux partir de chez moi")
    await page.click("[data-exit]")
    await page.wait_for_url("https://meteofrance.com/")
    await page.go_back()
    assert page.url.endswith("/chat/notice")
    assert "partir" not in await page.content()


# --- coming back ---


async def test_a_reload_in_the_middle_keeps_the_open_question(phone: Open) -> None:
    page = await phone()
    await say(page, "la cuisine")
    open_question = await page.locator("#chips button").all_inner_texts()
    await page.reload()
    assert await page.locator("#chips button").all_inner_texts() == open_question
    await page.locator("#chips button").first.click()
    await expect(page.locator("#lines .me")).to_have_count(2)


async def test_after_erasing_the_words_are_gone_from_the_page_and_the_next_ones_begin_anew(phone: Open) -> None:
    page = await phone()
    await say(page, "la cuisine")
    await page.click(".menu summary")
    await page.locator(".menu").get_by_text("Efface-moi").click()
    await page.locator("#chips button").first.wait_for()
    await page.locator("#chips").get_by_role("button", name="efface").click()
    await expect(page.locator("#lines .me")).to_have_count(0)
    await expect(page.locator("#lines .bot")).to_have_count(1)
    await expect(page.locator("#lines .bot")).to_contain_text("ffacé")
    await until(lambda: forgotten(page))
    await say(page, "la mécanique")
    assert await said(page) == ["la mécanique"]


async def forgotten(page: Page) -> bool:
    answer = await page.request.post(f"{page.url}/valombre/news", form={"after": "0"})
    return answer.status == 410


async def test_the_opening_is_said_once_although_the_page_showed_it_before(phone: Open) -> None:
    page = await phone()
    await say(page, "la cuisine")
    opening, answer = await said(page, "bot")
    assert opening != answer
    await until(lambda: settled(page))
    assert len(await said(page, "bot")) == 2


async def settled(page: Page) -> bool:
    return await page.locator('#lines [data-id="0"], #lines :not([data-id]).line').count() == 0
