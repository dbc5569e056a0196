"""Logging in and out, and the door before everything of the staff."""

from __future__ import annotations

from pathlib import Path

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.calendaring import clock
from khcal.db import db
from khcal.models import SignIn, User
from tests.databases import PUBLIC_URL, close_app, make_app
from tests.factories import make_chapter
from tests.html import fields, one, select, words
from tests.people import ADMIN, EDITOR, LOG_IN, PASSWORD, STAFF, STRANGER, Person, come_in, log_in, make_user

HOST = "kalender.example.org"


@pytest.fixture(autouse=True)
def staff(app: Flask) -> None:
    with app.app_context():
        for slug in ("sjuharad", "goteborg"):
            make_chapter(slug)
        for person in STAFF:
            make_user(person)
        db.session.commit()


def try_in(client: FlaskClient, name: str, password: str = PASSWORD, **values: str) -> TestResponse:
    form = fields(one(client.get(LOG_IN), "main form"))
    return client.post(LOG_IN, data=form | {"name": name, "password": password} | values)


def cookie_of(client: FlaskClient) -> str:
    cookie = client.get_cookie("__Host-kh", domain=HOST)
    assert cookie
    return cookie.value


@pytest.mark.parametrize("person", [EDITOR, STRANGER, ADMIN])
def test_the_right_password_opens(client: FlaskClient, person: Person) -> None:
    answer = try_in(client, person.name)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/personal/")
    assert client.get(f"/personal/{person.house}{'/' if person.house else ''}").status_code == 200


def test_one_house_is_not_a_choice(client: FlaskClient) -> None:
    try_in(client, EDITOR.name)
    answer = client.get("/personal/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/personal/sjuharad/")


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: FlaskClient) -> None:
    parts = try_in(client, EDITOR.name).headers["Set-Cookie"].split("; ")
    assert parts[0].startswith("__Host-kh=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert not [part for part in parts if part.startswith("Domain")]


@pytest.mark.parametrize(
    ("address", "start", "is_secure"),
    [("http://127.0.0.1:8080", "kh=", False), ("http://kalender.example.org", "kh=", True)],
)
def test_the_cookie_without_https(
    tmp_path: Path, app: Flask, address: str, start: str, is_secure: bool
) -> None:
    local = make_app(tmp_path, tmp_path / "khcal.db", public_url=address)
    cookie = local.test_client().get(LOG_IN).headers["Set-Cookie"]
    close_app(local)
    assert cookie.startswith(start)
    assert ("Secure" in cookie) is is_secure


def test_only_a_hash_of_the_token_is_kept(app: Flask, client: FlaskClient) -> None:
    log_in(client, EDITOR)
    with client.session_transaction(base_url=PUBLIC_URL) as session, app.app_context():
        kept = db.session.scalars(db.select(SignIn.token_hash)).one()
        assert session["_user_id"] != kept
        assert len(kept) == 64


def test_who_comes_in_without_the_form_is_logged_in_as_by_it(app: Flask) -> None:
    sessions = []
    for way in (log_in, come_in):
        with way(app.test_client(), EDITOR).session_transaction(base_url=PUBLIC_URL) as session:
            sessions.append(dict(session) | {"_user_id": len(session["_user_id"])})
    assert sessions[0] == sessions[1]


def test_each_log_in_has_its_own_token(client: FlaskClient) -> None:
    log_in(client, EDITOR)
    first = cookie_of(client)
    client.delete_cookie("__Host-kh", domain=HOST)
    log_in(client, EDITOR)
    assert cookie_of(client) != first


def test_what_the_session_held_before_is_gone(client: FlaskClient) -> None:
    client.get(LOG_IN)
    with client.session_transaction(base_url=PUBLIC_URL) as session:
        session["planted"] = "x"
    log_in(client, EDITOR)
    with client.session_transaction(base_url=PUBLIC_URL) as session:
        assert "planted" not in session


def test_a_copied_cookie_is_dead_after_logging_out(app: Flask, client: FlaskClient) -> None:
    log_in(client, EDITOR)
    thief = app.test_client()
    thief.set_cookie("__Host-kh", cookie_of(client), domain=HOST)
    assert thief.get("/personal/sjuharad/").status_code == 200
    out = client.post(
        "/personal/logga-ut", data=fields(one(client.get("/personal/sjuharad/"), ".staff-exit"))
    )
    assert out.headers["Location"] == LOG_IN
    assert "utloggad" in words(client.get(LOG_IN))
    assert thief.get("/personal/sjuharad/").status_code == 303


def test_a_new_password_ends_every_log_in(app: Flask, client: FlaskClient) -> None:
    log_in(client, EDITOR)
    with app.app_context():
        db.session.scalars(db.select(User).filter_by(name=EDITOR.name)).one().set_password("ny fras för alla")
        db.session.commit()
    assert client.get("/personal/sjuharad/").status_code == 303


def test_an_ended_account_is_out(app: Flask, client: FlaskClient) -> None:
    log_in(client, EDITOR)
    with app.app_context():
        db.session.scalars(db.select(User).filter_by(name=EDITOR.name)).one().ended_at = clock.epoch_seconds()
        db.session.commit()
    assert client.get("/personal/sjuharad/").status_code == 303
    assert try_in(client, EDITOR.name).status_code == 422


def test_a_log_in_ends_when_nothing_happens(
    client: FlaskClient, frozen_clock: time_machine.Traveller
) -> None:
    log_in(client, EDITOR)
    frozen_clock.shift(11 * 3600)
    assert client.get("/personal/sjuharad/").status_code == 200
    frozen_clock.shift(2 * 3600)
    assert client.get("/personal/sjuharad/").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"), [("redaktor", "fel lösenord"), ("ingen", PASSWORD), ("", ""), ("redaktor", "")]
)
def test_a_wrong_name_or_password_keeps_the_name(client: FlaskClient, name: str, password: str) -> None:
    answer = try_in(client, name, password)
    assert answer.status_code == 422
    assert one(answer, "input[name=name]")["value"] == name
    assert not one(answer, "input[name=password]").get("value")


