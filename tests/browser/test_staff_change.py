"""Changing from a date on, at a real browser: three clicks, and the list follows what one chooses."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.test_staff_form import enter

TITLE = "Lunchyoga, torsdag 3 december"


@pytest.fixture
def staff_page(page: Page, own_address: str) -> Page:
    return enter(page, own_address)


def test_from_a_row_on_with_three_clicks(staff_page: Page, own_address: str) -> None:
    staff_page.goto(f"{own_address}/personal/sjuharad/")
    staff_page.get_by_role("link", name=f"Ändra {TITLE}").click()
    staff_page.get_by_label("Börjar").fill("12.30")
    dates = staff_page.locator("#date-preview")
    expect(dates).to_contain_text("ändras från 3 december 12.00")
    expect(dates).to_contain_text("ändras inte")
    staff_page.get_by_label("Alla kommande").check()
    expect(dates).to_contain_text("ändras från 26 november 12.00")
    staff_page.get_by_label("Det här och kommande").check()
    expect(dates).to_contain_text("ändras inte")
    staff_page.get_by_role("button", name="Spara", exact=True).click()
    expect(staff_page.get_by_text("Sparat och publicerat.")).to_be_visible()
    expect(staff_page.get_by_role("button", name="Ångra")).to_be_visible()
    staff_page.goto(f"{own_address}/sjuharad/dag/2026-11-26")
    expect(staff_page.locator("main")).to_contain_text("12.00–12.45")
    staff_page.goto(f"{own_address}/sjuharad/dag/2026-12-03")
    expect(staff_page.locator("main")).to_contain_text("12.30–12.45")


def test_a_new_room_is_told_on_each_date_as_soon_as_it_is_chosen(staff_page: Page, own_address: str) -> None:
    staff_page.goto(f"{own_address}/personal/sjuharad/")
    staff_page.get_by_role("link", name=f"Ändra {TITLE}").click()
    staff_page.get_by_label("Titel", exact=True).fill("Lugn lunchyoga")
    staff_page.get_by_label("Titel", exact=True).press("Tab")
    expect(staff_page.locator("#date-preview")).to_contain_text("nytt: titel")


def test_without_javascript_too(new_context: Callable[..., BrowserContext], own_address: str) -> None:
    page = enter(new_context(java_script_enabled=False).new_page(), own_address)
    page.goto(f"{own_address}/personal/sjuharad/")
    page.get_by_role("link", name=f"Ändra {TITLE}").click()
    page.get_by_label("Börjar").fill("12.30")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Inget är sparat än.")).to_be_visible()
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Sparat och publicerat.")).to_be_visible()
