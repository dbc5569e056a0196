"""A wall of one's own: no khcal behind it, only a server that answers as told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from khcal.calendaring.snapshot import Snapshot
from tests.browser import chromium
from tests.browser.wall import programmes
from tests.browser.wall.ground import Screen, WallServer


@pytest.fixture(scope="session")
def base_url() -> str:
    """Addresses are given in full here; this spares the wall a whole khcal."""
    return "http://127.0.0.1"


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Nothing keeps the client on the device: that is a third of the work, and tried where it matters."""
    return browser_context_args | {"service_workers": "block"}


@pytest.fixture
def watch(watch: chromium.Watch) -> chromium.Watch:
    """The driver warns of what it blocks."""
    watch.expected.append("Service Worker registration blocked")
    return watch


@pytest.fixture(scope="session")
def browser(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """It lays out all that is looked at and paints none of it, which is a third of the work."""
    with launch_browser(args=[*chromium.arguments(), "--enable-begin-frame-control"]) as browser:
        yield browser


@pytest.fixture
def server() -> Iterator[WallServer]:
    """Answers with an ordinary day of four activities."""
    server = WallServer(programmes.document(programmes.full_day(4) + programmes.tomorrow()))
    yield server
    server.stop()


@pytest.fixture
def screen(page: Page, server: WallServer) -> Screen:
    """A wide screen that is not opened yet."""
    page.set_viewport_size(chromium.WALL)
    return Screen(page, server)


@pytest.fixture
def show(screen: Screen) -> Callable[..., Screen]:
    """``show(document, moment)`` opens the screen on that programme, at 13.12 unless told."""

    def show(document: Snapshot, moment: str = "2026-11-24 13:12") -> Screen:
        screen.server.document = document
        return screen.open(moment)

    return show
