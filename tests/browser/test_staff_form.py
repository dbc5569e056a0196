"""Staff at a real browser: dates that follow the typing, and the same without scripts and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser import chromium
from tests.browser.look import come_in
from tests.people import EDITOR, PASSWORD

NEW = "/personal/sjuharad/aktivitet/ny"


def enter(page: Page, address: str) -> Page:
    """Log in as an editor of Sjuhärad, at a khcal of the test's own."""
    come_in(page, EDITOR, address)
    return page


@pytest.fixture
def staff_page(page: Page, own_address: str) -> Page:
    return enter(page, own_address)


def fill_in_a_series(page: Page) -> None:
    page.get_by_label("Titel", exact=True).fill("Adventsfika")
    page.get_by_label("Gemenskap").check()
    page.get_by_label("Datum", exact=True).fill("2026-12-01")
    page.get_by_label("Börjar").fill("9")
    page.get_by_label("Slutar").fill("1030")
    page.get_by_label("Upprepas").select_option("Varje vecka")
    page.get_by_label("Till och med").fill("2026-12-22")


def test_dates_follow_the_typing_and_are_saved_as_shown(staff_page: Page, own_address: str) -> None:
    staff_page.goto(own_address + NEW)
    fill_in_a_series(staff_page)
    staff_page.get_by_label("Uppehåll").press_sequentially("v. 50")
    expect(staff_page.locator("#preview-title")).to_have_text("Blir 3 tillfällen")
    expect(staff_page.get_by_label("Uppehåll")).to_be_focused()
    staff_page.get_by_label("tisdag 15 december").uncheck()
    staff_page.get_by_label("Uppehåll").fill("")
    expect(staff_page.get_by_label("tisdag 8 december")).to_be_checked()
    expect(staff_page.get_by_label("tisdag 15 december")).not_to_be_checked()
    staff_page.get_by_role("button", name="Publicera").click()
    expect(staff_page.get_by_text("Adventsfika har 3 tillfällen framåt")).to_be_visible()
    staff_page.goto(f"{own_address}/sjuharad/dag/2026-12-01")
    expect(staff_page.get_by_role("link", name="Adventsfika")).to_be_visible()


def test_what_is_typed_while_an_answer_is_on_its_way_counts_too(staff_page: Page, own_address: str) -> None:
    staff_page.goto(own_address + NEW)
    fill_in_a_series(staff_page)
    expect(staff_page.locator("#preview-title")).to_have_text("Blir 4 tillfällen")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    staff_page.route("**/ny/datum", hold, times=1)
    with staff_page.expect_request("**/ny/datum"):
        staff_page.get_by_label("tisdag 22 december").uncheck()
    with staff_page.expect_response("**/ny/datum"):
        staff_page.get_by_label("Uppehåll").fill("v. 50")
        held[0].continue_()
    expect(staff_page.locator("#preview-title")).to_have_text("Blir 2 tillfällen")


def test_only_what_a_choice_needs_is_shown(staff_page: Page, own_address: str) -> None:
    staff_page.goto(own_address + NEW)
    shown = {
        "Sista dagen": ("once",),
        "Datum": ("once", "weekly", "monthly_day"),
        "Till och med": ("weekly", "monthly_day"),
        "Hur ofta": ("monthly_day",),
        "Dina datum": ("own_days",),
    }
    for choice in ("once", "weekly", "monthly_day", "own_days"):
        staff_page.get_by_label("Upprepas").select_option(choice)
        seen = {label for label in shown if staff_page.get_by_label(label).first.is_visible()}
        assert seen == {label for label, choices in shown.items() if choice in choices}


def test_a_fault_is_the_first_thing_to_read(
    staff_page: Page, own_address: str, watch: chromium.Watch
) -> None:
    watch.expect_status(422)
    staff_page.goto(own_address + NEW)
    staff_page.get_by_label("Titel", exact=True).fill("Adventsfika")
    staff_page.get_by_role("button", name="Publicera").click()
    summary = staff_page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name="Datum").click()
    expect(staff_page.get_by_label("Datum", exact=True)).to_be_focused()


