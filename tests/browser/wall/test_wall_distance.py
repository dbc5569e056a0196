"""What is read from afar is large enough for the distance, on every screen, and all of it is there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from khcal.calendaring.shapes import ListedDate
from tests.browser import chromium
from tests.browser.wall import programmes
from tests.browser.wall.ground import Screen
from tests.browser.wall.looking import CAPITALS, LOOK, NEAR, PLACES, look, paired
from tests.tries import IS_SAMPLE

Show = Callable[..., Screen]


@pytest.fixture
def screen(screen: Screen) -> Screen:
    """A screen that is paired, so that staff can say how it hangs."""
    return paired(screen)


DISTANCES = (3, 4, 5, 6)
FULL_HD = (chromium.WALL, chromium.WALL_UPRIGHT)
VIEWPORTS = (
    *FULL_HD,
    ViewportSize(width=3840, height=2160),
    ViewportSize(width=2160, height=3840),
    ViewportSize(width=1280, height=720),
    ViewportSize(width=720, height=1280),
)
FOREIGN = [
    programmes.at("13:00", "15:00", "لقاء القهوة للمتحدثين بالعربية", 1, language="ar"),
    programmes.at("15:30", "17:00", "Keskusteluryhmä syöpään sairastuneille ja läheisille", 2, language="fi"),
]
NEWS = "Hissen är trasig. Ring på klockan vid porten, så kommer vi."
DAYS: dict[str, list[ListedDate]] = {
    **{f"{number}": programmes.full_day(number) for number in (0, 1, 4, 6, 12, 25)},
    **{f"{number} long": programmes.full_day(number, programmes.LONG_WORD) for number in (1, 6, 25)},
    "fates": programmes.fates(),
    "closed": programmes.closed_days(),
    "foreign": FOREIGN,
}


def looks(day: str) -> list[tuple[ViewportSize, int]]:
    """Every screen at every distance; but for one day ``bin/test`` takes those that differ most."""
    if IS_SAMPLE and day != "fates":
        return [(chromium.WALL, 4), (chromium.WALL_UPRIGHT, 6), (VIEWPORTS[2], 3), (VIEWPORTS[5], 5)]
    return list(product(VIEWPORTS, DISTANCES))


def faults(page: Page, metres: int, *, every_page: bool) -> Iterator[str]:
    """What cannot be read from there, or is not there; on every page of the programme if so asked."""
    count = page.locator("#dots i:visible").count() if every_page else 1
    for number in range(max(1, count)):
        yield from page.evaluate(LOOK, [NEAR, metres])
        if number + 1 < count:
            page.clock.run_for(15_000)


@pytest.mark.parametrize("day", DAYS)
def test_everything_is_there_and_can_be_read(show: Show, day: str) -> None:
    rows = DAYS[day] + programmes.tomorrow()
    screen = show(programmes.document(rows, [programmes.notice(NEWS)] if day in {"0", "fates"} else []))
    expect(screen.page.locator("#today")).to_be_visible()
    found = {}
    for size, metres in looks(day):
        look(screen.page, size, metres)
        is_short = len(DAYS[day]) <= 12
        where = f"{size['width']}×{size['height']} {metres} m"
        found[where] = list(faults(screen.page, metres, every_page=is_short and size in FULL_HD))
    assert {where: what for where, what in found.items() if what} == {}


def test_the_longest_notice_is_whole(show: Show) -> None:
    notice = programmes.notice("Hissen är trasig till och med torsdag, så ring på klockan vid porten. " * 4)
    screen = show(programmes.document(programmes.full_day(4), [notice]))
    expect(screen.page.locator("#today")).to_be_visible()
    for size, metres in product(FULL_HD, (4, 6)):
        look(screen.page, size, metres)
        found = list(faults(screen.page, metres, every_page=False))
        assert found == [], (size, metres)
        assert screen.rows()[0] == "Samtalsgrupp för närstående"


def test_a_longer_notice_that_has_its_turn_has_its_room(show: Show) -> None:
    notices = [programmes.notice("Fika."), programmes.notice("Hissen är trasig. Ring på klockan. " * 4)]
    screen = show(programmes.document(programmes.full_day(6), notices))
    expect(screen.page.locator(".row:visible")).to_have_count(6)
    for _ in range(2):
        screen.forward(15)
        assert list(faults(screen.page, 4, every_page=False)) == []


# On the last one not even two rows have room, so that nothing can stand on each page.
@pytest.mark.parametrize(
    "size", [*FULL_HD, ViewportSize(width=1920, height=760)], ids=["wide", "upright", "low"]
)
def test_where_a_page_holds_little_what_matters_comes_first(show: Show, size: ViewportSize) -> None:
    rows = programmes.full_day(6, programmes.LONG_WORD, off=frozenset({5}))
    screen = show(programmes.document(rows, [programmes.notice(NEWS)]))
    expect(screen.page.locator("#today")).to_be_visible()
    look(screen.page, size, 6)
    came: list[str] = []
    for _ in range(screen.page.locator("#dots i:visible").count()):
        times = screen.page.locator(".row:visible .row__time b").all_inner_texts()
        came += [time for time in times if time not in came]
        screen.forward(15)
    # What goes on and what comes next, then what nobody is to come to in vain.
    assert came == ["13.00", "13.30", "15.30", "14.00", "14.30", "15.00"]


@pytest.mark.parametrize(("metres", "rows"), [(3, 5), (4, 4), (5, 3), (6, 2)])
@pytest.mark.parametrize("size", FULL_HD, ids=["wide", "upright"])
def test_where_there_is_room_words_are_as_large_as_they_should_be(
    show: Show, size: ViewportSize, metres: int, rows: int
) -> None:
    """Capitals of a 120th of the distance for title and time."""
    screen = show(programmes.document(programmes.full_day(rows, "Medicinsk yoga")))
    expect(screen.page.locator(".row:visible")).to_have_count(rows)
    look(screen.page, size, metres)
    heights = screen.page.evaluate(CAPITALS, ".row__title, .row__time b")
    assert len(heights) == 2 * rows
    assert min(heights) >= metres * 1000 / 120 * 0.97


@pytest.mark.parametrize("turned", ["left", "right"])
def test_a_page_that_is_turned_looks_as_on_a_screen_that_stands(show: Show, turned: str) -> None:
    screen = show(programmes.document(programmes.fates() + programmes.tomorrow(), [programmes.notice(NEWS)]))
    expect(screen.page.locator("#today")).to_be_visible()
    for metres in (4, 6) if IS_SAMPLE else DISTANCES:
        look(screen.page, chromium.WALL_UPRIGHT, metres)
        upright = screen.page.evaluate(PLACES)
        look(screen.page, chromium.WALL, metres, turned)
        assert screen.page.evaluate(PLACES) == upright
        assert list(faults(screen.page, metres, every_page=False)) == []
        seen = screen.page.evaluate(TURNED_BOX)
        # The clock stands at the right of an upright screen: below for one turned left, on top for the other.
        assert (seen["y"] > 300) == (turned == "left")
        assert seen["height"] > seen["width"]


TURNED_BOX = """() => {
  const { x, y, width, height } = document.getElementById("clock").getBoundingClientRect();
  return { x, y, width, height };
}"""
