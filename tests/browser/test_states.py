"""Every state in light and dark, on phone and desktop: nothing for axe-core, the console or the thumb."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from zlib import crc32

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import chromium
from tests.browser.chromium import Watch
from tests.browser.look import READING, Look, Viewer, looks_of
from tests.browser.state import State
from tests.browser.states import STATES
from tests.tries import IS_SAMPLE


@pytest.fixture(scope="module")
def shared_watch() -> Watch:
    return Watch()


@pytest.fixture(scope="module")
def viewer(browser: Browser, address: str, shared_watch: Watch) -> Iterator[Viewer]:
    """One page for all states: a new profile for each would cost more than the looking."""
    context = browser.new_context(**chromium.READER, base_url=address)
    yield Viewer(shared_watch.over(context).new_page())
    context.close()


def findings(page: Page, look: Look) -> list[str]:
    page.emulate_media(color_scheme=look.scheme)
    page.set_viewport_size(look.size)
    # A dark page that was looked at in light before can only differ in its colours.
    rules = chromium.OF_COLOUR if look.scheme == "dark" and not IS_SAMPLE else ()
    found = [*chromium.scrolls_sideways(page), *chromium.axe_findings(page, *rules)]
    return [f"{look.name}: {finding}" for finding in found]


def sample_of_looks(state: State) -> tuple[Look, ...]:
    """All looks, or in ``bin/test`` one of a reader's four: with all rules, whichever it is."""
    if state.is_wall or not IS_SAMPLE:
        return looks_of(state)
    return (READING[crc32(state.name.encode()) % len(READING)],)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_state_can_be_reached_by_all(
    viewer: Viewer, shared_watch: Watch, paths: dict[str, str], state: State
) -> None:
    shared_watch.faults.clear()
    shared_watch.expect_status(state.status)
    viewer.show(state, paths[state.name])
    page = viewer.page
    found = [finding for look in sample_of_looks(state) for finding in findings(page, look)]
    assert not found, "\n".join(found)
    if not state.is_wall:
        page.set_viewport_size(chromium.NARROW)
        assert not chromium.scrolls_sideways(page)
    assert not shared_watch.faults
    assert state.name.startswith("staff-") or not page.context.cookies()


BAD_PAGE = """<!doctype html><html lang="sv"><title>Prov</title><main><h1>Prov</h1>
<p style="color: #6a6a6a; width: 900px">Blekt, och bredare än en telefon.</p>
<p id="pale" style="color: #aaa">Ännu blekare.</p>
<a href="/a" style="font-size: 8px">ett</a><a href="/b" style="font-size: 8px">två</a>
<img src="data:,"></main>"""


def test_what_is_wrong_is_found(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    page.set_content(BAD_PAGE)
    told = chromium.axe_findings(page)
    found = {finding.split(":")[0] for finding in told}
    assert any("#pale" in finding for finding in told)
    assert {"color-contrast-enhanced", "image-alt", "target-size"} <= found
    assert {f.split(":")[0] for f in chromium.axe_findings(page, *chromium.OF_COLOUR)} == {
        "color-contrast-enhanced"
    }
    assert "p." in chromium.scrolls_sideways(page)
