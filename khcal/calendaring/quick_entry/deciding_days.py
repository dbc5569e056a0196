"""On which days: whether it is once, by a rule or day by day, from the days and rhythms that were said."""

from __future__ import annotations

from datetime import date, timedelta

from .. import clock
from .day_points import first_after
from .entry import Assumed, Conflict, Lack, When
from .facts import Role
from .facts import Said as HowSaid
from .heard import Heard, Said, joined_days
from .leaving_out import days_left_out, without_skipped
from .points import BreakPoint, DayPoint, FixedWeek, MonthPoint, NamedPoint, Span, WeekPoint, is_one_day
from .rhythm_said import Rhythm, rhythm_of
from .series import decide_series
from .series_bounds import bounds_of

# "12-14 mars kl. 10-16" is a meeting on each day; a longer stretch wants a weekday.
MOST_DAYS_EACH = 7


def decide_days(heard: Heard, has_hours: bool, is_closure: bool) -> When:
    """The days that the line means, as far as it says; whatever is assumed, lacking or wrong is told.

    A house may be closed for weeks; everything else that lasts for a week wants a weekday.
    """
    rhythm = rhythm_of(heard)
    if any(remark.code is Conflict.RULE for remark in heard.conflicts):
        return _rule_not_kept(heard)
    if rhythm.irregular and not _singles(heard, Role.WHEN, Role.ALSO):
        return _unknown_days(heard, rhythm)
    if not _is_few_days(heard, rhythm) and _is_series(heard, rhythm):
        return decide_series(heard, rhythm)
    said, singles = heard.days(Role.WHEN, Role.START, Role.FROM, Role.ALSO), _singles(heard)
    areas = [each for each in said if not is_one_day(each.stretch)]
    if rhythm.weekdays and not singles and not _is_few_days(heard, rhythm):
        return _weekdays_once(heard, rhythm, areas)
    if singles:
        return _single_days(heard, rhythm, singles, areas)
    return _stretches(heard, areas, has_hours, is_closure)


def _unknown_days(heard: Heard, rhythm: Rhythm) -> When:
    """``två gånger i månaden från 12 januari``: a beginning and an end are no days of it."""
    heard.lack(Lack.DAYS)
    bounds = bounds_of(heard, rhythm)
    return When(first_day=bounds.first if bounds.is_told else None, until=bounds.last)


def _rule_not_kept(heard: Heard) -> When:
    """``femte tisdagen i månaden januari–maj``: the days are said, but no rule gives them."""
    heard.lack(Lack.DAYS)
    heard.unread += [each.piece for each in heard.days(Role.WHEN, Role.START, Role.FROM, Role.TO, Role.ALSO)]
    return When()


def _singles(heard: Heard, *roles: Role) -> list[Said]:
    said = heard.days(*roles or (Role.WHEN, Role.START, Role.FROM, Role.ALSO))
    return [each for each in said if is_one_day(each.stretch)]


def _is_few_days(heard: Heard, rhythm: Rhythm) -> bool:
    """``lör–sön 5–6 december``: the weekdays only tell the days of a short range once more."""
    ranges = [each for each in heard.days(Role.WHEN) if each.stretch.is_range]
    if (
        rhythm.goes_on
        or not rhythm.weekdays
        or len(ranges) != 1
        or heard.days(Role.TO, Role.START, Role.FROM)
    ):
        return False
    span = ranges[0].stretch.on_or_after(heard.known.today)
    days = tuple(clock.days_between(*span)) if span and (span[1] - span[0]).days < MOST_DAYS_EACH else ()
    return bool(days) and {day.weekday() for day in days} == set(rhythm.weekdays)


def _is_series(heard: Heard, rhythm: Rhythm) -> bool:
    said = heard.days(Role.WHEN)
    singles = [each for each in said if is_one_day(each.stretch)]
    has_rhythm = bool(rhythm.weeks or rhythm.months or rhythm.monthly or rhythm.parity)
    if len(singles) > 1 and not has_rhythm:
        return False
    wide = [each for each in said if each.stretch.is_range or isinstance(each.stretch.first, MonthPoint)]
    has_bounds = bool(heard.days(Role.TO, Role.FROM, Role.START) or wide)
    many = rhythm.said is not None and len(rhythm.weekdays) > 1 and not singles and not said
    is_many = rhythm.said is HowSaid.MANY or len(rhythm.weekdays) > 1
    if is_many and len(singles) == 1 and not has_bounds and not has_rhythm:
        return True
    return rhythm.goes_on or many or bool(rhythm.weekdays and not singles and has_bounds) or _has_end(heard)


