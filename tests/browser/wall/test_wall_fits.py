"""Everything stands on the screen, large enough, wide or upright, however much or long it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import count

import pytest
from playwright.sync_api import ViewportSize, expect

from khcal.calendaring.shapes import ListedDate, NoticeText
from khcal.calendaring.terms import Status
from tests.browser import chromium
from tests.browser.wall import programmes
from tests.browser.wall.ground import Screen
from tests.browser.wall.looking import CONTRASTS, LOOK, NEAR
from tests.tries import IS_SAMPLE

Show = Callable[..., Screen]
SHIFT = 4
NEXT = datetime(2026, 12, 1, 15)

SIZES = {"wide": chromium.WALL, "upright": chromium.WALL_UPRIGHT}
BOTH = pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
NOTICE = NoticeText(
    "Hissen är trasig. Ring på klockan vid porten, så kommer vi.", programmes.DAY, programmes.DAY, False
)
DAYS: dict[str, list[ListedDate]] = {
    **{f"{number}": programmes.full_day(number) for number in (0, 1, 4, 6, 12)},
    **{f"{number} long": programmes.full_day(number, programmes.LONG_WORD) for number in (1, 4, 6, 12)},
    "fates": programmes.fates(),
    "closed": programmes.closed_days(),
}
OUTSIDE = """shift => [...document.querySelectorAll("body > * *")].filter((element) => {
  const box = element.getBoundingClientRect();
  if (!box.width || !box.height || element.closest("svg, progress")) return false;
  const rows = element.matches("#space") ? null : element.closest("#space");
  const floor = rows ? rows.getBoundingClientRect().bottom + 1 : innerHeight + shift;
  return box.right > innerWidth + shift || box.left < -shift || box.bottom > floor || box.top < -shift;
}).map((element) => element.outerHTML.slice(0, 90))"""
OVERLAPPING = """() => {
  const parts = [...document.querySelectorAll(".house, .home, .strip, .rows, .below")];
  const boxes = parts.filter((part) => part.offsetHeight).map((part) => part.getBoundingClientRect());
  const across = (a, b) => a.left < b.right - 1 && b.left < a.right - 1;
  const along = (a, b) => a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => across(a, b) && along(a, b)));
}"""
SMALLEST = """(selector) => Math.min(...[...document.querySelectorAll(selector)]
  .filter((element) => element.offsetHeight)
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .map((element) => parseFloat(getComputedStyle(element).fontSize)))"""
LINES = """() => [...document.querySelectorAll(".row:not([hidden]) .row__title")]
  .map((title) => Math.round(title.clientHeight / parseFloat(getComputedStyle(title).lineHeight)))"""


def on_screens(*days: str) -> pytest.MarkDecorator:
    """Each day on either screen; in ``bin/test`` on one of the two, by turns."""
    pairs = [
        (name, day)
        for number, day in enumerate(days)
        for turn, name in enumerate(SIZES)
        if not IS_SAMPLE or (number + turn) % 2 == 0
    ]
    named = [f"{name}-{day}" for name, day in pairs]
    return pytest.mark.parametrize(("size", "day"), [(SIZES[name], day) for name, day in pairs], ids=named)


def check_screen(screen: Screen) -> None:
    page = screen.page
    assert page.evaluate(OUTSIDE, SHIFT) == []
    assert page.evaluate(OVERLAPPING) == []
    assert page.evaluate("[document.documentElement.scrollHeight - innerHeight, scrollX, scrollY]") == [
        0,
        0,
        0,
    ]


@pytest.mark.parametrize(
    ("first", "second", "least"),
    [
        ("Samtalsgrupp för dig som har haft cancer", "Målarverkstad", (0.5, 1)),
        ("Promenad i parken", "Samtalsgrupp för dig som har haft cancer", (1, 0.35)),
        ("Anhöriggrupp", "Promenad i parken", (1, 1)),
        ("Samtalsgrupp för dig som har haft cancer", "Föreläsning om vardagen efter behandling", (0.4, 0.3)),
    ],
)
def test_two_of_tomorrow_can_be_told_apart_beside_each_other(
    show: Show, first: str, second: str, least: tuple[float, float]
) -> None:
    tomorrow = [
        programmes.at(f"2026-11-25 {hour}:00", f"2026-11-25 {hour + 1}:00", title, hour)
        for hour, title in enumerate((first, second, "Öppet hus"), 13)
    ]
    screen = show(programmes.document([*programmes.full_day(4), *tomorrow]))
    told = screen.page.locator("#coming li")
    expect(told).to_have_count(3)
    assert len(set(told.evaluate_all("items => items.map(item => item.offsetTop)"))) == 1
    seen = told.evaluate_all(
        "items => items.map(item => item.lastElementChild.clientWidth / item.lastElementChild.scrollWidth)"
    )
    assert (seen[0] >= least[0], seen[1] >= least[1], seen[2]) == (True, True, 1), seen


def test_why_nobody_should_come_is_as_large_as_there_is_room_for(show: Show, screen: Screen) -> None:
    off = {"status": Status.CANCELLED, "reason": "Ledaren är sjuk och ingen kan komma i hennes ställe"}
    told = {"next_at": NEXT} | off
    document = programmes.document(
        [programmes.at("15:00", "17:00", "Öppet hus", **told), *programmes.tomorrow()]
    )
    screen.page.set_viewport_size(chromium.WALL_UPRIGHT)
    show(document)
    expect(screen.page.locator("main")).to_have_attribute("data-size", "hero")
    assert screen.page.evaluate(LOOK, [NEAR, 3]) == []
    expect(screen.page.locator(".row__more")).to_contain_text("Nästa gång är tisdag 1 december.")
    check_screen(screen)


@BOTH
@pytest.mark.parametrize("letters", range(45, 150, 30))
def test_no_reason_is_cut(show: Show, screen: Screen, size: ViewportSize, letters: int) -> None:
    """However many lines it takes: letters become smaller before words go missing."""
    told = {"status": Status.CANCELLED, "reason": ("Ledaren är sjuk " * 10)[:letters].strip()}
    screen.page.set_viewport_size(size)
    show(programmes.document([programmes.at("15:00", "17:00", "Öppet hus", **told, next_at=NEXT)]))
    expect(screen.page.locator(".row__more")).to_contain_text("Nästa gång är tisdag 1 december.")
    assert screen.page.evaluate(LOOK, [NEAR, 3]) == []
    check_screen(screen)


@on_screens(*DAYS)
def test_all_of_it_stands_on_the_screen(show: Show, screen: Screen, size: ViewportSize, day: str) -> None:
    screen.page.set_viewport_size(size)
    show(programmes.document(DAYS[day] + programmes.tomorrow(), [NOTICE] if day == "fates" else []))
    expect(screen.page.locator("#today")).to_be_visible()
    check_screen(screen)
    assert screen.page.locator(".row:visible").count() <= 6
    assert all(lines <= 2 for lines in screen.page.evaluate(LINES))


@pytest.mark.parametrize("number", [1, 3])
def test_few_activities_are_larger(show: Show, screen: Screen, number: int) -> None:
    show(programmes.document(programmes.full_day(number)))
    expect(screen.page.locator(".row:visible")).to_have_count(number)
    assert screen.page.evaluate(SMALLEST, ".row__title, .row__time b") >= 76


@BOTH
@pytest.mark.parametrize("number", [1, 2, 3])
def test_tomorrow_is_told_where_there_is_room(
    show: Show, screen: Screen, size: ViewportSize, number: int
) -> None:
    """Whatever fractions of a pixel the parts have: 1,028.5 is no more than 1,028 has room for."""
    show(programmes.document(programmes.full_day(number) + programmes.tomorrow()))
    for off in range(0, 24, 3):
        screen.page.set_viewport_size({"width": size["width"], "height": size["height"] - off})
        screen.page.evaluate("dispatchEvent(new Event('resize'))")
        expect(screen.page.locator("#coming")).to_be_visible()
        check_screen(screen)


@BOTH
def test_a_screen_that_is_turned_lays_itself_out_again(
    show: Show, screen: Screen, size: ViewportSize
) -> None:
    show(programmes.document(programmes.full_day(12, programmes.LONG_WORD) + programmes.tomorrow()))
    expect(screen.page.locator(".row:visible")).not_to_have_count(0)
    screen.page.set_viewport_size({"width": size["height"], "height": size["width"]})
    screen.page.set_viewport_size(size)
    screen.page.evaluate("dispatchEvent(new Event('resize'))")
    check_screen(screen)


@on_screens("6", "12", "12 long", "6 long")
def test_every_activity_is_on_some_page_and_what_is_now_on_each(
    show: Show, screen: Screen, size: ViewportSize, day: str
) -> None:
    screen.page.set_viewport_size(size)
    show(programmes.document(DAYS[day]))
    expect(screen.page.locator(".row:visible")).not_to_have_count(0)
    pages = max(1, screen.page.locator("#dots i:visible").count())
    seen: set[str] = set()
    for number in range(pages):
        check_screen(screen)
        expect(screen.page.locator(".row:visible .row__state", has_text="Pågår nu")).to_have_count(1)
        seen.update(screen.page.locator(".row:visible .row__time b").all_inner_texts())
        if number + 1 < pages:
            screen.forward(15)
    assert seen == {
        f"{13 + half // 2}.{'30' if half % 2 else '00'}" for half, _ in zip(count(), DAYS[day], strict=False)
    }


@BOTH
def test_what_is_called_off_stands_on_the_first_page(show: Show, screen: Screen, size: ViewportSize) -> None:
    screen.page.set_viewport_size(size)
    show(programmes.document(programmes.full_day(12, off=frozenset({8, 11}))))
    off = screen.page.locator(".row:visible .row__tag", has_text="Inställt")
    expect(off).to_have_count(2)
    # Each in its turn among the others, which are on the pages to come.
    times = screen.page.locator(".row:visible .row__time b").all_inner_texts()
    assert times == sorted(times)
    assert {"17.00", "18.30"} <= set(times)
    screen.forward(15)
    expect(off).to_have_count(0)


@on_screens("0", "6", "fates", "closed")
def test_axe_finds_nothing(show: Show, screen: Screen, size: ViewportSize, day: str) -> None:
    screen.page.set_viewport_size(size)
    show(programmes.document(DAYS[day] + programmes.tomorrow(), [NOTICE]))
    expect(screen.page.locator("#today")).to_be_visible()
    screen.page.clock.resume()
    assert chromium.axe_findings(screen.page) == []


@on_screens("0", "6", "fates")
def test_every_word_stands_out(show: Show, screen: Screen, size: ViewportSize, day: str) -> None:
    screen.page.set_viewport_size(size)
    show(programmes.document(DAYS[day] + programmes.tomorrow(), [NOTICE]))
    expect(screen.page.locator("#today")).to_be_visible()
    assert screen.page.evaluate(CONTRASTS) != []
    assert [found for found in screen.page.evaluate(CONTRASTS) if found[0] < 7] == []


def test_moving_is_short_and_can_be_turned_off(show: Show, screen: Screen) -> None:
    screen.page.emulate_media(reduced_motion="no-preference")
    show(programmes.document(programmes.full_day(12)))
    screen.forward(15)
    fading = "getComputedStyle(document.getElementById('rows')).animationDuration"
    assert screen.page.evaluate(fading) == "0.25s"
    screen.page.emulate_media(reduced_motion="reduce")
    assert screen.page.evaluate("getComputedStyle(document.getElementById('rows')).animationName") == "none"


def test_nothing_burns_in(show: Show, screen: Screen) -> None:
    show(programmes.document(programmes.full_day(1)))
    places = set()
    for _ in range(9):
        places.add(screen.page.evaluate("getComputedStyle(document.body).translate"))
        screen.leap(300)
        screen.forward(1)
    assert len(places) >= 7


GREETING = (
    "Varmt välkommen in, precis som du är. Kaffet står i köket, och vi finns här om du vill prata en stund."
)
CUT = """() => [...document.querySelectorAll("#chapter, #greeting")].map((part) => {
  const boxOf = (element) => element.getBoundingClientRect();
  const [box, name] = [boxOf(part), boxOf(part.closest(".house__name"))];
  const isOut = box.left > name.right || box.right < name.left;
  return isOut || (box.top > name.top - 1 && box.bottom < name.bottom + 1) ? "" : part.id;
}).join("")"""


@BOTH
@pytest.mark.parametrize("greeting", ["Välkommen in", GREETING[:37], GREETING])
@pytest.mark.parametrize("name", ["Kraftens hus Sjuhärad", "Kraftens hus Jämtland Härjedalen"])
def test_no_line_of_the_house_is_cut(
    show: Show, screen: Screen, size: ViewportSize, name: str, greeting: str
) -> None:
    told = programmes.document(programmes.full_day(4))
    told["chapter"] |= {"name": name, "greeting": greeting}
    screen.page.set_viewport_size(size)
    show(told)
    expect(screen.page.locator("#chapter")).to_have_text(name)
    assert screen.page.evaluate(CUT) == ""
    assert screen.page.evaluate(OVERLAPPING) == []


def test_a_greeting_of_two_lines_has_room_where_words_are_largest(show: Show, screen: Screen) -> None:
    told = programmes.document(programmes.full_day(4))
    told["chapter"]["greeting"] = "Hej och välkommen hit"
    show(told)
    for metres in (4, 5, 6):
        screen.page.evaluate("metres => (document.documentElement.dataset.distance = metres)", metres)
        assert screen.page.evaluate(SEEN), metres


SEEN = """() => {
  const [name, greeting] = [".house__name", "#greeting"].map((part) => document.querySelector(part))
    .map((part) => part.getBoundingClientRect());
  return greeting.left < name.right && greeting.top > name.top - 1;
}"""
