"""This date and those that follow, or all that are to come: what changes, and what stays as it was."""

from __future__ import annotations

from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Event, Occurrence
from tests.html import one, select, texts, words
from tests.people import EDITOR, client_of
from tests.web.made import made
from tests.web.staff_forms import ONE_DATE, WEEKLY, form_of, look_at, save

ONE = "/personal/sjuharad/aktivitet/1"
MONTH = WEEKLY | {"until": "2026-12-31", "pauses": "v. 52, v. 53"}
DAY = 24 * 3600


def dates(app: Flask) -> list[tuple[str, str, str]]:
    """Start, status and uid of every date, in order."""
    with app.app_context():
        rows = db.session.scalars(db.select(Occurrence).order_by(Occurrence.starts_at))
        return [(f"{row.starts_at:%m-%d %H}", row.status.value, row.uid) for row in rows]


def looks(app: Flask) -> list[dict[str, Any]]:
    """What each date says itself."""
    with app.app_context():
        rows = db.session.scalars(db.select(Occurrence).order_by(Occurrence.starts_at))
        names = ("title", "leader", "room_id", "form", "short_text")
        return [
            {name: getattr(row, name) for name in names if getattr(row, name) is not None} for row in rows
        ]


def from_date(client: FlaskClient, number: int, action: str = "publicera", **values: Any) -> Any:
    """Come from the row of a date, look at the dates, save."""
    sent = form_of(client.get(f"{ONE}?tillfalle={number}")) | values
    shown = client.post(f"{ONE}/datum", data=sent)
    return client.post(ONE, data=form_of(shown) | {"action": action})


@pytest.fixture
def weekly(editor: FlaskClient) -> FlaskClient:
    """Four Thursdays: 3, 10 and 17 December, each as number 1, 2 and 3."""
    made(editor, **WEEKLY)
    return editor


def test_from_a_later_row_one_chooses(weekly: FlaskClient) -> None:
    page = weekly.get(f"{ONE}?tillfalle=2")
    assert texts(page, "#scope .choice") == [
        "Det här och kommande: 2 tillfällen från torsdag 10 december",
        "Alla kommande: 3 tillfällen från torsdag 3 december",
    ]
    assert one(page, "#scope input[checked]")["value"] == "from"
    assert one(page, "#scope a")["href"] == "/personal/sjuharad/tillfalle/2"


def test_from_the_next_row_there_is_nothing_to_choose(weekly: FlaskClient) -> None:
    page = weekly.get(f"{ONE}?tillfalle=1")
    assert not select(page, "#scope input")
    assert "Du ändrar det här och kommande, 3 tillfällen." in words(one(page, "#scope"))
    assert "alla kommande, 3 tillfällen" in words(one(weekly.get(ONE), "#scope"))


