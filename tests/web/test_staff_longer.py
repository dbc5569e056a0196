"""Making a series longer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.plan import Schedule
from khcal.calendaring.rule_text import parse
from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.models import Chapter, Event, Occurrence
from khcal.models.bookkeeping import listing_differences
from khcal.models.continuing import go_on
from tests.factories import make_event
from tests.html import fields, one, select, texts, words
from tests.web.staff_forms import save
from tests.web.staff_series import make_series


def longer(number: int) -> str:
    return f"/personal/sjuharad/aktivitet/{number}/forlang"


def test_a_series_is_made_longer_in_two_clicks(staff_app: Flask, editor: FlaskClient) -> None:
    address = longer(number := make_series(staff_app))
    page = editor.get(address)
    form = one(page, "main form")
    assert fields(form)["until"] == "2027-06-13"
    looked = editor.post(f"{address}/datum", data=fields(form) | {"until": "2027-02-02"})
    done = editor.post(address, data=fields(one(looked, "main form")) | {"action": "publicera"})
    assert done.status_code == 303
    with staff_app.app_context():
        event = db.session.get_one(Event, number)
        assert event.rule_until == date(2027, 2, 2)
        assert all(row.is_published for row in event.occurrences)
        uids = [row.uid for row in event.occurrences]
        assert len(set(uids)) == len(uids)
    assert "Målarverkstad" in words(editor.get("/sjuharad/dag/2027-02-02"))


def test_what_was_not_looked_at_is_not_published(staff_app: Flask, editor: FlaskClient) -> None:
    address = longer(number := make_series(staff_app))
    sent = fields(one(editor.get(address), "main form")) | {"until": "2027-02-02", "action": "publicera"}
    answer = editor.post(address, data=sent)
    assert answer.status_code == 422
    with staff_app.app_context():
        assert len(db.session.get_one(Event, number).occurrences) == 15


@pytest.mark.parametrize("until", ["", "2026-12-01", "2031-01-01", "snart"])
def test_an_end_that_will_not_do_is_told(staff_app: Flask, editor: FlaskClient, until: str) -> None:
    address = longer(make_series(staff_app))
    sent = fields(one(editor.get(address), "main form")) | {"until": until, "action": "publicera"}
    answer = editor.post(address, data=sent)
    assert answer.status_code == 422
    assert one(answer, "#until-error")


def test_a_single_date_can_not_be_made_longer(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        house = db.session.scalar(db.select(Chapter).filter_by(slug="sjuharad"))
        number = make_event(house, "2026-12-01 13:00").id
        db.session.commit()
    assert editor.get(longer(number)).status_code == 404


def test_the_books_are_kept_on_either_engine(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        from tests.factories import make_chapter

        make_chapter("sjuharad")
        db.session.commit()
    number = make_series(any_engine_app)
    with any_engine_app.app_context():
        event = db.session.get_one(Event, number)
        assert event.rule_from is not None
        until = date(2027, 1, 19)
        times = (event.occurrences[0].starts_at.time(), event.occurrences[0].ends_at.time())
        schedule = Schedule(parse(event.rule), event.rule_from, until, *times)
        sequences = {row.uid: row.sequence for row in event.occurrences}
        go_on(event, schedule, [slot for slot in schedule.slots() if slot.day > date(2027, 1, 6)], {})
        db.session.commit()
        kept = db.session.scalars(db.select(Occurrence).where(Occurrence.uid.in_(sequences)))
        assert {row.uid: row.sequence for row in kept} == sequences
        assert sorted(event.skips) == ["2026-12-15", "2026-12-22", "2026-12-29", "2027-01-05"]
        assert listing_differences(db.session()) == (set(), set())


def shortened(app: Flask, client: FlaskClient) -> tuple[int, str]:
    """A series whose last date, 8 December, was called off as it was made shorter; and that date's uid."""
    number = make_series(app)
    done = save(client, f"/personal/sjuharad/aktivitet/{number}", until="2026-12-01")
    assert done.status_code == 303
    with app.app_context():
        row = date_of(number, date(2026, 12, 8))
        assert row.status is Status.CANCELLED
        return number, row.uid


def date_of(number: int, slot: date) -> Occurrence:
    return db.session.scalars(db.select(Occurrence).filter_by(event_id=number, slot=slot)).one()


@pytest.mark.parametrize("action", ["publicera", "utkast"])
def test_dates_called_off_by_a_shorter_series_take_place_again(
    staff_app: Flask, editor: FlaskClient, action: str
) -> None:
    number, uid = shortened(staff_app, editor)
    page = editor.post(f"{longer(number)}/datum", data=until(editor, number, "2026-12-15"))
    told = texts(page, ".staff-date")
    assert told == ["tisdag 8 december var inställt, blir av igen", "tisdag 15 december"]
    done = editor.post(longer(number), data=fields(one(page, "main form")) | {"action": action})
    assert done.status_code == 303
    with staff_app.app_context():
        again = date_of(number, date(2026, 12, 8))
        assert (again.uid, again.status, again.is_published) == (uid, Status.PLANNED, True)
        assert date_of(number, date(2026, 12, 15)).is_published is (action == "publicera")
        assert listing_differences(db.session()) == (set(), set())


