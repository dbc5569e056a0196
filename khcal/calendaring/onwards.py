"""This date and those that follow: from which day on a change of times counts.

An activity is never split in two: its rule describes the future, its dates are the past. So a rule that is
changed from a day on begins there, and what lies before it stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from . import clock
from .plan import PlannedDate, Schedule
from .proposal import Wanted
from .recurrence import Frequency


def first_day(rows: Iterable[PlannedDate], day: date, schedule: Schedule | None, today: date) -> date:
    """The first day that new dates may take when everything from the date on ``day`` on is changed.

    A group that goes from Thursdays to Tuesdays begins on the Tuesday of the same week, or of the same
    month, unless a date that stays is later than that.
    """
    is_monthly = schedule is not None and schedule.rule.frequency is Frequency.MONTHLY
    begins = day.replace(day=1) if is_monthly else clock.monday_of(day)
    before = [row for row in rows if row.starts_at.date() < day]
    taken = [max(row.place, row.starts_at.date()) + clock.ONE_DAY for row in before]
    return max(today, min(day, max([begins, *taken])))


def wanted_from(wanted: Wanted, day: date) -> Wanted:
    """What a form asks for, counted from ``day`` on. Raises ValueError when nothing is left of its rule."""
    schedule = wanted.schedule
    if schedule is None or schedule.rule_from >= day:
        return wanted
    following = next((slot.day for slot in schedule.slots() if slot.day >= day), None)
    if following is None:
        raise ValueError(day)
    pauses = tuple(pause for pause in wanted.pauses if pause[0] >= following)
    return replace(wanted, schedule=replace(schedule, rule_from=following), pauses=pauses)
