"""Dates that were moved more than once: each day they left tells where they are, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from khcal import queries
from khcal.calendaring import phrases
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Appearance
from khcal.db import db
from khcal.models import Occurrence
from tests.factories import make_event


@pytest.fixture(autouse=True)
def inside_app(any_engine_app: Flask) -> Iterator[None]:
    with any_engine_app.app_context():
        yield


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


def test_one_that_is_called_off_after_its_move_says_so_on_the_day_it_left() -> None:
    row = make_event(None, "2026-12-01 13:00").occurrences[0]
    move(row, 3)
    row.cancel("Ledaren är sjuk.")
    db.session.commit()
    rows = queries.date_rows(row.event.chapter_id, row.id)
    said = "Flyttat till torsdag 3 december kl. 13.00, sedan inställt. Ledaren är sjuk."
    assert left(rows) == {1: said}
