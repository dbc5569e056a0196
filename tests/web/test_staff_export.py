"""A house's programme as a file: for its staff alone, and back again as it was."""

from __future__ import annotations

import csv
import io
from datetime import time, timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from khcal.db import db
from khcal.models import Chapter, Event
from khcal.models.sharing import hide_in
from tests.factories import make_event
from tests.html import words
from tests.people import EDITOR, STAFF, client_of, make_user
from tests.unit.sheets import sheet
from tests.web.import_files import bring_in, look_at, one, sections

EXPORT = "/personal/sjuharad/export.csv"


def with_staff(app: Flask) -> FlaskClient:
    with app.app_context():
        for person in STAFF:
            make_user(person)
        db.session.commit()
    return client_of(app, EDITOR)


def test_everything_the_house_keeps_with_notes(sample_copy: Flask) -> None:
    answer = with_staff(sample_copy).get(EXPORT)
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="program-sjuharad-2026-11-24.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 22
    assert {row["avdelning"].split("|")[0] for row in rows} == {"sjuharad"}
    assert any("rätta före tryck" in row["intern_anteckning"] for row in rows)


def test_it_is_not_there_for_others(staff_app: Flask, stranger: FlaskClient) -> None:
    assert stranger.get(EXPORT).status_code == 404
    assert staff_app.test_client().get(EXPORT).status_code == 303


def test_brought_in_again_nothing_is_new(sample_copy: Flask) -> None:
    editor = with_staff(sample_copy)
    page = look_at(editor, editor.get(EXPORT).data)
    assert sections(page) == {}
    assert "22 oförändrade" in words(one(page, ".staff-import__sums"))


def test_two_dates_on_one_day_and_another_one_brought_in_again_are_not_new(sample_copy: Flask) -> None:
    editor = with_staff(sample_copy)
    with sample_copy.app_context():
        yoga = db.session.scalars(select(Event).filter_by(import_key="SJ-05")).one()
        day = yoga.occurrences[-1].starts_at.replace(hour=17)
        for number in range(2):
            yoga.add_date(f"kvall-{number}", day + timedelta(hours=number), day + timedelta(hours=number + 1))
        yoga.publish()
        db.session.commit()
    page = look_at(editor, editor.get(EXPORT).data)
    assert sections(page) == {}
    assert "22 oförändrade" in words(one(page, ".staff-import__sums"))


def test_what_another_house_hides_stays_that_house_s_own(sample_copy: Flask) -> None:
    editor = with_staff(sample_copy)
    with sample_copy.app_context():
        yoga = db.session.scalars(select(Event).filter_by(import_key="SJ-05")).one()
        guest = db.session.scalars(select(Chapter).filter_by(slug="goteborg")).one()
        yoga.show_in([guest])
        hide_in(yoga, guest)
        db.session.commit()
    data = editor.get(EXPORT).data
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert [row["dold_hos"] for row in rows if row["id"] == "SJ-05"] == ["goteborg"]
    lines = data.decode().splitlines(keepends=True)
    shown = [line.replace('"goteborg"\r', '""\r') if line.startswith('"SJ-05"') else line for line in lines]
    page = look_at(editor, "".join(shown).encode())
    assert sections(page) == {}
    with sample_copy.app_context():
        yoga = db.session.scalars(select(Event).filter_by(import_key="SJ-05")).one()
        assert [each.hidden for each in yoga.shown_in if each.chapter.slug == "goteborg"] == [True]


def test_what_is_changed_in_the_file_is_told(sample_copy: Flask) -> None:
    editor = with_staff(sample_copy)
    data = editor.get(EXPORT).data.replace(b'"Familjekv', b'"Stor familjekv')
    page = look_at(editor, data)
    assert list(sections(page)) == ["\u00c4ndras"]
    assert "Titel: ”Familjekväll med pizza” blir ”Stor familjekväll med pizza”." in words(one(page, "main"))


def test_a_draft_without_dates_comes_along(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        house = db.session.scalars(select(Chapter).filter_by(slug="sjuharad")).one()
        make_event(house, title="Keramik", published=False, start_time=time(18), end_time=time(20, 30))
        db.session.commit()
    data = editor.get(EXPORT).data
    [row] = csv.DictReader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")
    told = {name: row[name] for name in ("startdatum", "starttid", "sluttid", "utkast", "fullbokad")}
    assert told == {
        "startdatum": "",
        "starttid": "18:00",
        "sluttid": "20:30",
        "utkast": "ja",
        "fullbokad": "",
    }
    assert "1 oförändrad" in words(one(look_at(editor, data), ".staff-import__sums"))
    # Of another calendar's file it is new, and is saved as it is.
    with staff_app.app_context():
        db.session.delete(db.session.scalars(select(Event)).one())
        db.session.commit()
    page = bring_in(editor, data)
    assert "Titta igenom utkasten" in words(one(page, "main"))
    assert words(one(page, ".staff-import-row")) == "Keramik Utkast inga datum"
    with staff_app.app_context():
        event = db.session.scalars(select(Event)).one()
        assert (event.title, event.start_time, event.occurrences) == ("Keramik", time(18), [])


def test_only_a_draft_may_have_no_dates(editor: FlaskClient) -> None:
    page = look_at(editor, sheet({"startdatum": "", "slutdatum": "", "rrule": ""}))
    assert "Cellen är tom. Skriv första dagen så här: 2026-09-17." in words(one(page, "main"))
