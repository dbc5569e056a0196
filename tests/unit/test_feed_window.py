"""Which days a feed tells of, and when it was last changed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from khcal.calendaring import clock, feed_window
from tests.tables import for_each


@for_each(
    ("today", "first", "last"),
    [
        (date(2026, 11, 23), date(2026, 10, 19), date(2028, 1, 2)),
        (date(2026, 11, 29), date(2026, 10, 19), date(2028, 1, 2)),
        (date(2026, 11, 30), date(2026, 10, 26), date(2028, 1, 9)),
        (date(2027, 1, 31), date(2026, 12, 21), date(2028, 3, 5)),
    ],
)
def test_the_window_steps_on_mondays(today: date, first: date, last: date) -> None:
    assert feed_window.window(today) == (first, last)


def test_the_window_never_steps_back() -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(800)]
    windows = [feed_window.window(day) for day in days]
    assert windows == sorted(windows)
    assert all(day - first >= timedelta(days=30) for day, (first, _) in zip(days, windows, strict=True))
    assert all(last - day >= timedelta(days=395) for day, (_, last) in zip(days, windows, strict=True))


def test_last_modified_is_the_later_of_the_change_and_monday() -> None:
    monday = int(clock.to_utc(datetime(2026, 11, 23)).timestamp())
    assert feed_window.last_modified(monday - 5, date(2026, 11, 29)) == monday
    assert feed_window.last_modified(monday + 5, date(2026, 11, 29)) == monday + 5
