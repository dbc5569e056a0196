"""A new release is on the wall with nobody there; one that does not come to life goes away by itself."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import expect

from khcal.web.wall.shell import shell_sources
from tests.browser.wall.ground import WallServer
from tests.faults.wall import answers
from tests.faults.wall.device import Device
from tests.tries import IS_SAMPLE

Screen = Callable[..., Device]
PATIENCE = b"const PATIENCE = 20_000;"
# In bin/test the worker is less patient; bin/prove tries the very one that is released.
WORKER = shell_sources()["worker.js"].replace(PATIENCE, b"const PATIENCE = 2_000;" if IS_SAMPLE else PATIENCE)
SHOW = b'show(screen, greeting = "") {'
BROKEN = {
    "does not parse": {"main_js": b"this is no script {"},
    "throws": {"main_js": b"throw new Error('broken')"},
    "renders nothing": {"render_js": shell_sources()["render.js"].replace(SHOW, SHOW + b" return;")},
    "is an empty page": {"index_html": b"<!doctype html><title>{shell}</title>"},
    "stands still": {"main_js": b"document.body.replaceChildren(); await new Promise(() => 0)"},
}


# In bin/test the others are only opened again afterwards.
IN_A_COLD_START = "throws"


@pytest.fixture
def server(server: WallServer) -> WallServer:
    """Its release has that worker."""
    server.deploy(worker_js=WORKER)
    return server


def test_the_planted_faults_are_in_the_releases() -> None:
    assert PATIENCE in shell_sources()["worker.js"]
    assert SHOW in shell_sources()["render.js"]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_release_goes_away_and_is_remembered(screen: Screen, broken: str) -> None:
    device = screen(is_restarted=broken == IN_A_COLD_START)
    good = device.server.release
    sources = dict(device.server.sources)
    take(device, BROKEN[broken])
    began = time.monotonic()
    device.expect_shell(good.version)
    assert time.monotonic() - began < 30
    device.forward(60)
    assert device.page.locator("html").get_attribute("data-shell") == good.version
    device.restart()
    device.expect_shell(good.version)
    device.server.sources = sources
    device.expect_shell(device.server.deploy().version)
    device.forward(5)


def take(device: Device, bad: Mapping[str, bytes]) -> None:
    """The server has a release with these files, and the screen takes it."""
    device.server.deploy(**bad)
    with device.page.expect_navigation(wait_until="commit"):
        device.leap(seconds=31, looks=0)


def expect_within_a_minute(device: Device, version: str) -> None:
    """Half a minute of the screen's own time until it asks, and the rest of true time for what comes then."""
    device.leap(seconds=31, looks=0)
    kept = device.page.locator(f"html[data-shell='{version}'][data-kept]")
    expect(kept).to_have_count(1, timeout=29_000)


def test_releases_in_a_row_arrive(screen: Screen) -> None:
    device = screen()
    for _ in range(4 if IS_SAMPLE else 10):
        expect_within_a_minute(device, device.server.deploy().version)
        device.look()
    names = device.page.evaluate("caches.keys()")
    assert len([name for name in names if name.startswith("khcal-wall-shell-")]) <= 2


def test_a_release_waits_for_who_touches_the_screen_but_not_for_long(screen: Screen) -> None:
    device = screen()
    version = device.server.release.version
    device.server.deploy()
    device.page.mouse.click(900, 500)
    device.leap(seconds=31)
    for _ in range(4):
        device.page.mouse.click(900, 500)
        device.forward(5)
    assert device.page.locator("html").get_attribute("data-shell") == version
    device.leap(minutes=1, looks=0)
    device.expect_shell(device.server.release.version)


def test_a_programme_that_cannot_be_drawn_keeps_no_release_away(screen: Screen) -> None:
    device = screen()
    device.server.spoiled["program.json"] = answers.changed(lambda told: told["words"].update(week={}))
    device.expect_shell(device.server.deploy().version)
    device.look()


def test_the_key_in_the_address_stays(screen: Screen) -> None:
    device = screen()
    address = device.page.url + "#" + "0" * 32
    device.page.evaluate("address => history.replaceState(null, '', address)", address)
    good = device.server.release
    take(device, BROKEN["throws"])
    device.expect_shell(good.version)
    assert device.page.url == address
