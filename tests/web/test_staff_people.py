"""Those who keep a house: who is listed, who may be helped, and the end of it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from khcal.db import db
from khcal.models import Chapter
from tests.html import fields, links, one, texts, words
from tests.html import select as find
from tests.people import ADMIN, COLLEAGUE, EDITOR, PASSWORD, STRANGER, client_of
from tests.web.accounts import account, last_change, link_in, number_of, send

PEOPLE = "/personal/sjuharad/personer"


def give(name: str, house: str) -> None:
    chapter = db.session.scalars(select(Chapter).filter_by(slug=house)).one()
    user = account(name)
    user.set_access([*user.chapters, chapter], user.is_national_admin)
    db.session.commit()


def address(app: Flask, name: str, step: str) -> str:
    with app.app_context():
        return f"{PEOPLE}/{number_of(name)}/{step}"


def test_a_house_lists_its_own_people(editor: FlaskClient) -> None:
    page = editor.get(PEOPLE)
    assert texts(page, ".staff-person__name bdi") == [COLLEAGUE.name, EDITOR.name]
    assert "riksadmin" in words(one(page, "main"))
    assert STRANGER.name not in words(page)


def test_one_way_leads_there(editor: FlaskClient) -> None:
    assert PEOPLE in links(editor.get("/personal/sjuharad/"), ".staff-nav a")


def test_nobody_finds_a_colleague_of_another_house(stranger: FlaskClient, staff_app: Flask) -> None:
    with staff_app.app_context():
        number = number_of(COLLEAGUE.name)
    for step in ("ny-lank", "ta-bort"):
        assert stranger.get(f"/personal/goteborg/personer/{number}/{step}").status_code == 404


def test_a_colleague_gets_a_link_to_a_new_password(editor: FlaskClient, staff_app: Flask) -> None:
    path = link_in(send(editor, address(staff_app, COLLEAGUE.name, "ny-lank")))
    assert path.startswith("/personal/losenord/")
    with staff_app.app_context():
        change, rows = last_change()
        assert (change.verb, change.user_id) == ("password", number_of(EDITOR.name))
        assert [row.after["name"] for row in rows if row.after] == [COLLEAGUE.name]
        assert path.rpartition("/")[2] not in str([(row.before, row.after) for row in rows])


@pytest.mark.parametrize("more", ["goteborg", "riks"])
def test_who_opens_more_than_oneself_is_helped_by_an_admin(
    editor: FlaskClient, staff_app: Flask, more: str
) -> None:
    with staff_app.app_context():
        if more == "riks":
            account(COLLEAGUE.name).set_access(account(COLLEAGUE.name).chapters, national=True)
            db.session.commit()
        else:
            give(COLLEAGUE.name, more)
    path = address(staff_app, COLLEAGUE.name, "ny-lank")
    assert editor.get(path).status_code == 403
    token = one(editor.get(PEOPLE), "[name=csrf_token]")["value"]
    sent = {"csrf_token": token, "own_password": "blåklint vid grusvägen"}
    assert editor.post(path, data=sent).status_code == 403
    assert path not in links(editor.get(PEOPLE))
    assert client_of(staff_app, ADMIN).get(path).status_code == 200


@pytest.mark.parametrize("step", ["ny-lank", "ta-bort"])
def test_ones_own_password_is_asked_for(editor: FlaskClient, staff_app: Flask, step: str) -> None:
    path = address(staff_app, COLLEAGUE.name, step)
    for typed in ("", "fel lösenord här"):
        answer = send(editor, path, own_password=typed)
        assert answer.status_code == 422
        assert find(answer, "#own_password-error")
    with staff_app.app_context():
        assert account(COLLEAGUE.name).chapters


def test_ones_own_password_cannot_be_tried_for_ever(editor: FlaskClient, staff_app: Flask) -> None:
    paths = [address(staff_app, COLLEAGUE.name, step) for step in ("ny-lank", "ta-bort")]
    codes = [send(editor, paths[n % 2], own_password=f"gissning {n} {n}").status_code for n in range(11)]
    assert codes == [422] * 10 + [429]


def test_a_colleague_with_more_houses_keeps_the_others(editor: FlaskClient, staff_app: Flask) -> None:
    with staff_app.app_context():
        give(COLLEAGUE.name, "goteborg")
    colleague = client_of(staff_app, COLLEAGUE)
    answer = send(editor, address(staff_app, COLLEAGUE.name, "ta-bort"))
    assert answer.headers["Location"] == PEOPLE
    assert "Kollega har inte längre tillgång till Kraftens hus Sjuhärad." in words(editor.get(PEOPLE))
    assert colleague.get("/personal/sjuharad/").status_code in {303, 404}
    with staff_app.app_context():
        assert [chapter.slug for chapter in account(COLLEAGUE.name).chapters] == ["goteborg"]
        change, rows = last_change()
        assert change.verb == "role"
        assert [(r.before["houses"], r.after["houses"]) for r in rows if r.before and r.after] == [
            (["Göteborg", "Sjuhärad"], ["Göteborg"])
        ]


def test_the_last_house_taken_away_ends_the_account(editor: FlaskClient, staff_app: Flask) -> None:
    colleague = client_of(staff_app, COLLEAGUE)
    path = address(staff_app, COLLEAGUE.name, "ta-bort")
    assert "Avsluta kontot" in words(one(editor.get(path), "h1"))
    send(editor, path)
    assert colleague.get("/personal/").headers["Location"].startswith("/personal/logga-in")
    with staff_app.app_context():
        ended = account(COLLEAGUE.name)
        assert ended.ended_at
        assert (ended.email, ended.password_hash, ended.memberships) == ("", "", [])
        change, rows = last_change()
        assert change.verb == "user-end"
        assert "kollega@example.org" not in str([(row.before, row.after) for row in rows])


def test_one_may_leave_oneself(editor: FlaskClient, staff_app: Flask) -> None:
    send(editor, address(staff_app, EDITOR.name, "ta-bort"))
    assert editor.get("/personal/").headers["Location"].startswith("/personal/logga-in")


def test_one_who_leaves_and_presses_twice_is_told_at_the_other_house(
    editor: FlaskClient, staff_app: Flask
) -> None:
    path = address(staff_app, EDITOR.name, "ta-bort")
    with staff_app.app_context():
        give(EDITOR.name, "goteborg")
    sent = fields(one(editor.get(path), "main form")) | {"own_password": PASSWORD}
    answers = [editor.post(path, data=sent) for _time in range(2)]
    assert [answer.headers.get("Location") for answer in answers] == ["/personal/"] * 2
    told = words(editor.get("/personal/", follow_redirects=True))
    assert "Redaktor har inte längre tillgång till Kraftens hus Sjuhärad." in told
    assert editor.get(path).status_code == 404


def test_a_refused_form_says_what_to_do_at_the_field_and_on_top(editor: FlaskClient) -> None:
    answer = send(editor, f"{PEOPLE}/bjud-in", name="a", own_password="")
    assert answer.status_code == 422
    assert len(find(answer, ".error-summary a")) == 2
    assert find(answer, "#name-error")
    assert one(answer, "[name=name]")["value"] == "a"
