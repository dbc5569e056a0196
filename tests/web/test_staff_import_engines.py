"""An import by hand on both engines: drafts, published, brought in again, taken back."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from tests.factories import make_chapter, make_room
from tests.html import fields, one
from tests.people import EDITOR, client_of, make_user
from tests.unit.calendars import calendar, event
from tests.web.import_files import CELLS, bring_in, counted, look_at, sections


@pytest.fixture
def either_editor(any_engine_app: Flask) -> FlaskClient:
    with any_engine_app.app_context():
        make_room(make_chapter("sjuharad"), "Samtalsrummet")
        make_user(EDITOR)
        db.session.commit()
    return client_of(any_engine_app, EDITOR)


def press(client: FlaskClient, page: object, form: str) -> int:
    found = one(page, form)  # type: ignore[arg-type]
    return client.post(str(found["action"]), data=fields(found)).status_code


def test_drafts_published_brought_in_again_and_taken_back(
    any_engine_app: Flask, either_editor: FlaskClient
) -> None:
    page = bring_in(either_editor, CELLS)
    assert press(either_editor, page, ".staff-import__publish") == 303
    moved = CELLS.replace("13–15\tSamtalsgrupp", "14–16\tSamtalsgrupp", 2)
    assert sections(look_at(either_editor, moved))["Ändras"] == ["Samtalsgrupp"]
    page = bring_in(either_editor, calendar(event(RRULE="FREQ=WEEKLY;COUNT=4")))
    assert counted(any_engine_app) == (2, 7)
    assert press(either_editor, page, ".staff-done form") == 303
    assert counted(any_engine_app) == (1, 3)
