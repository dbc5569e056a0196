"""Dates laid out in days, weeks and months: the boxes that tables and day headings are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from . import clock
from .red_days import NamedDay, is_red, named_day
from .shapes import ListedDate

_ONE_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayBox:
    """A day with its rows in the order they came, its name if it has one, and whether it is red.

    ``in_month`` is false for the days of other months in a month's first and last week.
    """

    day: date
    rows: tuple[ListedDate, ...]
    named: NamedDay | None
    is_red: bool
    is_today: bool
    in_month: bool = True

    @property
    def closures(self) -> tuple[ListedDate, ...]:
        """The rows that say that the house is closed the whole day."""
        return tuple(row for row in self.rows if row.closes_the_day)

    @property
    def held(self) -> tuple[ListedDate, ...]:
        """What takes place on the day, in a closed house all the same."""
        return tuple(row for row in self.rows if row.takes_place and not row.closes_the_day)

    @property
    def off(self) -> tuple[ListedDate, ...]:
        """What was called off or moved to another day."""
        return tuple(row for row in self.rows if not row.takes_place)


@dataclass(frozen=True, slots=True)
class WeekBox:
    """An ISO week, Monday first. ``year`` is the week's own: v. 53 of 2026 ends on 3 January 2027."""

    year: int
    number: int
    days: tuple[DayBox, ...]

    @property
    def monday(self) -> date:
        """Its first day."""
        return self.days[0].day

    @property
    def sunday(self) -> date:
        """Its last day."""
        return self.days[-1].day


@dataclass(frozen=True, slots=True)
class MonthTable:
    """The whole weeks that a month touches; ``month`` is its first day."""

    month: date
    weeks: tuple[WeekBox, ...]


def month_span(day: date) -> tuple[date, date]:
    """The Monday and the Sunday between which the month of ``day`` is shown."""
    last = clock.next_month(day) - clock.ONE_DAY
    return clock.monday_of(clock.first_of_month(day)), clock.monday_of(last) + timedelta(days=6)


def month_table(day: date, rows: Iterable[ListedDate], today: date) -> MonthTable:
    """The month of ``day`` in whole weeks; ``rows`` of other days are left out."""
    month = clock.first_of_month(day)
    monday, sunday = month_span(day)
    kept = tuple(rows)
    weeks = []
    while monday < sunday:
        weeks.append(week_box(monday, kept, today, month))
        monday += _ONE_WEEK
    return MonthTable(month, tuple(weeks))


def week_box(day: date, rows: Iterable[ListedDate], today: date, month: date | None = None) -> WeekBox:
    """The week of ``day``; with a ``month``, days outside it are marked."""
    monday = clock.monday_of(day)
    days = by_day(rows, today, (monday, monday + timedelta(days=6)), month)
    return WeekBox(*clock.week_of(day), tuple(days))


def day_box(day: date, rows: Iterable[ListedDate], today: date) -> DayBox:
    """One day; ``rows`` of other days are left out."""
    return by_day(rows, today, (day, day))[0]


def by_day(
    rows: Iterable[ListedDate],
    today: date,
    span: tuple[date, date] | None = None,
    month: date | None = None,
) -> list[DayBox]:
    """The days that have rows, in order; with a span every day of it, also the empty ones."""
    rows_of: dict[date, list[ListedDate]] = {}
    for row in rows:
        rows_of.setdefault(row.day, []).append(row)
    return [
        DayBox(
            day=day,
            rows=tuple(rows_of.get(day, ())),
            named=named_day(day),
            is_red=is_red(day),
            is_today=day == today,
            in_month=month is None or clock.first_of_month(day) == month,
        )
        for day in (clock.days_between(*span) if span else sorted(rows_of))
    ]
