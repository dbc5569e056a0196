"""Calling off and moving in a real browser: how many taps it takes, by keyboard, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import chromium
from tests.browser.test_keyboard import follow, tab_to
from tests.browser.test_staff_form import enter

PROGRAMME = "/personal/sjuharad/"
# Counted by the page itself: what a person does, whatever it leads to.
COUNTING = """for (const what of ['click', 'keydown']) addEventListener(what, event => {
  if (event.isTrusted) sessionStorage[what] = Number(sessionStorage[what] || 0) + 1
}, true)"""


@pytest.fixture
def staff_page(page: Page, own_address: str) -> Page:
    enter(page, own_address)
    page.add_init_script(COUNTING)
    page.goto(own_address + PROGRAMME)
    return page


def counted(page: Page) -> tuple[int, int]:
    """Clicks and keys since the programme was opened. A tap on a label is one, though two events are told."""
    clicks, keys = page.evaluate("['click', 'keydown'].map(what => Number(sessionStorage[what] || 0))")
    return clicks, keys


def row_of(page: Page, title: str) -> str:
    return str(page.locator(".staff-row", has_text=title).first.get_attribute("id"))


def test_three_taps_call_a_group_off(staff_page: Page) -> None:
    number = row_of(staff_page, "Lunchyoga")
    staff_page.locator(f"#{number}").get_by_role("link", name="Ställ in").click()
    staff_page.get_by_label("Ledaren är sjuk").check()
    staff_page.get_by_role("button", name="Ställ in").click()
    expect(staff_page.locator("#copy-message")).to_contain_text("Vi ställer in Lunchyoga")
    assert counted(staff_page) == (3, 0)
    expect(staff_page.locator(".staff-done")).to_contain_text("är inställt")
    staff_page.get_by_role("link", name="Till programmet").click()
    expect(staff_page.locator(f"#{number}")).to_contain_text("Inställt: Ledaren är sjuk.")
    expect(staff_page.locator(f"#{number}")).to_be_in_viewport()


def test_two_clicks_and_a_date_move_it(staff_page: Page) -> None:
    number = row_of(staff_page, "Lunchyoga")
    staff_page.locator(f"#{number}").get_by_role("link", name="Flytta").click()
    staff_page.get_by_label("Datum", exact=True).fill("2026-11-27")
    preview = staff_page.locator("#date-preview")
    expect(preview).to_contain_text("Fredag 27 november kl. 12.00–12.45")
    expect(preview).to_contain_text("I kalendern står det kvar på torsdag 26 november")
    staff_page.get_by_role("button", name="Flytta", exact=True).click()
    expect(staff_page.locator("#copy-message")).to_contain_text("till fredag 27 november")
    assert counted(staff_page) == (2, 0)


def test_what_is_in_the_way_is_shown_while_one_types(staff_page: Page) -> None:
    number = row_of(staff_page, "Lunchyoga")
    staff_page.locator(f"#{number}").get_by_role("link", name="Flytta").click()
    staff_page.get_by_label("Datum", exact=True).fill("2026-12-24")
    expect(staff_page.locator("#date-preview")).to_contain_text("Huset är stängt: Julstängt")
    expect(staff_page.locator("#announcement")).to_contain_text("Det är något i vägen.")
    # Seen, so that one press is enough.
    staff_page.get_by_role("button", name="Flytta", exact=True).click()
    expect(staff_page.locator("#copy-message")).to_contain_text("till torsdag 24 december")


def test_several_follow_the_choice_and_one_stays(staff_page: Page, own_address: str) -> None:
    number = row_of(staff_page, "Lunchyoga").removeprefix("tillfalle-")
    staff_page.goto(f"{own_address}/personal/sjuharad/tillfalle/{number}/flytta")
    staff_page.get_by_role("link", name="Lunchyoga från och med").click()
    staff_page.get_by_label("Dag", exact=True).select_option("1")
    expect(staff_page.locator("#date-preview")).to_contain_text("fredag 27 november")
    staff_page.get_by_role("checkbox", name="3 december").uncheck()
    staff_page.get_by_role("button", name="Flytta", exact=True).click()
    expect(staff_page.locator("#copy-mail")).to_contain_text(
        "från torsdag 26 november till fredag 27 november"
    )
    expect(staff_page.locator("#copy-mail")).not_to_contain_text("3 december")


def test_a_text_is_copied_with_one_tap(staff_page: Page, own_address: str, context: BrowserContext) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=own_address)
    staff_page.locator(f"#{row_of(staff_page, 'Lunchyoga')}").get_by_role("link", name="Ställ in").click()
    staff_page.get_by_label("För få har anmält sig").check()
    staff_page.get_by_role("button", name="Ställ in").click()
    button = staff_page.get_by_role("button", name="Kopiera text till mejl")
    button.click()
    expect(staff_page.locator("#announcement")).to_have_text("Kopierat")
    copied = staff_page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert copied == staff_page.locator("#copy-mail").text_content()
    assert copied.count("\n\n") == 2


def test_where_copying_is_refused_the_text_is_marked(staff_page: Page) -> None:
    staff_page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    staff_page.locator(f"#{row_of(staff_page, 'Lunchyoga')}").get_by_role("link", name="Ställ in").click()
    staff_page.get_by_label("Ledaren är sjuk").check()
    staff_page.get_by_role("button", name="Ställ in").click()
    staff_page.get_by_role("button", name="Kopiera text till sms").click()
    expect(staff_page.locator("#announcement")).to_have_text("Markerat, kopiera nu")
    marked = staff_page.evaluate("getSelection().toString()").strip()
    assert marked == staff_page.locator("#copy-message").inner_text()


def test_a_group_is_called_off_with_the_keyboard_alone(staff_page: Page) -> None:
    follow(staff_page, "Ställ in Lunchyoga")
    expect(staff_page.get_by_role("heading", level=1)).to_contain_text("Ställ in Lunchyoga")
    tab_to(staff_page, "Ledaren är sjuk")
    staff_page.keyboard.press("Space")
    follow(staff_page, "Ställ in")
    expect(staff_page.get_by_role("heading", level=1)).to_contain_text("Berätta för dem")
    tab_to(staff_page, "Ångra")
    tab_to(staff_page, "Kopiera text till Facebook")
    follow(staff_page, "Till programmet")
    row = staff_page.locator(".staff-row", has_text="Lunchyoga").first
    expect(row).to_contain_text("Inställt: Ledaren är sjuk.")


def test_a_week_is_called_off_with_the_keyboard_alone(staff_page: Page, own_address: str) -> None:
    staff_page.goto(f"{own_address}/personal/sjuharad/tillfallen/stall-in?vecka=2026-v49")
    ticked = staff_page.locator(".staff-date :checked")
    number = ticked.count()
    tab_to(staff_page, " ".join(staff_page.locator(".staff-date label").nth(1).inner_text().split()))
    staff_page.keyboard.press("Space")
    expect(ticked).to_have_count(number - 1)
    tab_to(staff_page, "Ledaren är sjuk")
    staff_page.keyboard.press("ArrowDown")
    expect(staff_page.get_by_label("För få har anmält sig")).to_be_checked()
    follow(staff_page, "Ställ in")
    expect(staff_page.locator(".staff-done")).to_contain_text(f"Inställt: {number - 1} tillfällen")


def test_everything_works_without_javascript(
    new_context: Callable[..., BrowserContext], own_address: str
) -> None:
    page = enter(new_context(java_script_enabled=False).new_page(), own_address)
    page.goto(own_address + PROGRAMME)
    page.locator(".staff-row", has_text="Lunchyoga").first.get_by_role("link", name="Flytta").click()
    page.get_by_label("Datum", exact=True).fill("2026-12-24")
    page.get_by_role("button", name="Visa hur det blir").click()
    expect(page.locator("#date-preview")).to_contain_text("Julafton")
    page.get_by_role("button", name="Flytta", exact=True).click()
    expect(page.locator("#copy-message")).to_contain_text("till torsdag 24 december")
    expect(page.get_by_role("button", name="Kopiera")).to_have_count(0)


def test_a_fault_is_the_first_thing_to_read(
    staff_page: Page, own_address: str, watch: chromium.Watch
) -> None:
    watch.expect_status(422)
    staff_page.locator(f"#{row_of(staff_page, 'Lunchyoga')}").get_by_role("link", name="Ställ in").click()
    staff_page.get_by_role("button", name="Ställ in").click()
    expect(staff_page.locator(".error-summary")).to_be_focused()
