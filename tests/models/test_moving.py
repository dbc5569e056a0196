"""Dates that were moved more than once: each day they left tells where they are, on both engines."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from khcal import queries
from khcal.calendaring import phrases
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Appearance
from khcal.db import db
from khcal.models import Occurrence
from khcal.models.closing import close_on
from tests.factories import make_chapter, make_closure, make_event

pytestmark = pytest.mark.usefixtures("inside_app")


def move(row: Occurrence, *days: int) -> list[ListedDate]:
    """Move it to these days of December, each saved by itself; everything the house shows of it then."""
    for day in days:
        starts_at = datetime(2026, 12, day, 13)
        row.move(starts_at, starts_at + timedelta(hours=2), f"Nummer {day}.")
        db.session.commit()
    return queries.date_rows(row.event.chapter_id, row.id)


def left(rows: list[ListedDate]) -> dict[int, str]:
    """Where each day that it left says that it is."""
    return {
        row.day.day: phrases.moved_sentence(row).replace(phrases.NBSP, " ")
        for row in rows
        if row.appearance is Appearance.LEFT
    }


def test_every_day_it_left_leads_to_where_it_is_now() -> None:
    rows = move(make_event(None, "2026-12-01 13:00").occurrences[0], 8, 3)
    assert left(rows) == {
        1: "Flyttat till torsdag 3 december kl. 13.00. Nummer 8.",
        8: "Flyttat till torsdag 3 december kl. 13.00. Nummer 3.",
    }


@pytest.mark.parametrize(
    ("days", "moved_from", "traces"),
    [
        ((8, 3), date(2026, 12, 8), {1, 8}),
        ((3, 8), date(2026, 12, 3), {1, 3}),
        ((8, 1), date(2026, 12, 8), {8}),
        ((8, 1, 3), date(2026, 12, 1), {1, 8}),
        ((8, 3, 8), date(2026, 12, 3), {1, 3}),
    ],
)
def test_where_it_was_moved_from_is_the_day_it_left_last(
    days: tuple[int, ...], moved_from: date, traces: set[int]
) -> None:
    rows = move(make_event(None, "2026-12-01 13:00").occurrences[0], *days)
    assert rows[0].moved_from is not None
    assert rows[0].moved_from.date() == moved_from
    assert set(left(rows)) == traces


@pytest.mark.parametrize(
    ("first", "last", "left"),
    [
        # Closed three days from the 21st; where the 21st is closed still nothing was left.
        (20, 25, []),
        (21, 26, []),
        (22, 23, [21]),
        (28, 30, [21]),
    ],
)
def test_a_day_that_is_closed_all_the_same_was_not_left(first: int, last: int, left: list[int]) -> None:
    house = make_chapter()
    [row] = make_closure(house, date(2026, 12, 21), date(2026, 12, 23)).occurrences
    db.session.commit()
    close_on(row, date(2026, 12, first), date(2026, 12, last))
    db.session.commit()
    assert [trace.day.day for trace in row.traces] == left
    # Closed again it tells nothing of a move either.
    close_on(row, date(2026, 12, 19), date(2026, 12, 23))
    assert 21 not in [trace.day.day for trace in row.traces]


def test_one_that_is_called_off_after_its_move_says_so_on_the_day_it_left() -> None:
    row = make_event(None, "2026-12-01 13:00").occurrences[0]
    move(row, 3)
    row.cancel("Ledaren är sjuk.")
    db.session.commit()
    rows = queries.date_rows(row.event.chapter_id, row.id)
    said = "Flyttat till torsdag 3 december kl. 13.00, sedan inställt. Ledaren är sjuk."
    assert left(rows) == {1: said}
