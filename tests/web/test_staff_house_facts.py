"""The house's own facts: changed in one place, told everywhere at once."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm.exc import StaleDataError

from khcal.db import db
from khcal.models import Change, Chapter, Room
from tests.factories import make_event
from tests.html import links, select, texts, words
from tests.web.house_forms import HOUSE, form_at, send, sent_of

FACTS = f"{HOUSE}/uppgifter"


def stored(app: Flask) -> Chapter:
    with app.app_context():
        return db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()


def test_opening_hours_are_told_at_once(staff_app: Flask, editor: FlaskClient) -> None:
    answer = send(editor, FACTS, hours="Måndag–torsdag kl. 10–15", greeting="Välkommen in")
    assert answer.headers["Location"] == f"{HOUSE}#uppgifter"
    assert "Måndag–torsdag kl. 10–15" in words(editor.get("/sjuharad/huset"))
    chapter = editor.get("/skarm/sjuharad/program.json").json["chapter"]
    assert (chapter["hours"], chapter["greeting"]) == ("Måndag–torsdag kl. 10–15", "Välkommen in")
    assert "Uppgifterna är sparade och syns nu." in words(editor.get(HOUSE))


def test_whom_to_ask(editor: FlaskClient) -> None:
    contact = {"phone": "033-12 34 56", "email": "hus@example.org", "website": "https://example.org/hus"}
    assert send(editor, FACTS, **contact).status_code == 303
    page = editor.get("/sjuharad/huset")
    assert {"tel:+4633123456", "mailto:hus@example.org", "https://example.org/hus"} <= set(links(page))


def test_a_new_address_reaches_the_feed(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_event(house, "2026-12-01 10:00", title="Yoga", room=db.session.get_one(Room, 1))
        db.session.commit()
    send(editor, FACTS, street="Nya gatan 2", city="Borås")
    assert "LOCATION:Köket\\, Nya gatan 2\\, Borås" in editor.get("/sjuharad.ics").text


@pytest.mark.parametrize(
    ("name", "typed", "fault"),
    [
        ("phone", "ring mig", "Telefon: Skriv numret med siffror, till exempel 031-12 34 56."),
        ("phone", "12", "Telefon: Skriv numret med siffror, till exempel 031-12 34 56."),
        ("email", "hus at example.org", "E-post: Skriv en hel e-postadress, till exempel hus@example.org."),
        ("email", "a@b", "E-post: Skriv en hel e-postadress, till exempel hus@example.org."),
        (
            "website",
            "javascript:alert(1)",
            "Webbplats: Skriv hela adressen. Den ska börja med https:// eller http://.",
        ),
        (
            "website",
            "www.example.org",
            "Webbplats: Skriv hela adressen. Den ska börja med https:// eller http://.",
        ),
        ("website", "https://[", "Webbplats: Skriv hela adressen. Den ska börja med https:// eller http://."),
        ("greeting", "a" * 201, "Hälsning: Skriv högst 200 tecken. Nu är det 201."),
    ],
)
def test_faults(staff_app: Flask, editor: FlaskClient, name: str, typed: str, fault: str) -> None:
    page = send(editor, FACTS, **{name: typed, "hours": "Alltid"})
    assert page.status_code == 422
    assert texts(page, ".error-summary a") == [fault]
    assert (sent_of(page)[name], sent_of(page)["hours"]) == (typed, "Alltid")
    assert stored(staff_app).hours == ""


@pytest.mark.parametrize("phone", ["033-12 34 56", "+46 (0)33 12 34 56", "033/123456", "0771–12 34 56", ""])
def test_a_number_may_be_written_in_many_ways(staff_app: Flask, editor: FlaskClient, phone: str) -> None:
    assert send(editor, FACTS, phone=phone).status_code == 303
    assert stored(staff_app).phone == phone


def test_what_is_not_asked_for_is_not_changed(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, FACTS, slug="mitt", name="Mitt hus", national="1", closed_on="2026-11-24", hours="Alltid")
    house = stored(staff_app)
    assert (house.name, house.national, house.closed_on) == ("Kraftens hus Sjuhärad", False, None)


def test_history_names_the_action(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, FACTS, hours="Alltid")
    with staff_app.app_context():
        assert db.session.scalars(db.select(Change.verb).where(Change.user_id.is_not(None))).all() == [
            "house"
        ]


def test_a_stale_form_shows_both_texts(staff_app: Flask, editor: FlaskClient, colleague: FlaskClient) -> None:
    sent = form_at(colleague, FACTS) | {"hours": "Måndag"}
    send(editor, FACTS, hours="Tisdag")
    page = colleague.post(FACTS, data=sent)
    assert page.status_code == 409
    assert texts(page, ".staff-conflict__text") == ["Måndag", "Tisdag"]
    assert stored(staff_app).hours == "Tisdag"
    assert colleague.post(FACTS, data=sent_of(page)).status_code == 303


def test_what_two_changed_in_different_fields_is_all_saved(
    staff_app: Flask, editor: FlaskClient, colleague: FlaskClient
) -> None:
    sent = form_at(colleague, FACTS) | {"hours": "Måndag"}
    send(editor, FACTS, greeting="Välkommen in", phone="033-12 34 56")
    assert colleague.post(FACTS, data=sent).status_code == 303
    house = stored(staff_app)
    assert (house.hours, house.greeting, house.phone) == ("Måndag", "Välkommen in", "033-12 34 56")


@pytest.mark.parametrize("seen", ["", "{", "[]", '{"hours": 1}', "[" * 5000])
def test_a_form_that_does_not_know_what_it_showed_overwrites_nothing(
    staff_app: Flask, editor: FlaskClient, seen: str
) -> None:
    sent = form_at(editor, FACTS)
    send(editor, FACTS, hours="Tisdag")
    assert editor.post(FACTS, data=sent | {"seen": seen}).status_code == 409
    assert stored(staff_app).hours == "Tisdag"


def test_at_the_very_same_moment_too(
    staff_app: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*_: object) -> None:
        raise StaleDataError("another transaction was first")

    sent = form_at(editor, FACTS) | {"hours": "Måndag"}
    monkeypatch.setattr("khcal.web.staff.house_rows.commit_and_tell", lose)
    page = editor.post(FACTS, data=sent)
    assert page.status_code == 409
    assert sent_of(page)["hours"] == "Måndag"
    assert "Inget sparades" in words(select(page, ".staff-conflict")[0])
    assert stored(staff_app).hours == ""


def test_the_page_tells_all_of_it(editor: FlaskClient) -> None:
    page = editor.get(HOUSE)
    own = ["Anslag", "Stängt", "Lov och uppehåll", "Rum", "Uppgifter", "Kalendern på er egen webbplats"]
    assert texts(page, ".house-part h2") == own
    assert [link["href"] for link in select(page, ".house-jumps a")] == [
        f"#{part['id']}" for part in select(page, ".house-part")
    ]
    assert texts(page, "[aria-current]") == ["Huset"]
    assert not select(page, ".house-facts .own-words")


def test_another_house_cannot(staff_app: Flask, stranger: FlaskClient) -> None:
    sent = form_at(stranger, "/personal/goteborg/huset/uppgifter") | {"hours": "Aldrig"}
    assert stranger.get(FACTS).status_code == stranger.get(HOUSE).status_code == 404
    assert stranger.post(FACTS, data=sent).status_code == 404
    assert stored(staff_app).hours == ""
