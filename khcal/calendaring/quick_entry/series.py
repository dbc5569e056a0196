"""Dates by a rule: from when until when, which of them, and whether a rule alone can say them.

ISO years of 53 weeks are followed by week 1: both are odd. "Every second week" therefore says "odd weeks"
only as long as no such New Year lies between; when one does, the dates are listed day by day instead.
"""

from __future__ import annotations

from datetime import date, timedelta

from .. import recurrence
from ..recurrence import RecurrenceError, RecurrenceRule, weekly
from .church_days import red_name
from .entry import PAUSES_AHEAD, Assumed, Conflict, Lack, LeftOut, When
from .facts import Role
from .heard import Heard, Said, joined_days
from .leaving_out import days_left_out, without_skipped
from .points import DayPoint, FixedPoint
from .rhythm_said import Rhythm, rules_of
from .series_bounds import Bounds, bounds_of

MOST_RED_DAYS = 6
SPARE_DATES = 24
LAST_WEEK_OF_LONG_YEAR = 53


def decide_series(heard: Heard, rhythm: Rhythm) -> When:
    """The rule and its bounds, or the days one by one where no rule says them."""
    bounds = bounds_of(heard, rhythm)
    weekdays = rhythm.weekdays or _weekday_of_start(heard, rhythm, bounds)
    if not (weekdays or rhythm.monthly):
        heard.lack(Lack.DAYS if rhythm.months else Lack.WEEKDAY)
        return When(first_day=bounds.first if bounds.is_told else None, until=bounds.last, times=rhythm.times)
    try:
        rules = rules_of(rhythm, weekdays)
        first = min(recurrence.first_day(rule, bounds.first) for rule in rules)
        if rhythm.parity:
            first = _first_of_parity(rhythm, rules[0], first)
        _tell_first_day(heard, bounds, first, rhythm)
        return _with_dates(heard, rhythm, rules, first, bounds)
    except RecurrenceError as error:
        heard.object_to(Conflict.RULE, None, fault=error.fault, word=error.value)
        return When(first_day=bounds.first, until=bounds.last, times=rhythm.times)


def _weekday_of_start(heard: Heard, rhythm: Rhythm, bounds: Bounds) -> tuple[int, ...]:
    """The weekday of the first date, when none was said: ``varannan vecka med start 4 februari``."""
    start = bounds.start or _start_of_stretch(heard, rhythm, bounds)
    if start is None or rhythm.monthly or rhythm.months:
        return ()
    heard.assume(Assumed.WEEKLY, start.piece, day=bounds.first)
    return (bounds.first.weekday(),)


def _start_of_stretch(heard: Heard, rhythm: Rhythm, bounds: Bounds) -> Said | None:
    """``varannan vecka från 12 januari till 1 juni``: so many weeks from that very day."""
    said = [each for each in heard.days(Role.WHEN) if each.stretch.is_range]
    is_start = rhythm.weeks > 0 and len(bounds.areas) == len(said) == 1
    return said[0] if is_start and isinstance(said[0].stretch.first, DayPoint) else None


def _first_of_parity(rhythm: Rhythm, rule: RecurrenceRule, first: date) -> date:
    days = recurrence.dates(
        RecurrenceRule(rule.frequency, 1, rule.weekdays), first, first + timedelta(weeks=3)
    )
    return next((day for day in days if rhythm.parity and rhythm.parity.fits(day)), first)


def _tell_first_day(heard: Heard, bounds: Bounds, first: date, rhythm: Rhythm) -> None:
    if not bounds.is_told:
        heard.assume(Assumed.FIRST_DAY, None, day=first)
        if rhythm.weeks > 1 or rhythm.months > 1:
            # Which of the weeks it is can't be seen from the words.
            heard.lack(Lack.START)
    elif bounds.start and first != bounds.first:
        if bounds.start.piece in [each.piece for each in heard.days(Role.START)]:
            heard.object_to(Conflict.START_WEEKDAY, bounds.start.piece, day=bounds.first, last=first)
        else:
            heard.assume(Assumed.FIRST_DAY, bounds.start.piece, day=first)
    elif rhythm.parity and first - bounds.first >= timedelta(weeks=1):
        heard.assume(Assumed.FIRST_DAY, None, day=first)


def _with_dates(
    heard: Heard, rhythm: Rhythm, rules: tuple[RecurrenceRule, ...], first: date, bounds: Bounds
) -> When:
    if bounds.last and bounds.last < first:
        heard.object_to(Conflict.NO_DATES)
        return When(first_day=first)
    slots, left_out, kept = _kept(heard, rhythm, rules, first, bounds, SPARE_DATES)
    if rhythm.times and not bounds.last and len(kept) < rhythm.times:
        slots, left_out, kept = _kept(heard, rhythm, rules, first, bounds, recurrence.MOST_DATES)
        if len(kept) < rhythm.times:
            heard.object_to(Conflict.RULE, None, fault=recurrence.Fault.TOO_LONG)
    if not kept:
        heard.object_to(Conflict.NO_DATES)
    kept, until, times = _limited(heard, rhythm, kept, bounds)
    when = _as_rule(heard, rhythm, rules, slots, (kept, until, times), left_out, len(bounds.areas))
    when = _with_more_days(heard, when, kept, bool(until or times), slots)
    _tell_red_days(heard, kept if until or times else ())
    return when


