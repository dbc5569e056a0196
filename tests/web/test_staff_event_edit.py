"""Changing an activity: dates keep their identity, what is published is never deleted."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select as select_all
from sqlalchemy.orm import selectinload

from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.models import Event, Occurrence
from tests.html import fields, one, select, texts, words
from tests.people import ADMIN, EDITOR, client_of, make_user
from tests.tries import IS_SAMPLE
from tests.web.made import made
from tests.web.staff_forms import NEW, ONE_DATE, WEEKLY, form_of, look_at, save

ONE = "/personal/sjuharad/aktivitet/1"


def dates(app: Flask) -> list[tuple[str, str, str]]:
    """Uid, start and status of every date, in order."""
    with app.app_context():
        rows = db.session.scalars(db.select(Occurrence).order_by(Occurrence.starts_at))
        return [(row.uid, f"{row.starts_at:%m-%d %H.%M}", row.status.value) for row in rows]


def event_of(app: Flask) -> Event:
    with app.app_context():
        return db.session.scalars(select_all(Event).options(selectinload(Event.occurrences))).one()


def test_the_form_shows_what_is_stored(editor: FlaskClient) -> None:
    made(editor, **WEEKLY, pauses="v. 50")
    sent = form_of(editor.get(ONE))
    assert (sent["title"], sent["first_day"], sent["starts"], sent["ends"]) == (
        "Kvällsfika",
        "2026-12-03",
        "18.00",
        "19.30",
    )
    assert (sent["repeat"], sent["weekdays"], sent["until"]) == ("weekly", "3", "2026-12-17")
    assert texts(editor.get(ONE), ".staff-date--off .staff-date__choice") == ["torsdag 10 december"]


def test_a_new_text_leaves_the_dates_alone(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **WEEKLY)
    before = dates(staff_app)
    answer = editor.post(ONE, data=form_of(editor.get(ONE)) | {"title": "Kvällste", "action": "publicera"})
    assert answer.status_code == 303
    assert dates(staff_app) == before
    assert event_of(staff_app).title == "Kvällste"
    assert "Kvällste" in editor.get("/sjuharad/").text


def test_a_new_weekday_keeps_every_uid(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **WEEKLY)
    before = dates(staff_app)
    save(editor, ONE, first_day="2026-12-01", weekdays="1")
    after = dates(staff_app)
    assert [uid for uid, *_ in after] == [uid for uid, *_ in before]
    assert [start for _, start, _ in after] == ["12-01 18.00", "12-08 18.00", "12-15 18.00"]
    assert "Flyttat" in words(editor.get("/sjuharad/dag/2026-12-03"))


def test_the_preview_says_what_changes(editor: FlaskClient) -> None:
    made(editor, **WEEKLY)
    page = look_at(editor, ONE, until="2026-12-10", starts="17")
    assert texts(page, ".staff-preview__dates > li") == [
        "torsdag 3 december ändras från 3 december 18.00–19.30",
        "torsdag 10 december ändras från 10 december 18.00–19.30",
        "torsdag 17 december kl. 18.00–19.30 ställs in",
    ]


def test_a_published_date_that_falls_away_is_cancelled(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **WEEKLY)
    save(editor, ONE, until="2026-12-10")
    assert [status for *_, status in dates(staff_app)] == ["planned", "planned", "cancelled"]


def test_a_draft_date_that_falls_away_is_gone(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, action="utkast", **WEEKLY)
    save(editor, ONE, action="utkast", until="2026-12-10")
    assert len(dates(staff_app)) == 2


def test_a_draft_date_can_be_unticked_and_ticked_again(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, action="utkast", **WEEKLY)
    sent = form_of(editor.get(ONE))
    sent["ticked"] = sent["ticked"][:2]
    assert editor.post(ONE, data=sent | {"action": "utkast"}).status_code == 303
    assert len(dates(staff_app)) == 2
    assert event_of(staff_app).skips == {"2026-12-17": ""}
    sent = form_of(editor.get(ONE))
    sent["ticked"] = [*sent["ticked"], "2026-12-17"]
    editor.post(ONE, data=sent | {"action": "publicera"})
    assert [start for _, start, _ in dates(staff_app)] == ["12-03 18.00", "12-10 18.00", "12-17 18.00"]
    assert event_of(staff_app).skips == {}


def test_extending_adds_dates(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **WEEKLY)
    before = dates(staff_app)
    save(editor, ONE, until="2027-01-14")
    after = dates(staff_app)
    assert after[:3] == before
    assert [start for _, start, _ in after[3:]] == ["01-07 18.00", "01-14 18.00"]
    assert all(row.is_published for row in event_of(staff_app).occurrences)


def test_what_has_been_is_kept(
    staff_app: Flask, editor: FlaskClient, frozen_clock: time_machine.Traveller
) -> None:
    made(editor, **WEEKLY)
    frozen_clock.shift(14 * 24 * 3600 - 12 * 3600)
    editor = client_of(staff_app, EDITOR)
    page = look_at(editor, ONE, starts="17")
    assert "tillfälle har redan varit" in words(one(page, "#date-preview"))
    save(editor, ONE, starts="17")
    with staff_app.app_context():
        rows = db.session.scalars(db.select(Occurrence).filter_by(event_id=1)).all()
        assert [f"{row.starts_at:%d %H}" for row in rows] == ["03 18", "10 17", "17 17"]


def test_a_date_changed_by_hand_follows_only_when_asked(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **WEEKLY)
    with staff_app.app_context():
        row = db.session.get_one(Occurrence, 2)
        row.move(row.starts_at.replace(hour=20), row.ends_at.replace(hour=21))
        db.session.commit()
    save(editor, ONE, starts="17")
    assert [start for _, start, _ in dates(staff_app)] == ["12-03 17.00", "12-10 20.00", "12-17 17.00"]
    page = look_at(editor, ONE, starts="16")
    assert select(page, "[name=follow]")
    editor.post(ONE, data=form_of(page) | {"follow": "2", "action": "publicera"})
    assert [start for _, start, _ in dates(staff_app)] == ["12-03 16.00", "12-10 16.00", "12-17 16.00"]


def test_one_date_can_go_to_another_day(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    (before,) = dates(staff_app)
    save(editor, ONE, first_day="2026-12-08")
    assert dates(staff_app) == [(before[0], "12-08 18.00", "planned")]


def test_one_date_becomes_a_series(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    (before,) = dates(staff_app)
    save(editor, ONE, repeat="weekly", until="2026-12-10")
    after = dates(staff_app)
    assert len(after) == 2
    assert after[0] == before


def test_own_days_can_be_added_and_taken_away(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE | {"repeat": "own_days", "days": "2026-12-03\n2026-12-09"})
    first, second = dates(staff_app)
    assert form_of(editor.get(ONE))["days"] == "2026-12-03\n2026-12-09"
    save(editor, ONE, days="2026-12-03, 2027-02-01")
    assert dates(staff_app) == [first, (second[0], "02-01 18.00", "planned")]


def test_the_houses_are_kept(staff_app: Flask, editor: FlaskClient) -> None:
    other = str(one(editor.get(NEW), "#houses input[name=houses]")["value"])
    made(editor, **ONE_DATE, houses=[other])
    save(editor, ONE, title="Kvällste")
    assert "Kvällste" in editor.get("/goteborg/").text
    save(editor, ONE, houses=[])
    assert "Kvällste" not in editor.get("/goteborg/").text


def test_a_room_out_of_use_stays_until_another_is_chosen(staff_app: Flask, editor: FlaskClient) -> None:
    room = select(editor.get(NEW), "#room_id option")[1]["value"]
    made(editor, **ONE_DATE, room_id=room)
    with staff_app.app_context():
        event = db.session.scalars(db.select(Event)).one()
        assert event.room
        event.room.archived = True
        db.session.commit()
    save(editor, ONE, title="Kvällste")
    assert event_of(staff_app).room_id == int(str(room))


@pytest.mark.parametrize("path", ["", "/datum"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_house_cannot_reach_it(
    staff_app: Flask, stranger: FlaskClient, editor: FlaskClient, method: str, path: str
) -> None:
    made(editor, **ONE_DATE)
    token = {
        "csrf_token": str(
            one(stranger.get("/personal/", follow_redirects=True), ".staff-exit [name=csrf_token]")["value"]
        )
    }
    sent = ONE_DATE | {"title": "Kapad", "version": "1"} | token
    addresses = [
        f"/personal/{house}/aktivitet/{n}{path}"
        for house, n in (("sjuharad", 1), ("goteborg", 1), ("goteborg", 99), ("goteborg", 10**30))
    ]
    answers = [getattr(stranger, method)(address, data=sent) for address in addresses]
    assert {answer.status_code for answer in answers} == (
        {405} if (method, path) == ("get", "/datum") else {404}
    )
    assert event_of(staff_app).title == "Kvällsfika"


def test_every_activity_of_the_sample_can_be_opened_and_saved_unchanged(sample_copy: Flask) -> None:
    with sample_copy.app_context():
        make_user(ADMIN)
        db.session.commit()
        events = [(each.id, each.chapter.slug) for each in db.session.scalars(db.select(Event))]
        versions = {each.id: each.version for each in db.session.scalars(db.select(Event))}
        before = [
            (row.id, row.starts_at, row.ends_at, row.slot, row.status)
            for row in db.session.scalars(db.select(Occurrence))
        ]
    admin = client_of(sample_copy, ADMIN)
    for number, house in events[::5] if IS_SAMPLE else events:
        address = f"/personal/{house}/aktivitet/{number}"
        answer = admin.post(address, data=form_of(admin.get(address)) | {"action": "publicera"})
        assert answer.status_code == 303, (address, texts(answer, ".error-summary li"))
    with sample_copy.app_context():
        after = [
            (row.id, row.starts_at, row.ends_at, row.slot, row.status)
            for row in db.session.scalars(db.select(Occurrence))
        ]
        assert {each.id: each.version for each in db.session.scalars(db.select(Event))} == versions
    assert len(events) == 74
    assert after == before


def test_saving_without_a_change_changes_no_sequence(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **WEEKLY)
    feed = editor.get("/sjuharad.ics").headers["ETag"]
    editor.post(ONE, data=form_of(editor.get(ONE)) | {"action": "publicera"})
    assert editor.get("/sjuharad.ics").headers["ETag"] == feed
    assert date(2026, 12, 3) in {row.slot for row in event_of(staff_app).occurrences}
    assert {row.status for row in event_of(staff_app).occurrences} == {Status.PLANNED}


def own_days(editor: FlaskClient, *days: int, address: str = ONE) -> None:
    named = {"repeat": "own_days", "days": "\n".join(f"2026-12-{day:02}" for day in days)}
    assert save(editor, address, **(ONE_DATE if address == NEW else {}) | named).status_code == 303


def undo_the_last(editor: FlaskClient) -> None:
    page = editor.get("/personal/sjuharad/andringar")
    form = select(page, ".staff-change form[action$='/angra']")[0]
    assert editor.post(str(form["action"]), data=fields(form)).status_code == 303


def test_a_day_whose_publication_was_undone_stays_away(staff_app: Flask, editor: FlaskClient) -> None:
    own_days(editor, 3, 10, address=NEW)
    own_days(editor, 3, 10, 17)
    undo_the_last(editor)
    assert form_of(editor.get(ONE))["days"] == "2026-12-03\n2026-12-10"
    own_days(editor, *(int(day[-2:]) for day in form_of(editor.get(ONE))["days"].split()), 22)
    with staff_app.app_context():
        planned = db.select(Occurrence.starts_at).filter_by(status="planned").order_by(Occurrence.starts_at)
        assert [start.day for start in db.session.scalars(planned)] == [3, 10, 22]
