"""Several dates moved at once: by days, to other hours, to another room, exactly as they were shown."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.html import one, texts, words
from tests.web.staff_dates import (
    ALL,
    form_of,
    look,
    look_and_send,
    plant,
    plant_series,
    row_of,
    rows_of,
    send,
    verbs_of,
)

CANCEL, RESTORE, MOVE = (f"{ALL}/{action}" for action in ("stall-in", "ta-tillbaka", "flytta"))
OF_GROUP = "?aktivitet=1&fran=2026-12-10"
TWO = "?tillfalle=1&tillfalle=2"


@pytest.fixture(autouse=True)
def series(staff_app: Flask) -> None:
    """Kvällsfika on 3, 10 and 17 December (1, 2, 3), Yoga in another room on 3 December (4)."""
    plant_series(staff_app)
    plant(staff_app, "2026-12-03 18:00", title="Yoga", room_id=2)


def test_several_are_moved_by_days_with_their_traces(staff_app: Flask, editor: FlaskClient) -> None:
    answer = look_and_send(editor, f"{MOVE}{TWO}", shift="-1", words="Köket målas.")
    assert answer.status_code == 303
    rows = rows_of(staff_app)
    assert [f"{row.starts_at:%d}" for row in rows] == ["02", "09", "17", "03"]
    assert [trace.reason for row in rows for trace in row.traces] == ["Köket målas."] * 2
    assert verbs_of(staff_app).count("move") == 1
    told = words(one(editor.get(answer.headers["Location"]), "#copy-mail"))
    assert "från torsdag 3 december till onsdag 2 december" in told


def test_new_hours_and_another_room(staff_app: Flask, editor: FlaskClient) -> None:
    look_and_send(editor, f"{MOVE}?aktivitet=1", starts="10", room_id="2")
    rows = rows_of(staff_app)[:3]
    assert {f"{row.starts_at:%H.%M}–{row.ends_at:%H.%M} {row.room_id}" for row in rows} == {"10.00–11.30 2"}
    look_and_send(editor, f"{MOVE}?aktivitet=1", ends="12", room_id="0")
    rows = rows_of(staff_app)[:3]
    assert {f"{row.starts_at:%H.%M}–{row.ends_at:%H.%M} {row.room_id}" for row in rows} == {
        "10.00–12.00 None"
    }


def test_each_date_is_shown_with_what_it_runs_into(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-12-17 19:00", title="Målarkväll", room_id=1)
    page = look(editor, f"{MOVE}?aktivitet=1", shift="7")
    assert texts(page, ".staff-date") == [
        "Torsdag 3 december kl. 18.00–19.30 torsdag 10 december kl. 18.00–19.30",
        "Torsdag 10 december kl. 18.00–19.30 torsdag 17 december kl. 18.00–19.30 "
        "Krockar med Målarkväll kl. 19.00–20.30",
        "Torsdag 17 december kl. 18.00–19.30 torsdag 24 december kl. 18.00–19.30 Julafton Jullov",
    ]
    assert words(one(page, "#preview-title")) == "3 tillfällen flyttas"


def test_only_what_was_shown_is_saved(staff_app: Flask, editor: FlaskClient) -> None:
    answer = send(editor, f"{MOVE}{TWO}", shift="1")
    assert answer.status_code == 422
    assert "Titta igenom de nya tiderna" in words(one(answer, ".staff-look-first"))
    assert {f"{row.starts_at:%d}" for row in rows_of(staff_app)[:2]} == {"03", "10"}
    # Looking is enough, and what is unticked afterwards stays.
    assert editor.post(MOVE, data=form_of(answer) | {"tillfalle": ["2"]}).status_code == 303
    assert [f"{row.starts_at:%d}" for row in rows_of(staff_app)[:2]] == ["03", "11"]


def test_one_that_stays_is_in_the_way_of_one_that_moves(editor: FlaskClient) -> None:
    seen = form_of(look(editor, f"{MOVE}?aktivitet=1", shift="7"))
    answer = editor.post(MOVE, data=seen | {"tillfalle": ["1"]})
    assert answer.status_code == 422
    assert "Krockar med Kvällsfika kl. 18.00–19.30" in words(one(answer, "#rad-1"))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "Välj en annan dag, en annan tid eller ett annat rum."),
        ({"starts": "02.15"}, "Välj en annan tid än 02.15"),
        ({"starts": "19", "ends": "17"}, "Några tillfällen slutar då före starten."),
        ({"shift": "-14"}, "Några nya tider har redan varit."),
        ({"shift": "1", "tillfalle": None}, "Kryssa i minst ett tillfälle."),
        ({"starts": "sent"}, "Skriv en tid, till exempel 9.30 eller 13."),
        ({"shift": "3000"}, "Inte ett giltigt val"),
        ({"room_id": "99", "shift": "1"}, "Inte ett giltigt val"),
    ],
)
def test_what_can_not_be_is_told(
    staff_app: Flask, editor: FlaskClient, values: dict[str, str], told: str
) -> None:
    answer = send(editor, f"{MOVE}{TWO}", **values)
    assert answer.status_code == 422
    assert told in words(one(answer, "main"))
    assert {f"{row.starts_at:%d %H}" for row in rows_of(staff_app)[:2]} == {"03 18", "10 18"}


def test_days_that_have_been_are_asked_about(staff_app: Flask, editor: FlaskClient) -> None:
    asked = look(editor, f"{MOVE}?tillfalle=1", shift="-14")
    assert editor.post(MOVE, data=form_of(asked)).status_code == 422
    assert editor.post(MOVE, data=form_of(asked) | {"past_ok": "y"}).status_code == 303
    assert f"{row_of(staff_app).starts_at:%m-%d}" == "11-19"
