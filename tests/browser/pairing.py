"""From a new screen to a paired one, as the volunteer and somebody on the staff do it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

CODE = re.compile("^[A-Z2-9]{4}-[A-Z2-9]{4}$")
POLL = 5_000


def open_screen(screen: Page) -> dict[str, Any]:
    """Open ``/skarm/``; what the server answered to its question for a code."""
    with screen.expect_response("**/skarm/par") as asked:
        screen.goto("/skarm/")
    expect(screen.locator("#pairing-letters")).to_have_text(CODE)
    return dict(asked.value.json())


def wait_for_the_key(screen: Page) -> str:
    """Let the screen ask once more; the key that it goes away with."""
    with screen.expect_response("**/skarm/par/svar"):
        screen.clock.run_for(POLL)
    screen.wait_for_url(re.compile(r"/skarm/[a-z]+#[0-9a-f]{32}$"))
    return urlsplit(screen.url).fragment


def pair_by_hand(page: Page, code: str, name: str) -> None:
    page.goto("/personal/sjuharad/skarmar/ny")
    page.get_by_label("Koden på skärmen").fill(code)
    page.get_by_label("Vad skärmen heter").fill(name)
    page.get_by_role("button", name="Koppla skärmen").click()
    expect(page.locator(".staff-done")).to_contain_text("är kopplad")
