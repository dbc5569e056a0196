"""The wall keeps what it knows whatever the network answers, says how old it is, and recovers by itself."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Error, expect

from khcal.web.wall.shell import wall_shell
from tests.browser.chromium import Watch
from tests.browser.wall import programmes
from tests.browser.wall.ground import Handler, Screen
from tests.browser.wall.looking import CONTRASTS

Show = Callable[..., Screen]
# How often the code is drawn, and how often what is kept is read.
COUNT_WORK = """() => {
  window.drawings = window.readings = 0
  new MutationObserver((changes) => window.drawings += changes.length)
    .observe(document.getElementById('code'), { attributes: true, subtree: true })
  const match = Cache.prototype.match
  Cache.prototype.match = function (...told) {
    window.readings += 1
    return match.apply(this, told)
  }
}"""
TITLES = [row.title for row in programmes.full_day(4)]


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Here the client is kept, as on every screen: what keeps it asks the same server."""
    return browser_context_args | {"service_workers": "allow"}


@pytest.fixture(autouse=True)
def expect_faults(watch: Watch) -> None:
    """A network that fails is a line in the console, and meant here."""
    # The second is the worker, looked after every ten minutes.
    watch.expected = ["Failed to load resource", "An unknown error occurred when fetching the script"]


@pytest.fixture
def running(screen: Screen) -> Screen:
    """A screen that has shown its four activities."""
    screen.open()
    expect(screen.page.locator(".row:visible")).to_have_count(4)
    return screen


def test_a_change_is_on_the_wall_within_35_seconds(running: Screen) -> None:
    running.server.document = programmes.document([programmes.at("15:00", "16:00", "Ny grupp")])
    running.forward(31)
    expect(running.page.locator(".row__title")).to_have_text(["Ny grupp"])


def test_it_asks_every_24_to_30_seconds_and_is_answered_304(running: Screen) -> None:
    before = len(running.server.asked)
    running.forward(600)
    assert 20 <= len(running.server.asked) - before <= 25
    assert running.text("#age") == "Uppdaterad 13.22" or running.text("#age") == "Uppdaterad 13.21"


@pytest.mark.parametrize("mode", ["fault", "portal", "redirect", "cut", "empty", "other"])
def test_a_bad_answer_changes_nothing(running: Screen, mode: str) -> None:
    running.server.document = programmes.document([programmes.at("15:00", "16:00", "Ny grupp")])
    running.server.mode = mode
    running.forward(120)
    assert mode in running.server.asked
    assert running.rows() == TITLES
    running.server.mode = "ok"
    running.forward(120)
    expect(running.page.locator(".row__title")).to_have_text(["Ny grupp"])


def test_it_asks_less_often_while_nobody_answers(running: Screen) -> None:
    running.server.mode = "fault"
    running.forward(1200)
    assert 5 <= running.server.asked.count("fault") <= 8


@pytest.mark.parametrize(("asked_for", "waits"), [("120", 120), ("3600", 300), ("i morgon", 30)])
def test_it_waits_for_as_long_as_the_server_asks(running: Screen, asked_for: str, waits: int) -> None:
    questions = []

    def answer(handler: Handler, _: bytes) -> None:
        questions.append(handler.wall.now)
        handler.reply(503, {"Retry-After": asked_for}, b"")

    running.server.spoiled["program.json"] = answer
    running.forward(30)
    assert len(questions) == 1
    running.server.spoiled.clear()
    asked = len(running.server.asked)
    running.forward(waits - 13)
    assert len(running.server.asked) == asked
    running.forward(25)
    assert len(running.server.asked) > asked


@pytest.mark.parametrize(
    "sign",
    [
        "dispatchEvent(new Event('online'))",
        "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))",
        "document.dispatchEvent(new Event('resume'))",
        "document.dispatchEvent(new Event('visibilitychange'))",
    ],
)
def test_it_asks_at_once_when_the_network_or_the_page_is_back(running: Screen, sign: str) -> None:
    running.server.mode = "fault"
    running.forward(300)
    running.server.mode = "ok"
    running.server.document = programmes.document([programmes.at("15:00", "16:00", "Ny grupp")])
    running.page.evaluate(sign)
    expect(running.page.locator(".row__title")).to_have_text(["Ny grupp"])


def test_the_age_is_told_when_the_server_is_away_and_it_recovers(running: Screen) -> None:
    running.server.stop()
    age = running.page.locator(".home__age")
    for seconds, level, text in (
        (14 * 60, "fresh", "Uppdaterad 13.12"),
        (2 * 60, "late", "Senast uppdaterad 13.12"),
        (11 * 3600, "late", "Senast uppdaterad tisdag 24 november kl. 13.12"),
    ):
        running.leap(seconds)
        expect(age).to_have_attribute("data-level", level)
        assert running.text("#age") == text
    running.leap(13 * 3600)
    expect(running.page.locator("#old")).to_be_visible()
    assert running.text("#old").startswith(
        "Programmet är inte uppdaterat sedan tisdag 24 november kl. 13.12."
    )
    running.server.start()
    running.forward(330)
    expect(age).to_have_attribute("data-level", "fresh")
    expect(running.page.locator("#old")).to_be_hidden()


