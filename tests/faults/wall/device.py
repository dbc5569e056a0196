"""A screen on a wall, with a clock in our hand, and what is true meanwhile."""

from __future__ import annotations

import contextlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Page, expect

from khcal.calendaring import clock
from khcal.calendaring.snapshot import Snapshot
from tests.browser import chromium
from tests.browser.wall.ground import WallServer
from tests.faults.wall import hand
from tests.faults.wall.truth import Seen, Truth, lies

START = "2026-11-24 12:59:30"
# The longest that a screen waits between two questions, and some more.
LONGEST_WAIT = 330
KEPT = """async () => {
  const state = await (await caches.match('/skarm/-/state'))?.json()
  const slots = await (await caches.open('khcal-wall-data')).keys()
  const shell = await caches.open(`khcal-wall-shell-${state?.current}`)
  return Boolean(state?.confirmed && (await shell.keys()).length >= 5)
    && slots.some((slot) => slot.url.includes('/program/'))
}"""


class Device(ABC):
    """One screen, whose own clock is ahead by ``off``; options are its ``zone`` and first ``moment``."""

    def __init__(self, server: WallServer, **options: Any) -> None:
        self.server, self.options = server, options
        self.documents: list[Snapshot] = []
        self.now = datetime.fromisoformat(options.get("moment", START))
        self.off = timedelta()
        self.heard: datetime | None = None
        self.must_know = True
        self.context: BrowserContext | None = None
        self._devtools: CDPSession | None = None

    @property
    def page(self) -> Page:
        assert self.context
        return self.context.pages[0]

    def tell(self, document: Snapshot) -> None:
        """The server's programme is this one from now on."""
        self.documents.append(document)
        self.server.document = document

    def start(self, path: str = "") -> None:
        """Switch the screen on, at the address of its house unless told."""
        self.launch()
        self._set_clocks()
        hand.take(self.page, self._device_time())
        with contextlib.suppress(Error):
            self.page.goto(self.origin + path if path else self.server.address, wait_until="load")

    @abstractmethod
    def launch(self) -> None:
        """Start the screen's browser, in ``context``."""

    @property
    def told(self) -> dict[str, Any]:
        """How the browser is: Swedish, and as large as the wall."""
        zone = self.options.get("zone", "Europe/Stockholm")
        return {
            "locale": "sv-SE",
            "timezone_id": zone,
            "viewport": chromium.WALL,
            "reduced_motion": "reduce",
        }

    def stop(self) -> None:
        """Switch it off."""
        if self.context:
            self.context.close()
            self.context, self._devtools = None, None

    @abstractmethod
    def restart(self) -> None:
        """Switch it off and on, or the nearest to that which it can do."""

    def reload(self) -> None:
        """Open the page again."""
        with contextlib.suppress(Error):
            self.page.reload(wait_until="load")

    def settle(self) -> None:
        """Wait until client and programme are on the device."""
        expect(self.page.locator(".home__age")).to_have_attribute("data-level", "fresh")
        shell = self.server.release.version
        expect(self.page.locator(f"html[data-shell='{shell}'][data-kept]")).to_have_count(1, timeout=15_000)
        self.heard = self.now

    def expect_shell(self, version: str) -> None:
        """Within the longest wait the wall runs that release, and it is known to work."""
        kept = self.page.locator(f"html[data-shell='{version}'][data-kept]")
        for _ in range(LONGEST_WAIT // 30):
            self.leap(seconds=30, looks=0)
            with contextlib.suppress(AssertionError):
                return expect(kept).to_have_count(1, timeout=3_000)
        # A browser may take its time between two workers.
        return expect(kept).to_have_count(1, timeout=30_000)

    def expect_kept(self) -> None:
        """Client and programme are on the disk."""
        for _ in range(50):
            if self.page.evaluate(KEPT):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("client or programme is not kept")

    def forward(self, seconds: int) -> None:
        """Let time pass, and look at the wall each second."""
        # The server's clock is moved from here, once each time: a wall that goes by it is out by as much.
        longest = 1 if self.off else seconds
        while seconds > 0:
            self._pass(min(seconds, longest), looks=min(seconds, longest))
            seconds -= longest

    def leap(self, looks: int = 3, **span: int) -> None:
        """Let much time pass at once, and look when it has, once a second."""
        self._pass(timedelta(**span).total_seconds())
        self.forward(looks)

    def live(self, **span: int) -> Seen:
        """Let each second pass, with every question answered, and look at the last one."""
        self.now = later(self.now, timedelta(**span).total_seconds())
        hand.live_until(self.page, self._device_time())
        self._set_clocks()
        return self.look()

    def _pass(self, seconds: float, looks: int = 0) -> None:
        """Let time pass, and look at the wall at each of the last ``looks`` seconds."""
        self.now = later(self.now, seconds)
        self._set_clocks()
        is_drawn = True
        for at, seen in self._passed(looks):
            self._check(seen, self.must_know and seen.drawn, at)
            is_drawn = seen.drawn
        if not is_drawn:
            self.look()

    def _passed(self, looks: int) -> list[tuple[float, Seen]]:
        while True:
            try:
                return hand.pass_until(self.page, self._device_time(), looks)
            except hand.ReopenedError:
                self.page.wait_for_load_state()
                if looks:
                    self.look()

    def look(self) -> Seen:
        """What stands on the wall, which must be true."""
        at, seen = self._seen()
        if not seen.drawn:
            # Opened a moment ago, as by a new release: it may say that it does not know, and nothing else.
            self._check(seen, False, at)
            self.expect_shown()
            at, seen = self._seen()
        self._check(seen, self.must_know, at)
        return seen

    def _check(self, seen: Seen, must_know: bool, at: float) -> None:
        # The page may still be on its way to now.
        moment = later(self.now, (at - self._device_time()) / 1000)
        found = lies(seen, Truth(moment, tuple(self.documents), self.heard, must_know))
        assert not found, f"{moment}: {found}"

    def _seen(self) -> tuple[float, Seen]:
        try:
            return hand.look(self.page)
        except Error:
            # The page was opened anew at this very moment.
            self.page.wait_for_load_state()
            return hand.look(self.page)

    def expect_programme(self, document: Snapshot) -> None:
        """Within the longest wait the wall shows this one, fresh."""
        self.must_know = False
        for _ in range(LONGEST_WAIT // 30):
            self.leap(seconds=30, looks=0)
            # Looked at once: a moment later the page may be opened anew by a release.
            if self._shows(document):
                break
        else:
            raise AssertionError(f"not shown: {self._seen()}")
        self.documents, self.heard, self.must_know = [document], self.now, True
        self.forward(2)

    def _shows(self, document: Snapshot) -> bool:
        _, seen = self._seen()
        return seen.level == "fresh" and not lies(seen, Truth(self.now, (document,), self.now))

    def expect_shown(self) -> None:
        """A page that is opened anew has drawn itself."""
        expect(self.page.locator("#date[data-date]")).to_have_count(1)

    def set_off(self, **span: int) -> None:
        """Put the device's own clock so far ahead; a running page is woken by it, as by a device."""
        self.off = timedelta(**span)
        if self.context:
            hand.set_to(self.page, self._device_time())

    @property
    def origin(self) -> str:
        """The server's, as browsers write it."""
        return self.server.address.rsplit("/skarm/", 1)[0]

    def devtools(self, command: str, **options: Any) -> dict[str, Any]:
        """Do what no page can."""
        told: dict[str, Any] = self._session.send(command, options)
        return told

    def on_devtools(self, event: str, heard: Callable[[dict[str, Any]], object]) -> None:
        """Hear what no page is told."""
        self._session.on(event, heard)

    @property
    def _session(self) -> CDPSession:
        assert self.context
        self._devtools = self._devtools or self.context.new_cdp_session(self.page)
        return self._devtools

    def _set_clocks(self) -> None:
        self.server.now = clock.to_epoch_milliseconds(self.now)

    def _device_time(self) -> float:
        return clock.to_epoch_milliseconds(self.now) + self.off.total_seconds() * 1000


def later(moment: datetime, seconds: float) -> datetime:
    """Swedish wall time so many true seconds after Swedish wall time."""
    later = clock.to_utc(moment) + timedelta(seconds=seconds)
    return later.astimezone(clock.ZONE).replace(tzinfo=None)
