"""From a new screen to a paired one, as the volunteer and somebody on the staff do it."""

from __future__ import annotations

import contextlib
import re
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

CODE = re.compile("^[A-Z2-9]{4}-[A-Z2-9]{4}$")
POLL = 5_000
# On a busy machine an answer may come after the moment that was let pass for it.
TRIES = 10


def open_screen(screen: Page) -> dict[str, Any]:
    """Open ``/skarm/``; what the server answered to its question for a code."""
    with screen.expect_response("**/skarm/par") as asked:
        screen.goto("/skarm/")
    expect(screen.locator("#pairing-letters")).to_have_text(CODE)
    return dict(asked.value.json())


def wait_for_the_key(screen: Page) -> str:
    """Let the screen ask on; the key that it goes away with."""
    keyed = re.compile(r"/skarm/[a-z]+#[0-9a-f]{32}$")
    for _ in range(TRIES):
        screen.clock.run_for(POLL)
        with contextlib.suppress(AssertionError):
            expect(screen).to_have_url(keyed, timeout=2_000)
            return urlsplit(screen.url).fragment
    raise AssertionError("the screen got no key")


def pair_by_hand(page: Page, code: str, name: str) -> None:
    page.goto("/personal/sjuharad/skarmar/ny")
    page.get_by_label("Koden på skärmen").fill(code)
    page.get_by_label("Vad skärmen heter").fill(name)
    page.get_by_role("button", name="Koppla skärmen").click()
    expect(page.locator(".staff-done")).to_contain_text("är kopplad")
