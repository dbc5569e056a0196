"""Calling off one date: with a reason, everywhere at once, and back again."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Change, Occurrence
from tests.html import fields, one, select, texts, words
from tests.web.staff_forms import WEEKLY, save

CANCEL = "/personal/sjuharad/tillfalle/1/stall-in"
RESTORE = "/personal/sjuharad/tillfalle/1/ta-tillbaka"


@pytest.fixture(autouse=True)
def series(editor: FlaskClient) -> None:
    save(editor, **WEEKLY)


def cancel(client: FlaskClient, **values: str) -> TestResponse:
    return client.post(CANCEL, data=fields(one(client.get(CANCEL), "main form")) | values)


def restore(client: FlaskClient) -> TestResponse:
    return client.post(RESTORE, data=fields(one(client.get("/personal/sjuharad/"), "[action$=ta-tillbaka]")))


def row_of(app: Flask) -> Occurrence:
    with app.app_context():
        return db.session.get_one(Occurrence, 1)


def test_three_taps_call_it_off(staff_app: Flask, editor: FlaskClient) -> None:
    assert CANCEL in [link["href"] for link in select(editor.get("/personal/sjuharad/"), "#tillfalle-1 a")]
    answer = cancel(editor, reason="ill")
    assert answer.headers["Location"] == "/personal/sjuharad/#tillfalle-1"
    assert row_of(staff_app).reason == "Ledaren är sjuk."
    page = editor.get("/personal/sjuharad/")
    assert texts(page, "#tillfalle-1 .staff-row__status") == ["Inställt : Ledaren är sjuk."]
    assert "torsdag 3 december är inställt" in words(one(page, ".notice"))


def test_everybody_learns_of_it_at_once(editor: FlaskClient) -> None:
    cancel(editor, reason="few")
    assert "För få har anmält sig." in words(editor.get("/sjuharad/dag/2026-12-03"))
    assert "INSTÄLLT: Kvällsfika" in editor.get("/sjuharad.ics").text
    assert "STATUS:CANCELLED" in editor.get("/sjuharad.ics").text
    assert "För få" in editor.get("/skarm/sjuharad/program.json").text


def test_words_of_ones_own(staff_app: Flask, editor: FlaskClient) -> None:
    cancel(editor, reason="other", words="Vi är på utflykt.")
    assert row_of(staff_app).reason == "Vi är på utflykt."
    assert "Vi är på utflykt." in words(editor.get(CANCEL))


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("ill", "Ledaren är sjuk. Kom gärna på fika i stället."),
        ("other", "Kom gärna på fika i stället."),
        ("", "Kom gärna på fika i stället."),
    ],
)
def test_words_are_kept_with_and_without_a_ready_reason(
    staff_app: Flask, editor: FlaskClient, reason: str, told: str
) -> None:
    typed = {"reason": reason} if reason else {}
    assert cancel(editor, **typed, words="Kom gärna på fika i stället.").status_code == 303
    assert row_of(staff_app).reason == told
    # Sent again as it stands, it says the same and nothing twice.
    assert cancel(editor).status_code == 303
    assert row_of(staff_app).reason == told


def test_without_a_reason_one_sentence_says_what_to_do(editor: FlaskClient) -> None:
    assert "behövs inte" not in words(one(editor.get(CANCEL), "main form"))
    answer = cancel(editor)
    assert texts(answer, ".error-summary a") == ["Skäl: Välj ett skäl eller skriv ett eget."]


def test_it_can_be_taken_back(staff_app: Flask, editor: FlaskClient) -> None:
    cancel(editor, reason="ill")
    cancelled = row_of(staff_app)
    assert restore(editor).status_code == 303
    back = row_of(staff_app)
    assert (back.status.value, back.reason, back.uid) == ("planned", "", cancelled.uid)
    assert back.sequence > cancelled.sequence
    assert "INSTÄLLT" not in editor.get("/sjuharad.ics").text


def test_taking_back_twice_is_harmless(staff_app: Flask, editor: FlaskClient) -> None:
    cancel(editor, reason="ill")
    sent = fields(one(editor.get("/personal/sjuharad/"), "[action$=ta-tillbaka]"))
    assert {editor.post(RESTORE, data=sent).status_code for _ in range(2)} == {303}
    assert row_of(staff_app).status.value == "planned"


def test_history_names_the_action(staff_app: Flask, editor: FlaskClient) -> None:
    cancel(editor, reason="ill")
    restore(editor)
    with staff_app.app_context():
        verbs = db.session.scalars(db.select(Change.verb).order_by(Change.id)).all()[-2:]
        assert verbs == ["cancel", "restore"]


@pytest.mark.parametrize(
    "address",
    [
        CANCEL,
        RESTORE,
        "/personal/goteborg/tillfalle/1/stall-in",
        "/personal/goteborg/tillfalle/999/stall-in",
        "/personal/goteborg/tillfalle/999/ta-tillbaka",
    ],
)
def test_another_house_cannot(staff_app: Flask, stranger: FlaskClient, address: str) -> None:
    token = str(one(stranger.get("/personal/", follow_redirects=True), "[name=csrf_token]")["value"])
    answer = stranger.post(address, data={"csrf_token": token, "reason": "ill"})
    assert answer.status_code == 404
    assert row_of(staff_app).status.value == "planned"


def test_a_draft_has_nothing_to_call_off(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, action="utkast", **WEEKLY | {"title": "Nytt"})
    assert editor.get("/personal/sjuharad/tillfalle/4/stall-in").status_code == 404


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "reason"),
        ({"reason": "other"}, "words"),
        ({"reason": "other", "words": "x" * 201}, "words"),
        ({"reason": "hoppsan"}, "reason"),
    ],
)
def test_a_reason_is_needed(
    staff_app: Flask, editor: FlaskClient, values: dict[str, str], field: str
) -> None:
    answer = cancel(editor, **values)
    assert answer.status_code == 422
    assert words(one(answer, f"#{field}-error"))
    assert row_of(staff_app).status.value == "planned"
