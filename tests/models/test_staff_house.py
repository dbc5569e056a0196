"""What a house's own pages ask, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from flask import Flask

from khcal.calendaring import clock
from khcal.calendaring.terms import Form
from khcal.db import db
from khcal.models import Chapter
from khcal.models.bookkeeping import begin_change
from khcal.queries.staff import closures, house
from tests.factories import make_break, make_chapter, make_closure, make_event, make_notice, make_room

FIRST, LAST = date(2026, 12, 21), date(2027, 1, 6)


@pytest.fixture
def chapter(any_engine_app: Flask) -> Iterator[Chapter]:
    with any_engine_app.app_context():
        yield make_chapter("sjuharad")


def test_rooms_with_what_is_to_come(chapter: Chapter) -> None:
    kitchen, hall = make_room(chapter, "Köket"), make_room(chapter, "Ångbåten", archived=True)
    make_event(chapter, "2026-11-20 10:00", "2026-11-25 10:00", room=kitchen, second_room=hall)
    moved = make_event(chapter, "2026-11-26 10:00", "2026-11-27 10:00", title="Yoga", room=kitchen)
    moved.occurrences[0].room = hall
    moved.occurrences[1].cancel("Ledaren är sjuk.")
    db.session.commit()
    uses = house.room_uses(chapter.id, clock.wall_now())
    assert [(use.name, use.archived, use.coming) for use in uses] == [
        ("Köket", False, 1),
        ("Ångbåten", True, 2),
    ]
    assert [each.title for each in house.coming_in_room(hall.id, clock.wall_now())] == ["Målarkväll", "Yoga"]


def test_what_lies_in_a_break(chapter: Chapter) -> None:
    make_event(chapter, "2026-12-23 10:00", "2026-12-30 10:00", "2027-01-07 10:00", title="Yoga")
    make_event(chapter, "2026-12-22 10:00", title="Ny kurs", published=False)
    make_closure(chapter, FIRST, LAST)
    db.session.commit()
    touched = house.touched_by_break(chapter.id, FIRST, LAST)
    assert [(each.title, len(each.drafts), len(each.published)) for each in touched] == [
        ("Ny kurs", 1, 0),
        ("Yoga", 0, 2),
    ]


def test_what_closing_hits_and_called_off(chapter: Chapter) -> None:
    now = datetime(2026, 12, 22, 12)
    make_event(chapter, "2026-12-21 10:00", "2026-12-22 11:00", "2027-01-06 23:00", "2027-01-07 10:00")
    make_event(chapter, "2026-12-23 10:00", title="Digital träff", form=Form.ONLINE)
    ill = make_event(chapter, "2026-12-23 11:00", title="Yoga").occurrences[0]
    ill.cancel("Ledaren är sjuk.")
    db.session.commit()
    hit = closures.dates_hit(chapter.id, FIRST, LAST, now)
    assert [f"{each.starts_at:%m-%d}" for each in hit] == ["12-22", "01-06"]
    begin_change(db.session(), closures.VERB, None, chapter.id)
    make_closure(chapter, FIRST, LAST)
    db.session.get_one(type(ill), hit[0].id).cancel("Huset är stängt.")
    db.session.commit()
    off = closures.called_off_by_closing(chapter.id, FIRST, LAST, now)
    assert [each.id for each in off] == [hit[0].id]
    closed = closures.closed_on(chapter.id, LAST)
    assert closed is not None
    assert (closed.first_day, closed.last_day, closed.is_own) == (FIRST, LAST, True)
    assert closures.closed_on(chapter.id, date(2027, 1, 7)) is None


def test_notices_and_breaks_since_a_day(chapter: Chapter) -> None:
    make_notice(chapter, "Hissen går igen.", "2026-11-01", "2026-11-02")
    make_notice(chapter, "Hissen är trasig.", "2026-11-20", "2026-11-30")
    make_break(chapter, "2026-10-26", "2026-11-01", "Höstlov")
    make_break(chapter, "2026-12-21", "2027-01-06", "Jullov")
    db.session.commit()
    since = date(2026, 11, 3)
    assert [each.text for each in house.notices(chapter.id, since)] == ["Hissen är trasig."]
    assert [each.name for each in house.breaks(chapter.id, since)] == ["Jullov"]
