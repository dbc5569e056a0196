"""The wall as khcal itself serves it: the whole way from the sample programme to the screen."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser import chromium

BOTH = pytest.mark.parametrize("size", [chromium.WALL, chromium.WALL_UPRIGHT], ids=["wide", "upright"])


@BOTH
@pytest.mark.parametrize("house", ["sjuharad", "goteborg", "stockholm", "jamtland-harjedalen", "riks"])
def test_every_house_has_its_programme_on_the_wall(page: Page, size: ViewportSize, house: str) -> None:
    page.set_viewport_size(size)
    page.goto(f"/skarm/{house}")
    expect(page.locator("#today")).to_be_visible()
    expect(page.locator("h1")).to_have_text("tisdag 24\N{NO-BREAK SPACE}november")
    expect(page.locator("#age")).to_contain_text("Uppdaterad 13.1")
    expect(page.locator("#code path")).to_have_attribute("d", re.compile("^M4 4h7"))
    assert page.evaluate("document.documentElement.scrollHeight") <= size["height"]
    assert page.context.cookies() == []


def test_what_goes_on_in_boras(page: Page) -> None:
    page.set_viewport_size(chromium.WALL)
    page.goto("/skarm/sjuharad")
    now = page.locator(".row[data-state=now]")
    expect(now.locator(".row__title")).to_have_text(
        ["Samtalsgrupp för dig som har eller har haft cancer", "Målarverkstad"]
    )


def test_a_house_is_chosen_by_a_finger(page: Page) -> None:
    page.goto("/skarm/")
    link = page.get_by_role("main").get_by_role("link", name="Kraftens hus Sjuhärad")
    assert (link.bounding_box() or {"height": 0})["height"] >= 60
    link.click()
    expect(page.locator("#chapter")).to_have_text("Kraftens hus Sjuhärad")
