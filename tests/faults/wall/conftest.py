"""A server that answers as told, and screens with a disk of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Playwright

from khcal.calendaring import clock
from tests.browser.wall.ground import WallServer
from tests.faults.wall import programme
from tests.faults.wall.device import Device


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


@pytest.fixture
def screen(playwright: Playwright, server: WallServer, tmp_path: Path) -> Iterator[Callable[..., Device]]:
    """``screen()`` is one with the programme and the client on its disk; options as of :class:`Device`."""
    made: list[Device] = []

    def screen(**options: Any) -> Device:
        device = Device(playwright, tmp_path / f"profile{len(made)}", server, **options)
        made.append(device)
        device.tell(programme.told(device.now.date()))
        device.start()
        device.settle()
        return device

    yield screen
    for device in made:
        device.stop()
