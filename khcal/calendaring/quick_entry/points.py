"""Days, weeks and months as somebody says them: often without a year, sometimes with a wrong weekday.

Every point tells which stretch of days it means in a given year; without a year of its own, it means
the next one.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from ..proposal import Pause
from .church_days import named_day_of

Span = tuple[date, date]
# 29 February comes within eight years, also around a century without one.
YEARS_AHEAD = 8


class Point(Protocol):
    """Something with a first and a last day in a year. ``year`` is the one that was said."""

    @property
    def year(self) -> int | None:
        """The year that was said, if any."""

    def in_year(self, year: int) -> Span | None:
        """Its days in that year; ``None`` when the year has none such."""


@dataclass(frozen=True, slots=True)
class DayPoint:
    """``onsdag 25 november 2026``; the weekday (0 is Monday) is only what was said, to be checked."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None

    def in_year(self, year: int) -> Span | None:
        """The day, unless it is one like 30 February."""
        if not 1 <= self.day <= monthrange(year, self.month)[1]:
            return None
        found = date(year, self.month, self.day)
        return found, found


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """``v. 48``: an ISO week, Monday to Sunday."""

    week: int
    year: int | None = None

    def in_year(self, year: int) -> Span | None:
        """The week of that ISO year; only some years have a week 53."""
        try:
            monday = date.fromisocalendar(year, self.week, 1)
        except ValueError:
            return None
        return monday, monday + timedelta(days=6)


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """``oktober``."""

    month: int
    year: int | None = None

    def in_year(self, year: int) -> Span | None:
        """The whole month."""
        return date(year, self.month, 1), date(year, self.month, monthrange(year, self.month)[1])


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """``annandag påsk``, or the day ``offset`` days from it; the name is one of the named days."""

    name: str
    offset: int = 0
    year: int | None = None

    def in_year(self, year: int) -> Span | None:
        """The named day of that year."""
        named = named_day_of(self.name, year)
        if named is None:
            return None
        found = named + timedelta(days=self.offset)
        return found, found


@dataclass(frozen=True, slots=True)
class FixedPoint:
    """A day that follows from today alone: ``i morgon``, ``nästa tisdag``."""

    day: date

    @property
    def year(self) -> int:
        """Its year goes without saying."""
        return self.day.year

    def in_year(self, year: int) -> Span | None:
        """The day itself."""
        return (self.day, self.day) if year == self.day.year else None


@dataclass(frozen=True, slots=True)
class FixedWeek:
    """A week that follows from today alone: ``nästa vecka``. ``year`` is that of its Monday."""

    monday: date

    @property
    def year(self) -> int:
        """Its year goes without saying."""
        return self.monday.year

    def in_year(self, year: int) -> Span | None:
        """Monday to Sunday."""
        return (self.monday, self.monday + timedelta(days=6)) if year == self.monday.year else None


@dataclass(frozen=True, slots=True)
class BreakPoint:
    """A break of the house by its name: ``sportlovet``."""

    name: str
    pauses: tuple[Pause, ...]
    year: int | None = None

    def in_year(self, year: int) -> Span | None:
        """The break that begins in that year."""
        found = (p for p in self.pauses if p.first_day.year == year)
        return next(((p.first_day, p.last_day) for p in found), None)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the first day of one point to the last day of another, often the same."""

    first: Point
    last: Point

    @property
    def ends(self) -> tuple[Point, Point]:
        """The point that it begins with and the one that it ends with."""
        return self.first, self.last

    @property
    def is_range(self) -> bool:
        """Whether two ends were said."""
        return self.first is not self.last

    def on_or_after(self, day: date) -> Span | None:
        """Its days, the next ones from ``day`` on; a year that was said counts whenever it is."""
        first = self._first(day)
        if first is None or not self.is_range:
            return first
        last = next_span(self.last, first[0])
        return (first[0], last[1]) if last else None

    def within(self, first: date, last: date) -> list[Span]:
        """Its days in every year that a longer span touches."""
        years = range(first.year - 1, last.year + 1)
        found = (_with_year(self, year).on_or_after(date(year, 1, 1)) for year in years)
        spans = dict.fromkeys(span for span in found if span)
        return [span for span in spans if span[0] <= span[1] >= first and span[0] <= last]

    def _first(self, day: date) -> Span | None:
        if self.first.year is None and self.last.year is not None:
            # "12 december-1 juni 2027": the year stands at the end alone.
            end = next_span(self.last, day)
            years = [self.last.year, self.last.year - 1] if end else []
            spans = (self.first.in_year(year) for year in years)
            return next((span for span in spans if span and end and span[0] <= end[1]), None)
        return next_span(self.first, day)


def one(point: Point) -> Stretch:
    """The stretch that is a point alone."""
    return Stretch(point, point)


def next_span(point: Point, after: date) -> Span | None:
    """The days of a point in its year, or else its next ones that do not lie wholly before ``after``."""
    if point.year is not None:
        return point.in_year(point.year)
    for year in range(after.year - 1, min(after.year + YEARS_AHEAD, date.max.year) + 1):
        span = point.in_year(year)
        if span and span[1] >= after:
            return span
    return None


def latest_span(point: Point, before: date) -> Span | None:
    """The days of a point in its year, or else its latest ones that do not begin after ``before``."""
    if point.year is not None:
        return point.in_year(point.year)
    spans = (point.in_year(year) for year in range(before.year, before.year - YEARS_AHEAD, -1))
    return next((span for span in spans if span and span[0] <= before), None)


def _with_year(stretch: Stretch, year: int) -> Stretch:
    first = stretch.first
    if first.year is not None or not isinstance(
        first, DayPoint | WeekPoint | MonthPoint | NamedPoint | BreakPoint
    ):
        return stretch
    dated = replace(first, year=year)
    return Stretch(dated, stretch.last) if stretch.is_range else one(dated)


def is_one_day(stretch: Stretch) -> bool:
    """Whether it can only be a single day."""
    return not stretch.is_range and isinstance(stretch.first, DayPoint | NamedPoint | FixedPoint)