def test_the_answer_does_not_tell_who_exists(client: FlaskClient) -> None:
    known, unknown = (
        words(one(try_in(client, name, "fel fel fel fel"), "main")) for name in ("redaktor", "ingen")
    )
    assert known == unknown


def test_tries_are_few_by_name(app: Flask) -> None:
    clients = [app.test_client() for _ in range(11)]
    codes = [try_in(client, "redaktor", "fel lösenord").status_code for client in clients]
    assert codes == [422] * 10 + [429]
    refused = try_in(clients[0], "REDAKTOR ")
    assert "en kvart" in words(one(refused, "main"))
    for page in (refused, clients[0].get(LOG_IN)):
        assert "länk till ett nytt, under Personer" in words(one(page, "main"))
    assert try_in(clients[0], "kollega").status_code == 303


def test_the_limit_ends_by_itself(client: FlaskClient, frozen_clock: time_machine.Traveller) -> None:
    for _ in range(11):
        answer = try_in(client, "redaktor", "fel lösenord")
    assert answer.status_code == 429
    frozen_clock.shift(15 * 60 + 1)
    assert try_in(client, "redaktor").status_code == 303


def test_tries_are_few_by_network(app: Flask) -> None:
    client = app.test_client()
    form = fields(one(client.get(LOG_IN), "main form"))
    codes = []
    for number in range(31):
        host = {"REMOTE_ADDR": f"2001:db8:1:2::{number:x}"}
        sent = form | {"name": f"gissning-{number}", "password": ""}
        codes.append(client.post(LOG_IN, data=sent, environ_base=host).status_code)
    assert codes == [422] * 30 + [429]


