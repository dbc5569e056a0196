"""The dates before anything is saved: by month, what is left out with its reason, rooms that are taken."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Chapter, Room
from tests.factories import make_break
from tests.html import one, select, texts, words
from tests.web.staff_forms import NEW, form_of
from tests.web.staff_line import make_lunch_yoga, only_event, publish, say


@pytest.fixture
def lunch_yoga(staff_app: Flask) -> int:
    return make_lunch_yoga(staff_app)


def test_red_days_and_breaks_start_unticked(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_break(house, "2027-02-15", "2027-02-21", "Sportlov")
        db.session.commit()
    page = say(editor, "Samtalsgrupp fredagar 10-12 från 5 februari till 2 april, ej v. 11")
    assert texts(page, ".staff-date--off") == [
        "fredag 19 februari Sportlov v. 7",
        "fredag 19 mars Uppehåll v. 11",
        "fredag 26 mars Långfredagen",
    ]
    assert texts(page, ".staff-month__name") == ["Februari 2027", "Mars 2027", "April 2027"]
    publish(editor, page)
    assert only_event(staff_app).skips == {
        "2027-02-19": "Sportlov",
        "2027-03-19": "",
        "2027-03-26": "Långfredagen",
    }


def test_a_red_day_can_be_ticked(staff_app: Flask, editor: FlaskClient) -> None:
    page = say(editor, "Samtalsgrupp fredagar 10-12 från 19 mars till 2 april")
    publish(editor, page, ticked=["2027-03-19", "2027-03-26"])
    assert [f"{each.starts_at:%m-%d}" for each in only_event(staff_app).occurrences] == ["03-19", "03-26"]


def test_rooms_that_are_taken_are_told_in_one_sentence(
    staff_app: Flask, editor: FlaskClient, lunch_yoga: int
) -> None:
    page = say(editor, "Bokprat torsdagar 13-15 från 26 november till 10 december, Köket")
    assert words(one(page, ".staff-preview__rooms")) == (
        "Inga krockar i Köket utom 3 december, då Lunchyoga är där kl. 12.00–14.00 "
        "och 10 december, då Lunchyoga är där kl. 12.00–14.00."
    )
    assert texts(page, ".staff-date__warning") == ["Krockar med Lunchyoga kl. 12.00–14.00"] * 2
    free = say(editor, "Bokprat fredag 27/11 13-15, Köket")
    assert words(one(free, ".staff-preview__rooms")) == "Inga krockar i Köket."


NO_ROOM = "Inget rum är valt. Kalendern säger då bara att det är i huset. Välj rum"


@pytest.mark.parametrize(
    ("line", "sent", "told"),
    [
        ("Samtalsgrupp fredag 27/11 10-12", {}, [NO_ROOM]),
        ("Samtalsgrupp fredag 27/11 10-12, Köket", {}, []),
        ("Samtalsgrupp fredag 27/11 10-12", {"place": "Kommunhuset"}, []),
        ("Samtalsgrupp fredag 27/11 10-12", {"form": "online"}, []),
        ("Samtalsgrupp fredag 27/11 10-12", {"form": "outdoors"}, []),
        ("Samtalsgrupp fredag 27/11 10-12", {"kind": "closure"}, []),
    ],
)
def test_one_is_told_that_no_room_is_chosen(
    editor: FlaskClient, line: str, sent: dict[str, str], told: list[str]
) -> None:
    page = say(editor, line)
    page = editor.post(f"{NEW}/datum", data=form_of(page) | sent)
    assert texts(page, "#date-preview .notice") == told


def test_a_house_without_rooms_has_none_to_choose(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        for room in db.session.scalars(db.select(Room)):
            room.archived = True
        db.session.commit()
    assert not select(say(editor, "Samtalsgrupp fredag 27/11 10-12"), "#date-preview .notice")


def test_rooms_of_a_house_that_closed_for_good_are_not_offered(staff_app: Flask, editor: FlaskClient) -> None:
    def offered() -> str:
        return words(one(editor.get(NEW), "#second_room_id"))

    assert "Göteborg: Salongen" in offered()
    with staff_app.app_context():
        db.session.scalars(db.select(Chapter).filter_by(slug="goteborg")).one().closed_on = date(2026, 11, 1)
        db.session.commit()
    assert "Salongen" not in offered()


def test_many_dates_are_folded_by_month(editor: FlaskClient) -> None:
    page = say(editor, "Yoga mån och ons 10-11 hela vårterminen")
    assert words(one(page, "#preview-title")) == "Blir 43 tillfällen"
    assert texts(page, "details.staff-month summary") == [
        "Januari 2027 6 tillfällen",
        "Februari 2027 8 tillfällen",
        "April 2027 8 tillfällen",
        "Juni 2027 3 tillfällen",
    ]
    assert len(select(page, "[name=ticked]")) == 44
