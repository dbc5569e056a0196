"""What is left out of some days: weeks stay weeks, everything else becomes days, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from .church_days import capital, red_name
from .entry import Assumed, Conflict, LeftOut
from .facts import Piece, Skip, Skips
from .heard import Heard, joined_days
from .points import BreakPoint, NamedPoint, Span, WeekPoint

MOST_WEEKS = 53


def days_left_out(heard: Heard, first: date, last: date, days: Sequence[date]) -> tuple[LeftOut, ...]:
    """The weeks and days of ``days`` (from ``first`` to ``last``) that the line leaves out, in its order.

    Tells of what leaves out nothing, and of weeks that do not exist in that time.
    """
    found: list[LeftOut] = []
    for skips, _ in heard.all(Skips):
        for item in skips.items:
            where = Piece(item.start, item.end, skips)
            more = _left_out(item, (first, last), days)
            _tell_feast(heard, item, where, (first, last))
            if more is None:
                heard.object_to(Conflict.SKIP_OUTSIDE, where)
            elif not item.weekdays and not any(is_left_out(day, more) for day in days):
                heard.assume(Assumed.NO_EFFECT, where)
            found += more or []
    return tuple(dict.fromkeys(found))


def _tell_feast(heard: Heard, item: Skip, where: Piece, span: Span) -> None:
    """Which days a feast was taken for."""
    if item.stretch is None or not item.is_feast:
        return
    names = "–".join(point.name for point in item.stretch.ends if isinstance(point, NamedPoint))
    for start, end in item.stretch.within(*span):
        heard.assume(Assumed.FEAST, where, word=names, day=start, last=end)


def without_skipped(days: Iterable[date], left_out: Sequence[LeftOut]) -> tuple[date, ...]:
    """The days that take place."""
    return joined_days(day for day in days if not is_left_out(day, left_out))


def is_left_out(day: date, left_out: Sequence[LeftOut]) -> bool:
    """Whether a day is one of those, or in one of the weeks."""
    week = day.isocalendar().week
    return any(each.day == day if each.day else each.week == week for each in left_out)


def _left_out(item: Skip, span: Span, days: Sequence[date]) -> list[LeftOut] | None:
    """``None`` when what is to be left out does not exist in that time."""
    if item.is_every_red_day:
        return [LeftOut(day=day, reason=capital(red_name(day))) for day in days if red_name(day)]
    if item.stretch is None:
        return [LeftOut(day=day, reason=item.reason) for day in days if day.weekday() in item.weekdays]
    spans = item.stretch.within(*span)
    if not spans:
        return None
    weeks = _weeks_of(item)
    if weeks and all(week.year is None for week in weeks):
        return [LeftOut(week=number, reason=item.reason) for number in _numbers(spans)]
    reason = item.reason or _name_of_break(item)
    return [
        LeftOut(day=day, reason=reason or capital(red_name(day)))
        for day in days
        if any(start <= day <= end for start, end in spans)
    ]


def _weeks_of(item: Skip) -> list[WeekPoint]:
    ends = item.stretch.ends if item.stretch else ()
    weeks = [point for point in ends if isinstance(point, WeekPoint)]
    return weeks if len(weeks) == len(ends) else []


def _numbers(spans: Sequence[Span]) -> list[int]:
    mondays = [
        date.fromordinal(ordinal)
        for first, last in spans
        for ordinal in range(first.toordinal(), min(last.toordinal(), first.toordinal() + 7 * MOST_WEEKS), 7)
    ]
    return list(dict.fromkeys(monday.isocalendar().week for monday in mondays))


def _name_of_break(item: Skip) -> str:
    point = item.stretch.first if item.stretch else None
    return capital(point.name) if isinstance(point, BreakPoint) else ""
