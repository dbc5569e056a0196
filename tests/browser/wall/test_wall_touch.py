"""A touch shows tomorrow, the week and one date; nobody comes out of the page, and it goes home by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Signup, WallRule
from tests.browser import chromium
from tests.browser.wall import programmes
from tests.browser.wall.ground import Screen, WallServer
from tests.browser.wall.looking import CONTRASTS, LOOK, PLACES, look, paired

Show = Callable[..., Screen]

FULL_HD = (chromium.WALL, chromium.WALL_UPRIGHT)
TEXT = (
    "Vi ses, pratar och fikar. Du bestämmer själv hur mycket du vill berätta. Ta med kläder som tål färg, "
    "läsglasögon och den du vill ha med dig. Volontärer tar emot i dörren och visar var rummet ligger. "
) * 2
TOLD = {"short_text": TEXT[:300], "signup": Signup.REQUIRED, "signup_contact": "033-00 00 00", "price": 50}
# Everything that those who have stepped up to the screen read.
ALL = "body"


@pytest.fixture(scope="module")
def browser(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """One that paints: a touch waits until what it is to hit stands still, from frame to frame."""
    with launch_browser() as browser:
        yield browser


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], watch: chromium.Watch) -> Page:
    """A page on a screen that can be touched."""
    return watch.over(new_context(has_touch=True)).new_page()


@pytest.fixture
def screen(page: Page, server: WallServer) -> Screen:
    page.set_viewport_size(chromium.WALL)
    return paired(Screen(page, server))


def rows() -> list[ListedDate]:
    """Four today, three tomorrow, nine on Thursday, and all have something to tell."""
    more = [
        programmes.at(f"2026-11-26 {9 + n:02}:00", f"2026-11-26 {10 + n}:00", f"Grupp {n}", 300 + n)
        for n in range(9)
    ]
    return [replace(row, **TOLD) for row in (*programmes.full_day(4), *programmes.tomorrow(), *more)]


@pytest.fixture
def running(show: Show) -> Screen:
    screen = show(programmes.document(rows()))
    expect(screen.page.locator(".row:visible")).to_have_count(4)
    return screen


def ask(screen: Screen, name: str) -> None:
    """Touch a button by its words."""
    screen.page.get_by_role("button", name=name, exact=True).tap()


def touch(screen: Screen, title: str) -> None:
    """Touch the row with that title."""
    screen.page.locator(".row:visible", has_text=title).first.tap()


def check(screen: Screen, sizes: tuple[ViewportSize, ...] = FULL_HD) -> None:
    """Nothing is cut, too small or too pale on any screen, and it is still today up there."""
    for size in sizes:
        look(screen.page, size, 4)
        assert screen.page.evaluate(LOOK, [ALL, 3]) == []
    assert [found for found in screen.page.evaluate(CONTRASTS) if found[0] < 7] == []
    assert screen.text("#clock") == "13.12"
    assert screen.text("h1") == "tisdag 24 november"
    look(screen.page, chromium.WALL, 4)


def test_tomorrow_says_so_in_large_words(running: Screen) -> None:
    ask(running, "I morgon")
    assert running.text("#heading") == "I morgon, onsdag 25 november"
    assert running.rows() == ["Promenad i Slottsskogen", "Öppet hus med fika", "Anhöriggrupp"]
    check(running)
    ask(running, "I dag")
    assert len(running.rows()) == 4
    expect(running.page.locator("#heading")).to_be_hidden()


def test_the_week_has_a_row_for_each_day_and_leads_to_it(running: Screen) -> None:
    ask(running, "Veckan")
    assert running.text("#heading") == "De närmaste sju dagarna"
    days = running.page.locator(".day:visible .row__time")
    expect(days).to_have_count(7)
    assert " ".join(days.nth(0).inner_text().split()) == "onsdag 25 november"
    assert " ".join(days.nth(6).inner_text().split()) == "tisdag 1 december"
    assert running.text(".day:nth-child(3) .day__list") == "Inget är planerat den dagen."
    check(running)
    touch(running, "torsdag")
    assert running.text("#heading") == "torsdag 26 november"
    assert running.rows()[0] == "Grupp 0"
    ask(running, "Nästa sida")
    assert "Grupp 8" in running.rows()
    check(running)
    touch(running, "Grupp 8")
    assert running.rows() == ["Grupp 8"]
    ask(running, "Tillbaka")
    assert running.text("#heading") == "torsdag 26 november"
    ask(running, "Tillbaka")
    expect(running.page.locator(".day:visible")).to_have_count(7)


def test_one_date_tells_what_one_needs_to_know(running: Screen) -> None:
    touch(running, "Samtalsgrupp")
    assert running.text("#heading") == "I dag, tisdag 24 november"
    assert running.rows() == ["Samtalsgrupp för närstående"]
    assert running.text("#one-text") == TEXT[:300].strip()
    assert running.text("#one-need") == "Alla cancerberörda · Anmäl dig före: 033-00 00 00 · 50 kr"
    address = running.text("#one-address").replace("\N{ZERO WIDTH SPACE}", "")
    assert address == "kalender.example.org/goteborg/tillfalle/1"
    assert running.page.locator("#one-code path").get_attribute("d") > "M4 4h1v1h-1z"
    check(running)


def test_one_without_a_title_of_its_own_leads_nowhere(show: Show) -> None:
    neutral = programmes.at("15:00", "16:00", "Sorg", 7, wall=WallRule.NEUTRAL, neutral_title="Grupp", **TOLD)
    screen = show(programmes.document([neutral]))
    touch(screen, "Grupp")
    assert screen.text("#heading") == "I dag, tisdag 24 november"
    expect(screen.page.locator("#one-take")).to_be_hidden()
    assert "033" not in screen.text("#one")


def test_it_goes_home_after_45_seconds_and_every_touch_counts(running: Screen) -> None:
    ask(running, "I morgon")
    running.forward(44)
    running.page.touchscreen.tap(5, 5)
    running.forward(44)
    assert running.text("#heading") == "I morgon, onsdag 25 november"
    running.forward(2)
    expect(running.page.locator("#heading")).to_be_hidden()
    assert len(running.rows()) == 4


def test_pages_do_not_turn_while_somebody_reads(show: Show) -> None:
    screen = show(programmes.document(programmes.full_day(12)))
    page = screen.page.locator("#page")
    screen.page.touchscreen.tap(5, 5)
    screen.forward(40)
    expect(page).to_have_text("Sida 1 av 4")
    ask(screen, "Nästa sida")
    expect(page).to_have_text("Sida 2 av 4")
    screen.forward(44)
    expect(page).to_have_text("Sida 2 av 4")
    screen.forward(2)
    expect(page).not_to_have_text("Sida 2 av 4")


def test_what_is_shown_follows_the_programme_and_the_day(running: Screen) -> None:
    touch(running, "Medicinsk yoga")
    running.server.document = programmes.document(rows()[:1])
    running.forward(31)
    assert running.rows() == ["Samtalsgrupp för närstående"]
    expect(running.page.locator("#heading")).to_be_hidden()


def test_tomorrow_is_not_known_is_not_empty(show: Show) -> None:
    last = show(programmes.document(rows(), first=programmes.DAY), "2026-12-28 13:12")
    ask(last, "I morgon")
    assert last.text("#nothing") == "Den dagens program vet vi inte än."
    assert last.text("#heading") == "I morgon, tisdag 29 december"
    ask(last, "Veckan")
    assert last.text(".day:first-child .day__list") == "Den dagens program vet vi inte än."


def test_a_closed_day_is_not_said_to_be_today(show: Show) -> None:
    screen = show(programmes.document(programmes.closed_days()))
    ask(screen, "I morgon")
    assert screen.text("#closed") == "Huset är stängt, men det här händer:"
    assert screen.rows() == ["Mellandagsfika"]
    ask(screen, "Veckan")
    touch(screen, "torsdag")
    assert screen.text("#nothing") == "Huset är stängt Välkommen tillbaka fredag 27 november."


def test_targets_are_large_and_apart(running: Screen) -> None:
    for size in FULL_HD:
        look(running.page, size, 4)
        ask(running, "Veckan")
        boxes = [box.bounding_box() or {} for box in running.page.locator(".ways button:visible").all()]
        assert len(boxes) == 3
        assert min(box["height"] for box in boxes) >= 60
        assert all(b["x"] - a["x"] - a["width"] >= 8 for a, b in pairwise(boxes))
        # On an upright screen of 1.2 m whose lower edge is 85 cm above the floor, below 1.2 m.
        assert min(box["y"] for box in boxes) > size["height"] * 0.7
        rows = [box.bounding_box() or {} for box in running.page.locator(".row:visible").all()]
        assert min(box["height"] for box in rows) >= 60
        assert all(b["y"] - a["y"] - a["height"] >= 7.9 for a, b in pairwise(rows))


def test_touch_finds_its_way_on_a_page_that_is_turned(running: Screen) -> None:
    look(running.page, chromium.WALL_UPRIGHT, 4)
    upright = running.page.evaluate(PLACES)
    for turned in ("left", "right"):
        look(running.page, chromium.WALL, 4, turned)
        assert running.page.evaluate(PLACES) == upright
        ask(running, "I morgon")
        assert running.text("#heading") == "I morgon, onsdag 25 november"
        touch(running, "Promenad")
        assert running.rows() == ["Promenad i Slottsskogen"]
        ask(running, "I dag")


# Whether the browser would do what it does with a key.
KEYS = """keys => keys.map((key) =>
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))"""
STYLE = """() => {
  const { touchAction, userSelect, overscrollBehaviorX } = getComputedStyle(document.documentElement);
  return [touchAction, userSelect, overscrollBehaviorX];
}"""


def test_there_is_no_way_out(running: Screen) -> None:
    page = running.page
    assert page.locator("a, input, select, textarea, iframe, [contenteditable]").count() == 0
    stopped = page.evaluate(
        """() => ["contextmenu", "dragstart", "selectstart", "wheel"].map((kind) =>
          document.body.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true })))"""
    )
    assert stopped == [False] * 4
    keys = page.evaluate(KEYS, ["p", "F1", "Tab", "Backspace", "F5"])
    assert keys == [False, False, False, False, True]
    style = page.evaluate(STYLE)
    assert style == ["none", "none", "none"]
    before = page.url
    ask(running, "Veckan")
    for _ in range(3):
        page.evaluate("history.back()")
        expect(page.locator("#today")).to_be_visible()
    assert page.url == before
    ask(running, "I dag")
    assert len(running.rows()) == 4


def test_a_screen_that_nobody_can_touch_has_no_buttons(
    new_context: Callable[..., BrowserContext], server: WallServer
) -> None:
    page = new_context().new_page()
    page.set_viewport_size(chromium.WALL)
    Screen(page, server).open()
    expect(page.locator(".row:visible")).to_have_count(4)
    assert page.locator("button:visible").count() == 0


@pytest.mark.parametrize("view", ["I morgon", "Veckan", "one"])
def test_axe_finds_nothing(running: Screen, view: str) -> None:
    if view == "one":
        touch(running, "Samtalsgrupp")
    else:
        ask(running, view)
    running.page.clock.resume()
    assert chromium.axe_findings(running.page) == []
