"""What the wall shows follows the Swedish clock: what goes on, what comes, midnight, the clock changes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Browser, expect

from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Status, WallRule
from tests.browser import chromium
from tests.browser.chromium import Watch
from tests.browser.wall import programmes
from tests.browser.wall.ground import Screen, WallServer

Show = Callable[..., Screen]


def states(screen: Screen) -> list[tuple[str, str]]:
    """``("13.00", "Pågår nu")`` for every row that is seen."""
    rows = screen.page.locator(".row:visible").all()
    return [
        (row.locator(".row__time b").inner_text(), row.locator(".row__state").inner_text()) for row in rows
    ]


def test_the_frame(show: Show) -> None:
    screen = show(programmes.document(programmes.full_day(1)))
    expect(screen.page.locator("#clock")).to_have_text("13.12")
    assert screen.text("h1") == "tisdag 24 november"
    assert screen.text("#week") == "vecka 48"
    # The greeting has its room when the font has come.
    name = screen.page.locator(".house__name")
    expect(name).to_have_text("Kraftens hus Göteborg Välkommen in", use_inner_text=True)
    assert screen.text("#age") == "Uppdaterad 13.12"
    assert screen.text("#take") == "Ta med kalendern hem kalender.example.org\N{ZERO WIDTH SPACE}/q/goteborg"


def test_the_clock_goes(show: Show) -> None:
    screen = show(programmes.document())
    screen.forward(60)
    expect(screen.page.locator("#clock")).to_have_text("13.13")


def test_what_goes_on_and_what_is_next_stand_first_and_what_is_over_leaves(show: Show) -> None:
    screen = show(programmes.document(programmes.full_day(4)))
    expect(screen.page.locator(".row:visible")).to_have_count(4)
    assert states(screen) == [("13.00", "Pågår nu"), ("13.30", "Härnäst"), ("14.00", ""), ("14.30", "")]
    screen.leap(80 * 60)
    expect(screen.page.locator("#clock")).to_have_text("14.32")
    assert states(screen) == [("13.30", "Pågår nu"), ("14.00", "Pågår nu"), ("14.30", "Pågår nu")]


def test_several_that_begin_together_are_all_next(show: Show) -> None:
    rows = [programmes.at("15:00", "16:00", f"Grupp {number}", number) for number in (1, 2)]
    screen = show(programmes.document(rows))
    expect(screen.page.locator(".row:visible")).to_have_count(2)
    assert states(screen) == [("15.00", "Härnäst"), ("15.00", "Härnäst")]


def test_a_cancelled_one_stays_until_it_would_have_ended(show: Show) -> None:
    screen = show(programmes.document(programmes.fates()), "2026-11-24 17:30")
    row = screen.page.locator(".row[data-state=cancelled]")
    expect(row).to_be_visible()
    told = " ".join(row.locator(".row__more").inner_text().split())
    assert told == "Inställt Ledaren är sjuk. Nästa gång är tisdag 1 december."
    assert (
        row.locator(".row__time b").evaluate("time => getComputedStyle(time).textDecorationLine")
        == "line-through"
    )
    screen.leap(31 * 60)
    expect(row).to_have_count(0)


def test_a_moved_one_says_where_to(show: Show) -> None:
    screen = show(programmes.document(programmes.fates()))
    more = screen.page.locator(".row[data-state=moved] .row__more")
    expect(more).to_be_visible()
    told = " ".join(more.inner_text().split())
    assert told == "Flyttat till onsdag 2 december kl. 18.00. Föreläsaren fick förhinder."


def test_the_evening_says_what_comes_next(show: Show) -> None:
    next_week = programmes.at("2026-11-30 10:00", "2026-11-30 15:00", "Öppet hus", 9)
    screen = show(programmes.document([*programmes.full_day(2), next_week]), "2026-11-24 20:12")
    expect(screen.page.locator("#nothing")).to_be_visible()
    assert screen.text("#nothing") == "Inget mer i dag. Nästa är Öppet hus, måndag 30 november kl. 10.00."


@pytest.mark.parametrize(
    ("rows", "heading"),
    [
        (programmes.tomorrow(), "I morgon, onsdag"),
        (
            [programmes.at("2026-11-26 10:00", "2026-11-26 11:00")],
            "Inget i morgon. Nästa är torsdag 26 november",
        ),
    ],
    ids=["tomorrow", "later"],
)
def test_below_stands_the_next_day_with_something(show: Show, rows: list[ListedDate], heading: str) -> None:
    screen = show(programmes.document([*programmes.full_day(1), *rows]))
    expect(screen.page.locator("#coming h2")).to_have_text(heading.replace("26 n", "26\N{NO-BREAK SPACE}n"))


def test_nothing_at_all_is_said_honestly(show: Show) -> None:
    screen = show(programmes.document())
    expect(screen.page.locator("#nothing")).to_be_visible()
    assert screen.text("#nothing") == "Inget i dag. Inget är planerat till och med måndag 28 december."


def test_the_house_is_closed_and_open_for_coffee(show: Show) -> None:
    screen = show(programmes.document(programmes.closed_days()))
    expect(screen.page.locator("#nothing")).to_be_visible()
    assert screen.text("#nothing") == "Huset är stängt i dag Välkommen tillbaka fredag 27 november."
    screen.leap(24 * 3600)
    expect(screen.page.locator("#closed")).to_be_visible()
    assert screen.rows() == ["Mellandagsfika"]


def test_a_closed_house_where_all_is_called_off_says_only_that(show: Show) -> None:
    off = programmes.at(
        "14:00", "16:00", "Målarkväll", 11, status=Status.CANCELLED, reason="Huset är stängt."
    )
    screen = show(programmes.document([*programmes.closed_days(), off]))
    expect(screen.page.locator("#closed")).to_be_visible()
    assert screen.text("#closed") == "Huset är stängt i dag. Välkommen tillbaka fredag 27 november."
    assert screen.rows() == ["Målarkväll"]


def test_another_day_begins_at_midnight(show: Show) -> None:
    screen = show(programmes.document(programmes.full_day(1) + programmes.tomorrow()), "2026-11-24 23:59:30")
    expect(screen.page.locator("h1")).to_contain_text("tisdag")
    screen.forward(30)
    expect(screen.page.locator("h1")).to_contain_text("onsdag")
    assert screen.text("h1") == "onsdag 25 november"
    assert screen.rows() == ["Promenad i Slottsskogen", "Öppet hus med fika", "Anhöriggrupp"]


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        ("2027-03-28 01:59:58", "03.00", date(2027, 3, 28)),
        ("2026-10-25 01:59:58", "02.00", date(2026, 10, 25)),
    ],
    ids=["spring", "autumn"],
)
def test_the_clock_changes(show: Show, before: str, after: str, day: date) -> None:
    rows = [programmes.at(f"{day} 04:00", f"{day} 05:00", "Morgonkaffe")]
    screen = show(programmes.document(rows, first=day), before)
    screen.forward(3)
    expect(screen.page.locator("#clock")).to_have_text(after)
    screen.leap(3600)
    to_wait = {"03.00": "04.00", "02.00": "02.00"}[after]
    expect(screen.page.locator("#clock")).to_have_text(to_wait)
    assert states(screen) == [("04.00", "Pågår nu" if to_wait == "04.00" else "Härnäst")]


def test_the_long_day_of_autumn_ends_at_midnight(show: Show) -> None:
    day = date(2026, 10, 25)
    screen = show(programmes.document(first=day), "2026-10-25 00:00:30")
    # A minute before: the clock of the page runs on while a busy machine looks at it.
    screen.leap(25 * 3600 - 85)
    expect(screen.page.locator("#clock")).to_have_text("23.59")
    screen.forward(60)
    assert screen.text("h1") == "måndag 26 oktober"


@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Asia/Tokyo"])
def test_the_zone_of_the_device_does_not_matter(
    browser: Browser, server: WallServer, watch: Watch, zone: str
) -> None:
    server.document = programmes.document(programmes.full_day(1))
    reader = chromium.READER | {"timezone_id": zone, "viewport": chromium.WALL}
    page = watch.over(browser.new_context(**reader)).new_page()
    screen = Screen(page, server).open("2026-11-24 00:30")
    expect(page.locator("#clock")).to_have_text("00.30")
    assert screen.text("h1") == "tisdag 24 november"
    expect(page.get_by_text("Samtalsgrupp för närstående")).to_be_visible()
    assert screen.rows() == ["Samtalsgrupp för närstående"]
    page.context.close()
    assert not watch.faults


@pytest.mark.parametrize("ahead", [-3 * 365 * 86400, -600, 600, 86400])
def test_a_wrong_clock_is_put_right_by_the_server(screen: Screen, ahead: int) -> None:
    screen.open("2026-11-24 13:12", server_ahead=0)
    screen.page.clock.set_system_time(screen.server.now / 1000 + ahead)
    screen.forward(31)
    expect(screen.page.locator("#clock")).to_have_text("13.12")
    assert screen.text("h1") == "tisdag 24 november"


def test_a_screen_that_starts_with_a_wrong_clock_shows_the_right_day(screen: Screen) -> None:
    screen.open("2024-01-01 00:00", server_ahead=91_458_720)
    expect(screen.page.locator("#clock")).to_have_text("13.12")
    assert screen.text("h1") == "tisdag 24 november"


def test_small_differences_are_left_alone(screen: Screen) -> None:
    screen.open("2026-11-24 13:12", server_ahead=100)
    expect(screen.page.locator(".row:visible")).not_to_have_count(0)
    assert screen.text("#clock") == "13.12"


def test_a_device_that_gets_the_right_time_by_itself_is_believed(screen: Screen, watch: Watch) -> None:
    watch.expected += ["Failed to load resource"]
    screen.open("2026-11-24 12:12", server_ahead=3600)
    expect(screen.page.locator("#clock")).to_have_text("13.12")
    screen.server.stop()
    screen.page.clock.set_system_time(screen.server.now / 1000)
    screen.page.clock.run_for(2000)
    expect(screen.page.locator("#clock")).to_have_text("13.12")


def test_pages_turn_after_fifteen_seconds_and_come_round(show: Show) -> None:
    screen = show(programmes.document(programmes.full_day(12)))
    page = screen.page.locator("#page")
    expect(page).to_have_text("Sida 1 av 3")
    for seconds, shown in ((14, 1), (1, 2), (14, 2), (1, 3), (15, 1)):
        screen.forward(seconds)
        expect(page).to_have_text(f"Sida {shown} av 3")


def test_notices_take_turns(show: Show) -> None:
    notices = [programmes.notice(text) for text in ("Hissen är trasig.", "Vi söker volontärer.")]
    screen = show(programmes.document(programmes.full_day(1), notices))
    expect(screen.page.locator("#notice")).to_have_text("Hissen är trasig.")
    screen.forward(15)
    expect(screen.page.locator("#notice")).to_have_text("Vi söker volontärer.")


def test_titles_in_other_languages_and_neutral_ones(show: Show) -> None:
    neutral = {"wall": WallRule.NEUTRAL, "neutral_title": "Grupp i Köket"}
    rows = [
        programmes.at("13:00", "15:00", "مجموعة حوار", 1, language="ar"),
        programmes.at("16:00", "17:00", "Livet efter bröstcancer", 2, **neutral),
        programmes.at("18:00", "19:00", "Hemlig", 3, wall=WallRule.HIDE),
    ]
    screen = show(programmes.document(rows))
    arabic = screen.page.locator(".row__title").first
    expect(arabic).to_have_attribute("lang", "ar")
    assert arabic.evaluate("title => getComputedStyle(title).direction") == "rtl"
    assert screen.rows() == ["مجموعة حوار", "Grupp i Köket"]
