"""How an activity repeats: the few rules a house needs, as RFC 5545 text and as dates.

A rule is weekly (every n weeks, on some weekdays) or monthly (on the nth or last weekday, or on a day
of the month). It says neither from when nor until when: those stand beside it, and dates are always
asked for within bounds. "Every n weeks" counts ISO weeks from the week of the rule's first date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import islice

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

from . import clock

MOST_DATES = 730
LONGEST_SPAN = timedelta(days=3 * 366)
MOST_WEEKS_APART = 52
MOST_MONTHS_APART = 12
LAST_SAFE_MONTH_DAY = 28
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)


class Fault(StrEnum):
    """What is wrong with a rule or its bounds; a reader is told in a sentence made from it."""

    UNREADABLE = "unreadable"
    PART = "part"
    FREQUENCY = "frequency"
    INTERVAL = "interval"
    WEEKDAYS = "weekdays"
    NTH = "nth"
    MONTH_DAY = "month_day"
    WEEK_START = "week_start"
    UNTIL = "until"
    COUNT = "count"
    UNBOUNDED = "unbounded"
    BACKWARDS = "backwards"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    CLOCK_CHANGE = "clock_change"
    WEEK = "week"


class RecurrenceError(ValueError):
    """A rule khcal does not keep: ``fault`` says why, ``value`` is the piece of text or number at fault."""

    def __init__(self, fault: Fault, value: object = "") -> None:
        super().__init__(fault, value)
        self.fault = fault
        self.value = str(value)

    def __str__(self) -> str:
        return f"{self.fault}: {self.value}"


class Frequency(StrEnum):
    """What the interval of a rule counts."""

    WEEKLY = "WEEKLY"
    MONTHLY = "MONTHLY"


@dataclass(frozen=True, slots=True)
class RecurrenceRule:
    """How often: weekdays are 0 (Monday) to 6, sorted; ``nth`` is 1-4 or -1, ``month_day`` 1-28 or -1.

    Weekly rules have weekdays; monthly ones have either ``nth`` and one weekday, or ``month_day``.
    Use the constructors ``weekly``, ``monthly_nth`` and ``monthly_day``. Raises RecurrenceError.
    """

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[int, ...] = ()
    nth: int | None = None
    month_day: int | None = None

    def __post_init__(self) -> None:
        _check_interval(self)
        _check_days(self)

    @property
    def period_days(self) -> int:
        """How many days one period lasts, the longest month for monthly rules."""
        return 7 * self.interval if self.frequency is Frequency.WEEKLY else 31

    def __str__(self) -> str:
        """The rule as RFC 5545 text without UNTIL, as it is stored; the same rule is the same text."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.month_day is not None:
            parts.append(f"BYMONTHDAY={self.month_day}")
        else:
            codes = (f"{self.nth or ''}{WEEKDAY_CODES[weekday]}" for weekday in self.weekdays)
            parts.append(f"BYDAY={','.join(codes)}")
        return ";".join(parts)


def weekly(weekdays: Iterable[int], interval: int = 1) -> RecurrenceRule:
    """On these weekdays (0 is Monday) every ``interval`` weeks."""
    return RecurrenceRule(Frequency.WEEKLY, interval, tuple(sorted(set(weekdays))))


def monthly_nth(nth: int, weekday: int, interval: int = 1) -> RecurrenceRule:
    """On the first to fourth, or last (-1), such weekday of every ``interval`` months."""
    return RecurrenceRule(Frequency.MONTHLY, interval, (weekday,), nth=nth)


def monthly_day(day: int, interval: int = 1) -> RecurrenceRule:
    """On this day of the month (1-28, or -1 for the last) every ``interval`` months."""
    return RecurrenceRule(Frequency.MONTHLY, interval, month_day=day)


def dates(
    rule: RecurrenceRule,
    rule_from: date,
    until: date | None = None,
    count: int | None = None,
    skips: Collection[date] = (),
) -> list[date]:
    """The rule's dates from ``rule_from`` to ``until``, or so many, or whichever ends first.

    Skipped dates are counted, as in RFC 5545, and then left out. Raises RecurrenceError without a
    bound, backwards, beyond three years or beyond 730 dates.
    """
    last = _last_allowed(rule_from, until, count)
    found = list(islice(_expand(rule, rule_from, last), MOST_DATES + 1 if count is None else count))
    if len(found) > MOST_DATES:
        raise RecurrenceError(Fault.TOO_MANY, MOST_DATES)
    if until is None and count is not None and len(found) < count:
        raise RecurrenceError(Fault.TOO_LONG, LONGEST_SPAN.days)
    return [day for day in found if day not in skips]