def test_what_is_old_or_not_known_stands_out(running: Screen) -> None:
    running.server.stop()
    for seconds, shown in (
        (20 * 60, "[data-level=late] #age"),
        (25 * 3600, "#old"),
        (40 * 86400, "#unknown"),
    ):
        running.leap(seconds)
        expect(running.page.locator(shown)).to_be_visible()
        found = running.page.evaluate(CONTRASTS)
        assert len(found) >= 6
        assert [pair for pair in found if pair[0] < 7] == []


def test_it_goes_on_through_the_days_it_knows_and_then_says_that_it_does_not(running: Screen) -> None:
    running.server.stop()
    running.leap(86400)
    expect(running.page.locator(".row__title").first).to_have_text("Öppet hus med fika")
    running.leap(33 * 86400)
    expect(running.page.locator("#nothing")).to_be_visible()
    running.leap(86400)
    expect(running.page.locator("#unknown")).to_be_visible()
    assert running.text("#unknown") == "Vi vet inte dagens program just nu. Fråga i huset, så hjälper vi dig."
    assert running.text("h1") == "tisdag 29 december"
    expect(running.page.locator("#today")).to_be_hidden()


def test_without_a_programme_it_tells_how_to_reach_the_house(show: Show) -> None:
    told = programmes.document(first=programmes.NEXT_DAY)
    told["chapter"]["phone"] = "033-00 00 00"
    told["chapter"]["hours"] = "Måndag\u2013torsdag 10\u201316\nFredag 10\u201314"
    screen = show(told)
    expect(screen.page.locator("#hours")).to_be_visible()
    assert screen.text("#phone") == "Du kan också ringa 033-00 00 00."
    assert screen.page.locator("#hours").inner_text().splitlines() == [
        "Öppettider: Måndag\u2013torsdag 10\u201316",
        "Fredag 10\u201314",
    ]


def test_a_programme_that_begins_tomorrow_is_not_shown_as_todays(show: Show) -> None:
    screen = show(programmes.document(programmes.tomorrow(), first=programmes.NEXT_DAY))
    expect(screen.page.locator("#clock")).to_have_text("13.12")
    expect(screen.page.locator("#unknown")).to_be_visible()


def test_a_first_start_without_an_answer_says_so_and_recovers(screen: Screen) -> None:
    screen.server.mode = "fault"
    screen.open()
    expect(screen.page.locator("#unknown")).to_be_visible()
    expect(screen.page.locator("h1")).to_contain_text("24\N{NO-BREAK SPACE}november")
    screen.server.mode = "ok"
    screen.forward(31)
    expect(screen.page.locator(".row:visible")).to_have_count(4)


def test_a_screen_that_slept_over_night_is_right_when_it_wakes(running: Screen) -> None:
    running.leap(86400)
    expect(running.page.locator("h1")).to_contain_text("onsdag")
    running.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(running.page.locator("#age")).to_have_text("Uppdaterad 13.12")


def test_what_has_not_changed_is_left_as_it_is(running: Screen) -> None:
    running.forward(60)
    running.page.evaluate("document.querySelector('.row').dataset.mark = 'same'")
    running.page.evaluate(COUNT_WORK)
    running.forward(120)
    expect(running.page.locator(".row").first).to_have_attribute("data-mark", "same")
    assert running.page.evaluate("[drawings, readings]") == [0, 0]


def without_keeper(screen: Screen) -> Screen:
    """A browser that keeps nothing, as over plain http."""
    keeperless = "Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })"
    screen.page.add_init_script(keeperless)
    screen.open()
    assert screen.page.evaluate("navigator.serviceWorker === undefined")
    expect(screen.page.locator(".row:visible")).to_have_count(4)
    screen.page.evaluate("window.isOld = true")
    return screen


def test_without_a_keeper_a_new_client_is_taken_after_five_minutes(screen: Screen) -> None:
    without_keeper(screen)
    screen.server.deploy()
    screen.forward(120)
    assert screen.page.evaluate("window.isOld") is True
    # The answer to a question that was under way may come late, and then the next one is waited for; or the
    # page loads anew as soon as the time has come, before anything more is asked of it.
    with screen.page.expect_event("load"), contextlib.suppress(Error):
        screen.leap(180)
        screen.forward(120)
    assert screen.page.evaluate("window.isOld") is None
    expect(screen.page.locator(".row:visible")).not_to_have_count(0)


def test_without_a_keeper_a_client_that_the_server_cannot_give_is_not_waited_for(screen: Screen) -> None:
    without_keeper(screen)
    screen.server.release = replace(screen.server.deploy(), files=wall_shell().files)
    screen.forward(420)
    assert screen.page.evaluate("window.isOld") is True
