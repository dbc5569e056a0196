"""The sample programme in the database: every planted situation as pages, feeds and the wall will read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from khcal import queries
from khcal.calendaring import clock, feed_window
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Appearance, Form, Kind, Places, Status
from khcal.db import db
from khcal.models import BreakPeriod, Change, Chapter, Event, Occurrence, Room

pytestmark = pytest.mark.usefixtures("inside")


@pytest.fixture
def inside(sample_app: Flask) -> Iterator[None]:
    """The context of the shared sample."""
    with sample_app.app_context():
        yield


def house_id(slug: str) -> int:
    return db.session.scalars(select(Chapter.id).filter_by(slug=slug)).one()


def on(house: str, day: date, key: str) -> list[ListedDate]:
    """What the house shows of the row ``key`` on a day."""
    title = db.session.scalars(select(Event.title).filter_by(import_key=key)).one()
    return [row for row in queries.dates_between(house_id(house), day, day) if row.title == title]


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_every_row_and_date_is_there_and_published() -> None:
    assert (count(Chapter), count(Event), count(Occurrence), count(Change)) == (5, 74, 579, 1)
    unpublished = select(Occurrence).where(Occurrence.published_at.is_(None))
    assert not db.session.scalars(unpublished).all()
    closed = select(func.count()).select_from(Occurrence).join(Event).where(Event.kind == Kind.CLOSURE)
    assert db.session.scalar(closed) == 3


def test_every_date_has_a_random_uid_and_the_key_of_its_day() -> None:
    rows = db.session.execute(select(Occurrence.uid, Occurrence.import_key, Event.uid).join(Event)).all()
    assert len({row[0] for row in rows}) == 579
    assert not [row for row in rows if str(row[1]) in row[0] or row[2] in row[0]]


def test_605_entries_over_the_feeds_of_the_five_houses() -> None:
    first, last = feed_window.window(date(2026, 8, 25))
    ids = [house.id for house in queries.all_houses()]
    assert sum(len(queries.published_dates(house, first, last)) for house in ids) == 605
    assert len(queries.published_dates(None, first, last)) == 579


def test_rows_with_the_same_title_are_one_group() -> None:
    rows = queries.group_dates(house_id("sjuharad"), "oppet-hus")
    keys = select(Event.import_key).where(Event.slug == "oppet-hus").order_by(Event.import_key)
    assert db.session.scalars(keys).all() == ["SJ-01", "SJ-02", "SJ-15"]
    assert len(rows) == 53
    assert queries.group(house_id("sjuharad"), "oppet-hus")


def test_the_breaks_of_each_house() -> None:
    rows = db.session.execute(select(Chapter.slug, BreakPeriod.first_day).join(BreakPeriod.chapter)).all()
    weeks = {slug: sorted(day.isocalendar().week for house, day in rows if house == slug) for slug, _ in rows}
    assert weeks == {
        "goteborg": [7, 13, 44],
        "sjuharad": [7, 13, 44],
        "stockholm": [9, 13, 44],
        "jamtland-harjedalen": [10, 13, 44],
    }


def test_no_room_is_there_twice() -> None:
    rows = db.session.execute(select(Chapter.slug, Room.name).join(Room.chapter).order_by(Room.name)).all()
    rooms = {slug: [name for house, name in rows if house == slug] for slug, _ in rows}
    assert set(rooms["stockholm"]) == {"Ateljén", "Lilla rummet", "Stora rummet"}
    assert "Målarverkstaden" in rooms["sjuharad"]
    assert "Målarverkstad" not in rooms["sjuharad"]


@pytest.mark.parametrize(
    ("house", "key", "old", "new"),
    [
        ("sjuharad", "SJ-07", date(2026, 10, 30), datetime(2026, 10, 29, 10, 30)),
        ("goteborg", "GB-07", date(2026, 12, 9), datetime(2026, 12, 10, 18)),
        ("stockholm", "ST-07", date(2026, 11, 18), datetime(2026, 12, 2, 18)),
    ],
)
def test_a_moved_date_leaves_a_trace_and_is_there_on_the_new_day(
    house: str, key: str, old: date, new: datetime
) -> None:
    traces, there = on(house, old, key), on(house, new.date(), key)
    assert [(row.appearance, row.starts_at, bool(row.left_reason)) for row in traces] == [
        (Appearance.LEFT, new, True)
    ]
    assert (Appearance.START, new) in [(row.appearance, row.starts_at) for row in there]


@pytest.mark.parametrize(
    ("house", "day", "key", "reason"),
    [
        ("sjuharad", date(2026, 11, 19), "SJ-05", "Ledaren är sjuk."),
        ("goteborg", date(2026, 11, 16), "GB-10", "på grund av storm."),
        ("stockholm", date(2026, 11, 27), "ST-09", "Vi har personalmöte."),
        (
            "jamtland-harjedalen",
            date(2026, 11, 11),
            "JH-05",
            "på grund av väglaget. Ny dag kommer i januari.",
        ),
    ],
)
def test_cancelled_dates_are_shown_with_their_reason(house: str, day: date, key: str, reason: str) -> None:
    assert [(row.status, row.reason) for row in on(house, day, key)] == [(Status.CANCELLED, reason)]


def test_skipped_dates_are_not_there() -> None:
    assert on("sjuharad", date(2026, 10, 29), "SJ-05") == []
    event = db.session.scalars(select(Event).filter_by(import_key="SJ-05")).one()
    assert event.skips == {"2026-10-29": "Höstlov"}


def test_extra_dates_are_there() -> None:
    days = [date(2026, 9, 17), date(2026, 10, 15), date(2026, 11, 19), date(2026, 12, 10)]
    assert [len(on("stockholm", day, "ST-06")) for day in days] == [1, 1, 1, 1]


def test_a_date_of_several_days_goes_on() -> None:
    rows = [on("goteborg", date(2027, 4, day), "GB-19")[0] for day in (23, 24, 25)]
    assert [row.appearance for row in rows] == [Appearance.START, Appearance.THROUGH, Appearance.THROUGH]
    assert all(row.is_all_day and row.days == 3 for row in rows)


def test_a_shared_date_is_in_every_house_in_its_own_room() -> None:
    rows = [on(house, date(2026, 12, 1), "GX-01")[0] for house in ("goteborg", "stockholm")]
    assert {row.uid for row in rows} == {rows[0].uid}
    assert {row.chapter_slug for row in rows} == {"goteborg"}
    assert [row.rooms for row in rows] == [("Vardagsrummet",), ("Stora rummet",)]
    assert {row.form for row in rows} == {Form.HYBRID}


def test_full_ones_other_languages_and_notes() -> None:
    assert on("sjuharad", date(2026, 11, 24), "SJ-03")[0].places is Places.FULL
    assert on("goteborg", date(2026, 11, 24), "GB-14")[0].language == "ar"
    assert on("sjuharad", date(2026, 12, 9), "SJ-09")[0].language == "fi"
    assert on("stockholm", date(2026, 12, 2), "ST-07")[0].status_note.startswith("Flyttad till onsdag")


def test_the_clock_of_the_tests_is_that_of_the_import() -> None:
    assert db.session.scalars(select(Change.made_at)).one() == clock.epoch_seconds()
