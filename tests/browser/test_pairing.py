"""A screen, and somebody on the staff with a phone: from the code to the programme, come what may."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import chromium
from tests.browser.chromium import Watch
from tests.browser.pairing import CODE, POLL, open_screen, pair_by_hand, wait_for_the_key
from tests.browser.screen_states import REMEMBERED
from tests.browser.tasks import COUNTED
from tests.people import EDITOR, STRANGER, Person
from tests.web.screens import KEY


def test_scanned_a_screen_takes_one_tap(screen: Page, phone: Callable[[Person], Page]) -> None:
    told, page = open_screen(screen), phone(STRANGER)
    assert told["address"].endswith(
        f"/personal/skarmar/para?kod={screen.locator('#pairing-letters').inner_text()}"
    )
    page.goto(told["address"])
    page.get_by_role("button", name="Koppla skärmen").click()
    expect(page.locator(".screen-health")).to_have_text("Har inte hörts av än")
    assert page.evaluate(COUNTED) == [1, 0, 0]
    key = wait_for_the_key(screen)
    expect(screen.locator("#chapter")).to_have_text("Kraftens hus Göteborg")
    said = {"revision": 2**50, "shell": "", "day": "2026-11-24", "rendered_at": 0}
    puls = screen.request.post("/skarm/goteborg/puls", data=said, headers={"X-Screen-Key": key})
    assert json.loads(puls.text())["name"] == "Skärmen i entrén"
    assert screen.context.cookies() == []


def test_typed_a_screen_takes_four_taps(screen: Page, phone: Callable[[Person], Page]) -> None:
    code, page = open_screen(screen)["code"], phone(EDITOR)
    page.goto("/personal/sjuharad/")
    page.evaluate("sessionStorage.clear()")
    page.get_by_role("link", name="Skärmar").click()
    page.get_by_role("link", name="Lägg till skärm").click()
    page.get_by_label("Koden på skärmen").click()
    page.keyboard.type(code.lower().replace("-", ""))
    page.get_by_label("Vad skärmen heter").click()
    page.keyboard.type("Salen")
    page.keyboard.press("Enter")
    expect(page.locator(".staff-done")).to_contain_text("Salen är kopplad.")
    assert page.evaluate(COUNTED) == [4, 8 + 5 + 1, 0]
    wait_for_the_key(screen)
    expect(screen.locator("#chapter")).to_have_text("Kraftens hus Sjuhärad")


def test_started_again_between_it_is_the_same_device(
    screen: Page, phone: Callable[[Person], Page], watch: Watch
) -> None:
    pair_by_hand(phone(EDITOR), open_screen(screen)["code"], "Salen")
    screen.goto("about:blank")
    screen.goto("/skarm/")
    screen.wait_for_url(re.compile(r"/skarm/sjuharad#[0-9a-f]{32}$"))
    # And once it is paired, the next start leads to the programme.
    screen.goto("about:blank")
    screen.goto("/skarm/")
    expect(
        screen.get_by_role("heading", name="Den här skärmen hänger i Kraftens hus Sjuhärad")
    ).to_be_visible()
    screen.clock.run_for(10_000)
    screen.wait_for_url(re.compile(r"/skarm/sjuharad#[0-9a-f]{32}$"))


def test_who_wants_another_house_stays(screen: Page) -> None:
    open_screen(screen)
    screen.evaluate(REMEMBERED, f"/skarm/sjuharad#{KEY}")
    screen.reload()
    screen.get_by_role("button", name="Stanna här").click()
    expect(screen.locator("#pairing-letters")).to_have_text(CODE)
    expect(screen.get_by_role("heading", name="Koppla skärmen")).to_be_focused()
    screen.clock.run_for(30_000)
    assert urlsplit(screen.url).path == "/skarm/"
    screen.get_by_role("main").get_by_role("link", name="Kraftens hus Göteborg").click()
    expect(screen.locator("#chapter")).to_have_text("Kraftens hus Göteborg")


def test_a_touch_gives_time(screen: Page) -> None:
    open_screen(screen)
    screen.evaluate(REMEMBERED, "/skarm/sjuharad")
    screen.reload()
    expect(screen.locator("#pairing-seconds")).to_have_text(re.compile(r"^\d+$"))
    screen.get_by_role("heading", level=1).click()
    screen.clock.run_for(30_000)
    assert urlsplit(screen.url).path == "/skarm/"
    screen.get_by_role("link", name="Visa programmet nu").click()
    expect(screen.locator("#chapter")).to_have_text("Kraftens hus Sjuhärad")


@pytest.mark.parametrize(
    "path", ["/skarm/finns-inte", "https://example.org/", "/personal/", "/skarm/a/b", "x"]
)
def test_what_leads_nowhere_is_forgotten(screen: Page, watch: Watch, path: str) -> None:
    watch.expected = ["the server responded with a status of 404 "]
    # With its code, which a page that is left before that would lose.
    open_screen(screen)
    screen.evaluate(REMEMBERED, path)
    screen.reload()
    expect(screen.locator("#pairing-letters")).to_have_text(CODE)


def test_a_code_is_renewed_before_it_ends(screen: Page) -> None:
    first = open_screen(screen)["code"]
    with screen.expect_response("**/skarm/par") as asked:
        screen.clock.fast_forward(14 * 60_000)
        screen.clock.run_for(POLL)
    expect(screen.locator("#pairing-letters")).to_have_text(asked.value.json()["code"])
    assert asked.value.json()["code"] != first


def until_it_asks(screen: Page) -> None:
    """Let time run to the next question and no further: the patience of the page runs as fast."""
    asked: list[str] = []
    screen.on("request", lambda request: asked.append(request.url))
    for _ in range(70):
        if asked:
            return
        screen.clock.run_for(1000)
    pytest.fail("The screen has given up.")


@pytest.mark.parametrize(
    ("status", "words"),
    [(0, "Vi når inte kalendern just nu."), (503, "Vi når inte"), (429, "Många ber om en kod")],
)
def test_while_the_server_is_away_it_says_so_and_goes_on(
    screen: Page, watch: Watch, status: int, words: str
) -> None:
    watch.expected = ["Failed to load resource", "the server responded with a status of"]

    def refuse(route: Route) -> None:
        if status:
            route.fulfill(status=status, headers={"Retry-After": "60"})
        else:
            route.abort()

    screen.route("**/skarm/par", refuse)
    screen.goto("/skarm/")
    expect(screen.locator("[role=status]").get_by_text(words)).to_be_visible()
    expect(screen.get_by_role("main").get_by_role("link", name="Kraftens hus Göteborg")).to_be_visible()
    assert not chromium.axe_findings(screen)
    screen.unroute("**/skarm/par")
    until_it_asks(screen)
    expect(screen.locator("#pairing-letters")).to_have_text(CODE)
    expect(screen.locator("[role=status]").get_by_text(words)).to_be_hidden()


def test_it_waits_for_as_long_as_the_server_asks(screen: Page, watch: Watch) -> None:
    watch.expected = ["the server responded with a status of 429 "]
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=429, headers={"Retry-After": "60"})

    screen.route("**/skarm/par", refuse)
    screen.goto("/skarm/")
    expect(screen.locator("#pairing-busy")).to_be_visible()
    screen.clock.run_for(4 * POLL)
    assert len(asked) == 1
    with screen.expect_response("**/skarm/par"):
        screen.clock.run_for(9 * POLL)
    assert len(asked) == 2


def test_a_lost_answer_does_not_lose_the_screen(
    screen: Page, phone: Callable[[Person], Page], watch: Watch
) -> None:
    watch.expected = ["Failed to load resource"]
    pair_by_hand(phone(EDITOR), open_screen(screen)["code"], "Salen")
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    screen.route("**/skarm/par/svar", lose, times=1)
    with screen.expect_event("requestfailed"):
        screen.clock.run_for(POLL)
    assert lost == [200]
    expect(screen.get_by_text("Vi når inte kalendern just nu.")).to_be_visible()
    screen.clock.run_for(2 * POLL)
    screen.wait_for_url(re.compile(r"/skarm/sjuharad#[0-9a-f]{32}$"))


def test_a_device_that_can_keep_nothing_is_paired_too(screen: Page, phone: Callable[[Person], Page]) -> None:
    screen.add_init_script("Object.defineProperty(window, 'caches', { value: undefined })")
    pair_by_hand(phone(EDITOR), open_screen(screen)["code"], "Salen")
    wait_for_the_key(screen)


def test_without_javascript_there_are_the_houses(visit: Callable[..., Page]) -> None:
    page = visit(chromium.PHONE, java_script_enabled=False)
    page.goto("/skarm/")
    expect(page.get_by_role("main").get_by_role("link")).not_to_have_count(0)
    for part in ("code", "again"):
        expect(page.locator(f"#pairing-{part}")).to_be_hidden()
    page.get_by_role("main").get_by_role("link", name="Kraftens hus Göteborg").click()
    assert urlsplit(page.url).path == "/skarm/goteborg"


@pytest.mark.parametrize(
    ("size", "letters"), [(chromium.WALL, 90), (chromium.WALL_UPRIGHT, 60), (chromium.PHONE, 40)]
)
def test_the_code_is_read_from_a_distance_and_houses_are_met_by_a_finger(
    screen: Page, size: Any, letters: int
) -> None:
    screen.set_viewport_size(size)
    open_screen(screen)
    font = screen.locator("#pairing-letters").evaluate("part => parseFloat(getComputedStyle(part).fontSize)")
    assert font >= letters
    square = screen.locator("#pairing-square").bounding_box() or {"width": 0, "y": 0, "height": 0}
    assert square["width"] >= 230
    assert square["y"] + square["height"] <= size["height"], "code and square are seen without scrolling"
    heights = screen.locator(".wall-houses__link").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(heights) >= 60
