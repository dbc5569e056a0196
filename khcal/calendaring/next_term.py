"""Last term's programme again: each group at its weekday and hour, in the next term's weeks.

A term is a span of days. Dates are moved by whole ISO weeks, so that a Tuesday stays a Tuesday and
"every other week" keeps its rhythm from the term's first week; a day of the month stays that day, and
a group that met in the term's first month does so again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from . import clock
from .plan import Schedule, Slot
from .proposal import Pause, pause_on
from .quick_entry.terms_of_year import AUTUMN_WEEKS, SPRING_WEEKS
from .recurrence import Frequency, RecurrenceError, RecurrenceRule, dates, first_day, last_day

# A group whose last meeting is this near the end of the term met the whole term.
NEAR_THE_END = timedelta(weeks=3)
SUMMER = "Sommaruppehåll"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included."""

    first_day: date
    last_day: date

    def __contains__(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Group:
    """What met in the term gone by: its slots in order, and its rule if it has one."""

    slots: tuple[Slot, ...]
    schedule: Schedule | None = None


@dataclass(frozen=True, slots=True)
class NextTerm:
    """The dates of the new term, before breaks: by a rule, or day by day."""

    slots: tuple[Slot, ...]
    schedule: Schedule | None = None

    def at(self, starts: time, ends: time) -> NextTerm:
        """The same days at other hours."""
        slots = tuple(_slot(slot.day, starts, ends) for slot in self.slots)
        schedule = replace(self.schedule, start_time=starts, end_time=ends) if self.schedule else None
        return NextTerm(slots, schedule)


def usual_terms(today: date) -> tuple[Span, Span]:
    """The term that one copies and the one that one plans, as terms usually lie: the running or latest
    one, and the one after it."""
    years = (today.year - 1, today.year, today.year + 1)
    terms = [_weeks(year, weeks) for year in years for weeks in (SPRING_WEEKS, AUTUMN_WEEKS)]
    begun = [number for number, term in enumerate(terms) if term.first_day <= today]
    return terms[begun[-1]], terms[begun[-1] + 1]


def summers(former: Schedule, until: date) -> tuple[Pause, ...]:
    """The summers between terms that a series made longer goes through, for most groups rest then.

    None for a group that has met in a summer, nor the one that ``until`` itself lies in: it is meant.
    """
    spans = [_summer(year) for year in range(former.rule_from.year, until.year + 1)]
    if any(slot.day in span for slot in former.slots() for span in spans):
        return ()
    return tuple(
        Pause(SUMMER, span.first_day, span.last_day)
        for span in spans
        if former.rule_until < span.last_day < until
    )


def in_next_term(group: Group, source: Span, target: Span) -> NextTerm:
    """The group's dates in ``target``; none when it has none there.

    A group that met to the end of ``source`` meets to the end of ``target``; one that ended before
    meets for as many weeks.
    """
    if group.schedule is None:
        shift = clock.monday_of(target.first_day) - clock.monday_of(source.first_day)
        moved = (_slot_on(slot, slot.day + shift) for slot in group.slots)
        return NextTerm(tuple(slot for slot in moved if slot.day in target))
    rule, last = group.schedule.rule, group.slots[-1].day
    near = max(NEAR_THE_END, timedelta(days=rule.period_days))
    try:
        until = _answering(rule, last, source, target) if last + near <= source.last_day else target.last_day
        start = _answering(rule, group.slots[0].day, source, target)
        return _by_rule(group.schedule, start, min(until, target.last_day), target)
    except RecurrenceError:
        return NextTerm(())


def left_out(slots: tuple[Slot, ...], breaks: tuple[Pause, ...]) -> dict[date, str]:
    """The days that start unticked, with the break or the red day that is the reason."""
    return {slot.day: why for slot in slots if (why := pause_on(slot.day, breaks))}


def continuing(former: Schedule | None, coming: NextTerm) -> Schedule | None:
    """The former schedule made longer, if that alone gives the coming dates; else ``None``."""
    new = coming.schedule
    if former is None or new is None or not coming.slots or new.rule_until <= former.rule_until:
        return None
    if (former.rule, former.start_time, former.end_time) != (new.rule, new.start_time, new.end_time):
        return None
    longer = replace(former, rule_until=new.rule_until)
    try:
        days = [day for day in as_days(longer.slots()) if day >= coming.slots[0].day]
    except RecurrenceError:
        return None
    return longer if days == as_days(coming.slots) else None


def as_days(slots: Iterable[Slot]) -> list[date]:
    """The days that the slots stand on."""
    return [slot.day for slot in slots]


def usual_hours(coming: NextTerm) -> tuple[time, time] | None:
    """The hours that the coming dates share; ``None`` when they differ or are whole days."""
    hours = {(slot.starts_at.time(), slot.ends_at.time()) for slot in coming.slots}
    found = next(iter(hours)) if len(hours) == 1 else None
    return None if found == (time.min, time.min) else found


def _answering(rule: RecurrenceRule, day: date, source: Span, target: Span) -> date:
    """The day in ``target`` that answers to ``day``: as many weeks on, or as many months.

    Weeks are counted from the Mondays of the terms' first days, so it may lie before the term begins.
    """
    if rule.frequency is Frequency.WEEKLY:
        return day + (clock.monday_of(target.first_day) - clock.monday_of(source.first_day))
    every_month = replace(rule, interval=1)
    number = len(dates(every_month, first_day(rule, source.first_day), day))
    return last_day(every_month, first_day(rule, target.first_day), number)


def _by_rule(former: Schedule, start: date, until: date, target: Span) -> NextTerm:
    """The rule from ``start`` on, which gives it its phase, as far as it lies in ``target``."""
    schedule = replace(former, rule_from=start, rule_until=until)
    slots = tuple(slot for slot in schedule.slots() if slot.day in target)
    return NextTerm(slots, replace(schedule, rule_from=slots[0].day)) if slots else NextTerm(())


def _slot_on(slot: Slot, day: date) -> Slot:
    moved = day - slot.day
    return Slot(day, slot.starts_at + moved, slot.ends_at + moved)


def _slot(day: date, starts: time, ends: time) -> Slot:
    nights = timedelta(days=int(ends <= starts))
    return Slot(day, datetime.combine(day, starts), datetime.combine(day + nights, ends))


def _summer(year: int) -> Span:
    """From the end of the spring to the beginning of the autumn."""
    first, last = _weeks(year, SPRING_WEEKS).last_day, _weeks(year, AUTUMN_WEEKS).first_day
    return Span(first + clock.ONE_DAY, last - clock.ONE_DAY)


def _weeks(year: int, weeks: tuple[int, int]) -> Span:
    first, last = weeks
    return Span(date.fromisocalendar(year, first, 1), date.fromisocalendar(year, last, 7))
