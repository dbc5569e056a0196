"""A release is alive only when what it means to show is really seen, in every view."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser import chromium
from tests.browser.wall import programmes
from tests.browser.wall.ground import Screen
from tests.browser.wall.looking import look, paired

Show = Callable[..., Screen]

# What the screen last told the server it had shown, from before and after something is hidden from it.
RENDERED = "window.told.rendered_at"
KEEP_TOLD = """
  const send = window.fetch;
  window.fetch = (address, options, ...rest) => {
    if (options?.body) window.told = JSON.parse(options.body);
    return send(address, options, ...rest);
  };
"""


@pytest.fixture
def screen(screen: Screen) -> Screen:
    paired(screen)
    screen.page.add_init_script(KEEP_TOLD)
    return screen


@pytest.mark.parametrize(
    ("ask", "hours", "hidden"),
    [
        (None, {}, "#rows"),
        ("tomorrow", {}, "#heading"),
        ("tomorrow", {}, "#rows"),
        ("week", {}, "#rows"),
        (None, {"opens": "08.00", "closes": "12.00"}, "#nothing"),
    ],
    ids=["today", "without its day", "tomorrow", "week", "rest"],
)
def test_what_is_not_seen_is_not_said_to_be_shown(
    show: Show, ask: str | None, hours: dict[str, str], hidden: str
) -> None:
    screen = show(programmes.document(programmes.full_day(2) + programmes.tomorrow()))
    page = screen.page
    expect(page.locator(".row:visible")).to_have_count(2)
    look(page, chromium.WALL, **hours)
    if ask:
        page.evaluate("document.documentElement.dataset.touch = 'yes'")
        page.locator(f"[data-ask={ask}]").dispatch_event("click")
    look(page, chromium.WALL, **hours)
    before = page.evaluate(RENDERED)
    assert before == screen.server.now
    page.clock.run_for(1000)
    look(page, chromium.WALL, **hours)
    seen = page.evaluate(RENDERED)
    assert seen == before + 1000
    page.evaluate("part => (document.querySelector(part).style.display = 'none')", hidden)
    page.clock.run_for(1000)
    look(page, chromium.WALL, **hours)
    assert page.evaluate(RENDERED) == seen
