"""The house's own page and its forms: their states, and what a person does to come to them."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.state import State
from tests.people import ADMIN, EDITOR

HOUSE = "/personal/sjuharad/huset"
CHRISTMAS = f"{HOUSE}/stangt/{{SJ-14 2026-12-21}}"


def fill(page: Page, **values: str) -> None:
    """Type into the fields with these names."""
    for name, value in values.items():
        page.locator(f"main [name={name}]").first.fill(value)


def send(page: Page, button: str) -> None:
    """Press a button that sends the form, without the browser's own checks, and wait for the answer."""
    page.locator("main form.stack").first.evaluate("form => { form.noValidate = true }")
    with page.expect_event("load"):
        page.get_by_role("button", name=button, exact=True).click()


def post_nothing(page: Page) -> None:
    fill(page, text="", last_day="2026-11-01")
    send(page, "Visa anslaget")


def look_at_hits(page: Page) -> None:
    """Days with much on them; the list comes by itself."""
    with page.expect_response("**/traffar"):
        fill(page, first_day="2026-11-30", last_day="2026-12-02")
        page.locator("[name=title]").focus()
    page.locator(".house-hits").first.wait_for()


def close_unseen(page: Page) -> None:
    """Send the form as if the list had never come."""
    look_at_hits(page)
    page.locator("[name=shown]").evaluate("field => { field.value = '' }")
    send(page, "Stäng huset de dagarna")


def break_before_it_begins(page: Page) -> None:
    fill(page, name="", first_day="2027-02-20", last_day="2027-02-10")
    send(page, "Spara")


def type_nonsense(page: Page) -> None:
    fill(page, phone="ring oss", email="hus", website="javascript:alert(1)")
    send(page, "Spara")


def come_second(page: Page) -> None:
    """Save what somebody else has changed meanwhile."""
    other = page.context.new_page()
    other.goto(page.url)
    fill(other, hours="Måndag till fredag kl. 9–16")
    send(other, "Spara")
    other.close()
    fill(page, hours="Måndag till torsdag kl. 10–15")
    send(page, "Spara")


HOUSE_STATES = (
    State("staff-house", HOUSE, 200, EDITOR),
    State("staff-house-empty", "/personal/tomma/huset", 200, ADMIN),
    State("staff-house-long-words", "/personal/langa/huset", 200, ADMIN),
    State("staff-house-closed", "/personal/stangda/huset", 200, ADMIN),
    State("staff-house-notice-new", f"{HOUSE}/anslag/nytt", 200, ADMIN),
    State("staff-house-notice-refused", f"{HOUSE}/anslag/nytt", 422, EDITOR, post_nothing),
    State("staff-house-close-today", "/personal/sjuharad/huset/stangt-i-dag", 200, EDITOR),
    State("staff-house-close-today-long", "/personal/langa/huset/stangt-i-dag", 200, ADMIN),
    State("staff-house-close-today-already", "/personal/stangda/huset/stangt-i-dag", 200, ADMIN),
    State("staff-house-closure-new", f"{HOUSE}/stangt/ny", 200, EDITOR),
    State("staff-house-closure-hits", f"{HOUSE}/stangt/ny", 200, EDITOR, look_at_hits),
    State("staff-house-closure-look-first", f"{HOUSE}/stangt/ny", 422, EDITOR, close_unseen),
    State("staff-house-closure-edit", CHRISTMAS, 200, EDITOR),
    State("staff-house-open", f"{CHRISTMAS}/oppna", 200, EDITOR),
    State("staff-house-break-edit", "/personal/stangda/huset/lov/{break stangda}", 200, ADMIN),
    State("staff-house-break-refused", f"{HOUSE}/lov/nytt", 422, EDITOR, break_before_it_begins),
    State("staff-house-room-new", f"{HOUSE}/rum/nytt", 200, EDITOR),
    State("staff-house-room-edit", f"{HOUSE}/rum/{{room sjuharad}}", 200, EDITOR),
    State("staff-house-facts", f"{HOUSE}/uppgifter", 200, EDITOR),
    State("staff-house-facts-refused", f"{HOUSE}/uppgifter", 422, EDITOR, type_nonsense),
    State("staff-house-facts-conflict", "/personal/stangda/huset/uppgifter", 409, ADMIN, come_second),
)
