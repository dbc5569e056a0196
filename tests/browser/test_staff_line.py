"""A weekly group written as one says it: at a real keyboard, by real clicks, and counted."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.staff_line_states import FIRST_EXAMPLE, NEW, say
from tests.browser.test_staff_form import enter

MOST_CLICKS = 2
MOST_KEYS = 90
TITLE_KEYS = 15
# What a person does is counted where it happens; it lives on over the pages.
COUNT = """() => {
  for (const kind of ['click', 'keydown']) {
    addEventListener(kind, event => {
      if (event.isTrusted) sessionStorage[kind] = Number(sessionStorage[kind] ?? 0) + 1
    }, true)
  }
}"""


@pytest.fixture
def staff_page(page: Page, own_address: str) -> Page:
    return enter(page, own_address)


def counted(page: Page) -> tuple[int, int]:
    """Clicks and keys since the counting began."""
    told = page.evaluate("['click', 'keydown'].map(kind => Number(sessionStorage[kind] ?? 0))")
    return told[0], told[1]


def begin_counting(page: Page) -> None:
    page.add_init_script(f"({COUNT})()")
    page.reload()
    page.evaluate("sessionStorage.clear()")


def line_of(page: Page) -> str:
    return page.locator("#line").input_value()


def test_a_weekly_group_is_two_clicks_and_one_line(staff_page: Page, own_address: str) -> None:
    staff_page.goto(f"{own_address}/personal/sjuharad/")
    begin_counting(staff_page)
    staff_page.get_by_role("link", name="Ny aktivitet").click()
    expect(staff_page.locator("#line")).to_be_focused()
    staff_page.keyboard.type(FIRST_EXAMPLE)
    expect(staff_page.locator("#preview-title")).to_have_text("Blir 18 tillfällen")
    expect(staff_page.locator("#line")).to_be_focused()
    assert line_of(staff_page) == FIRST_EXAMPLE
    staff_page.get_by_role("button", name="Publicera").click()
    expect(staff_page.get_by_text("Sparat och publicerat. Samtalsgrupp för närstående har")).to_be_visible()
    clicks, keys = counted(staff_page)
    assert clicks <= MOST_CLICKS
    assert keys <= MOST_KEYS


def test_a_known_title_is_two_clicks_and_its_letters(staff_page: Page, own_address: str) -> None:
    staff_page.goto(f"{own_address}/personal/sjuharad/")
    begin_counting(staff_page)
    staff_page.get_by_role("link", name="Ny aktivitet").click()
    expect(staff_page.locator("#line")).to_be_focused()
    staff_page.keyboard.type("lunchyoga")
    expect(staff_page.locator("#line-told")).to_contain_text("Dagarna blir som förra gången")
    staff_page.get_by_role("button", name="Publicera").click()
    expect(staff_page.get_by_text("Sparat och publicerat. Lunchyoga har")).to_be_visible()
    clicks, keys = counted(staff_page)
    assert clicks <= MOST_CLICKS
    assert keys <= TITLE_KEYS


def test_the_line_follows_the_typing_and_keeps_its_place(staff_page: Page, own_address: str) -> None:
    staff_page.goto(own_address + NEW)
    staff_page.keyboard.type("Bokprat tisdagar 13-15 från 12 januari till 2 februari")
    expect(staff_page.locator("#preview-title")).to_have_text("Blir 4 tillfällen")
    for _ in range(len("2 februari")):
        staff_page.keyboard.press("ArrowLeft")
    staff_page.keyboard.type("1")
    expect(staff_page.locator("#preview-title")).to_have_text("Blir 5 tillfällen")
    assert (
        staff_page.locator("#line").evaluate("field => field.selectionStart") == len(line_of(staff_page)) - 10
    )
    staff_page.keyboard.press("Enter")
    assert "\n" not in line_of(staff_page)
    expect(staff_page.locator("#announcement")).to_contain_text("Blir 5 tillfällen.")


def test_what_is_changed_while_the_answer_is_on_its_way_stays(staff_page: Page, own_address: str) -> None:
    staff_page.goto(own_address + NEW)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    staff_page.route("**/ny/rad", hold, times=1)
    staff_page.keyboard.type("Bokprat i morgon 13-15")
    staff_page.wait_for_timeout(600)
    assert held
    staff_page.get_by_label("Slutar").fill("16")
    expect(staff_page.get_by_label("Titel", exact=True)).to_have_value("Bokprat")
    expect(staff_page.get_by_label("Slutar")).to_have_value("16.00")
    expect(staff_page.get_by_label("Slutar")).to_be_focused()
    expect(staff_page.locator("#preview-title")).to_have_text("Blir 1 tillfälle")
    expect(staff_page.locator("#date-preview")).to_contain_text("kl. 13.00–16.00")


def test_a_failure_takes_nothing_away(staff_page: Page, own_address: str, watch: object) -> None:
    watch.expect_status(500)  # type: ignore[attr-defined]
    staff_page.goto(own_address + NEW)
    staff_page.get_by_label("Titel", exact=True).fill("Bokprat")
    staff_page.route("**/ny/rad", lambda route: route.fulfill(status=500, body="<p>Fel</p>"))
    with staff_page.expect_response("**/ny/rad"):
        staff_page.locator("#line").fill("i morgon 13-15")
    staff_page.unroute("**/ny/rad")
    expect(staff_page.get_by_label("Titel", exact=True)).to_have_value("Bokprat")
    say("i morgon 13-16")(staff_page)
    expect(staff_page.get_by_label("Titel", exact=True)).to_have_value("Bokprat")
    expect(staff_page.get_by_label("Slutar")).to_have_value("16.00")


def test_an_earlier_title_is_chosen_in_its_field(staff_page: Page, own_address: str) -> None:
    staff_page.goto(own_address + NEW)
    staff_page.locator(".staff-more > summary").click()
    staff_page.get_by_label("Titel", exact=True).fill("Lunchyoga")
    staff_page.keyboard.press("Tab")
    expect(staff_page.get_by_label("Rörelse", exact=True)).to_be_checked()
    expect(staff_page.locator("#preview-title")).to_have_text(re.compile(r"Blir \d+ tillfällen"))
    expect(staff_page.locator(".staff-more")).to_have_attribute("open", "")


def test_a_date_ticked_off_is_counted_at_once(staff_page: Page, own_address: str) -> None:
    staff_page.goto(own_address + NEW)
    say("Bokprat tisdagar 13-15 från 12 januari till 2 februari")(staff_page)
    box = staff_page.get_by_label("tisdag 19 januari")
    box.focus()
    staff_page.keyboard.press("Space")
    expect(staff_page.locator("#preview-title")).to_have_text("Blir 3 tillfällen")
    expect(box).to_be_focused()
    expect(box).not_to_be_checked()


def test_the_line_works_without_javascript(
    new_context: Callable[..., BrowserContext], own_address: str
) -> None:
    page = enter(new_context(java_script_enabled=False).new_page(), own_address)
    page.goto(own_address + NEW)
    page.locator("#line").fill("Bokprat tisdagar 13-15 från 12 januari till 2 februari")
    page.get_by_role("button", name="Fyll i").click()
    expect(page.locator("#preview-title")).to_have_text("Blir 4 tillfällen")
    page.get_by_label("Kunskap").check()
    page.get_by_label("tisdag 19 januari").uncheck()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Bokprat har 3 tillfällen framåt")).to_be_visible()
    page.goto(own_address + NEW)
    page.locator("#line").fill("Samtalsgrupp i morgon 13-15")
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Titta igenom datumen")).to_be_visible()
    page.get_by_role("button", name="Publicera").click()
    expect(page.get_by_text("Samtalsgrupp har ett tillfälle framåt")).to_be_visible()