def test_a_date_called_off_that_is_not_ticked_stays_so(staff_app: Flask, editor: FlaskClient) -> None:
    number, uid = shortened(staff_app, editor)
    page = editor.post(f"{longer(number)}/datum", data=until(editor, number, "2026-12-15"))
    sent = fields(one(page, "main form")) | {"days": ["2026-12-15"], "action": "publicera"}
    assert editor.post(longer(number), data=sent).status_code == 303
    with staff_app.app_context():
        stays = date_of(number, date(2026, 12, 8))
        assert (stays.uid, stays.status) == (uid, Status.CANCELLED)
        assert "2026-12-08" not in db.session.get_one(Event, number).skips


def until(client: FlaskClient, number: int, day: str) -> dict[str, object]:
    return fields(select(client.get(longer(number)), "main form")[-1]) | {"until": day}


def test_a_copied_term_skips_no_day_that_is_held(staff_app: Flask, editor: FlaskClient) -> None:
    """A date that the shorter series had called off is one of the rule's, as it was."""
    number, uid = shortened(staff_app, editor)
    spans = {"old_first": "2026-09-01", "old_last": "2026-12-02"}
    spans |= {"new_first": "2026-12-03", "new_last": "2027-01-20"}
    table = editor.get("/personal/sjuharad/termin", query_string=spans)
    sent = fields(one(table, "#term-form")) | {"action": "utkast"}
    assert editor.post("/personal/sjuharad/termin", data=sent).status_code == 303
    with staff_app.app_context():
        event = db.session.scalars(db.select(Event)).one()
        assert date_of(number, date(2026, 12, 8)).uid == uid
        assert date_of(number, date(2026, 12, 15)).is_published is False
        assert "2026-12-08" not in event.skips


def test_a_longer_series_that_was_taken_back_can_be_made_longer_again(
    staff_app: Flask, editor: FlaskClient
) -> None:
    number = make_series(staff_app)
    for _time in range(2):
        page = editor.post(f"{longer(number)}/datum", data=until(editor, number, "2026-12-15"))
        sent = fields(one(page, "main form")) | {"action": "publicera"}
        done = editor.post(longer(number), data=sent)
        assert done.status_code == 303
        undo = next(
            form for form in select(editor.get(done.location), "form") if "/angra" in str(form["action"])
        )
        editor.post(str(undo["action"]), data=fields(undo))
    with staff_app.app_context():
        assert db.session.get_one(Event, number).rule_until == date(2026, 12, 8)


def proposed(client: FlaskClient, number: int) -> dict[str, list[str]]:
    """The proposed dates: those ticked, and those left out with why."""
    page = client.get(longer(number))
    ticked = [str(box["value"]) for box in select(page, "[name=days][checked]")]
    return {"ticked": ticked, "left": texts(page, ".staff-date--off")}


def end_on(app: Flask, number: int, day: str) -> None:
    """Let the series begin fifteen weeks before that day."""
    last = date.fromisoformat(day)
    with app.app_context():
        event = db.session.get_one(Event, number)
        shift = last - date(2026, 12, 8)
        for row in event.occurrences:
            row.slot = (row.slot or last) + shift
            row.starts_at, row.ends_at = row.starts_at + shift, row.ends_at + shift
        event.rule_from, event.rule_until = last - 14 * timedelta(weeks=1), last
        db.session.commit()


def test_a_series_rests_between_spring_and_autumn(staff_app: Flask, editor: FlaskClient) -> None:
    end_on(staff_app, number := make_series(staff_app), "2027-06-08")
    found = proposed(editor, number)
    assert (found["ticked"][0], found["ticked"][-1]) == ("2027-08-31", "2027-12-14")
    assert "tisdag 15 juni Sommaruppehåll" in found["left"]
    assert "tisdag 24 augusti Sommaruppehåll" in found["left"]


def test_a_summer_that_is_asked_for_is_no_rest(staff_app: Flask, editor: FlaskClient) -> None:
    end_on(staff_app, number := make_series(staff_app), "2027-06-08")
    page = editor.post(f"{longer(number)}/datum", data=until(editor, number, "2027-07-06"))
    assert [box["value"] for box in select(page, "[name=days][checked]")] == [
        *("2027-06-15", "2027-06-22", "2027-06-29", "2027-07-06")
    ]


def test_a_group_that_meets_in_summer_goes_on(staff_app: Flask, editor: FlaskClient) -> None:
    end_on(staff_app, number := make_series(staff_app), "2027-06-22")
    assert "Sommaruppehåll" not in " ".join(proposed(editor, number)["left"])


def test_a_series_that_ended_long_ago_gets_no_dates_in_the_past(
    staff_app: Flask, editor: FlaskClient
) -> None:
    end_on(staff_app, number := make_series(staff_app), "2026-10-20")
    found = proposed(editor, number)
    assert found == {
        "ticked": ["2026-11-24", "2026-12-01", "2026-12-08"],
        "left": [
            f"tisdag {day} Har redan varit"
            for day in ("27 oktober", "3 november", "10 november", "17 november")
        ],
    }
