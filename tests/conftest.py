"""What tests stand on: a frozen clock, a database of one's own, the whole sample programme.

Fixtures import what they need themselves: pure tests start without Flask and a database.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from khcal.calendaring import clock
from tests.made_once import made_once
from tests.moments import INSTANT

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from flask_sqlalchemy.session import Session
    from sqlalchemy.orm import scoped_session

    from tests.databases import SharedApp
    from tests.postgres import Postgres

ENGINE_DATABASE = "khcal_engine"
# Pages and rows come and go by the thousand: to look for cycles among them less often saves a tenth.
gc.set_threshold(100_000, 50, 100)


def pytest_addoption(pluginmanager: pytest.PytestPluginManager) -> None:
    """Load the driver of browsers, unless only ``tests/unit`` is asked for: it is slow to start."""
    config: Any = pluginmanager.get_plugin("pytestconfig")
    asked = [word for word in config.invocation_params.args if not word.startswith("-")]
    if not asked or not all(word.startswith("tests/unit") for word in asked):
        pluginmanager.import_plugin("pytest_playwright.pytest_playwright")


@pytest.fixture(autouse=True)
def frozen_clock() -> Iterator[time_machine.Traveller]:
    """It is Tuesday 24 November 2026, 13.12 in Stockholm, and stays so until the test moves it."""
    clock.start_at(None)
    with time_machine.travel(INSTANT, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def empty_file() -> Path:
    """A migrated database with no rows, to be copied."""
    from tests import databases

    return made_once("empty", databases.make_empty)


@pytest.fixture(scope="session")
def sample_file(empty_file: Path) -> Path:
    """A database with the whole sample programme, to be copied."""
    from tests import databases

    return made_once("sample", lambda folder: databases.make_sample(empty_file, folder))


@pytest.fixture(scope="session")
def states_file(sample_file: Path) -> Path:
    """The sample programme, everything beside it that pages may have to show, and staff, to be copied."""
    from tests.browser import planted

    return made_once("states", lambda folder: planted.make_states(sample_file, folder))


@pytest.fixture(scope="session")
def shared_app(tmp_path_factory: pytest.TempPathFactory) -> SharedApp:
    """The app that tests on SQLite use one after the other."""
    from tests import databases

    return databases.SharedApp(tmp_path_factory.mktemp("app"))


@pytest.fixture
def app(shared_app: SharedApp, empty_file: Path, tmp_path: Path) -> Iterator[Flask]:
    """An app with an empty database of its own."""
    from tests import databases

    databases.copy_of(empty_file, tmp_path)
    with shared_app.lent(tmp_path) as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor's browser at ``app``."""
    return app.test_client()


@pytest.fixture
def session(app: Flask) -> Iterator[scoped_session[Session]]:
    """The database session of ``app``, inside its context."""
    from khcal.db import db

    with app.app_context():
        yield db.session


@pytest.fixture(scope="session")
def sample_app(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app with the sample programme that all tests share: they only read it, and that is checked."""
    from tests import databases

    folder = tmp_path_factory.mktemp("shared")
    file = databases.copy_of(sample_file, folder)
    app = databases.make_app(folder, file)
    yield app
    databases.close_app(app)
    assert file.read_bytes() == sample_file.read_bytes(), "A test changed the shared sample: use sample_copy."


@pytest.fixture
def sample_client(sample_app: Flask) -> FlaskClient:
    """A visitor's browser at the shared sample programme."""
    return sample_app.test_client()


@pytest.fixture
def sample_copy(shared_app: SharedApp, sample_file: Path, tmp_path: Path) -> Iterator[Flask]:
    """An app with a sample programme of its own, to change at will."""
    from tests import databases

    databases.copy_of(sample_file, tmp_path)
    with shared_app.lent(tmp_path) as app:
        yield app


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server with the migrated database ``khcal_template``."""
    from tests import databases
    from tests.postgres import running_postgres

    with running_postgres() as server:
        databases.migrate(databases.make_app(Path("/nonexistent"), server.create("khcal_template")))
        yield server


@pytest.fixture(scope="session")
def shared_postgres_app(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> SharedApp:
    """The app that tests on PostgreSQL use one after the other; its database is emptied for each."""
    from tests import databases

    return databases.SharedApp(tmp_path_factory.mktemp("postgres"), postgres.url(ENGINE_DATABASE))


@pytest.fixture(params=["sqlite", "postgresql"])
def any_engine_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An app with an empty database of its own, once on each engine."""

    if request.param == "sqlite":
        yield request.getfixturevalue("app")
        return
    server: Postgres = request.getfixturevalue("postgres")
    shared: SharedApp = request.getfixturevalue("shared_postgres_app")
    server.empty(ENGINE_DATABASE, "khcal_template")
    with shared.lent(tmp_path) as app:
        yield app
