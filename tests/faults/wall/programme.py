"""The programmes of the battery: every day has its own titles, so that another day's list is found out."""

from __future__ import annotations

from datetime import date, timedelta

from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.snapshot import DAYS, Snapshot
from khcal.calendaring.terms import Status
from tests.browser.wall import programmes

HOURS = (("09:30", "10:30", "Morgonfika"), ("13:00", "15:00", "Samtal"), ("18:00", "19:00", "Yoga"))


def told(first: date = programmes.DAY, word: str = "") -> Snapshot:
    """35 days from ``first``; every fifth day is empty. Another ``word`` is another programme."""
    days = [first + timedelta(days=number) for number in range(DAYS)]
    return programmes.document(
        [row for day in days if not is_empty(day) for row in rows_of(day, word)], first=first
    )


def is_empty(day: date) -> bool:
    """Whether nothing is planned on that day, which is not the same as not knowing."""
    return day.toordinal() % 5 == 0


def rows_of(day: date, word: str) -> list[ListedDate]:
    """A cancelled one among them."""
    return [
        programmes.at(
            f"{day} {start}",
            f"{day} {end}",
            f"{title} {word} {day.day}/{day.month}".replace("  ", " "),
            day.toordinal() * 10 + number,
            status=Status.CANCELLED if title == "Yoga" else Status.PLANNED,
        )
        for number, (start, end, title) in enumerate(HOURS)
    ]
