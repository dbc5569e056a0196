"""Calling off, moving and telling: the states of their pages, and what a person does to come to them."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.state import State
from tests.people import ADMIN, EDITOR

ONE = "/personal/sjuharad/tillfalle/{SJ-05 2026-11-26}"
CANCELLED = "/personal/sjuharad/tillfalle/{SJ-05 2026-11-19}/stall-in"
MANY = "/personal/sjuharad/tillfallen"
OF_GROUP = "?aktivitet={SJ-05}&fran=2026-11-10"


def send(page: Page, button: str) -> None:
    """Press a button that sends the form, without the browser's own checks, and wait for the answer."""
    page.locator("main form[id]").first.evaluate("form => { form.noValidate = true }")
    with page.expect_event("load"):
        page.get_by_role("button", name=button, exact=True).click()


def cancel_without_reason(page: Page) -> None:
    send(page, "Ställ in")


def fill_in_a_clash(page: Page) -> None:
    """Onto the day and into the room of another group, on Lucia's week."""
    page.locator("[name=day]").fill("2026-12-24")
    page.locator("[name=starts]").fill("10")
    page.locator("[name=ends]").fill("14")


def look_at_the_new_time(page: Page) -> None:
    fill_in_a_clash(page)
    send(page, "Visa hur det blir")


def move_without_looking(page: Page) -> None:
    fill_in_a_clash(page)
    # The page must not have looked by itself.
    page.locator("[name=shown]").evaluate("field => { field.value = '' }")
    send(page, "Flytta")


def move_wrongly(page: Page) -> None:
    page.locator("[name=day]").fill("2026-12-03")
    page.locator("[name=starts]").fill("02.30")
    page.locator("[name=ends]").fill("tolv")
    send(page, "Flytta")


def look_at_new_times(page: Page) -> None:
    page.locator("[name=shift]").select_option("28")
    page.locator("[name=starts]").fill("16")
    send(page, "Visa nya tider")


def come_second(page: Page) -> None:
    """Cancel what somebody has moved meanwhile."""
    other = page.context.new_page()
    other.goto(page.url.replace("stall-in", "flytta"))
    other.locator("[name=starts]").fill("17")
    other.locator("[name=ends]").fill("18")
    send(other, "Flytta")
    other.close()
    page.get_by_label("Ledaren är sjuk").check()
    send(page, "Ställ in")


def cancel_all(page: Page) -> None:
    page.get_by_label("Ledaren är sjuk").check()
    send(page, "Ställ in")


DATES = (
    State("staff-cancel", f"{ONE}/stall-in", 200, EDITOR),
    State("staff-cancel-refused", f"{ONE}/stall-in", 422, EDITOR, cancel_without_reason),
    State("staff-cancel-cancelled", CANCELLED, 200, EDITOR),
    State(
        "staff-cancel-conflict",
        "/personal/langa/tillfalle/{trial 2026-11-27}/stall-in",
        409,
        ADMIN,
        come_second,
    ),
    State("staff-cancel-many", f"{MANY}/stall-in{OF_GROUP}", 200, EDITOR),
    State("staff-cancel-week", f"{MANY}/stall-in?vecka=2026-v49", 200, EDITOR),
    State("staff-cancel-none", f"{MANY}/stall-in", 200, EDITOR),
    State("staff-cancel-long-words", "/personal/langa/tillfallen/stall-in?vecka=2026-v48", 200, ADMIN),
    State("staff-restore-many", "/personal/langa/tillfallen/ta-tillbaka?vecka=2026-v48", 200, ADMIN),
    State("staff-move", f"{ONE}/flytta", 200, EDITOR),
    State("staff-move-clash", f"{ONE}/flytta", 200, EDITOR, look_at_the_new_time),
    State("staff-move-look-first", f"{ONE}/flytta", 422, EDITOR, move_without_looking),
    State("staff-move-refused", f"{ONE}/flytta", 422, EDITOR, move_wrongly),
    State("staff-move-many", f"{MANY}/flytta{OF_GROUP}", 200, EDITOR, look_at_new_times),
    State("staff-move-long-words", "/personal/langa/tillfallen/flytta?vecka=2026-v48", 200, ADMIN),
    State("staff-told-earlier", "/personal/sjuharad/andringar/{change sjuharad}/besked", 200, EDITOR),
    State("staff-told", "/personal/riks/tillfallen/stall-in?vecka=2026-v49", 200, ADMIN, cancel_all),
)
