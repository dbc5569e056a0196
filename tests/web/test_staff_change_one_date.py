"""One date that is otherwise than the rest: "Bara det här tillfället"."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Event, Occurrence
from tests.factories import make_event
from tests.html import Answer, fields, one, select, texts, words
from tests.web.made import made
from tests.web.staff_forms import ONE_DATE, WEEKLY, form_of, save

TWO = "/personal/sjuharad/tillfalle/2"


@pytest.fixture
def weekly(editor: FlaskClient) -> FlaskClient:
    made(editor, **WEEKLY)
    return editor


def sent_from(page: Answer, **values: Any) -> dict[str, Any]:
    return fields(one(page, "#date-form")) | values


def change(client: FlaskClient, **values: Any) -> Any:
    return client.post(TWO, data=sent_from(client.get(TWO), **values))


def stored(app: Flask, number: int = 2) -> dict[str, Any]:
    with app.app_context():
        row = db.session.get_one(Occurrence, number)
        names = ("title", "short_text", "room_id", "leader", "form", "by_hand")
        return {name: getattr(row, name) for name in names} | {
            "at": f"{row.starts_at:%H.%M}–{row.ends_at:%H.%M}"
        }


def test_everything_is_as_usual_at_first(weekly: FlaskClient) -> None:
    sent = sent_from(weekly.get(TWO))
    assert {name: sent[name] for name in ("title", "room_id", "leader", "form", "starts", "ends")} == {
        "title": "",
        "room_id": "",
        "leader": "",
        "form": "",
        "starts": "18.00",
        "ends": "19.30",
    }


def test_only_that_date_changes(staff_app: Flask, weekly: FlaskClient) -> None:
    room = select(weekly.get(TWO), "#room_id option")[1]["value"]
    answer = change(
        weekly, title="Gästkväll", short_text="Vi får besök.", leader="gäst", form="hybrid", room_id=room
    )
    assert answer.status_code == 303
    assert stored(staff_app) == {
        "title": "Gästkväll",
        "short_text": "Vi får besök.",
        "room_id": int(str(room)),
        "leader": "gäst",
        "form": "hybrid",
        "by_hand": True,
        "at": "18.00–19.30",
    }
    assert stored(staff_app, 1)["title"] is None
    assert "Gästkväll" in words(weekly.get("/sjuharad/dag/2026-12-10"))
    assert "Gästkväll" not in words(weekly.get("/sjuharad/dag/2026-12-03"))


def test_its_time_alone(staff_app: Flask, weekly: FlaskClient) -> None:
    answer = change(weekly, starts="17", ends="19")
    assert "/besked" in answer.headers["Location"]
    assert (stored(staff_app)["at"], stored(staff_app)["by_hand"]) == ("17.00–19.00", True)


def test_like_the_rest_again(staff_app: Flask, weekly: FlaskClient) -> None:
    change(weekly, title="Gästkväll", starts="17")
    change(weekly, title="", starts="18")
    assert (stored(staff_app)["title"], stored(staff_app)["by_hand"]) == (None, False)


def test_what_the_group_has_is_not_its_own(staff_app: Flask, weekly: FlaskClient) -> None:
    change(weekly, title="Kvällsfika")
    assert (stored(staff_app)["title"], stored(staff_app)["by_hand"]) == (None, False)


def test_a_clash_is_to_be_looked_at_first(staff_app: Flask, weekly: FlaskClient) -> None:
    with staff_app.app_context():
        event = db.session.scalars(db.select(Event)).one()
        room = event.chapter.rooms[0]
        make_event(event.chapter, "2026-12-10 18:00", title="Styrelsemöte", room=room)
        db.session.commit()
        number = room.id
    answer = change(weekly, room_id=str(number))
    assert answer.status_code == 422
    assert "Styrelsemöte" in words(one(answer, ".staff-look-first"))
    assert stored(staff_app)["room_id"] is None
    assert weekly.post(TWO, data=sent_from(answer)).status_code == 303
    assert stored(staff_app)["room_id"] == number


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"starts": "25"}, "starts"),
        ({"starts": ""}, "starts"),
        ({"starts": "2.30"}, "starts"),
        ({"ends": "17"}, "ends"),
        ({"title": "x" * 121}, "title"),
        ({"room_id": "99"}, "room_id"),
        ({"form": "telepati"}, "form"),
    ],
)
def test_faults_stand_at_their_fields(
    staff_app: Flask, weekly: FlaskClient, values: dict[str, str], field: str
) -> None:
    before = stored(staff_app)
    answer = change(weekly, leader="gäst", **values)
    assert answer.status_code == 422
    assert select(answer, f"#{field}-error")
    assert sent_from(answer)["leader"] == "gäst"
    assert stored(staff_app) == before


def test_two_at_once(staff_app: Flask, weekly: FlaskClient, colleague: FlaskClient) -> None:
    typed = sent_from(colleague.get(TWO), title="Tekväll")
    change(weekly, title="Gästkväll")
    answer = colleague.post(TWO, data=typed)
    assert answer.status_code == 409
    assert texts(answer, ".staff-conflict__text") == ["Tekväll", "Gästkväll"]
    assert stored(staff_app)["title"] == "Gästkväll"
    assert colleague.post(TWO, data=sent_from(answer)).status_code == 303
    assert stored(staff_app)["title"] == "Tekväll"


def test_a_double_click_is_one_change(staff_app: Flask, weekly: FlaskClient) -> None:
    sent = sent_from(weekly.get(TWO), title="Gästkväll")
    answers = [weekly.post(TWO, data=sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]


def test_later_changes_leave_it_alone(staff_app: Flask, weekly: FlaskClient) -> None:
    change(weekly, title="Gästkväll")
    one_event = "/personal/sjuharad/aktivitet/1"
    save(weekly, one_event, starts="17", title="Kvällste", renamed="group")
    assert (stored(staff_app)["title"], stored(staff_app)["at"]) == ("Gästkväll", "18.00–19.30")
    assert form_of(weekly.get(one_event))["title"] == "Kvällste"


def test_the_only_date_of_a_day_long_thing_has_no_times(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE | {"starts": "", "ends": "", "all_day": "y"})
    assert not select(editor.get("/personal/sjuharad/tillfalle/1"), "#starts")


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "address",
    [
        "/personal/goteborg/tillfalle/2",
        "/personal/sjuharad/tillfalle/99",
        f"/personal/sjuharad/tillfalle/{10**30}",
    ],
)
def test_what_is_not_there(weekly: FlaskClient, method: str, address: str) -> None:
    token = one(weekly.get("/personal/sjuharad/"), ".staff-exit [name=csrf_token]")["value"]
    assert getattr(weekly, method)(address, data={"csrf_token": token}).status_code == 404
