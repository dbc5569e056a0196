"""Outside its own hours a screen is dark and calm, still tells the truth, and lets its device sleep."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from khcal.calendaring.terms import Status
from tests.browser import chromium
from tests.browser.wall import programmes
from tests.browser.wall.ground import Screen
from tests.browser.wall.looking import CONTRASTS, LOOK, look, paired

Show = Callable[..., Screen]

HOURS = {"opens": "08.00", "closes": "17.00"}
LOCKS = """
  window.locks = { held: 0, asked: 0 };
  Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
    const lock = new EventTarget();
    lock.release = async () => { window.locks.held -= 1; lock.dispatchEvent(new Event("release")); };
    window.locks.held += 1;
    window.locks.asked += 1;
    window.lastLock = lock;
    return lock;
  } } });
"""


@pytest.fixture
def screen(screen: Screen) -> Screen:
    """A paired screen, which says how often it asked its device to stay awake."""
    screen.page.add_init_script(LOCKS)
    return paired(screen)


@pytest.fixture
def resting(show: Show) -> Screen:
    """A quarter past five, after its hours, with two activities of the evening left."""
    rows = [
        programmes.at("16:30", "18:00", "Skrivarcirkel", 1),
        programmes.at("18:30", "20:00", "Stilla stund", 2),
    ]
    screen = show(programmes.document(rows + programmes.tomorrow()), "2026-11-24 17:15")
    expect(screen.page.locator(".row:visible")).to_have_count(2)
    look(screen.page, chromium.WALL, **HOURS)
    return screen


def test_it_says_what_goes_on_and_when_it_tells_more(resting: Screen) -> None:
    assert (
        resting.text("#nothing")
        == "Pågår nu 16.30–\N{WORD JOINER}18.00 Skrivarcirkel Hela programmet visas från kl. 08.00."
    )
    assert (resting.text("#clock"), resting.text("h1")) == ("17.15", "tisdag 24 november")
    resting.leap(45 * 60)
    resting.forward(60)
    assert resting.text("#nothing h2") == "Härnäst 18.30–\N{WORD JOINER}20.00 Stilla stund"
    resting.leap(2 * 3600)
    resting.forward(1)
    assert resting.text("#nothing") == (
        "Inget mer i dag. Nästa är Promenad i Slottsskogen, i morgon kl. 10.00. "
        "Hela programmet visas från kl. 08.00."
    )


def test_who_comes_in_vain_is_told(resting: Screen) -> None:
    off = [row for row in programmes.fates() if row.id in {3, 4}]
    later = programmes.at("18:30", "20:00", "Stilla stund", 2, status=Status.CANCELLED)
    news = programmes.notice("Hissen är trasig. Ring på klockan vid porten, så kommer vi.")
    resting.server.document = programmes.document([*off, later, *programmes.tomorrow()], [news])
    resting.forward(31)
    assert resting.text("#nothing") == (
        "Inget mer i dag. Flyttat: 16.00–\N{WORD JOINER}17.30 Författarkväll. "
        "Inställt: 17.00–\N{WORD JOINER}18.00 Skrivarcirkel. "
        "Nästa är Promenad i Slottsskogen, i morgon kl. 10.00. "
        "Hela programmet visas från kl. 08.00."
    )
    assert resting.text("#notice") == news.text
    check(resting)


def test_it_is_dark_and_can_be_read(resting: Screen) -> None:
    check(resting)
    resting.page.clock.resume()
    assert chromium.axe_findings(resting.page) == []


def check(resting: Screen) -> None:
    """On every screen it is dark, and all of it is large and light enough."""
    for size in (chromium.WALL, chromium.WALL_UPRIGHT):
        for metres in (4, 6):
            look(resting.page, size, metres, **HOURS)
            assert resting.page.evaluate(LOOK, [".house__name, .house__week, .home", metres]) == []
            found = resting.page.evaluate(CONTRASTS)
            assert len(found) >= 6
            assert [pair for pair in found if pair[0] < 7] == []
            assert resting.page.evaluate(LIGHT) < 0.02


# How light the largest parts are, from 0 to 1.
LIGHT = """() => Math.max(...[...document.querySelectorAll(".house, .home, main")].map((part) => {
  const colour = getComputedStyle(part).backgroundColor.match(/\\d+/g);
  const [red, green, blue] = colour.map((value) => (value / 255) ** 2.2);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}))"""


def test_a_touch_wakes_it_for_a_while(resting: Screen) -> None:
    resting.page.mouse.click(900, 400)
    assert resting.rows() == ["Skrivarcirkel", "Stilla stund"]
    resting.forward(44)
    assert len(resting.rows()) == 2
    resting.forward(2)
    assert resting.rows() == []
    assert resting.text("#nothing h2") == "Pågår nu 16.30–\N{WORD JOINER}18.00 Skrivarcirkel"


def test_the_device_may_sleep_outside_the_hours_only(resting: Screen) -> None:
    assert resting.page.evaluate("window.locks.held") == 0
    resting.leap(15 * 3600)
    resting.forward(1)
    assert resting.text("#clock") == "08.15"
    assert resting.page.evaluate("window.locks.held") == 1
    assert resting.rows() != []


def test_a_lock_that_the_device_dropped_is_asked_for_again(resting: Screen) -> None:
    look(resting.page, chromium.WALL)
    before = resting.page.evaluate("window.locks")
    assert before["held"] == 1
    resting.page.evaluate("window.lastLock.release()")
    resting.forward(61)
    assert resting.page.evaluate("window.locks") == {"held": 1, "asked": before["asked"] + 1}


def test_what_is_not_known_is_said_in_the_dark_too(show: Show) -> None:
    screen = show(programmes.document(), "2027-02-01 20:00")
    look(screen.page, chromium.WALL, **HOURS)
    expect(screen.page.locator("#unknown")).to_be_visible()
    assert screen.page.evaluate("document.documentElement.dataset.rests") == "true"
    assert [pair for pair in screen.page.evaluate(CONTRASTS) if pair[0] < 7] == []
