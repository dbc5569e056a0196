"""What a national admin does with everybody's account: roles, houses, links, ends."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select as ask

from khcal.db import db
from khcal.models import Chapter
from tests.html import fields, links, one, select, texts, words
from tests.people import ADMIN, COLLEAGUE, EDITOR, PASSWORD, STRANGER, client_of
from tests.web.accounts import account, last_change, link_in, number_of, send

EVERYBODY = "/personal/personer"
OWN = "tre ekar, en å och en bro"


@pytest.fixture
def admin(staff_app: Flask) -> FlaskClient:
    """The browser of a national admin, logged in."""
    return client_of(staff_app, ADMIN)


def address(app: Flask, name: str, step: str) -> str:
    with app.app_context():
        return f"{EVERYBODY}/{number_of(name)}/{step}"


def house(app: Flask, slug: str) -> str:
    with app.app_context():
        return str(db.session.scalars(ask(Chapter.id).where(Chapter.slug == slug)).one())


def test_everybody_is_listed_with_what_is_open(admin: FlaskClient) -> None:
    page = admin.get(EVERYBODY)
    rows = dict(zip(texts(page, ".staff-person__name bdi"), texts(page, ".staff-person__about"), strict=True))
    assert list(rows) == [STRANGER.name, COLLEAGUE.name, EDITOR.name, ADMIN.name]
    assert "Göteborg" in rows[STRANGER.name]
    assert "nationell admin" in rows[ADMIN.name]
    assert EVERYBODY in links(admin.get("/personal/"), "main a")


def test_an_account_gets_other_houses(admin: FlaskClient, staff_app: Flask) -> None:
    there, stranger = house(staff_app, "goteborg"), client_of(staff_app, COLLEAGUE)
    answer = send(admin, address(staff_app, COLLEAGUE.name, "roll"), houses=[there])
    assert answer.headers["Location"] == EVERYBODY
    assert stranger.get("/personal/").headers["Location"].startswith("/personal/logga-in")
    colleague = client_of(staff_app, COLLEAGUE)
    assert colleague.get("/personal/sjuharad/").status_code == 404
    assert colleague.get("/personal/goteborg/").status_code == 200
    with staff_app.app_context():
        change, rows = last_change()
        assert (change.verb, change.user_id) == ("role", number_of(ADMIN.name))
        assert [(r.before["houses"], r.after["houses"]) for r in rows if r.before and r.after] == [
            (["Sjuhärad"], ["Göteborg"])
        ]


def test_an_account_becomes_that_of_a_national_admin_and_back(admin: FlaskClient, staff_app: Flask) -> None:
    path = address(staff_app, COLLEAGUE.name, "roll")
    send(admin, path, national="y")
    assert client_of(staff_app, COLLEAGUE).get(EVERYBODY).status_code == 200
    send(admin, path, national=[])
    colleague = client_of(staff_app, COLLEAGUE)
    assert colleague.get(EVERYBODY).status_code == 404
    assert colleague.get("/personal/sjuharad/").status_code == 200


def test_a_role_is_changed_with_ones_own_password_only(admin: FlaskClient, staff_app: Flask) -> None:
    for typed in ("", "fel lösenord här"):
        answer = send(admin, address(staff_app, COLLEAGUE.name, "roll"), national="y", own_password=typed)
        assert answer.status_code == 422
        assert select(answer, "[name=national][checked]")
    with staff_app.app_context():
        assert not account(COLLEAGUE.name).is_national_admin


def test_the_last_admin_keeps_the_role_and_the_account(admin: FlaskClient, staff_app: Flask) -> None:
    there = house(staff_app, "sjuharad")
    for step, values in (("roll", {"national": [], "houses": [there]}), ("avsluta", {})):
        answer = send(admin, address(staff_app, ADMIN.name, step), **values)
        assert answer.status_code == 422
        assert "Gör någon annan till nationell admin först." in words(one(answer, "[role=alert]"))
    with staff_app.app_context():
        assert account(ADMIN.name).is_national_admin


def test_one_of_two_admins_may_step_back(admin: FlaskClient, staff_app: Flask) -> None:
    send(admin, address(staff_app, COLLEAGUE.name, "roll"), national="y")
    there = house(staff_app, "sjuharad")
    answer = send(admin, address(staff_app, ADMIN.name, "roll"), national=[], houses=[there])
    assert answer.headers["Location"] == "/personal/"
    assert admin.get("/personal/sjuharad/").status_code == 200
    assert admin.get(EVERYBODY).status_code == 404


def test_an_invited_admin_is_not_one_yet(admin: FlaskClient, staff_app: Flask) -> None:
    link = link_in(send(admin, f"{EVERYBODY}/bjud-in", name="östra", national="y"))
    assert send(admin, address(staff_app, ADMIN.name, "avsluta")).status_code == 422
    send(staff_app.test_client(), link, password=OWN)
    assert send(admin, address(staff_app, ADMIN.name, "avsluta")).status_code == 303


def test_an_account_that_opens_nothing_is_none(admin: FlaskClient, staff_app: Flask) -> None:
    answer = send(admin, address(staff_app, COLLEAGUE.name, "roll"), houses=[])
    assert answer.status_code == 422
    assert "avsluta kontot i stället" in words(one(answer, "#houses-error"))


def test_what_somebody_else_changed_is_not_overwritten(admin: FlaskClient, staff_app: Flask) -> None:
    path, there = address(staff_app, COLLEAGUE.name, "roll"), house(staff_app, "goteborg")
    here, sent = house(staff_app, "sjuharad"), fields(one(admin.get(path), "main form"))
    send(admin, path, houses=[there])
    answer = admin.post(path, data=sent | {"national": "y", "own_password": PASSWORD})
    assert answer.status_code == 409
    told = words(one(answer, "[role=alert]"))
    assert "Nu är det: Göteborg." in told
    # What was ticked is still ticked: one's own password again, and it is done.
    assert select(answer, "[name=national][checked]")
    assert [box["value"] for box in select(answer, "[name=houses][checked]")] == [here]
    with staff_app.app_context():
        assert not account(COLLEAGUE.name).is_national_admin
    again = fields(one(answer, "main form")) | {"own_password": PASSWORD}
    assert admin.post(path, data=again).status_code == 303
    with staff_app.app_context():
        assert account(COLLEAGUE.name).is_national_admin


def test_a_house_that_closed_stays_the_accounts(admin: FlaskClient, staff_app: Flask) -> None:
    there = house(staff_app, "goteborg")
    with staff_app.app_context():
        closed = db.session.get_one(Chapter, int(there))
        account(COLLEAGUE.name).set_access([*account(COLLEAGUE.name).chapters, closed])
        closed.closed_on = date(2026, 11, 1)
        db.session.commit()
    path = address(staff_app, COLLEAGUE.name, "roll")
    assert there not in [box["value"] for box in select(admin.get(path), "[name=houses]")]
    send(admin, path, national="y")
    with staff_app.app_context():
        assert {chapter.slug for chapter in account(COLLEAGUE.name).chapters} == {"sjuharad", "goteborg"}


def test_the_end_stands_in_the_history_of_its_house(admin: FlaskClient, staff_app: Flask) -> None:
    assert send(admin, address(staff_app, EDITOR.name, "avsluta")).headers["Location"] == EVERYBODY
    assert EDITOR.name not in texts(admin.get(EVERYBODY), ".staff-person__name bdi")
    there = int(house(staff_app, "sjuharad"))
    with staff_app.app_context():
        change, _rows = last_change()
        assert (change.verb, change.chapter_id) == ("user-end", there)


def test_an_admin_helps_everybody(admin: FlaskClient, staff_app: Flask) -> None:
    link = link_in(send(admin, address(staff_app, STRANGER.name, "ny-lank")))
    assert link.startswith("/personal/losenord/")


def test_what_was_ended_is_not_there(admin: FlaskClient, staff_app: Flask) -> None:
    paths = [address(staff_app, EDITOR.name, step) for step in ("roll", "ny-lank", "avsluta")]
    send(admin, paths[-1])
    assert [admin.get(path).status_code for path in paths] == [404, 404, 404]
