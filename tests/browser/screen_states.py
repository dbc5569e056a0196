"""A screen that belongs nowhere yet: its code, and the way on to where it belonged before."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.state import State

REMEMBERED = """async path => {
  await caches.delete('khcal-wall-data')
  if (path) await (await caches.open('khcal-wall-data')).put('/skarm/-/address', new Response(path))
}"""


def remember(page: Page, path: str) -> None:
    """Let the screen start anew as one that belongs there, or nowhere."""
    page.evaluate(REMEMBERED, path)
    page.reload()


def see_the_code(page: Page) -> None:
    remember(page, "")
    expect(page.locator("#pairing-square")).to_be_visible()


def belong_somewhere(page: Page) -> None:
    remember(page, "/skarm/sjuharad#0123456789abcdef0123456789abcdef")
    expect(page.get_by_role("heading", name="Den här skärmen hänger i")).to_be_visible()
    # Who presses a key is given the time to look around.
    page.keyboard.press("Shift")


SCREEN_STATES = (
    State("screens", "/skarm/", steps=see_the_code),
    State("screens-again", "/skarm/", steps=belong_somewhere),
    State("wall-pairing", "/skarm/", steps=see_the_code),
)
