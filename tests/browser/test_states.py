"""Every state in light and dark, on phone and desktop: nothing for axe-core, the console or the thumb."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.browser.chromium import Watch
from tests.browser.look import Look, looks_of, show
from tests.browser.state import State
from tests.browser.states import STATES


@pytest.fixture(scope="module")
def shared_watch() -> Watch:
    return Watch()


@pytest.fixture(scope="module")
def shared_page(browser: Browser, address: str, shared_watch: Watch) -> Iterator[Page]:
    """One page for all states: a new profile for each would cost more than the looking."""
    context = browser.new_context(**chromium.READER, base_url=address)
    yield shared_watch.over(context).new_page()
    context.close()


def findings(page: Page, look: Look) -> list[str]:
    page.emulate_media(color_scheme=look.scheme)
    page.set_viewport_size(look.size)
    found = [*chromium.scrolls_sideways(page), *chromium.axe_findings(page)]
    return [f"{look.name}: {finding}" for finding in found]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_state_can_be_reached_by_all(
    shared_page: Page, shared_watch: Watch, paths: dict[str, str], state: State
) -> None:
    shared_watch.faults.clear()
    shared_watch.expect_status(state.status)
    show(shared_page, state, paths[state.name])
    found = [finding for look in looks_of(state) for finding in findings(shared_page, look)]
    assert not found, "\n".join(found)
    if not state.is_wall:
        shared_page.set_viewport_size(chromium.NARROW)
        assert not chromium.scrolls_sideways(shared_page)
    assert not shared_watch.faults
    assert state.name.startswith("staff-") or not shared_page.context.cookies()
