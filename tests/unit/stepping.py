"""The dates of a rule, found the slow and plain way: day by day."""

from __future__ import annotations

from datetime import date, timedelta

from khcal.calendaring.recurrence import Frequency, RecurrenceRule

ONE_DAY = timedelta(days=1)


def step_by_step(rule: RecurrenceRule, first: date, last: date) -> list[date]:
    """The dates of a rule, found by asking every day on the way whether it is one."""
    days = (first + n * ONE_DAY for n in range((last - first).days + 1))
    return [day for day in days if is_in_phase(rule, first, day) and is_its_day(rule, day)]


def is_in_phase(rule: RecurrenceRule, first: date, day: date) -> bool:
    if rule.frequency is Frequency.WEEKLY:
        return (monday(day) - monday(first)).days // 7 % rule.interval == 0
    return ((day.year - first.year) * 12 + day.month - first.month) % rule.interval == 0


def monday(day: date) -> date:
    while day.weekday() != 0:
        day -= ONE_DAY
    return day


def is_its_day(rule: RecurrenceRule, day: date) -> bool:
    if rule.month_day is not None:
        return day.day == rule.month_day or (rule.month_day == -1 and (day + ONE_DAY).day == 1)
    if day.weekday() not in rule.weekdays:
        return False
    if rule.nth == -1:
        return (day + 7 * ONE_DAY).month != day.month
    return rule.nth is None or (day.day - 1) // 7 + 1 == rule.nth
