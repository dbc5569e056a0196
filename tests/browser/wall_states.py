"""The states of the wall: as it hangs there, and what a touch shows."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.planted_screens import RESTING_KEY
from tests.browser.state import State, Steps


def asking(for_what: str) -> Steps:
    """Touch the button that leads there; the first touch is what brings the buttons."""

    def steps(page: Page) -> None:
        page.locator(".house").click()
        page.locator(f"[data-ask={for_what}]").click()

    return steps


def left_alone(hours: int, sign: str) -> Steps:
    """Let so much time pass without an answer, and wait for ``sign``."""

    def steps(page: Page) -> None:
        page.locator("[data-level=fresh] #age").wait_for()
        page.evaluate(LATER, hours * 3_600_000)
        page.locator(sign).wait_for()

    return steps


def resting(page: Page) -> None:
    """Wait until the screen has heard that it may."""
    # To come to a key from the same address without one is no new beginning for a browser.
    page.reload()
    page.locator("[data-rests=true] body").wait_for()


def touching(page: Page) -> None:
    """Touch the first row."""
    page.locator(".row").first.click()


# Both clocks of a page, so that it does not take the time for a clock that somebody has set.
LATER = """(later) => {
  const [now, since] = [Date.now, performance.now.bind(performance)]
  Date.now = () => now() + later
  performance.now = () => since() + later
}"""

WALL = (
    State("wall-busy", "/skarm/sjuharad"),
    State("wall-empty", "/skarm/tomma"),
    State("wall-long-words", "/skarm/langa"),
    State("wall-twelve", "/skarm/fulla"),
    State("wall-closed", "/skarm/stangda"),
    State("wall-changes", "/skarm/andrade"),
    State("wall-late", "/skarm/andrade", steps=left_alone(1, "[data-level=late] #age")),
    State("wall-old", "/skarm/andrade", steps=left_alone(26, "#old")),
    State("wall-unknown", "/skarm/langa", steps=left_alone(40 * 24, "#unknown")),
    State("wall-resting", f"/skarm/andrade#{RESTING_KEY}", steps=resting),
    State("wall-tomorrow", "/skarm/sjuharad", steps=asking("tomorrow")),
    State("wall-week", "/skarm/goteborg", steps=asking("week")),
    State("wall-week-long-words", "/skarm/langa", steps=asking("week")),
    State("wall-one", "/skarm/sjuharad", steps=touching),
    State("wall-one-long-words", "/skarm/langa", steps=touching),
)
