"""Another title: which group an activity is in then, and what its old address leads to."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Event
from tests.html import one, select, texts, words
from tests.web.made import made
from tests.web.staff_forms import NEW, ONE_DATE, form_of, save

ONE = "/personal/sjuharad/aktivitet/1"
TWO = "/personal/sjuharad/aktivitet/2"


def groups(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(each.title, each.slug) for each in db.session.scalars(db.select(Event).order_by(Event.id))]


def send(client: FlaskClient, address: str = ONE, **values: Any) -> Any:
    return client.post(address, data=form_of(client.get(address)) | values | {"action": "publicera"})


def test_a_new_title_gets_a_new_address_and_the_old_one_leads_on(
    staff_app: Flask, editor: FlaskClient
) -> None:
    made(editor, **ONE_DATE)
    feed = editor.get("/sjuharad/aktivitet/kvallsfika.ics").text
    assert send(editor, title="Kvällste").status_code == 303
    assert groups(staff_app) == [("Kvällste", "kvallste")]
    answer = editor.get("/sjuharad/aktivitet/kvallsfika")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/sjuharad/aktivitet/kvallste")
    uid = next(line for line in feed.splitlines() if line.startswith("UID"))
    assert uid in editor.get("/sjuharad/aktivitet/kvallsfika.ics").text


@pytest.mark.parametrize("title", ["KVÄLLSFIKA", "Kvällsfika!", "Kvallsfika"])
def test_the_same_name_written_otherwise_keeps_its_address(
    staff_app: Flask, editor: FlaskClient, title: str
) -> None:
    made(editor, **ONE_DATE)
    assert send(editor, title=title).status_code == 303
    assert groups(staff_app) == [(title, "kvallsfika")]


@pytest.fixture
def two_terms(editor: FlaskClient) -> FlaskClient:
    made(editor, **ONE_DATE)
    made(editor, **ONE_DATE | {"first_day": "2027-02-04"})
    return editor


def test_of_a_group_one_is_asked_who_goes_along(staff_app: Flask, two_terms: FlaskClient) -> None:
    answer = send(two_terms, title="Kvällste")
    assert answer.status_code == 422
    assert [field["value"] for field in select(answer, "[name=renamed]")] == ["group", "one"]
    assert "hela gruppen byter namn" in words(one(answer, "#renamed-error"))
    assert groups(staff_app)[0] == ("Kvällsfika", "kvallsfika")
    two_terms.post(ONE, data=form_of(answer) | {"renamed": "group", "action": "publicera"})
    assert groups(staff_app) == [("Kvällste", "kvallste")] * 2


def test_only_one_of_them(staff_app: Flask, two_terms: FlaskClient) -> None:
    assert send(two_terms, title="Kvällste", renamed="one").status_code == 303
    assert groups(staff_app) == [("Kvällste", "kvallste"), ("Kvällsfika", "kvallsfika")]
    assert two_terms.get("/sjuharad/aktivitet/kvallsfika").status_code == 200


@pytest.mark.parametrize(
    ("meeting", "expected"), [("join", "morgonfika"), ("apart", "morgonfika-2")], ids=["join", "apart"]
)
def test_a_title_that_meets_another_group(
    staff_app: Flask, editor: FlaskClient, meeting: str, expected: str
) -> None:
    made(editor, **ONE_DATE)
    made(editor, **ONE_DATE | {"title": "Morgonfika"})
    answer = send(editor, title="Morgonfika")
    assert answer.status_code == 422
    assert "Det finns redan en grupp som heter Morgonfika" in words(one(answer, "#meeting-error"))
    editor.post(ONE, data=form_of(answer) | {"meeting": meeting, "action": "publicera"})
    assert groups(staff_app)[0] == ("Morgonfika", expected)
    assert editor.get("/sjuharad/aktivitet/kvallsfika").headers["Location"].endswith(f"/{expected}")


def test_a_new_activity_joins_the_group_with_its_title(staff_app: Flask, two_terms: FlaskClient) -> None:
    assert {slug for _, slug in groups(staff_app)} == {"kvallsfika"}


@pytest.mark.parametrize(("meeting", "expected"), [("join", "kvallsfika"), ("apart", "kvallsfika-2")])
def test_a_new_activity_with_nearly_the_same_title_asks(
    staff_app: Flask, editor: FlaskClient, meeting: str, expected: str
) -> None:
    made(editor, **ONE_DATE)
    answer = save(editor, **ONE_DATE | {"title": "Kvällsfika!"})
    assert answer.status_code == 422
    assert len(groups(staff_app)) == 1
    assert texts(answer, "#meeting .choice")[0].startswith("Samma grupp")
    editor.post(NEW, data=form_of(answer) | {"meeting": meeting, "action": "publicera"})
    assert groups(staff_app)[1] == ("Kvällsfika!", expected)


def test_an_address_that_a_group_had_is_not_given_to_another(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    send(editor, title="Kvällste")
    made(editor, **ONE_DATE)
    assert groups(staff_app) == [("Kvällste", "kvallste"), ("Kvällsfika", "kvallsfika-2")]
    send(editor, ONE, title="Kvällsfika", meeting="apart")
    assert groups(staff_app)[0] == ("Kvällsfika", "kvallsfika")


def test_the_question_and_its_answer_stay_while_one_looks_at_the_dates(two_terms: FlaskClient) -> None:
    answer = send(two_terms, title="Kvällste")
    sent = form_of(answer) | {"renamed": "one"}
    assert form_of(two_terms.post(f"{ONE}/datum", data=sent))["renamed"] == "one"
