"""Everything can be found and done with the keyboard alone, and one always sees where one is."""

from __future__ import annotations

from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from khcal.calendaring import clock
from tests.people import EDITOR, PASSWORD

MOST_TABS = 80
# The words of the element in focus, empty when nothing shows that it is.
IN_FOCUS = """() => {
  const here = document.activeElement
  const ring = element => {
    const style = getComputedStyle(element)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  }
  let seen = here
  for (let step = 0; step < 4 && seen && !ring(seen); step += 1) seen = seen.parentElement
  if (!seen || !ring(seen)) return ''
  const box = here.getBoundingClientRect()
  if (box.bottom < 0 || box.top > innerHeight) return ''
  return here.getAttribute('aria-label') || here.labels?.[0]?.innerText || here.innerText || here.value
}"""


@pytest.fixture
def wednesday() -> None:
    """Yoga is on Thursdays."""
    clock.start_at(datetime(2026, 11, 25, 13, 12))


def tab_to(page: Page, words: str) -> None:
    """Press Tab until ``words`` are in focus; every stop on the way must show itself."""
    stops: list[str] = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        stops.append(" ".join(page.evaluate(IN_FOCUS).split()))
        assert stops[-1], f"After {stops[-2:]} the focus cannot be seen"
        if words.casefold() in stops[-1].casefold():
            return
    raise AssertionError(f"{words} is not among {stops}")


def follow(page: Page, words: str) -> None:
    """Go to ``words`` with Tab and press Enter."""
    tab_to(page, words)
    page.keyboard.press("Enter")


@pytest.mark.usefixtures("wednesday")
def test_tomorrows_yoga_in_the_list(page: Page) -> None:
    page.goto("/")
    follow(page, "Sjuhärad")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sjuhärad")
    follow(page, "Lunchyoga")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lunchyoga")
    expect(page.get_by_role("main")).to_contain_text("26 november")


@pytest.mark.usefixtures("wednesday")
def test_tomorrows_yoga_by_searching(page: Page) -> None:
    page.goto("/sjuharad/")
    follow(page, "Filtrera")
    tab_to(page, "Sök")
    page.keyboard.type("yoga")
    page.keyboard.press("Enter")
    expect(page.locator("#announcement")).to_contain_text("yoga")
    page.goto(page.url)
    follow(page, "Lunchyoga")
    expect(page.get_by_role("main")).to_contain_text("26 november")


def test_the_first_stop_skips_to_the_content(page: Page) -> None:
    page.goto("/sjuharad/vecka/2026-v48")
    follow(page, "Hoppa till innehållet")
    assert page.evaluate("document.activeElement.localName") == "main"


def test_subscribing(page: Page) -> None:
    page.goto("/sjuharad/")
    follow(page, "Prenumerera")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_url("**/prenumerera")
    follow(page, "iPhone och iPad")
    tab_to(page, "Lägg till i min kalender")
    assert page.evaluate("document.activeElement.protocol") == "webcal:"


def test_cancelling_a_group(page: Page, own_address: str) -> None:
    page.goto(f"{own_address}/personal/logga-in")
    tab_to(page, "Användarnamn")
    page.keyboard.type(EDITOR.name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Program")
    follow(page, "Ställ in Lunchyoga")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ställ in")
    tab_to(page, "Ledaren är sjuk")
    page.keyboard.press("Space")
    follow(page, "Ställ in")
    expect(page.get_by_role("main")).to_contain_text("Ledaren är sjuk")
    page.goto(f"{own_address}/sjuharad/?sok=yoga")
    expect(page.locator(".row--off").first).to_contain_text("Inställt. Ledaren är sjuk.")
