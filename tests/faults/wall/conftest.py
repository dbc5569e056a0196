"""A server that answers as told, and screens with a disk of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Playwright

from khcal.calendaring import clock
from tests.browser import chromium
from tests.browser.wall.ground import WallServer
from tests.faults.wall import programme
from tests.faults.wall.device import Device
from tests.faults.wall.machines import DiskDevice, SharedDevice
from tests.tries import IS_SAMPLE


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[None]:
    """Here the browser's clock is in our hand, and time itself runs."""
    yield
    clock.start_at(None)


@pytest.fixture
def server() -> Iterator[WallServer]:
    """Answers with the programme of 35 days."""
    server = WallServer(programme.told())
    yield server
    server.stop()


@pytest.fixture(scope="session")
def shared_browser(playwright: Playwright) -> Iterator[Browser]:
    """The browser of all screens without a disk; it lays out all that is looked at, and paints none of it."""
    browser = playwright.chromium.launch(
        executable_path=chromium.executable(),
        args=[*chromium.arguments(), "--enable-begin-frame-control"],
    )
    yield browser
    browser.close()


@pytest.fixture
def screen(
    playwright: Playwright, server: WallServer, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Device]]:
    """``screen()`` is one that has kept the programme and the client; options as of :class:`Device`.

    Only in ``bin/prove``, and where it is to be switched off and on, it has a disk of its own.
    """
    made: list[Device] = []

    def screen(*, is_restarted: bool = False, **options: Any) -> Device:
        if is_restarted or not IS_SAMPLE:
            made.append(DiskDevice(playwright, tmp_path / f"profile{len(made)}", server, **options))
        else:
            made.append(SharedDevice(request.getfixturevalue("shared_browser"), server, **options))
        device = made[-1]
        device.tell(programme.told(device.now.date()))
        device.start()
        device.settle()
        return device

    yield screen
    for device in made:
        device.stop()
