"""The two weeks that the programme shows at a time, each with its card and its days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from khcal.calendaring import clock
from khcal.queries import HousePage, staff
from khcal.queries.staff import StaffDate
from khcal.queries.staff.week import ending_series, week_checks

from .ways_back import last_day_shown
from .week_card import WEEKS_AHEAD_OF_AN_END, Finding, WeekCard, find, make_card

ONE_WEEK = 7 * clock.ONE_DAY


@dataclass(frozen=True)
class ShownWeek:
    """A week of the programme. ``days`` begin with the day asked for; what was before is a link away."""

    card: WeekCard
    days: list[tuple[date, list[StaffDate]]]

    @property
    def monday(self) -> date:
        """When it begins."""
        return self.card.monday

    @property
    def year(self) -> int:
        """The year that the week counts to."""
        return clock.week_of(self.monday)[0]

    @property
    def number(self) -> int:
        """Its ISO number."""
        return clock.week_of(self.monday)[1]

    @property
    def address(self) -> str:
        """How an address names it: ``2026-v48``."""
        return f"{self.year}-v{self.number:02}"


def shown_weeks(page: HousePage, first: date) -> list[ShownWeek]:
    """The week of ``first`` from that day on, and the week after it."""
    monday, last = clock.monday_of(first), last_day_shown(first)
    rows = staff.staff_dates(page.house.id, monday, last)
    findings = _findings(page, rows, monday, last)
    mondays = (monday, monday + ONE_WEEK)
    checks = week_checks(page.house.id, mondays)
    return [
        ShownWeek(
            make_card(each, rows, findings, check=checks.get(each), revision=page.house.revision),
            _days(rows, first, each),
        )
        for each in mondays
    ]


def _findings(page: HousePage, rows: Sequence[StaffDate], monday: date, last: date) -> list[Finding]:
    """What to look at in these weeks; which series soon end is told with the week of today alone."""
    today = clock.today()
    if last < today:
        return []
    rooms = {number for row in rows for number, _name in row.rooms}
    booked = staff.booked(page.house.id, page.house.slug, rooms, max(monday, today), last, None)
    is_now = monday <= today
    until = today + WEEKS_AHEAD_OF_AN_END * ONE_WEEK
    ending = ending_series(page.house.id, today, until) if is_now else []
    return find(rows, booked, ending, page.house.slug)


def _days(rows: Sequence[StaffDate], first: date, monday: date) -> list[tuple[date, list[StaffDate]]]:
    """The dates of a week by day, from ``first``; what began before stands on that day alone."""
    here = [row for row in rows if row.last_day >= first and clock.monday_of(_day(row, first)) == monday]
    return [(day, list(found)) for day, found in groupby(here, lambda row: _day(row, first))]


def _day(row: StaffDate, first: date) -> date:
    return max(row.starts_at.date(), first)
