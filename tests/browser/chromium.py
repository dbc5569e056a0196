"""The browser as our readers have it: Swedish, in Stockholm, without motion, and how it is looked at."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    ViewportSize,
)

PHONE = ViewportSize(width=390, height=844)
NARROW = ViewportSize(width=320, height=640)
DESKTOP = ViewportSize(width=1280, height=900)
WALL = ViewportSize(width=1920, height=1080)
WALL_UPRIGHT = ViewportSize(width=1080, height=1920)

# Without windows: the same engine for a third of the work. ``bin/prove`` names the whole browser instead.
LIGHT = "chromium-headless-shell"
INSTALL = f"apt-get install --no-install-recommends {LIGHT}"
AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"]
# All that a colour scheme can change.
OF_COLOUR = ("color-contrast-enhanced", "link-in-text-block")
# What is paler still axe-core leaves to another rule, and would look at every text twice: here one tells all.
CONTRAST = {"contrastRatio": {"normal": {"minThreshold": 0}, "large": {"minThreshold": 0}}}
READER: dict[str, Any] = {
    "locale": "sv-SE",
    "timezone_id": "Europe/Stockholm",
    "reduced_motion": "reduce",
    "viewport": PHONE,
}


def executable() -> str:
    """Where Chromium is. Raises AssertionError with the line that installs it."""
    found = shutil.which(os.environ.get("KHCAL_CHROMIUM", LIGHT))
    assert found, f"Chromium is missing. Install it as root with: {INSTALL}"
    return found


def arguments() -> list[str]:
    """What Chromium is started with; it refuses its sandbox to root."""
    return ["--font-render-hinting=none", "--lang=sv-SE", *(["--no-sandbox"] if os.geteuid() == 0 else [])]


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(executable_path=executable(), args=arguments())


def stop_clock(page: Page, moment: float) -> None:
    """Let it be ``moment`` (epoch milliseconds) on a page that is not opened yet, until told otherwise."""
    # From a minute before: pausing must not come too late, however busy the machine is.
    page.clock.install(time=moment / 1000 - 60)
    page.clock.pause_at(moment / 1000)


class Watch:
    """What goes wrong in a context without anybody seeing it: console, page errors, other hosts.

    ``expected`` are pieces of console text that a test brings about on purpose.
    """

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.expected: list[str] = []

    def over(self, context: BrowserContext) -> BrowserContext:
        """Look after ``context`` from now on."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        context.on("request", self._request)
        return context

    def expect_status(self, status: int) -> None:
        """A page that answers 404 or 422 on purpose is itself a line in the console."""
        self.expected = [f"the server responded with a status of {status} "] if status >= 400 else []

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not any(text in message.text for text in self.expected):
            self.faults.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.hostname != "127.0.0.1":
            self.faults.append(f"request to another host: {request.url}")


# A bar that sticks to an edge lies over what is scrolled below it, whose contrast axe-core then can't tell.
UNSTICK = """() => {
  for (const element of document.querySelectorAll('body *'))
    if (getComputedStyle(element).position === 'sticky') element.style.position = 'static'
}"""


def axe_findings(page: Page, *rules: str) -> list[str]:
    """What axe-core finds by ``rules``, or all it knows: one line an element, undecided contrasts too."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(AXE)
    page.evaluate(UNSTICK)
    options = {
        "runOnly": {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS},
        "resultTypes": ["violations", "incomplete"],
        "preload": False,
        # Not tried unless asked for by name.
        "rules": {
            "color-contrast": {"enabled": False},
            "color-contrast-enhanced": {"enabled": True},
            "target-size": {"enabled": True},
        },
        "checks": {"color-contrast-enhanced": {"options": CONTRAST}},
    }
    told = page.evaluate("options => axe.run(document, options)", options)
    undecided = [rule for rule in told["incomplete"] if rule["id"].startswith("color-contrast")]
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in (*told["violations"], *undecided)
        for node in rule["nodes"]
    ]


# The elements that reach outside the window, when the page can be scrolled sideways.
OUTSIDE = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  const held = element => {
    for (let box = element.parentElement; box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== 'visible') return true
  }
  return [...document.querySelectorAll('body *')]
    .filter(element => element.getBoundingClientRect().right > width + 1 && !held(element))
    .map(element => `${element.localName}.${element.className}`).slice(0, 5).concat('page')
}"""


def scrolls_sideways(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty when it does not."""
    return list(page.evaluate(OUTSIDE))
