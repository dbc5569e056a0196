"""The staff's pages on both engines, and what two requests at the same moment do."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring import clock
from khcal.db import db
from khcal.models import Event, Occurrence
from khcal.queries.staff import search
from tests.factories import make_chapter, make_event
from tests.html import texts
from tests.web.staff_forms import NEW, WEEKLY, form_of, look_at, save

ONE = "/personal/sjuharad/aktivitet/1"


def test_from_a_draft_to_a_changed_series(any_engine_app: Flask, either_editor: FlaskClient) -> None:
    save(either_editor, action="utkast", **WEEKLY, room_id="1")
    assert texts(either_editor.get("/personal/sjuharad/"), ".staff-drafts li")
    save(either_editor, ONE, first_day="2026-12-01", weekdays="1")
    with any_engine_app.app_context():
        rows = db.session.scalars(db.select(Occurrence).order_by(Occurrence.starts_at)).all()
        assert [f"{row.starts_at:%m-%d}" for row in rows] == ["12-01", "12-08", "12-15"]
        assert all(row.is_published for row in rows)
    other = look_at(either_editor, **WEEKLY | {"first_day": "2026-12-01"}, room_id="1")
    assert texts(other, ".staff-date__warning")[0].startswith("Krockar med Kvällsfika")


def test_a_known_title_fills_a_new_activity(either_editor: FlaskClient) -> None:
    save(either_editor, **WEEKLY, room_id="1")
    page = either_editor.post(f"{NEW}/rad", data=form_of(either_editor.get(NEW)) | {"line": "kvällsfika 4/2"})
    sent = form_of(page)
    assert (sent["title"], sent["first_day"], sent["starts"], sent["room_id"]) == (
        "Kvällsfika",
        "2027-02-04",
        "18.00",
        "1",
    )


def test_two_sendings_at_the_same_moment_make_one(
    any_engine_app: Flask, either_editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = form_of(look_at(either_editor, **WEEKLY)) | {"action": "publicera"}
    first = either_editor.post(NEW, data=sent)
    # The second looked before the first was saved.
    monkeypatch.setattr("khcal.web.staff.events.made_already", lambda *_: None)
    second = either_editor.post(NEW, data=sent)
    assert (second.status_code, second.headers["Location"]) == (303, first.headers["Location"])
    with any_engine_app.app_context():
        assert len(db.session.scalars(db.select(Event)).all()) == 1
        assert len(db.session.scalars(db.select(Occurrence)).all()) == 3


def test_plain_letters_and_weekdays_on_either_engine(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        own = make_chapter("sjuharad")
        make_event(own, "2026-12-01 13:00", "2026-12-06 13:00", title="MÅLARVERKSTAD på Ön")
        make_event(own, "2026-12-02 13:00", title="Kör")
        db.session.commit()
        for wanted, found in {
            "malarverkstad on": ["MÅLARVERKSTAD på Ön"],
            "tisdag": ["MÅLARVERKSTAD på Ön"],
            "söndagar": ["MÅLARVERKSTAD på Ön"],
            "onsdagen": ["Kör"],
            "kor": ["Kör"],
            "kår": [],
        }.items():
            hits = search.search(own.id, wanted.split(), clock.wall_now())
            assert [each.title for each in hits] == found, wanted
