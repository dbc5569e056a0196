"""The states of the wall: as it hangs there, and what a touch shows."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.state import State, Steps


def asking(for_what: str) -> Steps:
    """Touch the button that leads there; the first touch is what brings the buttons."""

    def steps(page: Page) -> None:
        page.locator(".house").click()
        page.locator(f"[data-ask={for_what}]").click()

    return steps


def touching(page: Page) -> None:
    """Touch the first row."""
    page.locator(".row").first.click()


WALL = (
    State("wall-busy", "/skarm/sjuharad"),
    State("wall-empty", "/skarm/tomma"),
    State("wall-long-words", "/skarm/langa"),
    State("wall-twelve", "/skarm/fulla"),
    State("wall-closed", "/skarm/stangda"),
    State("wall-tomorrow", "/skarm/sjuharad", steps=asking("tomorrow")),
    State("wall-week", "/skarm/goteborg", steps=asking("week")),
    State("wall-week-long-words", "/skarm/langa", steps=asking("week")),
    State("wall-one", "/skarm/sjuharad", steps=touching),
    State("wall-one-long-words", "/skarm/langa", steps=touching),
)
