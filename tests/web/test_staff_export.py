"""A house's programme as a file: for its staff alone, and back again as it was."""

from __future__ import annotations

import csv
import io

from flask import Flask
from flask.testing import FlaskClient

from tests.html import words
from tests.people import EDITOR, STAFF, client_of, make_user
from tests.web.import_files import look_at, one, sections

EXPORT = "/personal/sjuharad/export.csv"


def with_staff(app: Flask) -> FlaskClient:
    from khcal.db import db

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


def test_what_is_changed_in_the_file_is_told(sample_copy: Flask) -> None:
    editor = with_staff(sample_copy)
    data = editor.get(EXPORT).data.replace(b'"Familjekv', b'"Stor familjekv')
    page = look_at(editor, data)
    assert list(sections(page)) == ["\u00c4ndras"]
    assert "Titel: ”Familjekväll med pizza” blir ”Stor familjekväll med pizza”." in words(one(page, "main"))