def test_a_single_date_asks_nothing(editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    assert not select(editor.get(f"{ONE}?tillfalle=1"), "#scope")


@pytest.mark.parametrize("number", ["99", str(10**11)])
def test_a_row_of_another_activity_is_not_there(weekly: FlaskClient, number: str) -> None:
    assert weekly.get(f"{ONE}?tillfalle={number}").status_code == 404


def test_times_change_from_that_date_on(staff_app: Flask, weekly: FlaskClient) -> None:
    before = dates(staff_app)
    assert from_date(weekly, 2, starts="17").status_code == 303
    after = dates(staff_app)
    assert [start for start, *_ in after] == ["12-03 18", "12-10 17", "12-17 17"]
    assert [uid for *_, uid in after] == [uid for *_, uid in before]


def test_a_new_weekday_begins_in_the_same_week(staff_app: Flask, weekly: FlaskClient) -> None:
    from_date(weekly, 2, weekdays="1")
    assert [start for start, *_ in dates(staff_app)] == ["12-03 18", "12-08 18", "12-15 18"]
    with staff_app.app_context():
        assert f"{db.session.scalars(db.select(Event)).one().rule_from}" == "2026-12-08"
    # What lies before the rule's new beginning is no business of the next change.
    assert len(select(look_at(weekly, ONE, starts="17"), ".staff-date__marks")) == 2


def test_the_list_says_which_dates_change(weekly: FlaskClient) -> None:
    sent = form_of(weekly.get(f"{ONE}?tillfalle=2")) | {"starts": "17", "title": "Kvällste", "price": "20"}
    page = weekly.post(f"{ONE}/datum", data=sent)
    assert texts(page, ".staff-date__marks > li") == [
        "ändras inte",
        "ändras från 10 december 18.00–19.30",
        "nytt: titel",
        "ändras från 17 december 18.00–19.30",
        "nytt: titel",
    ]
    assert "också de tidigare: pris i kronor" in words(one(page, "#date-preview"))


def test_what_was_shown_for_other_dates_is_not_saved(staff_app: Flask, weekly: FlaskClient) -> None:
    sent = form_of(weekly.get(f"{ONE}?tillfalle=2")) | {"starts": "17"}
    shown = form_of(weekly.post(f"{ONE}/datum", data=sent))
    answer = weekly.post(ONE, data=shown | {"reach": "coming", "action": "publicera"})
    assert answer.status_code == 422
    assert [start for start, *_ in dates(staff_app)] == ["12-03 18", "12-10 18", "12-17 18"]


def test_all_that_are_to_come(staff_app: Flask, weekly: FlaskClient) -> None:
    from_date(weekly, 2, starts="17", reach="coming")
    assert [start for start, *_ in dates(staff_app)] == ["12-03 17", "12-10 17", "12-17 17"]


def test_earlier_dates_keep_their_words(staff_app: Flask, weekly: FlaskClient) -> None:
    room = select(weekly.get(ONE), "#room_id option")[1]["value"]
    from_date(weekly, 2, title="Kvällste", renamed="group")
    assert looks(staff_app) == [{"title": "Kvällsfika"}, {}, {}]
    assert "Kvällsfika" in words(weekly.get("/sjuharad/dag/2026-12-03"))
    assert "Kvällste" in words(weekly.get("/sjuharad/dag/2026-12-10"))
    from_date(weekly, 3, leader="kurator", room_id=room)
    assert looks(staff_app) == [{"title": "Kvällsfika", "leader": ""}, {"leader": ""}, {}]


def test_what_has_been_keeps_its_words(
    staff_app: Flask, weekly: FlaskClient, frozen_clock: time_machine.Traveller
) -> None:
    save(weekly, ONE, leader="kurator")
    frozen_clock.shift(12 * DAY)
    editor = client_of(staff_app, EDITOR)
    before = editor.get("/sjuharad/tillfalle/1.ics").text.partition("BEGIN:VEVENT")[2]
    save(editor, ONE, title="Kvällste", leader="volontär")
    assert looks(staff_app) == [{"title": "Kvällsfika", "leader": "kurator"}, {}, {}]
    assert editor.get("/sjuharad/tillfalle/1.ics").text.partition("BEGIN:VEVENT")[2] == before


def test_what_is_over_can_still_be_put_right(
    staff_app: Flask, editor: FlaskClient, frozen_clock: time_machine.Traveller
) -> None:
    made(editor, **ONE_DATE)
    frozen_clock.shift(30 * DAY)
    editor = client_of(staff_app, EDITOR)
    editor.post(ONE, data=form_of(editor.get(ONE)) | {"title": "Kvällste", "action": "publicera"})
    assert looks(staff_app) == [{}]
    assert "Kvällste" in words(editor.get("/sjuharad/dag/2026-12-03"))


def test_words_of_its_own_stay_unless_ticked(staff_app: Flask, weekly: FlaskClient) -> None:
    with staff_app.app_context():
        db.session.get_one(Occurrence, 2).title = "Gästkväll"
        db.session.commit()
    from_date(weekly, 1, title="Kvällste")
    assert looks(staff_app) == [{}, {"title": "Gästkväll"}, {}]
    page = look_at(weekly, ONE, title="Kvällskaffe")
    assert texts(page, ".staff-date__marks li:has([name=follow_look])") == [
        "Ändrat för hand: titel Gästkväll . Låt det bli som de andra."
    ]
    weekly.post(ONE, data=form_of(page) | {"follow_look": "2", "action": "publicera"})
    assert looks(staff_app) == [{}, {}, {}]


def test_a_cancelled_and_a_moved_date_are_left_alone(staff_app: Flask, weekly: FlaskClient) -> None:
    with staff_app.app_context():
        db.session.get_one(Occurrence, 2).cancel("Sjuk.")
        row = db.session.get_one(Occurrence, 3)
        row.move(row.starts_at.replace(day=18), row.ends_at.replace(day=18))
        db.session.commit()
    from_date(weekly, 1, starts="17")
    assert [(start, status) for start, status, _ in dates(staff_app)] == [
        ("12-03 17", "planned"),
        ("12-10 18", "cancelled"),
        ("12-18 18", "planned"),
    ]


def test_nothing_left_of_the_rule_is_told_at_its_field(staff_app: Flask, weekly: FlaskClient) -> None:
    answer = from_date(weekly, 3, until="2026-12-10")
    assert answer.status_code == 422
    assert "inga datum från och med" in words(one(answer, "#until-error"))
    assert len(dates(staff_app)) == 3


def test_afterwards_one_is_at_the_row_one_came_from(weekly: FlaskClient) -> None:
    answer = from_date(weekly, 2, leader="kurator")
    assert answer.headers["Location"].endswith("#tillfalle-2")
    page = weekly.get(answer.headers["Location"])
    assert words(one(page, ".staff-done__words")).startswith("Sparat och publicerat.")
    assert select(page, ".staff-done__ways form[action*=angra]")


def test_it_can_be_undone(staff_app: Flask, weekly: FlaskClient) -> None:
    before = dates(staff_app), looks(staff_app)
    answer = from_date(weekly, 2, starts="17", title="Kvällste")
    undo = one(weekly.get(answer.headers["Location"]), ".staff-done__ways form")
    token = one(undo, "[name=csrf_token]")["value"]
    weekly.post(str(undo["action"]), data={"csrf_token": token})
    assert (dates(staff_app), looks(staff_app)) == before
    assert form_of(weekly.get(ONE))["title"] == "Kvällsfika"


def test_extra_dates_beside_the_rule(staff_app: Flask, weekly: FlaskClient) -> None:
    save(weekly, ONE, extra_days="2026-12-05 10-12\n2026-12-09")
    assert [start for start, *_ in dates(staff_app)] == [
        "12-03 18",
        "12-05 10",
        "12-09 18",
        "12-10 18",
        "12-17 18",
    ]
    assert form_of(weekly.get(ONE))["extra_days"] == "2026-12-05 10.00–12.00\n2026-12-09"
    known = dates(staff_app)
    save(weekly, ONE, starts="17")
    assert [start for start, *_ in dates(staff_app)] == [
        "12-03 17",
        "12-05 10",
        "12-09 17",
        "12-10 17",
        "12-17 17",
    ]
    assert [uid for *_, uid in dates(staff_app)] == [uid for *_, uid in known]
    save(weekly, ONE, extra_days="2026-12-09")
    assert dates(staff_app)[1][1] == "cancelled"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("i övermorgon", "11/12 14–16"),
        ("fredag", "11/12 14–16"),
        ("tisdagar 11/12", "11/12 14–16"),
        ("11/12 kl 14", "11/12 14–16"),
        ("11/12 14-16 i Köket", "11/12 14–16"),
        # What the form has other fields for is not dropped from this one.
        ("11/12 14-16 digitalt", "11/12 14–16"),
        ("11/12 max 20", "11/12 14–16"),
        ("11/12, anmälan senast 3/12", "11/12 14–16"),
        ("11–12 december", "11/12 14–16"),
        ("fre 12 december", "12 december är en lördag, inte en fredag."),
        ("31/2 14-16", "”31/2” finns inte i almanackan."),
        ("11/12 14-12", "”14-12” slutar innan det börjar."),
        ("2026-12-05 14-25", "Skriv en tid"),
        ("2026-12-05 14-12", "Sluttiden ligger före"),
        ("2026-12-05\n2026-12-05 14-16", "står två gånger"),
        ("2026-12-05 2-4", "02"),
    ],
)
def test_extra_dates_that_cannot_be_read(weekly: FlaskClient, typed: str, told: str) -> None:
    sent = form_of(weekly.get(ONE)) | {"extra_days": typed, "action": "publicera"}
    answer = weekly.post(ONE, data=sent)
    assert answer.status_code == 422
    assert told in words(one(answer, "#extra_days-error"))
    assert form_of(answer)["extra_days"] == typed


