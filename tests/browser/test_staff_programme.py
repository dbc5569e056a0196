"""The programme in a real browser: one tap on a row, what is told of it, several at once, a narrow phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, ViewportSize, expect

from tests.browser import chromium
from tests.browser.test_keyboard import tab_to
from tests.browser.test_staff_form import enter

SMALL = ViewportSize(width=360, height=640)
PROGRAMME = "/personal/sjuharad/"
# What one taps that is smaller than 44 px, and every pair that lies over each other.
CROWDED = """() => {
  const seen = [...document.querySelectorAll(':is(.staff-row, .site-header) :is(a, button)')]
    .map(element => ({ name: element.innerText.split('\\n')[0], box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0)
  const small = seen.filter(({ box }) => Math.min(box.height, box.width) < 43.5)
    .map(({ name }) => `small: ${name}`)
  const gap = (a, b) => Math.max(a.left - b.right, b.left - a.right, a.top - b.bottom, b.top - a.bottom)
  const close = seen.flatMap((one, n) => seen.slice(n + 1)
    .filter(other => gap(one.box, other.box) < -0.5).map(other => `over: ${one.name} ${other.name}`))
  return [...small, ...close]
}"""


@pytest.fixture
def programme(page: Page, own_address: str) -> Page:
    enter(page, own_address)
    page.goto(own_address + PROGRAMME)
    return page


def places_of(page: Page, title: str) -> str:
    row = page.locator(".staff-row", has_text=title).first
    return str(row.locator(".staff-places").get_attribute("id"))


def test_one_tap_changes_only_the_row_and_keeps_the_place(programme: Page) -> None:
    button = programme.locator(f"#{places_of(programme, 'Lunchyoga')}")
    programme.evaluate("document.body.dataset.same = 'yes'")
    button.click()
    expect(button).to_contain_text("Få kvar")
    expect(button).to_be_focused()
    told = programme.locator(".staff-done")
    expect(told).to_contain_text("Få kvar")
    expect(told).to_be_in_viewport(ratio=1)
    programme.keyboard.press("Enter")
    expect(button).to_contain_text("Fullt")
    expect(programme.locator(".staff-done")).to_have_count(1)
    assert programme.evaluate("document.body.dataset.same") == "yes"


def test_a_tick_survives_a_tap_beside_it(programme: Page) -> None:
    programme.locator("#flera summary").click()
    row = programme.locator(".staff-row", has_text="Lunchyoga").first
    row.get_by_role("checkbox").check()
    row.locator(".staff-places").click()
    expect(row.locator(".staff-places")).to_contain_text("Få kvar")
    expect(row.get_by_role("checkbox")).to_be_checked()


def test_a_tap_that_cannot_be_kept_says_so(programme: Page, own_address: str, watch: chromium.Watch) -> None:
    watch.expect_status(400)
    programme.locator(".staff-row__places [name=csrf_token]").first.evaluate("field => { field.value = '' }")
    programme.locator(".staff-places").first.click()
    expect(programme.get_by_role("heading", level=1)).to_contain_text("Sidan har blivit för gammal")


def test_back_at_the_row_the_message_is_above_it(
    new_context: Callable[..., BrowserContext], own_address: str
) -> None:
    page = enter(new_context(java_script_enabled=False).new_page(), own_address)
    page.set_viewport_size(SMALL)
    page.goto(own_address + PROGRAMME)
    row = page.locator(".staff-row", has_text="Adventsfika").first
    row.locator(".staff-places").click()
    page.wait_for_url("**#tillfalle-*")
    told = page.locator(".staff-done")
    expect(told).to_be_in_viewport(ratio=1)
    expect(told.get_by_role("button", name="Ångra")).to_be_in_viewport(ratio=1)
    expect(row).to_be_in_viewport(ratio=1)
    above, below = told.bounding_box(), row.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"] + 1
    told.get_by_role("link", name="Stäng meddelandet").click()
    expect(page.locator(".staff-done")).to_have_count(0)


def test_the_message_is_put_away(programme: Page) -> None:
    programme.locator(".staff-places").first.click()
    programme.get_by_role("link", name="Stäng meddelandet").click()
    expect(programme.locator(".staff-done")).to_have_count(0)


def test_a_tap_can_be_taken_back(programme: Page) -> None:
    button = programme.locator(f"#{places_of(programme, 'Lunchyoga')}")
    button.click()
    programme.get_by_role("button", name="Ångra").click()
    expect(programme.locator(".staff-done")).to_contain_text("Ångrade")
    expect(button).to_contain_text("Platser finns")


def test_several_are_chosen_with_the_keyboard_alone(programme: Page) -> None:
    tab_to(programme, "Ställ in eller flytta flera")
    programme.keyboard.press("Enter")
    tab_to(programme, "Välj Målarverkstad")
    programme.keyboard.press("Space")
    tab_to(programme, "Välj Lunchyoga")
    programme.keyboard.press("Space")
    button = programme.get_by_role("button", name="Ställ in de valda")
    expect(button).to_be_in_viewport(ratio=1)
    button.focus()
    programme.keyboard.press("Enter")
    programme.wait_for_url("**/tillfallen/stall-in?tillfalle=*&tillfalle=*")


def test_boxes_are_there_only_while_one_chooses(programme: Page) -> None:
    boxes = programme.locator(".staff-row__pick")
    expect(boxes.first).to_be_hidden()
    programme.locator("#flera summary").click()
    expect(boxes.first).to_be_visible()
    programme.locator("#flera summary").click()
    expect(programme.get_by_role("button", name="Ställ in de valda")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 360, 390])
def test_a_thumb_finds_everything_on_a_narrow_phone(programme: Page, width: int) -> None:
    programme.set_viewport_size(ViewportSize(width=width, height=640))
    assert not programme.evaluate(CROWDED)
    assert not chromium.scrolls_sideways(programme)
    heights = programme.locator(".staff-row").evaluate_all("rows => rows.map(row => row.offsetHeight)")
    assert min(heights) < 205


def test_a_search_finds_last_term(programme: Page) -> None:
    programme.get_by_role("searchbox").fill("ÖPPET")
    programme.keyboard.press("Enter")
    programme.get_by_role("main").get_by_role("link", name="Öppet hus", exact=True).first.click()
    expect(programme.get_by_role("heading", level=1)).to_contain_text("Öppet hus")


def test_the_first_group_of_today_is_on_the_first_screen_of_a_phone(programme: Page) -> None:
    programme.set_viewport_size(ViewportSize(width=360, height=740))
    programme.reload()
    today = programme.locator(".staff-day").filter(has=programme.locator(".tag--today"))
    expect(today.locator(".staff-row__title").first).to_be_in_viewport()
    card = programme.locator(".staff-card").first
    expect(card.get_by_role("button", name="Allt stämmer")).to_be_hidden()
    card.locator("summary").first.click()
    expect(card.get_by_role("button", name="Allt stämmer")).to_be_visible()


def test_the_card_is_open_where_there_is_room(programme: Page) -> None:
    programme.set_viewport_size(chromium.DESKTOP)
    programme.reload()
    expect(programme.get_by_role("button", name="Allt stämmer").first).to_be_visible()
