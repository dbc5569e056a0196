"""A paired screen tells staff what it shows and looks as they want; it is moved and let go from a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chromium import Watch
from tests.browser.pairing import open_screen, pair_by_hand, wait_for_the_key
from tests.people import ADMIN, Person

# The longest that a screen waits between two questions.
HALF_A_MINUTE = 31_000


@pytest.fixture
def page(screen: Page, phone: Callable[[Person], Page]) -> Page:
    """The phone of a national administrator, and a screen that has just been paired in Sjuhärad."""
    page = phone(ADMIN)
    pair_by_hand(page, open_screen(screen)["code"], "Salen")
    wait_for_the_key(screen)
    expect(screen.locator("#chapter")).to_have_text("Kraftens hus Sjuhärad")
    return page


def hear(screen: Page) -> None:
    """Let the screen report once more."""
    with screen.expect_response(re.compile("/puls$")):
        screen.clock.run_for(HALF_A_MINUTE)


def open_settings(page: Page) -> None:
    page.goto("/personal/sjuharad/skarmar")
    page.get_by_role("link", name="Ändra Salen").click()


def test_staff_see_that_all_is_well(screen: Page, page: Page) -> None:
    hear(screen)
    page.goto("/personal/sjuharad/skarmar")
    expect(page.get_by_role("listitem").filter(has_text="Salen").locator(".screen-health")).to_have_text(
        "Sågs nyss · visar rätt version"
    )


def test_a_screen_looks_as_staff_want_and_still_does_after_a_start_without_network(
    screen: Page, page: Page, watch: Watch
) -> None:
    open_settings(page)
    page.get_by_label("Läsavstånd").select_option("6")
    page.get_by_label("Hälsning").fill("God dag")
    page.get_by_role("button", name="Spara").click()
    hear(screen)
    expect(screen.locator("html")).to_have_attribute("data-distance", "6")
    expect(screen.locator("#greeting")).to_have_text("God dag")
    expect(screen.locator("html[data-kept]")).to_have_count(1)
    watch.expected = ["Failed to load resource"]
    screen.context.set_offline(True)
    screen.reload()
    expect(screen.locator("html")).to_have_attribute("data-distance", "6")
    expect(screen.locator("#greeting")).to_have_text("God dag")


def test_a_screen_that_is_moved_goes_to_the_other_house(screen: Page, page: Page) -> None:
    open_settings(page)
    page.get_by_role("radio", name=re.compile("Göteborg")).first.check()
    page.get_by_role("button", name="Flytta skärmen").click()
    screen.clock.run_for(HALF_A_MINUTE)
    screen.wait_for_url(re.compile(r"/skarm/goteborg#[0-9a-f]{32}$"))
    expect(screen.locator("#chapter")).to_have_text("Kraftens hus Göteborg")


def test_a_screen_that_is_let_go_goes_on_and_is_heard_again_when_that_is_taken_back(
    screen: Page, page: Page, watch: Watch
) -> None:
    watch.expected = ["the server responded with a status of 401 "]
    open_settings(page)
    page.get_by_role("button", name="Koppla bort skärmen").click()
    for _ in range(2):
        hear(screen)
    expect(screen.locator("#today")).to_be_visible()
    page.get_by_role("button", name="Ångra", exact=True).click()
    expect(page.get_by_role("button", name="Gör om", exact=True)).to_be_visible()
    with screen.expect_response(lambda answer: answer.url.endswith("/puls") and answer.ok):
        screen.clock.run_for(HALF_A_MINUTE)