def _has_end(heard: Heard) -> bool:
    return bool(heard.days(Role.TO) and heard.days(Role.START, Role.FROM))


def _single_days(heard: Heard, rhythm: Rhythm, singles: list[Said], areas: list[Said]) -> When:
    found: list[date] = []
    for each in _without_strangers(heard, singles):
        if span := heard.resolve(each, heard.known.today):
            found.append(span[0])
            _check_weekdays(heard, rhythm, each, span[0])
    days = joined_days(found)
    _check_areas(heard, areas, days)
    return _as_when(heard, days)


def _without_strangers(heard: Heard, singles: list[Said]) -> list[Said]:
    """``Julpyssel inför julafton 15/12``: a named day apart from a date, and another one, is none of them."""
    today = heard.known.today
    dated = {each.stretch.on_or_after(today) for each in singles if isinstance(each.stretch.first, DayPoint)}
    pieces = [each.piece for each in singles if isinstance(each.stretch.first, DayPoint)]
    kept = []
    for each in singles:
        is_named = isinstance(each.stretch.first, NamedPoint) and each.piece not in pieces
        if pieces and is_named and each not in heard.days(Role.ALSO):
            heard.unread += [] if each.stretch.on_or_after(today) in dated else [each.piece]
        else:
            kept.append(each)
    return kept


def _check_weekdays(heard: Heard, rhythm: Rhythm, said: Said, day: date) -> None:
    wanted = rhythm.weekdays or ()
    if rhythm.irregular and rhythm.irregular.weekday is not None:
        wanted = (rhythm.irregular.weekday,)
    if wanted and day.weekday() not in wanted:
        heard.object_to(Conflict.WEEKDAY, said.piece, day=day, number=wanted[0])


def _check_areas(heard: Heard, areas: list[Said], days: tuple[date, ...]) -> None:
    """A week beside a date only tells it once more; anything else is not understood."""
    for each in areas:
        weeks = isinstance(each.stretch.first, WeekPoint | FixedWeek | BreakPoint)
        if not weeks or each.stretch.is_range or not days:
            heard.unread.append(each.piece)
            continue
        spans = each.stretch.within(days[0] - timedelta(days=7), days[-1] + timedelta(days=7))
        if not all(any(first <= day <= last for first, last in spans) for day in days):
            heard.object_to(Conflict.OTHER_WEEK, each.piece, day=days[0])


def _weekdays_once(heard: Heard, rhythm: Rhythm, areas: list[Said]) -> When:
    """``tisdag kl. 13`` is the next one; ``tisdag v. 48`` the one of that week."""
    if not areas:
        day = first_after(rhythm.weekdays[0], heard.known.today + timedelta(days=1))
        heard.assume(Assumed.THAT_DAY, None, day=day)
        return When(first_day=day)
    days: list[date] = []
    for each in areas:
        if span := heard.resolve(each, heard.known.today):
            days += [first_after(weekday, span[0]) for weekday in rhythm.weekdays]
    return _as_when(heard, joined_days(days))


def _stretches(heard: Heard, areas: list[Said], has_hours: bool, is_closure: bool) -> When:
    """A range without a weekday: several days in a row, or a meeting on each of them."""
    spans = [(each, span) for each in areas if (span := heard.resolve(each, heard.known.today))]
    if not spans:
        return When()
    if isinstance(areas[0].stretch.first, WeekPoint | MonthPoint | FixedWeek) and not is_closure:
        heard.lack(Lack.WEEKDAY)
        return _range_only(spans[0][1])
    for each, _ in spans[1:]:
        heard.unread.append(each.piece)
    said, (first, last) = spans[0]
    if not has_hours:
        return When(first_day=first, last_day=last if last > first else None)
    days = tuple(first + timedelta(days=n) for n in range(min((last - first).days, MOST_DAYS_EACH) + 1))
    if len(days) > MOST_DAYS_EACH:
        heard.lack(Lack.WEEKDAY)
        return _range_only((first, last))
    heard.assume(Assumed.EACH_DAY, said.piece, number=len(days))
    return _as_when(heard, days)


def _range_only(span: Span) -> When:
    # What is known is filled in: the day and the end wait for a weekday.
    return When(first_day=span[0], until=span[1])


def _as_when(heard: Heard, days: tuple[date, ...]) -> When:
    """One day is once, several are day by day, without what is left out."""
    if not days:
        return When()
    left_out = days_left_out(heard, days[0], days[-1], days)
    kept = without_skipped(days, left_out)
    if not kept:
        heard.object_to(Conflict.NO_DATES)
        return When()
    return When(first_day=kept[0]) if len(kept) == 1 else When(first_day=kept[0], days=kept)
