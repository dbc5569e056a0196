"""After closing the house: what to send to those who were to come."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Change, Chapter
from khcal.models.bookkeeping import begin_change
from tests.factories import make_closure, make_event
from tests.html import one, texts, words
from tests.web.house_forms import HOUSE, TODAY, closed_days, form_at, press, send, sent_of

NEW = f"{HOUSE}/stangt/ny"
CHRISTMAS = {"first_day": "2026-12-21", "last_day": "2027-01-06", "title": "Julstängt"}


@pytest.fixture
def programme(staff_app: Flask) -> Flask:
    """Yoga this afternoon and each Monday at Christmas."""
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_event(house, "2026-11-24 17:00", "2026-12-21 10:00", "2026-12-28 10:00", title="Yoga")
        db.session.commit()
    return staff_app


def close_christmas(client: FlaskClient) -> TestResponse:
    page = client.post(f"{NEW}/traffar", data=form_at(client, NEW) | CHRISTMAS)
    return follow(client, client.post(NEW, data=sent_of(page)))


def follow(client: FlaskClient, answer: TestResponse) -> TestResponse:
    assert answer.status_code == 303
    return client.get(answer.headers["Location"])


def test_the_house_is_closed_today(programme: Flask, editor: FlaskClient) -> None:
    page = follow(editor, send(editor, TODAY, short_text="Vattenläcka."))
    assert words(one(page, "#copy-message")) == (
        "Kraftens hus Sjuhärad: Huset är stängt tisdag 24 november. Vattenläcka. "
        "Vi ställer in Yoga tisdag 24 november kl. 17.00-19.00."
    )
    assert words(one(page, "#copy-subject")) == "Huset är stängt tisdag 24 november"
    mail = words(one(page, "#copy-mail"))
    assert mail.count("Vattenläcka") == 1
    assert "Nästa gång är måndag 21 december kl. 10.00." in mail
    assert mail.endswith("/sjuharad/")
    assert "Telefoner som prenumererar kan få veta det först i morgon." in words(one(page, ".page__lead"))
    assert texts(page, ".staff-done button") == ["Ångra"]


def test_closed_days(programme: Flask, editor: FlaskClient) -> None:
    page = close_christmas(editor)
    assert words(one(page, "#copy-message")) == (
        "Kraftens hus Sjuhärad: Julstängt 21 december 2026-6 januari 2027. "
        "Vi ställer in Yoga 21 och 28 december. Huset är stängt."
    )


def test_other_days_and_opened_again(programme: Flask, editor: FlaskClient) -> None:
    close_christmas(editor)
    address = f"{HOUSE}/stangt/{closed_days(programme)[0].id}"
    page = editor.post(f"{address}/traffar", data=form_at(editor, address) | {"first_day": "2026-12-23"})
    told = words(one(follow(editor, editor.post(address, data=sent_of(page))), "#copy-mail"))
    assert "Julstängt 23 december 2026–6 januari 2027 i stället för 21 december 2026–6 januari 2027." in told
    assert "Yoga måndag 21 december kl. 10.00–12.00 blir av ändå." in told
    page = follow(editor, send(editor, f"{address}/oppna"))
    told = words(one(page, "#copy-message"))
    assert "Huset är öppet som vanligt 23 december 2026-6 januari 2027." in told
    assert "Yoga måndag 28 december kl. 10.00-12.00 blir av ändå." in told


def test_other_words_are_no_news(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_closure(house, date(2026, 12, 21), date(2026, 12, 23))
        db.session.commit()
    number = closed_days(staff_app)[0].id
    answer = send(editor, f"{HOUSE}/stangt/{number}", title="Stängt för jul")
    assert answer.headers["Location"] == f"{HOUSE}#stangt-{number}"


def test_the_row_of_a_closure_called_off_says_that_it_is_open(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_closure(house, date(2026, 11, 25), date(2026, 11, 25)).occurrences[0].cancel("")
        db.session.commit()
    row = one(editor.get("/personal/sjuharad/"), ".staff-row--off")
    assert texts(row, ".staff-row__status") == ["Öppet som vanligt"]
    assert "Stäng ändå" in words(row)


def test_a_double_click_leads_to_the_same_texts(programme: Flask, editor: FlaskClient) -> None:
    sent = form_at(editor, TODAY)
    assert len({editor.post(TODAY, data=sent).headers["Location"] for _ in range(2)}) == 1


def test_the_history_has_the_text_again(programme: Flask, editor: FlaskClient) -> None:
    close_christmas(editor)
    assert "Text att skicka" in words(editor.get("/personal/sjuharad/andringar"))
    press(editor, "/personal/sjuharad/andringar", "/angra")
    assert "Text att skicka" not in words(editor.get("/personal/sjuharad/andringar"))


def test_a_new_activity_is_no_news(programme: Flask, editor: FlaskClient) -> None:
    with programme.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        begin_change(db.session(), "publish", None, house.id)
        make_event(house, "2026-12-01 10:00", title="Ny grupp")
        db.session.commit()
        number = db.session.scalars(db.select(Change.id).where(Change.verb == "publish")).one()
    page = editor.get(f"/personal/sjuharad/andringar/{number}/besked")
    assert "Ändringen har inget nytt att berätta för besökare." in words(page)
