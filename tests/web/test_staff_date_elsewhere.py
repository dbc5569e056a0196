"""One date of an activity with a room that is held online or outdoors instead: it is in no room."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal import queries
from khcal.db import db
from khcal.models import Occurrence
from khcal.queries.staff.rooms import booked
from tests.html import fields, one, texts
from tests.web.made import made
from tests.web.staff_forms import WEEKLY, look_at

TWO = "/personal/sjuharad/tillfalle/2"
ROOM = "1"


@pytest.fixture
def weekly(either_editor: FlaskClient) -> FlaskClient:
    made(either_editor, **WEEKLY, room_id=ROOM, place="Plan 2")
    return either_editor


def change(client: FlaskClient, **values: str) -> None:
    sent = fields(one(client.get(TWO), "#date-form")) | values
    assert client.post(TWO, data=sent).status_code == 303


def where(app: Flask) -> list[tuple[str, str]]:
    """Where visitors find each of the three dates: its rooms, and the place that is told beside."""
    with app.app_context():
        house = db.session.get_one(Occurrence, 1).event.chapter_id
        return [(row.where, row.place) for n in (1, 2, 3) for row in queries.date_rows(house, n)]


@pytest.mark.parametrize("form", ["online", "outdoors"])
def test_it_is_in_no_room_for_anybody(any_engine_app: Flask, weekly: FlaskClient, form: str) -> None:
    usual = ("Köket", "Plan 2")
    assert where(any_engine_app) == [usual] * 3
    change(weekly, form=form)
    assert where(any_engine_app) == [usual, ("", ""), usual]
    with any_engine_app.app_context():
        row = db.session.get_one(Occurrence, 2)
        assert row.sequence == 1
        day = row.starts_at.date()
        assert booked(row.event.chapter_id, "sjuharad", [int(ROOM)], day, day, None) == []
    staff = texts(weekly.get("/personal/sjuharad/?fran=2026-12-07"), "#tillfalle-2")
    assert "Köket" not in "".join(staff)
    feed = weekly.get("/sjuharad.ics").text
    assert feed.count("LOCATION:Köket") == 2


def test_its_room_is_free_for_others(weekly: FlaskClient) -> None:
    change(weekly, form="online")
    other = look_at(weekly, **WEEKLY | {"title": "Yoga"}, room_id=ROOM)
    assert len([told for told in texts(other, ".staff-date__warning") if "Kvällsfika" in told]) == 2


def test_a_room_of_its_own_counts(any_engine_app: Flask, weekly: FlaskClient) -> None:
    change(weekly, form="outdoors", room_id=ROOM)
    assert where(any_engine_app)[1] == ("Köket", "")
    change(weekly, form="hybrid", room_id="")
    assert where(any_engine_app)[1] == ("Köket", "Plan 2")