def test_dates_that_nobody_saw_are_the_first_thing_to_read(
    staff_page: Page, own_address: str, watch: chromium.Watch
) -> None:
    watch.expect_status(422)
    staff_page.route("**/ny/datum", lambda route: route.fulfill(status=204))
    staff_page.goto(own_address + NEW)
    fill_in_a_series(staff_page)
    staff_page.get_by_role("button", name="Publicera").click()
    expect(staff_page.locator(".staff-look-first")).to_be_focused()
    staff_page.get_by_role("link", name="Till datumen").click()
    expect(staff_page.get_by_role("heading", name="Blir 4 tillfällen")).to_be_in_viewport()


def test_everything_works_without_javascript(
    new_context: Callable[..., BrowserContext], own_address: str
) -> None:
    page = enter(new_context(java_script_enabled=False).new_page(), own_address)
    page.goto(own_address + NEW)
    fill_in_a_series(page)
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Titta igenom datumen")).to_be_visible()
    page.get_by_label("tisdag 8 december").uncheck()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Adventsfika har 3 tillfällen framåt")).to_be_visible()


def test_a_log_in_that_ended_takes_nothing_away(
    staff_page: Page, own_address: str, watch: chromium.Watch
) -> None:
    watch.expect_status(401)
    staff_page.goto(own_address + NEW)
    staff_page.context.clear_cookies()
    with staff_page.expect_response(lambda answer: "2026-12-22" in (answer.request.post_data or "")):
        fill_in_a_series(staff_page)
    with staff_page.expect_popup() as opened:
        staff_page.get_by_role("link", name="Logga in i en ny flik").click()
    opened.value.get_by_label("Användarnamn").fill(EDITOR.name)
    opened.value.get_by_label("Lösenord").fill(PASSWORD)
    opened.value.get_by_role("button", name="Logga in").click()
    opened.value.get_by_role("button", name="Logga ut").wait_for()
    watch.expect_status(400)
    staff_page.get_by_label("Börjar").fill("10")
    staff_page.get_by_label("Slutar").fill("12")
    expect(staff_page.locator("#date-preview")).to_contain_text("Du är inloggad igen")
    staff_page.get_by_label("Slutar").fill("13")
    expect(staff_page.get_by_label("tisdag 8 december")).to_be_checked()
    expect(staff_page.locator("#date-preview")).to_contain_text("Tisdagar kl. 10.00–13.00")


def test_enter_in_the_title_saves(staff_page: Page, own_address: str) -> None:
    """As with the button at the end, though another one comes before it."""
    staff_page.goto(own_address + NEW)
    fill_in_a_series(staff_page)
    expect(staff_page.locator("#preview-title")).to_have_text("Blir 4 tillfällen")
    staff_page.get_by_role("button", name="Publicera").click()
    staff_page.get_by_role("link", name="Ändra Adventsfika").first.click()
    staff_page.get_by_label("Titel", exact=True).fill("Adventskaffe")
    staff_page.keyboard.press("Enter")
    expect(staff_page.locator(".staff-done")).to_contain_text("Adventskaffe")
    expect(staff_page).to_have_url(re.compile(r"/personal/sjuharad/(\?|#|$)"))


def test_enter_in_a_new_activity_shows_the_dates_and_publishes_nothing(
    staff_page: Page, own_address: str
) -> None:
    staff_page.goto(own_address + NEW)
    fill_in_a_series(staff_page)
    with staff_page.expect_navigation():
        staff_page.get_by_label("Titel", exact=True).press("Enter")
    expect(staff_page).to_have_url(re.compile(r"/aktivitet/ny/datum#date-preview$"))
    expect(staff_page.locator("#preview-title")).to_have_text("Blir 4 tillfällen")
    expect(staff_page.get_by_label("Titel", exact=True)).to_have_value("Adventsfika")
    staff_page.goto(f"{own_address}/personal/sjuharad/sok?q=Adventsfika")
    expect(staff_page.get_by_role("heading", name="Sök")).to_be_visible()
    expect(staff_page.get_by_role("link", name="Adventsfika", exact=True)).to_have_count(0)
