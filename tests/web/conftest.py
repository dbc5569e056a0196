"""Two houses with their staff, for tests of what staff do."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from tests import databases
from tests.factories import make_break, make_chapter, make_room
from tests.people import COLLEAGUE, EDITOR, STAFF, STRANGER, client_of, make_user


@pytest.fixture(scope="session")
def staff_file(empty_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the two houses and everybody's account, to be copied."""
    folder = tmp_path_factory.mktemp("staff")
    file = databases.copy_of(empty_file, folder)
    app = databases.make_app(folder, file)
    with databases.at_the_moment(), app.app_context():
        make_houses()
        for person in STAFF:
            make_user(person)
        db.session.commit()
    databases.close_app(app)
    return file


def make_houses() -> None:
    """Sjuhärad with two rooms and a break, and Göteborg."""
    house = make_chapter("sjuharad", name="Kraftens hus Sjuhärad", short_name="Sjuhärad")
    make_room(house, "Köket")
    make_room(house, "Samtalsrummet")
    make_break(house, "2026-12-21", "2027-01-06", "Jullov")
    make_room(make_chapter("goteborg", name="Kraftens hus Göteborg", short_name="Göteborg"), "Salongen")


@pytest.fixture
def staff_app(app: Flask, staff_file: Path, tmp_path: Path) -> Flask:
    """An app with the houses Sjuhärad (two rooms, a break) and Göteborg, and everybody's account."""
    databases.copy_of(staff_file, tmp_path)
    return app


@pytest.fixture
def editor(staff_app: Flask) -> FlaskClient:
    """The browser of an editor in Sjuhärad, logged in."""
    return client_of(staff_app, EDITOR)


@pytest.fixture
def colleague(staff_app: Flask) -> FlaskClient:
    """Another editor of the same house."""
    return client_of(staff_app, COLLEAGUE)


@pytest.fixture
def stranger(staff_app: Flask) -> FlaskClient:
    """An editor of the other house."""
    return client_of(staff_app, STRANGER)


@pytest.fixture
def either_editor(any_engine_app: Flask) -> FlaskClient:
    """The browser of an editor whose house has a room and a break, once on each engine."""
    with any_engine_app.app_context():
        house = make_chapter("sjuharad")
        make_room(house, "Köket")
        make_break(house, "2026-12-21", "2027-01-06", "Jullov")
        make_user(EDITOR)
        db.session.commit()
    return client_of(any_engine_app, EDITOR)
