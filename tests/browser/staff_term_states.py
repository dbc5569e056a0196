"""Copying a term and making a series longer: the states of the pages."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.state import State
from tests.people import ADMIN, EDITOR

SPRING = "old_first=2026-08-24&old_last=2026-12-13&new_first=2027-01-11&new_last=2027-06-13"
LONGER = "/personal/sjuharad/aktivitet/{SJ-05}/forlang"


def press(page: Page, button: str) -> None:
    """Press a button and wait for the answer."""
    with page.expect_event("load"):
        page.get_by_role("button", name=button, exact=True).click()


def type_no_hour(page: Page) -> None:
    page.locator("#term-form [name$=-starts]").first.fill("25")
    page.locator("#term-form").evaluate("form => { form.noValidate = true }")
    press(page, "Skapa utkast")


def type_an_early_end(page: Page) -> None:
    page.locator("main form").last.evaluate("form => { form.noValidate = true }")
    page.locator("[name=until]").fill("2026-01-01")
    press(page, "Visa datum")


TERM = (
    State("staff-term", "/personal/sjuharad/termin", 200, EDITOR),
    State("staff-term-groups", f"/personal/sjuharad/termin?{SPRING}", 200, EDITOR),
    State("staff-term-empty", f"/personal/tomma/termin?{SPRING}", 200, ADMIN),
    State("staff-term-long-words", f"/personal/langa/termin?{SPRING}", 200, ADMIN),
    State("staff-term-refused", f"/personal/sjuharad/termin?{SPRING}", 422, EDITOR, type_no_hour),
    State("staff-term-days-refused", "/personal/sjuharad/termin?old_first=2026-08-24", 422, EDITOR),
    State("staff-term-done", "/personal/sjuharad/termin/{term sjuharad}", 200, EDITOR),
    State("staff-extend", LONGER, 200, EDITOR),
    State("staff-extend-refused", LONGER, 200, EDITOR, type_an_early_end),
)
