"""Back and forward bring what was there, whole, and everything works without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

SAME_DOCUMENT = "window.sameDocument === true"


def mark(page: Page) -> None:
    """Leave something in the document that only a new document takes away."""
    page.evaluate("window.sameDocument = true")


def choose_kind(page: Page, value: str) -> None:
    page.get_by_text("Filtrera").click()
    page.get_by_label("Vad?").select_option(value)


def kinds(page: Page) -> list[str]:
    return sorted(set(page.locator("#occurrence-list .row__about li:first-child").all_inner_texts()))


def check_whole(page: Page) -> None:
    """The page stands with all its parts, each of them once."""
    for part in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(part)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_what_is_chosen_follows_to_the_week_and_back_to_the_list(page: Page) -> None:
    page.goto("/sjuharad/")
    choose_kind(page, "rorelse")
    page.wait_for_url("**/sjuharad/?typ=rorelse")
    page.get_by_role("link", name="Vecka", exact=True).click()
    page.wait_for_url("**/vecka/2026-v48?typ=rorelse")
    assert set(page.locator(".entry__kind").all_inner_texts()) == {"Rörelse"}
    page.get_by_role("link", name="Vecka 49").click()
    page.wait_for_url("**/vecka/2026-v49?typ=rorelse")
    page.get_by_role("link", name="Ändra urvalet").click()
    page.wait_for_url("**/sjuharad/?typ=rorelse")
    expect(page.get_by_label("Vad?")).to_have_value("rorelse")


def test_back_takes_a_filter_away(page: Page) -> None:
    page.goto("/sjuharad/")
    mark(page)
    everything = kinds(page)
    choose_kind(page, "rorelse")
    page.wait_for_url("**/sjuharad/?typ=rorelse")
    expect(page.locator("#occurrence-list .row__about li:first-child").first).to_have_text("Rörelse")
    assert kinds(page) == ["Rörelse"]
    assert page.evaluate(SAME_DOCUMENT)
    page.go_back()
    page.wait_for_url("**/sjuharad/")
    expect(page.locator("#occurrence-list")).to_contain_text("Öppet hus")
    assert kinds(page) == everything
    check_whole(page)


def test_back_and_forward_through_weeks(page: Page) -> None:
    page.goto("/sjuharad/vecka/2026-v48")
    mark(page)
    heading = page.get_by_role("heading", level=1)
    for week in (49, 50):
        page.get_by_role("link", name="Nästa vecka").click()
        expect(heading).to_contain_text(str(week))
        expect(page).to_have_title(re.compile(rf"\b{week}\b"))
    assert page.evaluate(SAME_DOCUMENT)
    for week, step in ((49, page.go_back), (48, page.go_back), (49, page.go_forward)):
        step()
        expect(heading).to_contain_text(str(week))
        expect(page).to_have_url(f"{page.url.rpartition('-v')[0]}-v{week}")
        check_whole(page)


def test_back_from_another_document_gives_the_whole_page(page: Page) -> None:
    page.goto("/sjuharad/")
    choose_kind(page, "rorelse")
    page.wait_for_url("**/?typ=rorelse")
    page.get_by_role("link", name="Lunchyoga").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lunchyoga")
    page.go_back()
    page.wait_for_url("**/?typ=rorelse")
    check_whole(page)
    assert kinds(page) == ["Rörelse"]
    expect(page.get_by_label("Vad?")).to_have_value("rorelse")


def test_more_dates_come_below_and_stay_after_back(page: Page) -> None:
    page.goto("/sjuharad/")
    mark(page)
    before = page.locator(".day").count()
    page.get_by_role("link", name="Visa fler").click()
    expect(page.locator(".day").nth(before)).to_be_visible()
    first_time = page.locator(".day").count()
    page.get_by_role("link", name="Visa fler").click()
    expect(page.locator(".day").nth(first_time)).to_be_visible()
    assert page.evaluate(SAME_DOCUMENT)
    check_whole(page)
    shown = page.locator(".day").count()
    left_by = page.locator(".day").last.get_by_role("link").first
    left_by.click()
    page.wait_for_url("**/tillfalle/*")
    page.go_back()
    expect(page.locator(".day")).to_have_count(shown)
    expect(page.locator(".day").last.get_by_role("link").first).to_be_focused()
    expect(page.locator(".day").last).to_be_in_viewport()
    check_whole(page)


@pytest.fixture
def plain_page(new_context: Callable[..., BrowserContext]) -> Page:
    """A browser without JavaScript."""
    return new_context(java_script_enabled=False).new_page()


def test_filters_work_without_javascript(plain_page: Page) -> None:
    plain_page.goto("/sjuharad/")
    choose_kind(plain_page, "rorelse")
    plain_page.get_by_role("button", name="Visa", exact=True).click()
    assert "typ=rorelse" in plain_page.url
    assert kinds(plain_page) == ["Rörelse"]
    plain_page.get_by_role("link", name="Visa alla").click()
    assert len(kinds(plain_page)) > 3


def test_going_on_works_without_javascript(plain_page: Page) -> None:
    plain_page.goto("/sjuharad/")
    plain_page.get_by_role("link", name="Visa fler").click()
    assert "fran=" in plain_page.url
    plain_page.get_by_role("link", name="Vecka", exact=True).click()
    plain_page.get_by_role("link", name="Nästa vecka").click()
    assert "/vecka/2026-v" in plain_page.url
    plain_page.go_back()
    check_whole(plain_page)
