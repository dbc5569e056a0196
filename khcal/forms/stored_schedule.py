"""Dates that exist → what the form says of them."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from khcal.calendaring import clock
from khcal.calendaring.limits import LATEST_NIGHT_END
from khcal.calendaring.plan import Schedule, Slot
from khcal.calendaring.recurrence import Frequency

from .schedule import Repeat


def typed_schedule(schedule: Schedule | None, slots: list[Slot]) -> dict[str, Any]:
    """What the form says of dates that exist: values by the names of its fields."""
    if schedule is not None:
        return _typed_rule(schedule)
    if not slots:
        return {}
    first = slots[0]
    hours = _typed_hours(first.starts_at.time(), first.ends_at.time())
    if len(slots) > 1:
        return hours | {"repeat": Repeat.OWN_DAYS, "days": tuple(slot.day for slot in slots)}
    last = (first.ends_at - timedelta(microseconds=1)).date()
    is_night = last - first.day == clock.ONE_DAY and time.min < first.ends_at.time() <= LATEST_NIGHT_END
    several = last if last > first.day and not is_night else None
    return hours | {"repeat": Repeat.ONCE, "first_day": first.day, "last_day": several}


def _typed_rule(schedule: Schedule) -> dict[str, Any]:
    rule = schedule.rule
    typed: dict[str, Any] = {"first_day": schedule.rule_from, "until": schedule.rule_until}
    typed |= _typed_hours(schedule.start_time, schedule.end_time)
    if rule.frequency is Frequency.WEEKLY:
        repeat = {1: Repeat.WEEKLY, 2: Repeat.FORTNIGHTLY}.get(rule.interval, Repeat.EVERY_WEEKS)
        return typed | {"repeat": repeat, "every": rule.interval, "weekdays": list(rule.weekdays)}
    if rule.nth is not None:
        return typed | {"repeat": Repeat.MONTHLY_WEEKDAY, "nth": rule.nth, "every": rule.interval}
    return typed | {"repeat": Repeat.MONTHLY_DAY, "every": rule.interval}


def _typed_hours(starts: time, ends: time) -> dict[str, Any]:
    if starts == ends == time.min:
        return {"all_day": True}
    return {"starts": starts, "ends": ends}
