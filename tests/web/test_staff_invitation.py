"""Inviting somebody by a link that is shown once, and saying yes."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from tests.html import fields, one, select, texts, words
from tests.people import ADMIN, COLLEAGUE, EDITOR, PASSWORD, STRANGER, client_of
from tests.web.accounts import account, last_change, link_in, number_of, send

PEOPLE = "/personal/sjuharad/personer"
OWN = "tre ekar, en å och en bro"
DAY = 24 * 3600


def invite(client: FlaskClient, name: str = "Östra") -> str:
    return link_in(send(client, f"{PEOPLE}/bjud-in", name=name))


def test_who_is_invited_chooses_name_and_password_and_is_in(editor: FlaskClient, staff_app: Flask) -> None:
    link, visitor = invite(editor), staff_app.test_client()
    page = visitor.get(link)
    assert "Kraftens hus Sjuhärad" in words(one(page, "main"))
    assert one(page, "[name=name]")["value"] == "östra"
    answer = send(visitor, link, name="Östra Änden", password=OWN, email="ostra@example.org")
    assert answer.headers["Location"] == "/personal/"
    assert visitor.get("/personal/sjuharad/").status_code == 200
    other = staff_app.test_client()
    assert send(other, "/personal/logga-in", name="ÖSTRA ÄNDEN", password=OWN).status_code == 303
    assert texts(editor.get(PEOPLE), ".staff-person__name bdi") == [
        COLLEAGUE.name,
        EDITOR.name,
        "östra änden",
    ]


def test_the_history_says_who_invited_whom(editor: FlaskClient, staff_app: Flask) -> None:
    link = invite(editor)
    with staff_app.app_context():
        change, rows = last_change()
        assert (change.verb, change.user_id) == ("invite", number_of(EDITOR.name))
        assert [(row.before, row.after) for row in rows] == [
            (None, {"name": "östra", "invited": True, "national_admin": False, "houses": ["Sjuhärad"]})
        ]
    send(staff_app.test_client(), link, name="östra", password=OWN)
    with staff_app.app_context():
        change, rows = last_change()
        assert (change.verb, change.user_id) == ("invite", number_of("östra"))
        assert [(r.before["invited"], r.after["invited"]) for r in rows if r.before and r.after] == [
            (True, False)
        ]


def test_the_link_works_once(editor: FlaskClient, staff_app: Flask) -> None:
    link = invite(editor)
    send(staff_app.test_client(), link, password=OWN)
    assert staff_app.test_client().get(link).status_code == 404


def test_looking_does_not_use_it_up(editor: FlaskClient, staff_app: Flask) -> None:
    link = invite(editor)
    codes = [staff_app.test_client().get(link).status_code for _ in range(3)]
    assert codes == [200, 200, 200]
    assert staff_app.test_client().head(link).status_code == 200
    assert send(staff_app.test_client(), link, password=OWN).status_code == 303


def test_every_bad_link_gets_the_same_answer(
    editor: FlaskClient, staff_app: Flask, frozen_clock: time_machine.Traveller
) -> None:
    used, old, withdrawn = invite(editor, "anna"), invite(editor, "berit"), invite(editor, "cilla")
    send(staff_app.test_client(), used, password=OWN)
    with staff_app.app_context():
        number = number_of("cilla")
    send(editor, f"{PEOPLE}/{number}/ta-bort")
    frozen_clock.shift(7 * DAY)
    visitor = staff_app.test_client()
    unknown = "/personal/inbjudan/finns-inte"
    wrong_kind = old.replace("inbjudan", "losenord")
    answers = [visitor.get(path) for path in (used, old, withdrawn, unknown, wrong_kind)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.data for answer in answers}) == 1
    assert "Be den som gav dig länken om en ny" in words(answers[0])


def test_the_inviter_can_make_a_new_link(editor: FlaskClient, staff_app: Flask) -> None:
    first = invite(editor)
    with staff_app.app_context():
        number = number_of("östra")
    second = link_in(send(editor, f"{PEOPLE}/{number}/ny-lank"))
    assert staff_app.test_client().get(first).status_code == 404
    assert staff_app.test_client().get(second).status_code == 200


def test_the_list_says_how_long_a_link_lives(
    editor: FlaskClient, staff_app: Flask, frozen_clock: time_machine.Traveller
) -> None:
    invite(editor)
    page = editor.get(PEOPLE)
    assert "Länken gäller till och med tisdag 1 december." in words(one(page, ".staff-person:last-child"))
    frozen_clock.shift(7 * DAY)
    again = client_of(staff_app, COLLEAGUE).get(PEOPLE)
    assert "Länken gäller inte längre. Gör en ny." in words(one(again, ".staff-person:last-child"))


def test_a_name_that_is_taken_is_said_at_the_field(editor: FlaskClient, staff_app: Flask) -> None:
    for name in (COLLEAGUE.name.upper(), STRANGER.name):
        answer = send(editor, f"{PEOPLE}/bjud-in", name=name)
        assert answer.status_code == 422
        assert "upptaget" in words(one(answer, "#name-error"))
    link = invite(editor)
    answer = send(staff_app.test_client(), link, name=EDITOR.name, password=OWN)
    assert answer.status_code == 422
    assert "upptaget" in words(one(answer, "#name-error"))
    assert send(staff_app.test_client(), link, password=OWN).status_code == 303


def test_a_double_click_shows_a_link_that_works(
    editor: FlaskClient, colleague: FlaskClient, staff_app: Flask, frozen_clock: time_machine.Traveller
) -> None:
    address = f"{PEOPLE}/bjud-in"
    sent = fields(one(editor.get(address), "main form")) | {"name": "Östra", "own_password": PASSWORD}
    editor.post(address, data=sent)
    with staff_app.app_context():
        first = last_change()[0].id
    link = link_in(editor.post(address, data=sent))
    with staff_app.app_context():
        assert last_change()[0].id == first
        assert account("östra").is_invited
    assert staff_app.test_client().get(link).status_code == 200
    # It is a double click of one's own only, and a moment later it is another invitation.
    assert send(colleague, address, name="Östra").status_code == 422
    frozen_clock.shift(6 * 60)
    assert send(editor, address, name="Östra").status_code == 422


def test_an_answered_invitation_is_not_made_again(editor: FlaskClient, staff_app: Flask) -> None:
    send(staff_app.test_client(), invite(editor), name="östra", password=OWN)
    assert send(editor, f"{PEOPLE}/bjud-in", name="Östra").status_code == 422


def test_a_double_click_of_a_national_admin_too(staff_app: Flask) -> None:
    admin = client_of(staff_app, ADMIN)
    address = "/personal/personer/bjud-in"
    link_in(send(admin, address, name="Östra", houses=["1"]))
    assert send(admin, address, name="Östra", houses=["1", "2"]).status_code == 422
    link = link_in(send(admin, address, name="Östra", houses=["1"]))
    assert staff_app.test_client().get(link).status_code == 200


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "<b>asa</b>"}, "name"),
        ({"name": "a\u202esa"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"password": ""}, "password"),
        ({"password": "kort"}, "password"),
        ({"password": "kraftens hus 1"}, "password"),
        ({"password": "östra östra östra östra"}, "password"),
        ({"email": "inte en adress"}, "email"),
    ],
)
def test_what_is_refused_can_be_put_right(
    editor: FlaskClient, staff_app: Flask, values: dict[str, str], field: str
) -> None:
    link = invite(editor)
    answer = send(staff_app.test_client(), link, **({"password": OWN} | values))
    assert answer.status_code == 422
    assert one(answer, f"#{field}-error")
    assert not one(answer, "[name=password]").get("value")
    assert send(staff_app.test_client(), link, password=OWN).status_code == 303


def test_an_account_that_waits_opens_nothing(editor: FlaskClient, staff_app: Flask) -> None:
    invite(editor)
    for password in ("", "fel lösenord"):
        assert (
            send(staff_app.test_client(), "/personal/logga-in", name="östra", password=password).status_code
            == 422
        )


def test_somebody_with_an_account_gets_one_more_house(editor: FlaskClient, staff_app: Flask) -> None:
    link, stranger = invite(editor), client_of(staff_app, STRANGER)
    answer = send(stranger, link, form="form[action$=mitt-konto]")
    assert answer.headers["Location"] == "/personal/"
    assert stranger.get("/personal/sjuharad/").status_code == 200
    with staff_app.app_context():
        assert {chapter.slug for chapter in account(STRANGER.name).chapters} == {"sjuharad", "goteborg"}
        assert not db.session.scalars(db.select(type(account(ADMIN.name))).filter_by(name="östra")).all()
    assert staff_app.test_client().get(link).status_code == 404


def test_links_cannot_be_guessed_for_ever(staff_app: Flask) -> None:
    visitor = staff_app.test_client()
    paths = [f"/personal/{('inbjudan', 'losenord')[n % 2]}/gissning-{n}" for n in range(31)]
    assert [visitor.get(path).status_code for path in paths] == [404] * 30 + [429]


def test_the_token_is_written_nowhere_and_sent_nowhere(
    editor: FlaskClient,
    staff_app: Flask,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = send(editor, f"{PEOPLE}/bjud-in", name="östra")
        link = link_in(answer)
        visitor = staff_app.test_client()
        page = visitor.get(link)
        send(visitor, link, password=OWN)
        staff_app.test_client().get(link)
    token = link.rpartition("/")[2]
    kept = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert token not in caplog.text + "".join(capfd.readouterr())
    assert token.encode() not in kept
    assert token not in str(answer.headers)
    assert token not in editor.get(PEOPLE).text
    for each in (answer, page):
        assert each.headers["Referrer-Policy"] == "no-referrer"
        assert each.headers["Cache-Control"] == "private, no-store"
    loaded = [str(tag.get("src") or tag.get("href")) for tag in select(page, "script[src], link[href]")]
    assert loaded
    assert not [address for address in loaded if not address.startswith(("/static/", "https://kalender"))]


def test_ones_own_password_is_asked_for(editor: FlaskClient, staff_app: Flask) -> None:
    answer = send(editor, f"{PEOPLE}/bjud-in", name="östra", own_password=PASSWORD + "x")
    assert answer.status_code == 422
    with staff_app.app_context():
        assert last_change()[0].verb != "invite"
