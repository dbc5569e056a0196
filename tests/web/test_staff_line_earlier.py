"""A title that the house has used: the rest becomes as last time, unless the line says otherwise."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.terms import Audience, Fact, Kind, Signup
from khcal.db import db
from khcal.models import Chapter, Room
from tests.factories import make_event
from tests.html import links, one, select
from tests.people import STRANGER, client_of
from tests.web.staff_forms import NEW, form_of
from tests.web.staff_line import fields_of, make_lunch_yoga, only_event, publish, say, told


@pytest.fixture
def lunch_yoga(staff_app: Flask) -> int:
    return make_lunch_yoga(staff_app)


def test_an_earlier_title_fills_the_rest(staff_app: Flask, editor: FlaskClient, lunch_yoga: int) -> None:
    page = say(editor, "lunchyoga")
    assert "”Lunchyoga” har funnits förut. Resten fylls i från förra gången." in told(page)
    assert "Dagarna blir som förra gången: Torsdagar från torsdag 14 januari till söndag 13 juni." in told(
        page
    )
    publish(editor, page)
    event = only_event(staff_app, rule_from=date(2027, 1, 14))
    assert (event.kind, event.price, event.capacity, event.leader) == (Kind.MOVEMENT, 40, 8, "volontär")
    assert (event.signup, event.signup_contact, event.signup_days_before) == (
        Signup.REQUIRED,
        "yoga@example.org",
        2,
    )
    assert (event.audience, event.facts, event.text) == (
        {Audience.PATIENT},
        {Fact.SEATED},
        "Vi tar det lugnt.",
    )
    assert (event.slug, event.internal_note, event.rule_until) == ("lunchyoga", "", date(2027, 6, 13))
    assert event.room_id is not None
    assert {f"{each.starts_at:%H}-{each.ends_at:%H}" for each in event.occurrences} == {"12-14"}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("lunchyoga 4/2", ("2027-02-04", "once", "", "")),
        ("lunchyoga fyra gånger", ("2027-01-14", "weekly", "", "4")),
        ("lunchyoga hela vårterminen", ("2027-01-14", "weekly", "2027-06-13", "")),
        ("lunchyoga måndagar från 1 mars till 29 mars", ("2027-03-01", "weekly", "2027-03-29", "")),
    ],
)
def test_the_line_decides_over_last_time(
    editor: FlaskClient, lunch_yoga: int, line: str, expected: tuple[str, ...]
) -> None:
    page = say(editor, f"{line}, gratis")
    assert fields_of(page, "first_day", "repeat", "until", "times") == expected
    assert fields_of(page, "price", "capacity", "starts") == ("0", "8", "12.00")


def test_choosing_an_earlier_title_fills_the_rest(editor: FlaskClient, lunch_yoga: int) -> None:
    page = editor.get(NEW)
    assert [str(option["value"]) for option in select(page, "#earlier-titles option")] == ["Lunchyoga"]
    assert one(page, "#title")["list"] == "earlier-titles"
    filled = say(editor, "", page, title="LUNCHYOGA ")
    assert fields_of(filled, "kind", "price", "starts", "first_day") == (
        "movement",
        "40",
        "12.00",
        "2027-01-14",
    )
    renamed = say(editor, "", filled, title="Lunchyoga för nybörjare")
    assert fields_of(renamed, "title", "kind", "price") == ("Lunchyoga för nybörjare", "movement", "40")


def test_a_room_out_of_use_is_not_filled_in(staff_app: Flask, editor: FlaskClient, lunch_yoga: int) -> None:
    with staff_app.app_context():
        db.session.scalars(db.select(Room).filter_by(name="Köket")).one().archived = True
        db.session.commit()
    page = say(editor, "lunchyoga")
    assert fields_of(page, "room_id", "kind") == ("", "movement")


def test_titles_of_another_house_are_not_known(staff_app: Flask, lunch_yoga: int) -> None:
    stranger = client_of(staff_app, STRANGER)
    address = "/personal/goteborg/aktivitet/ny"
    sent = form_of(stranger.get(address)) | {"line": "lunchyoga", "filled_earlier": str(lunch_yoga)}
    page = stranger.post(f"{address}/rad", data=sent)
    assert page.status_code == 200
    assert fields_of(page, "price", "signup_contact") == ("0", "")
    assert not select(page, "#earlier-titles option")


def test_the_activity_that_is_copied_fills_the_form(staff_app: Flask, editor: FlaskClient) -> None:
    """Also where another one has its title, and had it later."""
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        first = make_event(house, "2026-11-25 18:00", title="Kvällsfika", price=20).id
        make_event(house, "2026-12-02 14:00", title="Kvällsfika", price=90)
        db.session.commit()
    (copying,) = (
        link for link in links(editor.get(f"/personal/sjuharad/aktivitet/{first}")) if "som=" in link
    )
    page = editor.get(copying)
    form = form_of(page)
    assert (form["title"], form["price"], form["starts"]) == ("Kvällsfika", "20", "18.00")
    again = form_of(editor.post(f"{NEW}/rad", data=form | {"line": "i köket"}))
    assert (again["title"], again["price"], again["starts"]) == ("Kvällsfika", "20", "18.00")


@pytest.mark.parametrize("number", ["Kvällsfika", "99999999999999999999", "9" * 5000, "-1", "½"])
def test_what_is_no_activity_can_not_be_copied(staff_app: Flask, editor: FlaskClient, number: str) -> None:
    assert editor.get(NEW, query_string={"som": number}).status_code == 404


def test_an_activity_of_another_house_can_not_be_copied(
    staff_app: Flask, editor: FlaskClient, lunch_yoga: int
) -> None:
    stranger = client_of(staff_app, STRANGER)
    away = NEW.replace("sjuharad", "goteborg")
    assert stranger.get(away, query_string={"som": lunch_yoga}).status_code == 404
