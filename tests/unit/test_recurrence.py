"""Rules become dates: known ones, and always within bounds."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from khcal.calendaring import recurrence
from khcal.calendaring.recurrence import (
    MOST_DATES,
    Fault,
    Frequency,
    RecurrenceError,
    RecurrenceRule,
    monthly_day,
    monthly_nth,
    weekly,
)
from tests.tables import for_each

MO, TU, WE, TH, FR, SA, SU = range(7)
ONE_DAY = timedelta(days=1)


@for_each(
    ("rule", "first", "last", "expected"),
    [
        (weekly([WE], 2), "2026-12-16", "2027-01-31", "2026-12-16 2026-12-30 2027-01-13 2027-01-27"),
        (weekly([TU, TH], 2), "2026-11-26", "2026-12-12", "2026-11-26 2026-12-08 2026-12-10"),
        (monthly_nth(2, WE), "2026-09-09", "2026-12-09", "2026-09-09 2026-10-14 2026-11-11 2026-12-09"),
        (monthly_nth(-1, TH), "2026-10-29", "2027-01-01", "2026-10-29 2026-11-26 2026-12-31"),
        (monthly_day(-1), "2027-01-31", "2027-03-31", "2027-01-31 2027-02-28 2027-03-31"),
        (monthly_day(15, 2), "2026-09-15", "2027-01-15", "2026-09-15 2026-11-15 2027-01-15"),
    ],
)
def test_known_dates(rule: RecurrenceRule, first: str, last: str, expected: str) -> None:
    found = recurrence.dates(rule, date.fromisoformat(first), date.fromisoformat(last))
    assert found == [date.fromisoformat(day) for day in expected.split()]


def test_skipped_dates_are_counted_and_left_out() -> None:
    found = recurrence.dates(weekly([TU]), date(2026, 10, 20), count=3, skips=[date(2026, 10, 27)])
    assert found == [date(2026, 10, 20), date(2026, 11, 3)]


def test_the_last_of_six_meetings_lies_after_the_break() -> None:
    skips = recurrence.days_of_weeks([44], date(2026, 9, 1), date(2026, 12, 31))
    assert recurrence.last_day(weekly([TH]), date(2026, 10, 1), 6, skips) == date(2026, 11, 12)


@for_each("times", [0, -1, MOST_DATES + 1])
def test_meetings_have_a_number(times: int) -> None:
    with pytest.raises(RecurrenceError, match=Fault.COUNT):
        recurrence.last_day(weekly([TH]), date(2026, 10, 1), times)


def test_meetings_fit_into_three_years() -> None:
    with pytest.raises(RecurrenceError, match=Fault.TOO_LONG):
        recurrence.last_day(monthly_day(1), date(2026, 10, 1), 38)


@for_each(
    ("rule", "day", "first"),
    [
        (weekly([TU], 2), date(2026, 11, 25), date(2026, 12, 1)),
        (weekly([TU], 52), date(2026, 11, 24), date(2026, 11, 24)),
        (monthly_nth(-1, TH, 6), date(2026, 11, 27), date(2026, 12, 31)),
        (monthly_day(28), date(2026, 11, 29), date(2026, 12, 28)),
    ],
)
def test_the_first_day_is_the_next_one_that_fits(rule: RecurrenceRule, day: date, first: date) -> None:
    assert recurrence.first_day(rule, day) == first


@for_each(
    ("weeks", "first", "last"),
    [([44], date(2026, 10, 26), date(2026, 11, 1)), ([53], date(2026, 12, 28), date(2027, 1, 3))],
)
def test_weeks_become_their_days(weeks: list[int], first: date, last: date) -> None:
    days = recurrence.days_of_weeks(weeks, date(2026, 8, 31), date(2027, 6, 13))
    assert days == [first + n * ONE_DAY for n in range(7)]
    assert days[-1] == last


def test_a_week_the_year_does_not_have_is_refused() -> None:
    with pytest.raises(RecurrenceError, match="week: 53"):
        recurrence.days_of_weeks([2, 53], date(2027, 1, 4), date(2027, 12, 31))


@for_each(
    ("bounds", "fault"),
    [
        ({}, Fault.UNBOUNDED),
        ({"until": date(2026, 8, 31)}, Fault.BACKWARDS),
        ({"until": date(2029, 9, 4)}, Fault.TOO_LONG),
        ({"until": date(2028, 9, 1)}, Fault.TOO_MANY),
        ({"count": 0}, Fault.COUNT),
        ({"count": MOST_DATES + 1}, Fault.COUNT),
    ],
)
def test_dates_are_always_bounded(bounds: dict[str, object], fault: Fault) -> None:
    with pytest.raises(RecurrenceError) as refused:
        recurrence.dates(weekly(range(7)), date(2026, 9, 1), **bounds)  # type: ignore[arg-type]
    assert refused.value.fault is fault


def test_the_most_dates_are_allowed() -> None:
    last = date(2026, 9, 1) + (MOST_DATES - 1) * ONE_DAY
    assert len(recurrence.dates(weekly(range(7)), date(2026, 9, 1), last)) == MOST_DATES


def test_the_longest_span_is_allowed() -> None:
    last = date(2026, 9, 1) + recurrence.LONGEST_SPAN
    assert recurrence.dates(monthly_day(1, 12), date(2026, 9, 1), last)[-1] == date(2029, 9, 1)


@for_each("bounds", [{"until": date.max}, {"count": 2}])
def test_the_end_of_time_is_refused(bounds: dict[str, object]) -> None:
    with pytest.raises(RecurrenceError, match=Fault.TOO_LONG):
        recurrence.dates(weekly([MO]), date(9999, 1, 1), **bounds)  # type: ignore[arg-type]


@for_each(
    ("values", "fault"),
    [
        ({"frequency": Frequency.WEEKLY}, Fault.WEEKDAYS),
        ({"frequency": Frequency.WEEKLY, "weekdays": (7,)}, Fault.WEEKDAYS),
        ({"frequency": Frequency.WEEKLY, "weekdays": (2, 1)}, Fault.WEEKDAYS),
        ({"frequency": Frequency.WEEKLY, "weekdays": (1,), "interval": 0}, Fault.INTERVAL),
        ({"frequency": Frequency.WEEKLY, "weekdays": (1,), "interval": 53}, Fault.INTERVAL),
        ({"frequency": Frequency.WEEKLY, "weekdays": (1,), "nth": 2}, Fault.PART),
        ({"frequency": Frequency.WEEKLY, "weekdays": (1,), "month_day": 2}, Fault.PART),
        ({"frequency": Frequency.MONTHLY}, Fault.NTH),
        ({"frequency": Frequency.MONTHLY, "weekdays": (1,), "nth": 5}, Fault.NTH),
        ({"frequency": Frequency.MONTHLY, "weekdays": (1,), "nth": -2}, Fault.NTH),
        ({"frequency": Frequency.MONTHLY, "weekdays": (1, 2), "nth": 1}, Fault.WEEKDAYS),
        ({"frequency": Frequency.MONTHLY, "nth": 1}, Fault.WEEKDAYS),
        ({"frequency": Frequency.MONTHLY, "month_day": 29}, Fault.MONTH_DAY),
        ({"frequency": Frequency.MONTHLY, "month_day": 0}, Fault.MONTH_DAY),
        ({"frequency": Frequency.MONTHLY, "month_day": 1, "weekdays": (1,)}, Fault.PART),
        ({"frequency": Frequency.MONTHLY, "month_day": 1, "interval": 13}, Fault.INTERVAL),
    ],
)
def test_a_rule_khcal_does_not_keep_cannot_be_made(values: dict[str, object], fault: Fault) -> None:
    with pytest.raises(RecurrenceError) as refused:
        RecurrenceRule(**values)  # type: ignore[arg-type]
    assert refused.value.fault is fault


@for_each(
    ("rule", "days"),
    [(weekly([MO]), 7), (weekly([MO], 3), 21), (monthly_nth(1, MO), 31), (monthly_day(1, 2), 31)],
)
def test_a_period_in_days(rule: RecurrenceRule, days: int) -> None:
    assert rule.period_days == days


@for_each("moment", [time(2), time(2, 30), time(2, 59)])
def test_no_start_in_the_hour_of_the_clock_changes(moment: time) -> None:
    with pytest.raises(RecurrenceError, match=Fault.CLOCK_CHANGE):
        recurrence.check_start(moment)


@for_each("moment", [time(0), time(1, 59), time(3), time(14)])
def test_other_starts_are_fine(moment: time) -> None:
    recurrence.check_start(moment)