def last_day(rule: RecurrenceRule, rule_from: date, times: int, skips: Collection[date] = ()) -> date:
    """The day of the last of so many meetings that take place, skipped dates not counted.

    Raises RecurrenceError when they do not fit into three years.
    """
    if not 1 <= times <= MOST_DATES:
        raise RecurrenceError(Fault.COUNT, times)
    days = (day for day in _expand(rule, rule_from, _horizon(rule_from)) if day not in skips)
    found = list(islice(days, times))
    if len(found) < times:
        raise RecurrenceError(Fault.TOO_LONG, LONGEST_SPAN.days)
    return found[-1]


def first_day(rule: RecurrenceRule, day: date) -> date:
    """The first day from ``day`` on that the rule can begin with: use it as ``rule_from``."""
    every_period = RecurrenceRule(rule.frequency, 1, rule.weekdays, rule.nth, rule.month_day)
    return next(_expand(every_period, day, _horizon(day)))


def days_of_weeks(weeks: Iterable[int], first: date, last: date) -> list[date]:
    """Every day between ``first`` and ``last`` that lies in an ISO week with one of these numbers.

    Raises RecurrenceError for a week that none of the years has within the span.
    """
    wanted = set(weeks)
    found = [day for day in clock.days_between(first, last) if clock.week_of(day)[1] in wanted]
    missing = wanted - {clock.week_of(day)[1] for day in found}
    if missing:
        raise RecurrenceError(Fault.WEEK, min(missing))
    return found


def check_start(moment: time) -> None:
    """Refuse a start that the clock changes can skip or repeat. Raises RecurrenceError."""
    if clock.is_ambiguous_hour(moment):
        raise RecurrenceError(Fault.CLOCK_CHANGE, moment.strftime("%H.%M"))


def _check_interval(rule: RecurrenceRule) -> None:
    most = MOST_WEEKS_APART if rule.frequency is Frequency.WEEKLY else MOST_MONTHS_APART
    if not 1 <= rule.interval <= most:
        raise RecurrenceError(Fault.INTERVAL, rule.interval)


def _check_days(rule: RecurrenceRule) -> None:
    is_weekly = rule.frequency is Frequency.WEEKLY
    if is_weekly and (rule.nth is not None or rule.month_day is not None):
        raise RecurrenceError(Fault.PART, "BYMONTHDAY" if rule.nth is None else "BYDAY")
    if rule.month_day is not None:
        if rule.nth is not None or rule.weekdays:
            raise RecurrenceError(Fault.PART, "BYDAY")
        if rule.month_day != -1 and not 1 <= rule.month_day <= LAST_SAFE_MONTH_DAY:
            raise RecurrenceError(Fault.MONTH_DAY, rule.month_day)
        return
    if not is_weekly and (rule.nth is None or rule.nth not in (1, 2, 3, 4, -1)):
        raise RecurrenceError(Fault.NTH, rule.nth or "")
    in_order = tuple(sorted(set(rule.weekdays))) == rule.weekdays
    in_range = all(0 <= weekday <= 6 for weekday in rule.weekdays)
    if not (rule.weekdays and in_order and in_range and (is_weekly or len(rule.weekdays) == 1)):
        raise RecurrenceError(Fault.WEEKDAYS, ",".join(map(str, rule.weekdays)))


def _last_allowed(rule_from: date, until: date | None, count: int | None) -> date:
    if until is None and count is None:
        raise RecurrenceError(Fault.UNBOUNDED)
    if count is not None and not 1 <= count <= MOST_DATES:
        raise RecurrenceError(Fault.COUNT, count)
    if until is None:
        return _horizon(rule_from)
    if until < rule_from:
        raise RecurrenceError(Fault.BACKWARDS, until)
    if until > _horizon(rule_from):
        raise RecurrenceError(Fault.TOO_LONG, LONGEST_SPAN.days)
    return until


def _horizon(rule_from: date) -> date:
    if rule_from > date.max - LONGEST_SPAN:
        raise RecurrenceError(Fault.TOO_LONG, LONGEST_SPAN.days)
    return rule_from + LONGEST_SPAN


def _expand(rule: RecurrenceRule, first: date, last: date) -> Iterator[date]:
    weekdays = [_WEEKDAYS[weekday] for weekday in rule.weekdays]
    expanded = rrule(
        WEEKLY if rule.frequency is Frequency.WEEKLY else MONTHLY,
        dtstart=clock.midnight(first),
        interval=rule.interval,
        wkst=MO,
        until=clock.midnight(last),
        byweekday=[weekday(rule.nth) for weekday in weekdays] if rule.nth else weekdays or None,
        bymonthday=rule.month_day,
    )
    return (moment.date() for moment in expanded)
