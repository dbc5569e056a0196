"""Two houses with their staff, for tests of what staff do."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.people import COLLEAGUE, EDITOR, STAFF, STRANGER, client_of, make_user


@pytest.fixture
def staff_app(app: Flask) -> Flask:
    """An app with the houses Sjuhärad (two rooms, a break) and Göteborg, and everybody's account."""
    from khcal.db import db
    from tests.factories import make_break, make_chapter, make_room

    with app.app_context():
        house = make_chapter("sjuharad", name="Kraftens hus Sjuhärad", short_name="Sjuhärad")
        make_room(house, "Köket")
        make_room(house, "Samtalsrummet")
        make_break(house, "2026-12-21", "2027-01-06", "Jullov")
        make_room(make_chapter("goteborg", name="Kraftens hus Göteborg", short_name="Göteborg"), "Salongen")
        for person in STAFF:
            make_user(person)
        db.session.commit()
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
