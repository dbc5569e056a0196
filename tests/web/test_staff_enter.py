"""What Enter in a field does: the first button of a form is the one that it presses."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Chapter, Occurrence
from tests.factories import make_closure
from tests.html import one, select, words
from tests.web.staff_series import make_series

HOUSE = "/personal/sjuharad"


def pressed_by_enter(client: FlaskClient, path: str, form: str) -> tuple[str, str]:
    """The words of the button and where it sends the form, when that is not where the form goes."""
    first = select(one(client.get(HOUSE + path), form), "button[type=submit]")[0]
    return words(first), str(first.get("formaction", ""))


@pytest.fixture
def programme(staff_app: Flask) -> dict[str, int]:
    """A series to come and a closure; the numbers of the activity, a date of it and the closed days."""
    event = make_series(staff_app)
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        closed = make_closure(house, date(2026, 12, 24), date(2026, 12, 24)).occurrences[0].id
        row = db.session.scalars(db.select(Occurrence.id).filter_by(event_id=event)).all()[-1]
        db.session.commit()
        return {"event": event, "row": row, "closed": closed}


def test_enter_saves_what_is_there_already(editor: FlaskClient, programme: dict[str, int]) -> None:
    for path, form, label in (
        ("/aktivitet/{event}", "#event-form", "Spara"),
        ("/tillfalle/{row}/flytta", "#move-form", "Flytta"),
        ("/tillfallen/flytta?tillfalle={row}", "#move-form", "Flytta"),
        ("/huset/stangt/{closed}", "#closure-form", "Spara"),
        ("/huset/stangt/ny", "#closure-form", "Stäng huset de dagarna"),
    ):
        assert pressed_by_enter(editor, path.format(**programme), form) == (label, ""), path


def test_enter_never_publishes_what_is_new(editor: FlaskClient, programme: dict[str, int]) -> None:
    new = pressed_by_enter(editor, "/aktivitet/ny", "#event-form")
    assert new == ("Visa datum", f"{HOUSE}/aktivitet/ny/datum#date-preview")
    path = f"/aktivitet/{programme['event']}/forlang"
    longer = pressed_by_enter(editor, path, "form.stack")
    assert longer == ("Visa datum", f"{HOUSE}{path}/datum#date-preview")