def test_right_tries_are_not_counted(client: FlaskClient) -> None:
    for _ in range(12):
        client.delete_cookie("__Host-kh", domain=HOST)
        assert try_in(client, EDITOR.name).status_code == 303


@pytest.mark.parametrize("address", ["/personal/", "/personal/sjuharad/", "/personal/finns/inte"])
def test_a_stranger_is_asked_to_log_in(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 303
    assert answer.headers["Location"].split("?")[0] == LOG_IN
    assert "Set-Cookie" not in answer.headers


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(client: FlaskClient) -> None:
    answer = client.get("/personal/", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, LOG_IN)


@pytest.mark.parametrize(
    "wanted",
    [
        *(
            "https://example.com/personal/",
            "//example.com/personal/",
            "/personal/\\example.com",
            "/sjuharad/",
        ),
        *("/personal/../sjuharad/", "/personal/logga-in", "/personal/finns/inte", "javascript:alert(1)", ""),
    ],
)
def test_one_is_sent_on_to_own_pages_only(client: FlaskClient, wanted: str) -> None:
    assert try_in(client, EDITOR.name, next=wanted).headers["Location"] == "/personal/"


@pytest.mark.parametrize(
    "wanted",
    [
        "/personal/sjuharad/tillfallen/stall-in?vecka=2026-v49",
        "/personal/sjuharad/sok?q=yoga+%26+te",
        "/personal/sjuharad/?fran=2026-12-18",
        "/personal/sjuharad/aktivitet/ny?som=Kv%C3%A4llsfika",
    ],
)
def test_one_comes_back_to_what_one_asked_for(client: FlaskClient, wanted: str) -> None:
    there = client.get(wanted).headers["Location"]
    form = fields(one(client.get(there), "main form"))
    answer = client.post(LOG_IN, data=form | {"name": EDITOR.name, "password": PASSWORD})
    assert answer.headers["Location"] == wanted
    # Whoever is in already is sent there straight away.
    assert client.get(there).headers["Location"] == wanted


def test_a_form_from_elsewhere_is_refused(client: FlaskClient) -> None:
    form = fields(one(client.get(LOG_IN), "main form")) | {"name": EDITOR.name, "password": PASSWORD}
    for headers in (
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example.com"},
    ):
        assert client.post(LOG_IN, data=form, headers=headers).status_code == 403
    assert client.post(LOG_IN, data=form, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 303


@pytest.mark.parametrize("token", ["", "fel"])
def test_a_form_without_its_token_is_refused(client: FlaskClient, token: str) -> None:
    answer = try_in(client, EDITOR.name, csrf_token=token)
    assert answer.status_code == 400
    assert "Logga in igen" in words(one(answer, "main [role=alert]"))
    assert fields(one(answer, "main form"))["name"] == EDITOR.name


def test_the_token_may_come_in_a_header(client: FlaskClient) -> None:
    token = one(client.get(LOG_IN), "input[name=csrf_token]")["value"]
    sent = {"name": EDITOR.name, "password": PASSWORD}
    assert client.post(LOG_IN, data=sent, headers={"X-CSRFToken": str(token)}).status_code == 303


def test_public_pages_know_nothing_of_it(client: FlaskClient) -> None:
    before = client.get("/sjuharad/")
    log_in(client, EDITOR)
    after = client.get("/sjuharad/")
    assert before.data == after.data
    assert "Set-Cookie" not in after.headers
    assert "cookie" not in after.headers.get("Vary", "").lower()


def test_whoever_is_in_need_not_log_in_again(client: FlaskClient) -> None:
    assert log_in(client, EDITOR).get(LOG_IN).headers["Location"] == "/personal/"


def test_labels_and_fields_belong_together(client: FlaskClient) -> None:
    page = client.get(LOG_IN)
    assert {label["for"] for label in select(page, "main label")} == {"name", "password"}
    assert page.headers["Cache-Control"] == "private, no-store"
