"""Rooms: added, renamed everywhere at once, put away and taken out again."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Chapter, Event, Occurrence, Room
from khcal.web.staff import house_rooms
from tests.factories import make_event
from tests.html import select, texts, words
from tests.web.house_forms import HOUSE, form_at, press, send, sent_of

NEW = f"{HOUSE}/rum/nytt"
KITCHEN = f"{HOUSE}/rum/1"


@pytest.fixture
def in_the_kitchen(staff_app: Flask) -> Flask:
    """Two coming dates in the kitchen, and one that has been."""
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        days = ("2026-11-10 10:00", "2026-12-01 10:00", "2026-12-08 10:00")
        make_event(house, *days, title="Bakning", room=db.session.get_one(Room, 1))
        db.session.commit()
    return staff_app


def stored(app: Flask, number: int) -> Room:
    with app.app_context():
        return db.session.get_one(Room, number)


def sequences(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(db.select(Occurrence.sequence).order_by(Occurrence.starts_at)))


def test_a_room_is_added(staff_app: Flask, editor: FlaskClient) -> None:
    answer = send(editor, NEW, name="Ateljén", directions="Plan 3.", access="Bred dörr.")
    room = stored(staff_app, int(answer.headers["Location"].rpartition("-")[2]))
    assert (room.name, room.directions, room.access, room.outside) == (
        "Ateljén",
        "Plan 3.",
        "Bred dörr.",
        False,
    )
    assert "Ateljén" in texts(editor.get("/personal/sjuharad/aktivitet/ny"), "#room_id option")


def test_a_place_outside(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, NEW, name="Parken", outside="y", address="Parkgatan 1")
    assert "utanför huset Parkgatan 1 inget inbokat" in words(select(editor.get(HOUSE), "#rum")[0])


def test_a_new_name_reaches_every_date(in_the_kitchen: Flask, editor: FlaskClient) -> None:
    before = sequences(in_the_kitchen)
    page = editor.get(KITCHEN)
    assert "Det är 2 tillfällen här framåt. De får det nya namnet direkt." in words(page)
    send(editor, KITCHEN, name="Storköket")
    assert sequences(in_the_kitchen) == [number + 1 for number in before]
    assert "Storköket" in words(editor.get("/sjuharad/dag/2026-12-01"))
    assert "LOCATION:Storköket" in editor.get("/sjuharad.ics").text


def test_put_away_it_says_what_is_left_there(in_the_kitchen: Flask, editor: FlaskClient) -> None:
    assert "2 tillfällen ligger i rummet och står kvar där:" in words(editor.get(KITCHEN))
    press(editor, KITCHEN, "/lagg-undan")
    page = editor.get(HOUSE)
    assert "Köket är undanlagt. 2 tillfällen ligger kvar i rummet." in words(page)
    assert "Köket" in words(select(page, ".house-away")[0])
    assert stored(in_the_kitchen, 1).archived
    assert "Köket" not in texts(editor.get("/personal/sjuharad/aktivitet/ny"), "#room_id option")
    with in_the_kitchen.app_context():
        assert db.session.scalars(db.select(Event.room_id)).all() == [1]


def test_undone(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, KITCHEN, name="Storköket")
    press(editor, HOUSE, "/angra")
    assert stored(staff_app, 1).name == "Köket"


def test_taken_out_again(staff_app: Flask, editor: FlaskClient) -> None:
    press(editor, KITCHEN, "/lagg-undan")
    assert press(editor, HOUSE, "/ta-fram").headers["Location"] == f"{HOUSE}#rum-1"
    assert not stored(staff_app, 1).archived
    assert "Köket går att välja igen." in words(editor.get(HOUSE))


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"name": ""}, "Vad rummet eller platsen heter: Skriv vad rummet heter."),
        ({"name": "a" * 121}, "Vad rummet eller platsen heter: Skriv högst 120 tecken. Nu är det 121."),
        (
            {"name": "köket", "address": "Annan gata 1"},
            "Vad rummet eller platsen heter: Det finns redan ett rum som heter så. Välj ett annat namn.",
        ),
        (
            {"name": "Ateljén", "directions": "a" * 1001},
            "Så hittar man dit: Skriv högst 1000 tecken. Nu är det 1001.",
        ),
    ],
)
def test_faults(editor: FlaskClient, values: dict[str, Any], fault: str) -> None:
    page = send(editor, NEW, **values)
    assert page.status_code == 422
    assert texts(page, ".error-summary a") == [fault]
    assert sent_of(page)["name"] == values["name"]


def test_the_name_of_a_room_that_is_put_away(editor: FlaskClient) -> None:
    press(editor, KITCHEN, "/lagg-undan")
    page = send(editor, NEW, name="Köket")
    assert "Det finns ett undanlagt rum som heter så. Ta fram det i stället." in words(page)


def test_two_rooms_never_get_one_name(staff_app: Flask, editor: FlaskClient) -> None:
    assert send(editor, KITCHEN, name="Samtalsrummet").status_code == 422
    assert stored(staff_app, 1).name == "Köket"
    # The same name in other letters is a correction, not another room.
    assert send(editor, KITCHEN, name="KÖKET").status_code == 303


def test_a_double_click_adds_one(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_at(editor, NEW) | {"name": "Ateljén"}
    assert {editor.post(NEW, data=sent).status_code for _ in range(2)} == {303}
    with staff_app.app_context():
        assert db.session.scalars(db.select(Room.name).filter_by(name="Ateljén")).all() == ["Ateljén"]


def test_the_same_name_at_the_same_moment(
    staff_app: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, sent = house_rooms._named, form_at(editor, NEW) | {"name": "Köket"}
    too_early = iter([True])
    monkeypatch.setattr(
        house_rooms, "_named", lambda *asked: None if next(too_early, False) else known(*asked)
    )
    page = editor.post(NEW, data=sent)
    assert page.status_code == 422
    assert "Det finns redan ett rum som heter så." in words(page)


def test_a_stale_form_shows_both_texts(staff_app: Flask, editor: FlaskClient, colleague: FlaskClient) -> None:
    sent = form_at(colleague, KITCHEN) | {"name": "Storköket", "outside": "y"}
    send(editor, KITCHEN, name="Lilla köket")
    page = colleague.post(KITCHEN, data=sent)
    assert page.status_code == 409
    assert texts(page, ".staff-conflict__text") == ["Storköket", "Lilla köket"]
    assert colleague.post(KITCHEN, data=sent_of(page)).status_code == 303
    assert (stored(staff_app, 1).name, stored(staff_app, 1).outside) == ("Storköket", True)


def test_another_houses_room_is_not_there(staff_app: Flask, stranger: FlaskClient) -> None:
    sent = form_at(stranger, "/personal/goteborg/huset/rum/nytt") | {"name": "Smugglat", "version": "1"}
    for path in (KITCHEN, KITCHEN.replace("sjuharad", "goteborg")):
        assert stranger.get(path).status_code == 404
        for action in ("", "/lagg-undan", "/ta-fram"):
            assert stranger.post(path + action, data=sent).status_code == 404
    assert stored(staff_app, 1).name == "Köket"
