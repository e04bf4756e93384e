"""The pictures of the README, taken from a running demonstration: `.venv/bin/python docs/screenshots.py`.

Start `./allervers demo` on a new data folder first. Needs Chromium and the tests' libraries (`./allervers check` once).
Everybody in the pictures is made up.
"""

import argparse
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

PICTURES = Path(__file__).parent / "pictures"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = (390, 844), (1280, 800)
LOGIN = ("nadia@example.org", "demonstration-locale")
SAID = "travailler avec les animaux"
SHOWN = "Inaya"


def main() -> None:
    """Takes every picture; prints its name and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:8080", help="the running demonstration")
    url = parser.parse_args().url
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        program = next(filter(None, map(shutil.which, BROWSERS)))
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        with _page(browser, PHONE) as page:
            _talk(page, url)
        with _page(browser, DESK) as page:
            _advise(page, url)
        browser.close()
    for picture in sorted(PICTURES.glob("*.png")):
        print(f"{picture.name}  {picture.stat().st_size // 1024} kB")


@contextmanager
def _page(browser: Browser, size: tuple[int, int]) -> Iterator[Page]:
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    context = browser.new_context(viewport=viewport, locale="fr-FR", device_scale_factor=1.5)
    yield context.new_page()
    context.close()


def _talk(page: Page, url: str) -> None:
    """A young person's first words, and the answer."""
    page.goto(f"{url}/chat")
    page.fill("#write", SAID)
    page.press("#write", "Enter")
    page.locator("#lines > li.bot").nth(1).wait_for()
    page.locator("#write").blur()
    _take(page, "chat")


def _advise(page: Page, url: str) -> None:
    """An adviser comes in, sees who waits, opens a conversation; then the same list on a phone."""
    page.goto(f"{url}/console")
    page.fill("#email", LOGIN[0])
    page.fill("#password", LOGIN[1])
    page.press("#password", "Enter")
    page.wait_for_selector("#code")
    shown = re.search(r"\b\d{6}\b", page.inner_text("main"))
    assert shown, "only accounts of the demonstration show their code"
    page.fill("#code", shown[0])
    page.press("#code", "Enter")
    page.wait_for_selector("#people")
    _take(page, "console")
    page.locator("#people a", has_text=SHOWN).first.click()
    page.wait_for_selector("#thread")
    _take(page, "personne")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.goto(f"{url}/console")
    _take(page, "console-telephone")


def _take(page: Page, name: str) -> None:
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
