"""Which days feeds tell of, and since when they tell it: for whoever asks, before a feed is written."""

from __future__ import annotations

from datetime import date, timedelta

from . import clock


def window(today: date) -> tuple[date, date]:
    """First and last day that a feed tells of; it steps forward on Mondays only."""
    monday = clock.monday_of(today)
    first = clock.monday_of(monday - timedelta(days=30))
    sunday = monday + timedelta(days=6)
    month_after_a_year = clock.next_month(sunday.replace(year=sunday.year + 1, day=1))
    last = clock.monday_of(month_after_a_year + timedelta(days=sunday.day - 1)) + timedelta(days=6)
    return first, last


def last_modified(changed_at: int, today: date) -> int:
    """Seconds since 1970: the later of the house's last change and the last step of the window."""
    stepped = clock.to_utc(clock.midnight(clock.monday_of(today)))
    return max(changed_at, int(stepped.timestamp()))
