"""What calendars of others are told (on both engines)."""

from __future__ import annotations

from datetime import date

import pytest

from khcal import queries
from khcal.calendaring.feed_text import feed_date
from khcal.db import db
from khcal.models import Chapter
from khcal.queries import fed
from tests.factories import make_chapter, make_closure, make_event, make_room

pytestmark = pytest.mark.usefixtures("inside_app")

TODAY = date(2026, 11, 24)


def test_a_feed_has_starts_and_withdrawn_dates_once(house: Chapter) -> None:
    guest = make_chapter()
    event = make_event(house, "2026-11-24 10:00", "2026-11-25 10:00", shown_in=(guest,))
    make_closure(house, date(2026, 12, 1), date(2026, 12, 6))
    event.occurrences[1].withdraw()
    db.session.commit()
    of_house = queries.published_dates(house.id, TODAY, date(2026, 12, 31))
    assert [row.appearance.value for row in of_house] == ["start", "gone", "start"]
    assert [row.uid for row in queries.published_dates(None, TODAY, date(2026, 12, 31))] == [
        row.uid for row in of_house
    ]
    assert len(queries.published_dates(guest.id, TODAY, date(2026, 12, 31), event.slug)) == 2


def test_a_feed_reads_whole_only_what_it_does_not_know(
    house: Chapter, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = TODAY, date(2026, 12, 31)
    event = make_event(house, "2026-11-24 10:00", "2026-11-25 10:00", "2026-11-26 10:00")
    db.session.commit()
    fed.KNOWN.clear()
    read: list[str] = []
    monkeypatch.setattr(fed, "feed_date", lambda row: read.append(row.title) or feed_date(row))
    first = queries.feed_dates(house.id, *days)
    event.occurrences[1].title = "Bara i dag"
    db.session.commit()
    second = queries.feed_dates(house.id, *days)
    assert read == [event.title] * 3 + ["Bara i dag"]
    assert set(second) == {feed_date(row) for row in queries.published_dates(house.id, *days)} != set(first)


def test_what_one_of_two_houses_tells_calls_for_a_new_sequence(house: Chapter) -> None:
    """The place that all are told of is cut, and may stay while a house's own room has another name."""
    guest, days = make_chapter(), (TODAY, date(2026, 12, 31))
    rooms = make_room(house, "K" * 90), make_room(guest, "S" * 90)
    make_event(house, "2026-11-24 10:00", shown_in=(guest,), room=rooms[0], second_room=rooms[1])
    db.session.commit()
    fed.KNOWN.clear()
    (own,) = queries.feed_dates(house.id, *days)
    (before,) = queries.feed_dates(guest.id, *days)
    assert own.key.location == "K" * 90
    rooms[1].name = "S" * 85 + "alen"
    db.session.commit()
    (after,) = queries.feed_dates(guest.id, *days)
    assert (before.key.location, after.key.location) == ("S" * 90, "S" * 85 + "alen")
    assert after.sequence == before.sequence + 1


def test_what_no_house_tells_calls_for_none(house: Chapter) -> None:
    """Of a withdrawn date nobody tells the room."""
    guest = make_chapter()
    rooms = make_room(house, "Köket"), make_room(guest, "Salen")
    event = make_event(house, "2026-11-24 10:00", shown_in=(guest,), room=rooms[0], second_room=rooms[1])
    event.occurrences[0].withdraw()
    db.session.commit()
    before = event.occurrences[0].sequence
    rooms[1].name = "Stora salen"
    db.session.commit()
    assert event.occurrences[0].sequence == before


def test_very_many_are_read_without_their_numbers(house: Chapter, monkeypatch: pytest.MonkeyPatch) -> None:
    make_event(house, "2026-11-24 10:00", "2026-11-25 10:00", "2027-11-25 10:00")
    db.session.commit()
    monkeypatch.setattr(fed, "MOST_NUMBERS", 1)
    for of_house in (house.id, None):
        fed.KNOWN.clear()
        assert len(queries.feed_dates(of_house, TODAY, date(2026, 12, 31))) == 2
