"""The browser is killed around the moment at which a new programme is written."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, expect

from tests.browser import chromium
from tests.browser.wall.ground import WallServer
from tests.faults.wall import programme
from tests.faults.wall.machines import DiskDevice
from tests.tries import IS_SAMPLE

MILLISECONDS = (0, 5, 25, 100, 500, 2_000)
PORT_FILE = "DevToolsActivePort"


class PluggedDevice(DiskDevice):
    """A screen whose plug can be pulled: its browser is a process of ours."""

    process: subprocess.Popen[bytes] | None = None

    def launch(self) -> None:
        (self.profile / PORT_FILE).unlink(missing_ok=True)
        self.process = subprocess.Popen(
            [
                chromium.executable(),
                *chromium.arguments(),
                "--headless",
                "--remote-debugging-port=0",
                "--window-size=1920,1080",
                f"--user-data-dir={self.profile}",
                "about:blank",
            ],
            env=os.environ | {"TZ": "Europe/Stockholm"},
            start_new_session=True,
            stderr=subprocess.PIPE,
        )
        # It tells its port on the line that says that it listens.
        assert self.process.stderr
        line = next(line for line in self.process.stderr if b"DevTools listening on" in line)
        self.browser = self.playwright.chromium.connect_over_cdp(line.split()[-1].decode())
        self.context = self.browser.contexts[0]

    def pull_the_plug(self) -> None:
        """Nothing is ended in good order."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()
        self.process = self.context = None

    def stop(self) -> None:
        if self.process:
            self.pull_the_plug()


@pytest.fixture
def plugged(playwright: Playwright, server: WallServer, tmp_path: Path) -> Iterator[PluggedDevice]:
    """A screen with the programme and the client on its disk for some time."""
    device = PluggedDevice(playwright, tmp_path / "profile", server)
    device.tell(programme.told())
    device.start()
    device.settle()
    yield device
    device.stop()


@pytest.mark.parametrize("milliseconds", MILLISECONDS[::3] if IS_SAMPLE else MILLISECONDS)
def test_the_plug_is_pulled_while_a_programme_is_written(plugged: PluggedDevice, milliseconds: int) -> None:
    plugged.tell(programme.told(word="Ny"))
    plugged.leap(seconds=31, looks=0)
    expect(plugged.page.locator(".row__title").first).to_contain_text("Ny")
    plugged.page.wait_for_timeout(milliseconds)
    plugged.pull_the_plug()
    plugged.server.stop()
    plugged.start()
    assert plugged.look().today
    plugged.forward(5)
    plugged.server.start()
    plugged.expect_programme(plugged.documents[-1])