def test_month_has_no_dates_in_its_pauses(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **MONTH)
    from_date(editor, 2, starts="17")
    assert [start for start, *_ in dates(staff_app)] == ["12-03 18", "12-10 17", "12-17 17"]
    with staff_app.app_context():
        assert sorted(db.session.scalars(db.select(Event)).one().skips) == ["2026-12-24", "2026-12-31"]


def test_own_days_from_one_of_them_on(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE | {"repeat": "own_days", "days": "2026-12-03\n2026-12-09\n2026-12-16"})
    from_date(editor, 2, starts="17", days="2026-12-03, 2026-12-09, 2026-12-17")
    assert [start for start, *_ in dates(staff_app)] == ["12-03 18", "12-09 17", "12-17 17"]


def test_every_month_from_one_of_them_on(staff_app: Flask, editor: FlaskClient) -> None:
    monthly = {"repeat": "monthly_weekday", "nth": "1", "until": "2027-03-31"}
    made(editor, **ONE_DATE | monthly)
    known = dates(staff_app)
    from_date(editor, 2, nth="2")
    assert [start for start, *_ in dates(staff_app)] == ["12-03 18", "01-14 18", "02-11 18", "03-11 18"]
    assert [uid for *_, uid in dates(staff_app)] == [uid for *_, uid in known]
