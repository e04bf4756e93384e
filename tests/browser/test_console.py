"""The console in a real browser: a walk from the list to an answered person, live, with a keyboard, a phone and a
screen reader in mind.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, async_playwright, expect

from bot.resources import Resources
from bot.store.inbox import Receiver
from bot.store.pool import transaction
from tests.admin_api.office import PASSWORD, Adviser, Office, open_office
from tests.factories import an_envelope
from tests.site import address_of, listener

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
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
Open = Callable[..., Awaitable[Page]]


@pytest.fixture
async def office(resources: Resources) -> Office:
    """Two agencies; the accounts are marked as the sample's, so that the page itself shows the code."""
    made = await open_office(resources)
    async with transaction(resources.db, [made.here.id, made.there.id]) as conn:
        await conn.execute("update adviser set demo = true")
    return made


@pytest.fixture
async def desk(office: Office, chromium: str) -> AsyncIterator[Open]:
    """Opens the console as an adviser; whatever goes wrong in a page fails the test."""
    wrong: list[str] = []
    taken = listener()
    server = uvicorn.Server(uvicorn.Config(office.app, lifespan="off", log_config=None, timeout_graceful_shutdown=1))
    server.capture_signals = _nothing  # type: ignore[method-assign]
    serving = asyncio.create_task(server.serve(sockets=[taken]))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)

        async def open_console(who: Adviser, **kind: Any) -> Page:
            context = await browser.new_context(
                **{"viewport": DESK, "locale": "fr-FR", "base_url": address_of(taken), **kind}
            )
            page = await context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
            page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(address_of(taken)) else None)
            page.on("dialog", lambda dialog: wrong.append(dialog.message))
            await _sign_in(page, who)
            return page

        yield open_console
        await browser.close()
    server.should_exit = True
    await serving
    assert wrong == []


def _nothing() -> Any:
    import contextlib

    return contextlib.nullcontext()


async def _sign_in(page: Page, who: Adviser) -> None:
    await page.goto("/console")
    await page.get_by_label("Adresse e-mail").fill(who.email)
    await page.get_by_label("Mot de passe").fill(PASSWORD)
    await page.get_by_role("button", name="Se connecter").click()
    shown = await page.locator("main .notice").inner_text()
    await page.get_by_label("Code à 6 chiffres").fill(
        next(word.strip(".") for word in shown.split() if word[:6].isdigit())
    )
    await page.get_by_role("button", name="Se connecter").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Qui a besoin de vous")


async def _hear(office: Office, text: str) -> None:
    envelope = an_envelope(text, "lou", office.here.slug)
    await Receiver(office.resources.db, office.resources.fanout).receive(envelope)


async def test_an_adviser_finds_who_waits_answers_and_gives_the_floor_back(desk: Open, office: Office) -> None:
    page = await desk(office.here.adviser)
    await page.get_by_role("link", name="Lou").click()
    await page.get_by_label("Écrire à Lou").fill("Bonjour Lou, je suis là.")
    await page.get_by_label("Écrire à Lou").press("Control+Enter")
    await expect(page.get_by_role("log")).to_contain_text("Bonjour Lou, je suis là.")
    await expect(page.get_by_text("Vous avez la parole")).to_be_visible()
    await expect(page.get_by_label("Écrire à Lou")).to_have_value("")
    await expect(page.get_by_text("Terminé : Répondu")).to_be_visible()
    await page.get_by_role("button", name="Rouvrir").click()
    await expect(page.get_by_role("button", name="Terminer")).to_be_visible()
    await page.get_by_role("button", name="Rendre : le robot reprend sa question").click()
    await expect(page.get_by_text("Le robot répond.")).to_be_visible()
    returned = await office.rows("select 1 from inbox where kind = 'returned'")
    assert len(returned) == 1


async def test_what_the_person_writes_appears_without_a_reload_and_a_draft_stays(desk: Open, office: Office) -> None:
    page = await desk(office.here.adviser)
    await page.goto(f"/console/people/{office.here.young.id}")
    await page.get_by_label("Écrire à Lou").fill("je suis en train d'écr")
    await _hear(office, "tu es là ?")
    await expect(page.get_by_role("log")).to_contain_text("tu es là ?", timeout=10_000)
    await expect(page.get_by_label("Écrire à Lou")).to_have_value("je suis en train d'écr")


async def test_the_list_follows_what_colleagues_do(desk: Open, office: Office) -> None:
    mine, other = await desk(office.here.adviser), await desk(office.here.manager)
    await other.goto(f"/console/people/{office.here.young.id}")
    await other.get_by_role("button", name="Prendre la parole").click()
    await expect(mine.get_by_role("link", name="Lou")).to_contain_text("Max a la parole", timeout=10_000)


async def test_a_sensitive_barrier_opens_in_place_on_the_page(desk: Open, office: Office) -> None:
    page = await desk(office.here.adviser)
    await page.goto(f"/console/people/{office.here.young.id}")
    await expect(page.get_by_text("mal au dos")).to_have_count(0)
    await page.get_by_role("button", name="Ouvrir", exact=True).click()
    await expect(page.get_by_text("mal au dos")).to_be_visible()
    await expect(page.get_by_text("Cette lecture est notée")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_page_is_free_of_serious_barriers_and_fits_its_screen(
    desk: Open, office: Office, size: dict[str, int], scheme: str
) -> None:
    page = await desk(office.here.adviser, viewport=size, color_scheme=scheme)
    person = f"/console/people/{office.here.young.id}"
    for path in (
        "/console",
        "/console?view=mine",
        "/console?q=zzz",
        person,
        f"{person}?tab=card",
        "/console/incidents",
    ):
        await page.goto(path)
        found = await Axe().run(page)
        serious = [v for v in found.response["violations"] if v["impact"] in {"serious", "critical"}]
        assert serious == [], (path, [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in serious])
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


async def test_words_of_people_run_nothing(desk: Open, office: Office) -> None:
    young, trick = office.here.young.id, "<img src=x onerror=alert(1)><script>alert(2)</script>"
    async with transaction(office.resources.db, [office.here.id]) as conn:
        await conn.execute("update young_person set first_name = $2, town = $2 where id = $1", young, trick)
        await conn.execute("update wish set words = $2 where contact_id = $1", young, trick)
        await conn.execute("update task set words = $2 where contact_id = $1", young, trick)
    page = await desk(office.here.adviser)
    await page.goto(f"/console/people/{young}")
    await _hear(office, f"{trick}<hx-partial hx-target='body'>parti</hx-partial>")
    await expect(page.get_by_role("log")).to_contain_text("hx-partial", timeout=10_000)
    await expect(page.get_by_role("heading", level=1)).to_have_text(trick)


async def test_without_javascript_the_same_forms_do_the_same(desk: Open, office: Office) -> None:
    page = await desk(office.here.adviser, java_script_enabled=False)
    await page.goto(f"/console/people/{office.here.young.id}")
    await page.get_by_label("Écrire à Lou").fill("Sans script, ça marche.")
    await page.get_by_role("button", name="Envoyer").click()
    await expect(page.get_by_role("log")).to_contain_text("Sans script, ça marche.")


async def test_the_keyboard_alone_is_enough(desk: Open, office: Office) -> None:
    page = await desk(office.here.adviser)
    for _ in range(30):
        await page.keyboard.press("Tab")
        if (
            await page.evaluate("document.activeElement.getAttribute('href')")
            == f"/console/people/{office.here.young.id}"
        ):
            break
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Lou")
