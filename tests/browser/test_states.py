"""Every state in light and dark, on phone and desktop: nothing for axe-core, the console or the thumb."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

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
    rules = chromium.OF_COLOUR if look.scheme == "dark" else ()
    found = [*chromium.scrolls_sideways(page), *chromium.axe_findings(page, *rules)]
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


BAD_PAGE = """<!doctype html><html lang="sv"><title>Prov</title><main><h1>Prov</h1>
<p style="color: #6a6a6a; width: 900px">Blekt, och bredare än en telefon.</p>
<a href="/a" style="font-size: 8px">ett</a><a href="/b" style="font-size: 8px">två</a>
<img src="data:,"></main>"""


def test_what_is_wrong_is_found(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    page.set_content(BAD_PAGE)
    found = {finding.split(":")[0] for finding in chromium.axe_findings(page)}
    assert {"color-contrast-enhanced", "image-alt", "target-size"} <= found
    assert {f.split(":")[0] for f in chromium.axe_findings(page, *chromium.OF_COLOUR)} == {
        "color-contrast-enhanced"
    }
    assert "p." in chromium.scrolls_sideways(page)