def _kept(
    heard: Heard, rhythm: Rhythm, rules: tuple[RecurrenceRule, ...], first: date, bounds: Bounds, spare: int
) -> tuple[tuple[date, ...], tuple[LeftOut, ...], tuple[date, ...]]:
    """Every day of the rules, what is left out of them, and the days that remain."""
    slots = _slots(rhythm, rules, first, bounds, spare)
    left_out = days_left_out(heard, first, bounds.last or first + PAUSES_AHEAD, slots)
    return slots, left_out, without_skipped(slots, left_out)


def _slots(
    rhythm: Rhythm, rules: tuple[RecurrenceRule, ...], first: date, bounds: Bounds, spare: int
) -> tuple[date, ...]:
    """Every day of the rules within the bounds that the said weeks and stretches allow.

    For so many times there are some more than that, because those left out do not count.
    """
    last = bounds.last or first + (PAUSES_AHEAD if rhythm.times is None else recurrence.LONGEST_SPAN)
    most = (
        None if rhythm.times is None or bounds.last else min(2 * rhythm.times + spare, recurrence.MOST_DATES)
    )
    days = joined_days(day for rule in rules for day in recurrence.dates(rule, first, last, most))
    if rhythm.parity and rhythm.weeks < 2:
        days = tuple(day for day in days if rhythm.parity.fits(day))
    if len(bounds.areas) > 1:
        days = tuple(day for day in days if any(start <= day <= end for start, end in bounds.areas))
    return days


def _limited(
    heard: Heard, rhythm: Rhythm, kept: tuple[date, ...], bounds: Bounds
) -> tuple[tuple[date, ...], date | None, int | None]:
    """The dates that take place, with their last day or their number; both may have been said."""
    if rhythm.times is None:
        if bounds.last is None and not heard.lacks.count(Lack.UNTIL):
            heard.lack(Lack.UNTIL)
        return kept, bounds.last, None
    if bounds.last and len(kept) != rhythm.times:
        heard.object_to(Conflict.TIMES, None, number=len(kept), word=str(rhythm.times))
    if bounds.last and len(kept) <= rhythm.times:
        return kept, bounds.last, None
    return kept[: rhythm.times], None, rhythm.times


def _as_rule(
    heard: Heard,
    rhythm: Rhythm,
    rules: tuple[RecurrenceRule, ...],
    slots: tuple[date, ...],
    limits: tuple[tuple[date, ...], date | None, int | None],
    left_out: tuple[LeftOut, ...],
    areas: int,
) -> When:
    kept, until, times = limits
    rule = rules[0]
    if rhythm.parity and rhythm.weeks < 2:
        rule = weekly(rule.weekdays, 2)
        _tell_long_year(heard, slots)
    _check_parity(heard, rhythm, kept)
    first = slots[0] if slots else None
    when = When(first_day=first, rule=rule, until=until, times=times, skips=left_out)
    if not when.is_bounded:
        # One rule out of several would be a part of what was said.
        return when if len(rules) == 1 else When()
    is_plain = len(rules) == 1 and not (rhythm.parity or areas > 1)
    if is_plain or (len(rules) == 1 and when.dates() == kept):
        return When(first_day=kept[0]) if len(kept) == len(slots) == 1 else when
    heard.assume(Assumed.LONG_YEAR if rhythm.parity else Assumed.ONE_BY_ONE, None, number=len(kept))
    return _day_by_day(kept)


def _day_by_day(days: tuple[date, ...]) -> When:
    if len(days) < 2:
        return When(first_day=days[0] if days else None)
    return When(first_day=days[0], days=days)


def _tell_long_year(heard: Heard, slots: tuple[date, ...]) -> None:
    """An open end: the rule is right until the next New Year after a week 53."""
    year = slots[0].isocalendar().year if slots else 0
    if Lack.UNTIL in heard.lacks and year and date(year, 12, 28).isocalendar().week == LAST_WEEK_OF_LONG_YEAR:
        heard.assume(Assumed.PARITY_LATER, None, number=year + 1)


def _check_parity(heard: Heard, rhythm: Rhythm, kept: tuple[date, ...]) -> None:
    """``varannan tisdag (jämna veckor)``: both must hold on every date."""
    if rhythm.parity and rhythm.weeks > 1:
        wrong = next((day for day in kept if not rhythm.parity.fits(day)), None)
        if wrong:
            heard.object_to(Conflict.PARITY, None, day=wrong, number=wrong.isocalendar().week)


def _with_more_days(
    heard: Heard, when: When, kept: tuple[date, ...], is_bounded: bool, slots: tuple[date, ...]
) -> When:
    """``även 5 december``; a week only says that its dates are no exception."""
    more: list[date] = []
    for each in heard.days(Role.ALSO):
        span = heard.resolve(each, when.first_day or heard.known.today)
        if span is None:
            continue
        if isinstance(each.stretch.first, DayPoint | FixedPoint) and not each.stretch.is_range and is_bounded:
            more.append(span[0])
        elif not any(span[0] <= day <= span[1] for day in slots if day in kept):
            heard.unread.append(each.piece)
    extra = [day for day in more if day not in kept]
    if not extra:
        return when
    heard.assume(Assumed.ONE_BY_ONE, None, number=len(kept) + len(extra))
    return _day_by_day(joined_days([*kept, *extra]))


def _tell_red_days(heard: Heard, kept: tuple[date, ...]) -> None:
    for day in [day for day in kept if red_name(day)][:MOST_RED_DAYS]:
        heard.assume(Assumed.RED_DAY, None, day=day, word=red_name(day))
