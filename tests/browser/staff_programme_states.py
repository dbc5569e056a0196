"""The programme of the staff: what one does on its rows and its cards, and the search in it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.state import State
from tests.people import ADMIN, EDITOR


def look_from_the_top(page: Page) -> None:
    """Where nothing lies under the message that stays in sight: axe-core can't see what is under it."""
    page.evaluate("window.scrollTo(0, 0)")


def tap_places(page: Page) -> None:
    page.locator(".staff-places").first.click()
    page.locator(".staff-done").wait_for()
    look_from_the_top(page)


def choose_several(page: Page) -> None:
    page.locator("#flera summary").click()
    page.locator(".staff-row__pick input").first.check()
    page.evaluate("window.scrollTo(0, document.documentElement.scrollHeight)")


def find_it_right(page: Page) -> None:
    page.locator(".staff-card summary").first.click()
    with page.expect_event("load"):
        page.get_by_role("button", name="Allt stämmer").first.click()
    look_from_the_top(page)


def open_folds(page: Page) -> None:
    for fold in page.locator(".staff-card summary").all():
        fold.click()


PROGRAMME = (
    State("staff-programme", "/personal/sjuharad/", 200, EDITOR, open_folds),
    State("staff-programme-empty", "/personal/tomma/", 200, ADMIN),
    State("staff-programme-long-words", "/personal/langa/", 200, ADMIN),
    State("staff-programme-clash", "/personal/stockholm/", 200, ADMIN),
    State("staff-programme-closed", "/personal/sjuharad/?fran=2026-12-21", 200, EDITOR),
    State("staff-programme-over", "/personal/sjuharad/?fran=2026-11-02", 200, EDITOR),
    State("staff-programme-tapped", "/personal/fulla/", 200, ADMIN, tap_places),
    State("staff-programme-chosen", "/personal/sjuharad/", 200, EDITOR, choose_several),
    State("staff-programme-checked", "/personal/jamtland-harjedalen/", 200, ADMIN, find_it_right),
    State("staff-search", "/personal/sjuharad/sok?q=öppet", 200, EDITOR),
    State("staff-search-empty", "/personal/sjuharad/sok", 200, EDITOR),
    State("staff-search-no-hits", "/personal/langa/sok?q=ballongflygning", 200, ADMIN),
    State("staff-search-long-words", "/personal/langa/sok?q=a", 200, ADMIN),
)
