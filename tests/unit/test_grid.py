"""Days, weeks and months as boxes: every day in its place, every row on its day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from khcal.calendaring import grid
from khcal.calendaring.red_days import Level, NamedDay
from khcal.calendaring.shapes import ListedDate
from tests.rows import make_row
from tests.tables import for_each

TODAY = date(2026, 11, 24)


def on(day: date, hour: int = 13) -> ListedDate:
    return make_row(id=hour, day=day, starts_at=datetime.combine(day, datetime.min.time()).replace(hour=hour))


@for_each(
    ("month", "weeks"),
    [
        (date(2026, 11, 24), [44, 45, 46, 47, 48, 49]),
        (date(2026, 12, 1), [49, 50, 51, 52, 53]),
        (date(2027, 1, 31), [53, 1, 2, 3, 4]),
        (date(2027, 2, 1), [5, 6, 7, 8]),
    ],
)
def test_a_month_is_its_whole_weeks(month: date, weeks: list[int]) -> None:
    table = grid.month_table(month, [], TODAY)
    days = [box.day for week in table.weeks for box in week.days]
    assert table.month == month.replace(day=1)
    assert [week.number for week in table.weeks] == weeks
    assert days == [days[0] + timedelta(days=n) for n in range(7 * len(weeks))]
    assert (days[0], days[-1]) == grid.month_span(month)


def test_days_of_other_months_are_marked() -> None:
    boxes = [box for week in grid.month_table(TODAY, [], TODAY).weeks for box in week.days]
    assert [box.in_month for box in boxes] == [box.day.month == 11 for box in boxes]
    assert not all(box.in_month for box in boxes)


def test_a_week_belongs_to_its_iso_year() -> None:
    week = grid.week_box(date(2027, 1, 3), [], TODAY)
    assert (week.year, week.number) == (2026, 53)
    assert (week.monday, week.sunday) == (date(2026, 12, 28), date(2027, 1, 3))
    assert all(box.in_month for box in week.days)


def test_rows_stand_on_their_day_in_the_order_they_came() -> None:
    rows = [on(TODAY, 9), on(TODAY, 13), on(date(2026, 11, 26)), on(date(2026, 12, 1))]
    week = grid.week_box(TODAY, rows, TODAY)
    assert [len(box.rows) for box in week.days] == [0, 2, 0, 1, 0, 0, 0]
    assert list(week.days[1].rows) == rows[:2]


def test_a_month_shows_each_of_its_rows_once() -> None:
    rows = [on(date(2026, 10, 26)), on(TODAY), on(date(2026, 12, 6)), on(date(2026, 12, 7))]
    boxes = [box for week in grid.month_table(TODAY, iter(rows), TODAY).weeks for box in week.days]
    assert [row for box in boxes for row in box.rows] == rows[:3]


def test_only_today_is_today() -> None:
    boxes = [box for week in grid.month_table(TODAY, [], TODAY).weeks for box in week.days]
    assert [box.day for box in boxes if box.is_today] == [TODAY]


@for_each(
    ("day", "named", "red"),
    [
        (date(2026, 12, 24), NamedDay("julafton", Level.EVE), False),
        (date(2026, 12, 25), NamedDay("juldagen", Level.RED), True),
        (date(2026, 12, 27), None, True),
        (date(2026, 12, 28), None, False),
    ],
)
def test_a_day_has_its_name_and_colour(day: date, named: NamedDay | None, red: bool) -> None:
    box = grid.day_box(day, [], TODAY)
    assert (box.named, box.is_red) == (named, red)


def test_a_day_has_only_its_own_rows() -> None:
    assert grid.day_box(TODAY, [on(date(2026, 11, 25)), on(TODAY)], TODAY).rows == (on(TODAY),)


def test_headings_are_the_days_with_rows_in_order() -> None:
    rows = [on(date(2026, 12, 1)), on(TODAY, 9), on(TODAY, 15)]
    boxes = grid.by_day(rows, TODAY)
    assert [(box.day, len(box.rows)) for box in boxes] == [(TODAY, 2), (date(2026, 12, 1), 1)]


def test_a_span_has_its_empty_days_too() -> None:
    boxes = grid.by_day([on(TODAY)], TODAY, (date(2026, 11, 23), date(2026, 11, 25)))
    assert [(box.day.day, len(box.rows)) for box in boxes] == [(23, 0), (24, 1), (25, 0)]


def test_no_rows_make_no_headings() -> None:
    assert grid.by_day([], TODAY) == []
