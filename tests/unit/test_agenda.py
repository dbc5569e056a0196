"""Dates read down a page: long spans told of once, each row in its part of the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from khcal.calendaring.agenda import agenda, part_of_day
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Appearance
from tests.rows import make_row
from tests.tables import for_each

TODAY = date(2026, 12, 21)


def span(days: int, number: int = 1) -> list[ListedDate]:
    """A date of ``days`` whole days from today, as it stands on each of them."""
    starts_at = datetime.combine(TODAY, datetime.min.time())
    return [
        make_row(
            id=number,
            day=TODAY + timedelta(days=n),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(days=days),
            appearance=Appearance.THROUGH if n else Appearance.START,
        )
        for n in range(days)
    ]


def single(day: date, hour: int = 13) -> ListedDate:
    return make_row(id=9, day=day, starts_at=datetime(day.year, day.month, day.day, hour))


def test_a_short_span_is_told_of_on_each_of_its_days() -> None:
    assert [len(day.box.rows) for day in agenda(span(3), TODAY)] == [1, 1, 1]


def test_a_long_span_is_told_of_once() -> None:
    days = agenda(span(17), TODAY)
    assert [(day.box.day, len(day.box.rows)) for day in days] == [(TODAY, 1)]


def test_a_day_inside_a_long_span_names_what_goes_on() -> None:
    rows = span(17)
    coffee = single(TODAY + timedelta(days=8))
    days = agenda(sorted([*rows, coffee], key=lambda row: row.day), TODAY)
    assert [day.box.rows for day in days] == [(rows[0],), (coffee,)]
    assert days[1].running == (rows[8],)


def test_a_list_that_begins_inside_a_long_span_tells_of_it_first() -> None:
    rows = span(17)[5:]
    assert [day.box.rows for day in agenda(rows, TODAY)] == [(rows[0],)]


def test_two_long_spans_are_each_told_of() -> None:
    both = sorted([*span(5), *span(6, number=2)], key=lambda row: row.day)
    assert [row.id for day in agenda(both, TODAY) for row in day.box.rows] == [1, 2]


@for_each(
    ("hour", "part"), [(9, "morning"), (11, "morning"), (12, "afternoon"), (16, "afternoon"), (17, "evening")]
)
def test_the_part_of_the_day_that_a_date_begins_in(hour: int, part: str) -> None:
    assert part_of_day(single(TODAY, hour=hour)) == part


def test_what_goes_on_from_the_day_before_stands_in_the_morning() -> None:
    starts_at = datetime(2026, 12, 21, 19)
    row = make_row(day=date(2026, 12, 22), starts_at=starts_at, ends_at=starts_at + timedelta(days=2))
    assert part_of_day(row) == "morning"


def test_a_date_that_was_moved_away_stands_where_it_was() -> None:
    left_at = datetime(2026, 12, 21, 18)
    row = make_row(
        day=TODAY, starts_at=datetime(2026, 12, 22, 9), appearance=Appearance.LEFT, left_at=left_at
    )
    assert part_of_day(row) == "evening"
