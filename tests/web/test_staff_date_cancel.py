"""Calling off one date: with a reason, everywhere at once, and back again."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.models import Change, Occurrence
from khcal.web.staff.chosen import stamp_of
from tests.html import fields, links, one, select, texts, words
from tests.web.staff_dates import plant, plant_series, send

CANCEL = "/personal/sjuharad/tillfalle/1/stall-in"
RESTORE = "/personal/sjuharad/tillfalle/1/ta-tillbaka"


@pytest.fixture(autouse=True)
def series(staff_app: Flask) -> None:
    plant_series(staff_app)


def cancel(client: FlaskClient, **values: str) -> TestResponse:
    return client.post(CANCEL, data=fields(one(client.get(CANCEL), "#cancel-form")) | values)


def restore(client: FlaskClient) -> TestResponse:
    return client.post(RESTORE, data=fields(one(client.get("/personal/sjuharad/"), "[action$=ta-tillbaka]")))


def row_of(app: Flask) -> Occurrence:
    with app.app_context():
        return db.session.get_one(Occurrence, 1)


def test_three_taps_call_it_off(staff_app: Flask, editor: FlaskClient) -> None:
    assert CANCEL in [link["href"] for link in select(editor.get("/personal/sjuharad/"), "#tillfalle-1 a")]
    cancel(editor, reason="ill")
    assert row_of(staff_app).reason == "Ledaren är sjuk."
    page = editor.get("/personal/sjuharad/")
    assert texts(page, "#tillfalle-1 .staff-row__status") == ["Inställt : Ledaren är sjuk."]
    assert "torsdag 3 december är inställt" in words(one(page, ".staff-done"))


def test_what_to_tell_those_who_were_to_come_is_ready(editor: FlaskClient) -> None:
    page = editor.get(cancel(editor, reason="ill").headers["Location"])
    said = (
        "Vi ställer in Kvällsfika torsdag 3 december kl. 18.00-19.30. Ledaren är sjuk. Nästa gång är torsdag"
    )
    assert words(one(page, "#copy-message")) == f"Kraftens hus Sjuhärad: {said} 10 december kl. 18.00."
    assert words(one(page, "#copy-subject")) == "Inställt: Kvällsfika torsdag 3 december"
    assert "https://kalender.example.org/sjuharad/aktivitet/kvallsfika" in words(one(page, "#copy-mail"))
    assert words(one(page, "#copy-post")).startswith("Kraftens hus Sjuhärad Vi ställer in Kvällsfika")
    assert "Telefoner som prenumererar kan få veta det först i morgon." in words(one(page, "main"))
    assert links(page, "main .button")[-1] == "/personal/sjuharad/#tillfalle-1"


def test_the_texts_are_found_again_in_the_history(editor: FlaskClient) -> None:
    there = cancel(editor, reason="ill").headers["Location"]
    history = editor.get("/personal/sjuharad/andringar")
    assert there in links(history, ".staff-change a")
    assert len([link for link in links(history, ".staff-change a") if "besked" in link]) == 1


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
    assert "behövs inte" not in words(one(editor.get(CANCEL), "#cancel-form"))
    assert not select(editor.get(CANCEL), "[name=reason][checked]")
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


def test_taking_back_late_offers_nobody_elses_move(
    staff_app: Flask, editor: FlaskClient, colleague: FlaskClient
) -> None:
    cancel(editor, reason="ill")
    sent = fields(one(editor.get("/personal/sjuharad/"), "[action$=ta-tillbaka]"))
    send(colleague, "/personal/sjuharad/tillfalle/1/flytta", day="2026-12-04")
    answer = editor.post(RESTORE, data=sent)
    assert answer.headers["Location"] == "/personal/sjuharad/#tillfalle-1"
    told = one(editor.get("/personal/sjuharad/"), ".staff-done")
    assert "Kvällsfika fredag 4 december blir av." in words(told)
    assert not select(told, "form")


def test_calling_off_late_offers_no_other_change_of_ones_own(editor: FlaskClient) -> None:
    cancel(editor, reason="ill")
    sent = fields(one(editor.get(CANCEL), "#cancel-form"))
    restore(editor)
    answer = editor.post(RESTORE, data=sent)
    assert "/andringar/" in answer.headers["Location"]
    send(editor, "/personal/sjuharad/tillfalle/1/flytta", day="2026-12-04")
    assert "/andringar/" not in editor.post(RESTORE, data=sent).headers["Location"]


def test_taking_back_tells_what_has_taken_its_place(staff_app: Flask, editor: FlaskClient) -> None:
    cancel(editor, reason="ill")
    plant(staff_app, "2026-12-03 18:00", title="Yoga", room_id=1)
    page = editor.get(restore(editor).headers["Location"])
    assert "Rummet är också bokat för Yoga kl. 18.00–19.30." in words(one(page, ".staff-done"))
    assert "Kvällsfika torsdag 3 december kl. 18.00-19.30 blir av ändå." in words(one(page, "#copy-message"))


def test_the_page_of_one_that_is_called_off(editor: FlaskClient) -> None:
    told = cancel(editor, reason="ill").headers["Location"]
    page = editor.get(CANCEL)
    assert "Redan inställt. Ledaren är sjuk." in words(one(page, "main"))
    assert select(page, f"form[action='{RESTORE}'] button")
    assert {told, "/personal/sjuharad/tillfalle/1/flytta"} <= set(links(page, "main a"))


def test_somebody_else_was_faster(staff_app: Flask, editor: FlaskClient, colleague: FlaskClient) -> None:
    mine = fields(one(editor.get(CANCEL), "#cancel-form")) | {"reason": "ill"}
    send(colleague, "/personal/sjuharad/tillfalle/1/flytta", day="2026-12-04")
    answer = editor.post(CANCEL, data=mine)
    assert answer.status_code == 409
    told = words(one(answer, ".staff-conflict"))
    assert "Ställa in: Ledaren är sjuk." in told
    assert "fredag 4 december kl. 18.00–19.30" in told
    assert row_of(staff_app).status.value == "planned"
    # What was chosen is still chosen: one tap more, and it is done.
    assert editor.post(CANCEL, data=fields(one(answer, "#cancel-form"))).status_code == 303
    assert row_of(staff_app).reason == "Ledaren är sjuk."


def test_a_double_click_calls_off_once(staff_app: Flask, editor: FlaskClient) -> None:
    sent = fields(one(editor.get(CANCEL), "#cancel-form")) | {"reason": "ill"}
    first, second = (editor.post(CANCEL, data=sent) for _ in range(2))
    assert (second.status_code, second.headers["Location"]) == (303, first.headers["Location"])
    with staff_app.app_context():
        assert db.session.scalars(db.select(Change.verb)).all().count("cancel") == 1


def test_another_reason_has_nothing_new_to_tell(staff_app: Flask, editor: FlaskClient) -> None:
    cancel(editor, reason="ill")
    page = editor.get(cancel(editor, reason="few").headers["Location"])
    assert row_of(staff_app).reason == "För få har anmält sig."
    assert "Ändringen har inget nytt att berätta för besökare." in words(one(page, "main"))


def test_texts_of_what_was_undone_say_so(editor: FlaskClient) -> None:
    told = cancel(editor, reason="ill").headers["Location"]
    undo = one(editor.get(told), "form[action$=angra]")
    assert editor.post(str(undo["action"]), data=fields(undo)).status_code == 303
    assert "Ändringen är ångrad. Texterna gäller inte längre." in words(one(editor.get(told), "main"))


def test_texts_of_another_house_are_not_there(editor: FlaskClient, stranger: FlaskClient) -> None:
    told = cancel(editor, reason="ill").headers["Location"]
    assert stranger.get(told.replace("sjuharad", "goteborg")).status_code == 404
    assert editor.get("/personal/sjuharad/andringar/9999/besked").status_code == 404


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
    token = str(select(stranger.get("/personal/", follow_redirects=True), "[name=csrf_token]")[0]["value"])
    answer = stranger.post(address, data={"csrf_token": token, "reason": "ill"})
    assert answer.status_code == 404
    assert row_of(staff_app).status.value == "planned"


def test_a_draft_has_nothing_to_call_off(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-12-03 18:00", title="Nytt", published=False)
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


@pytest.mark.parametrize("status", list(Status)[:2])
def test_a_date_that_is_over_can_neither_be_called_off_nor_brought_back(
    staff_app: Flask, editor: FlaskClient, status: Status
) -> None:
    with staff_app.app_context():
        row = db.session.get_one(Occurrence, 1)
        row.starts_at, row.ends_at = datetime(2026, 11, 23, 18), datetime(2026, 11, 23, 19)
        row.status = status
        db.session.commit()
    page = editor.get(CANCEL)
    assert "har redan varit" in words(one(page, "main .notice"))
    assert select(page, "#cancel-form, main form") == []
    token = fields(one(editor.get("/personal/sjuharad/"), "form[action='/personal/logga-ut']"))
    sent = {**token, "reason": "ill", "seen": stamp(staff_app)}
    assert editor.post(CANCEL, data=sent).status_code == 422
    assert row_of(staff_app).status is status
    restored = editor.post(RESTORE, data=token)
    assert restored.status_code == (422 if status is Status.CANCELLED else 303)
    assert row_of(staff_app).status is status
    buttons = texts(editor.get("/personal/sjuharad/?fran=2026-11-23"), "#tillfalle-1 .staff-action")
    assert not [told for told in buttons if told.startswith(("Ställ in", "Ta tillbaka"))]


def stamp(app: Flask) -> str:
    with app.app_context():
        return stamp_of(db.session.get_one(Occurrence, 1))
