"""A new password by a link from a colleague, and by oneself; and logging out everywhere."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.html import fields, one, select, texts, words
from tests.people import ADMIN, COLLEAGUE, EDITOR, LOG_IN, PASSWORD, client_of
from tests.web.accounts import account, last_change, link_in, number_of, send

OWN = "tre ekar, en å och en bro"
ACCOUNT = "/personal/konto"


@pytest.fixture
def link(editor: FlaskClient, staff_app: Flask) -> str:
    """The path of a link to a new password for the colleague."""
    with staff_app.app_context():
        number = number_of(COLLEAGUE.name)
    return link_in(send(editor, f"/personal/sjuharad/personer/{number}/ny-lank"))


def lets_in(app: Flask, name: str, password: str) -> bool:
    return send(app.test_client(), LOG_IN, name=name, password=password).status_code == 303


def test_the_link_opens_and_ends_every_log_in_from_before(staff_app: Flask, link: str) -> None:
    before, visitor = client_of(staff_app, COLLEAGUE), staff_app.test_client()
    assert COLLEAGUE.name in words(one(visitor.get(link), "main"))
    assert send(visitor, link, password=OWN).headers["Location"] == "/personal/"
    assert visitor.get("/personal/sjuharad/").status_code == 200
    assert before.get("/personal/sjuharad/").status_code == 303
    assert lets_in(staff_app, COLLEAGUE.name, OWN)
    assert not lets_in(staff_app, COLLEAGUE.name, PASSWORD)
    assert staff_app.test_client().get(link).status_code == 404


def test_until_it_is_used_the_old_password_works(staff_app: Flask, link: str) -> None:
    assert link
    assert lets_in(staff_app, COLLEAGUE.name, PASSWORD)


def test_after_half_an_hour_it_is_too_late(
    staff_app: Flask, link: str, frozen_clock: time_machine.Traveller
) -> None:
    visitor = staff_app.test_client()
    form = fields(one(visitor.get(link), "main form"))
    frozen_clock.shift(30 * 60)
    assert visitor.post(link, data=form | {"password": OWN}).status_code == 404
    assert lets_in(staff_app, COLLEAGUE.name, PASSWORD)


def test_a_bad_password_keeps_the_link(staff_app: Flask, link: str) -> None:
    visitor = staff_app.test_client()
    for password in ("", "kort", "kollega kollega", "1234567890123"):
        answer = send(visitor, link, password=password)
        assert answer.status_code == 422
        assert select(answer, "#password-error")
    assert send(visitor, link, password=OWN).status_code == 303


def test_the_link_asks_for_its_token_too(staff_app: Flask, link: str) -> None:
    assert staff_app.test_client().post(link, data={"password": OWN}).status_code == 400
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert staff_app.test_client().post(link, data={"password": OWN}, headers=elsewhere).status_code == 403


def test_changing_ones_own_ends_the_other_log_ins(editor: FlaskClient, staff_app: Flask) -> None:
    telephone = client_of(staff_app, EDITOR)
    answer = send(editor, f"{ACCOUNT}/losenord", password=OWN)
    assert answer.headers["Location"] == ACCOUNT
    assert "Ditt nya lösenord gäller nu." in words(editor.get(ACCOUNT))
    assert telephone.get("/personal/sjuharad/").status_code == 303
    assert lets_in(staff_app, EDITOR.name, OWN)
    with staff_app.app_context():
        change, rows = last_change()
        assert (change.verb, change.user_id) == ("password", number_of(EDITOR.name))
        assert "argon2" not in str([(row.before, row.after) for row in rows])


def test_it_also_ends_a_link_that_waits(editor: FlaskClient, staff_app: Flask, link: str) -> None:
    colleague = client_of(staff_app, COLLEAGUE)
    send(colleague, f"{ACCOUNT}/losenord", password=OWN)
    assert staff_app.test_client().get(link).status_code == 404


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"own_password": ""}, "own_password"),
        ({"own_password": "fel lösenord här"}, "own_password"),
        ({"password": "kort"}, "password"),
        ({"password": ""}, "password"),
    ],
)
def test_what_is_refused_changes_nothing(
    editor: FlaskClient, staff_app: Flask, values: dict[str, str], field: str
) -> None:
    answer = send(editor, f"{ACCOUNT}/losenord", **({"password": OWN} | values))
    assert answer.status_code == 422
    assert one(answer, f"#{field}-error")
    assert lets_in(staff_app, EDITOR.name, PASSWORD)


def test_the_account_says_where_one_is_logged_in(editor: FlaskClient, staff_app: Flask) -> None:
    client_of(staff_app, EDITOR)
    told = texts(editor.get(ACCOUNT), ".staff-devices li")
    assert sorted(told) == ["Den här enheten", "En annan enhet, senast tisdag 24 november kl. 13.12"]


def test_log_out_everywhere(editor: FlaskClient, staff_app: Flask) -> None:
    telephone, colleague = client_of(staff_app, EDITOR), client_of(staff_app, COLLEAGUE)
    answer = send(editor, ACCOUNT, form="form[action$=logga-ut-overallt]")
    assert answer.headers["Location"] == LOG_IN
    assert "Du är utloggad överallt." in words(editor.get(LOG_IN))
    for client in (editor, telephone):
        assert client.get("/personal/sjuharad/").status_code == 303
    assert colleague.get("/personal/sjuharad/").status_code == 200


def test_name_and_address_are_ones_own(editor: FlaskClient, staff_app: Flask) -> None:
    form = "main form:has([name=name])"
    answer = send(editor, ACCOUNT, form=form, name="Ylva Ek", email="ylva@example.org")
    assert answer.headers["Location"] == ACCOUNT
    assert "Du loggar in som ylva ek." in words(editor.get(ACCOUNT))
    assert lets_in(staff_app, "ylva ek", PASSWORD)
    with staff_app.app_context():
        _change, rows = last_change()
        assert [(r.before["name"], r.after["name"]) for r in rows if r.before and r.after] == [
            (EDITOR.name, "ylva ek")
        ]
        assert "ylva@example.org" not in str([(row.before, row.after) for row in rows])
        assert account("ylva ek").email == "ylva@example.org"
    taken = send(editor, ACCOUNT, form=form, name=COLLEAGUE.name)
    assert (taken.status_code, one(taken, "[name=name]")["value"]) == (422, COLLEAGUE.name)


def test_ones_own_account_can_end(editor: FlaskClient, staff_app: Flask) -> None:
    assert send(editor, f"{ACCOUNT}/avsluta").headers["Location"] == LOG_IN
    assert "Ditt konto är avslutat." in words(editor.get(LOG_IN))
    assert not lets_in(staff_app, EDITOR.name, PASSWORD)


def test_but_not_that_of_the_last_admin(staff_app: Flask) -> None:
    admin = client_of(staff_app, ADMIN)
    answer = send(admin, f"{ACCOUNT}/avsluta")
    assert answer.status_code == 422
    assert "minst en nationell admin" in words(one(answer, "[role=alert]"))
    assert admin.get("/personal/").status_code == 200
