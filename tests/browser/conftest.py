"""A real browser at a real server. Whatever a page says on the console, or asks of another host, fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

from khcal.calendaring import clock
from tests import databases
from tests.browser import chromium
from tests.browser.look import come_in
from tests.browser.server import Served, serving
from tests.browser.states import paths_of, sampled
from tests.browser.tasks import COUNTING
from tests.moments import MOMENT
from tests.people import Person
from tests.tries import IS_SAMPLE

HERE = Path(__file__).parent
# How busy the machine is must not decide whether a page is right: milliseconds.
expect.set_options(timeout=15_000)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of what staff do a sixth in ``bin/test``, and of the states a sample; the rest is counted."""
    names = {state.name for state in sampled()}
    left = [item for item in items if IS_SAMPLE and item.path.parent == HERE and _is_left(item, names)]
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=left)


def _is_left(item: pytest.Item, names: set[str]) -> bool:
    if item.path.name.startswith("test_staff_"):
        return crc32(item.name.encode()) % 6 != 0
    state = item.callspec.params.get("state") if hasattr(item, "callspec") else None
    return state is not None and state.name not in names


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[None]:
    """Here time runs, as the browser's does: khcal's clock starts each test at 13.12."""
    clock.start_at(MOMENT)
    yield
    clock.start_at(None)


@pytest.fixture(scope="session")
def address(states_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a khcal that all tests share is served: they only read it."""
    folder = tmp_path_factory.mktemp("served")
    with serving(folder, databases.copy_of(states_file, folder)) as address:
        yield address


@pytest.fixture(scope="session")
def states_app(states_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app that knows what is in the database of all states, to fill in addresses."""
    folder = tmp_path_factory.mktemp("paths")
    app = databases.make_app(folder, databases.copy_of(states_file, folder))
    yield app
    databases.close_app(app)


@pytest.fixture(scope="session")
def paths(states_app: Flask) -> dict[str, str]:
    """The path of each state by its name."""
    return paths_of(states_app)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The khcal that tests use one after the other."""
    with Served(tmp_path_factory.mktemp("served")).listening() as served:
        yield served


@pytest.fixture
def own_address(served: Served, states_file: Path, tmp_path: Path) -> Iterator[str]:
    """Where a khcal with a database of the test's own is served, to change at will."""
    databases.copy_of(states_file, tmp_path)
    with served.with_database(tmp_path) as address:
        yield address


@pytest.fixture(scope="session")
def base_url(address: str) -> str:
    """Pages are opened by their path: ``page.goto("/sjuharad/")``."""
    return address


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium.executable(), "args": chromium.arguments()}


@pytest.fixture(scope="session")
def browser_context_args(base_url: str) -> dict[str, Any]:
    return {**chromium.READER, "base_url": base_url}


@pytest.fixture
def watch() -> chromium.Watch:
    """What goes wrong unseen; a test says in ``watch.expected`` what it brings about on purpose."""
    return chromium.Watch()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext], watch: chromium.Watch) -> Iterator[BrowserContext]:
    """A fresh profile of the browser, with a clean console to the end."""
    yield watch.over(new_context())
    assert not watch.faults


@pytest.fixture
def visit(browser: Browser, watch: chromium.Watch, own_address: str) -> Iterator[Callable[..., Page]]:
    """``visit(viewport)`` is the page of another device at the same khcal."""
    contexts: list[BrowserContext] = []

    def open_page(size: ViewportSize, **values: Any) -> Page:
        told = {**chromium.READER, "viewport": size, "base_url": own_address, **values}
        contexts.append(watch.over(browser.new_context(**told)))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not watch.faults


@pytest.fixture
def screen(visit: Callable[..., Page]) -> Page:
    """A new screen, whose time goes on when it is told to."""
    page = visit(chromium.WALL)
    page.clock.install()
    return page


@pytest.fixture
def phone(visit: Callable[..., Page]) -> Callable[[Person], Page]:
    """The phone of somebody on the staff, logged in, with a count of what is tapped and typed."""

    def of(person: Person) -> Page:
        page = visit(chromium.PHONE)
        come_in(page, person)
        page.add_init_script(COUNTING)
        return page

    return of
