"""What a screen can be: one with a disk of its own, or one of many in the same browser, which costs half."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Playwright

from tests.browser import chromium
from tests.browser.wall.ground import WallServer
from tests.faults.wall.device import Device


class DiskDevice(Device):
    """A profile on disk and a browser that is started and ended."""

    def __init__(self, playwright: Playwright, profile: Path, server: WallServer, **options: Any) -> None:
        super().__init__(server, **options)
        self.playwright, self.profile = playwright, profile

    def launch(self) -> None:
        self.context = self.playwright.chromium.launch_persistent_context(
            self.profile,
            executable_path=chromium.executable(),
            args=[*chromium.arguments(), *self.options.get("args", [])],
            **self.told,
        )

    def restart(self) -> None:
        self.stop()
        self.start()


class SharedDevice(Device):
    """What it keeps is kept in memory: opened again it knows all, switched off it would know nothing."""

    def __init__(self, browser: Browser, server: WallServer, **options: Any) -> None:
        super().__init__(server, **options)
        self.browser = browser
        self._was_launched = False

    def launch(self) -> None:
        assert not self._was_launched, "only a screen with a disk can be switched off and on"
        self._was_launched = True
        self.context = self.browser.new_context(**self.told)
        self.context.new_page()

    def restart(self) -> None:
        self.reload()
