"""What became of one date, for those who were to come: the values, and the words for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from khcal.i18n import gettext as _

from .. import clock
from .moments import at, at_span, day, day_and_time, days, short_date, span
from .words import listing


class News(StrEnum):
    """What became of a date, for those who were to come."""

    CANCELLED = "cancelled"
    NEW_DAY = "new_day"
    NEW_TIME = "new_time"
    NEW_PLACE = "new_place"
    HELD = "held"
    HELD_OTHER_DAY = "held_other_day"
    CLOSED = "closed"
    CLOSED_OTHER_DAYS = "closed_other_days"
    REOPENED = "reopened"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Stand:
    """When and where a date is to be, or was to be."""

    starts_at: datetime
    ends_at: datetime
    is_cancelled: bool = False
    place: str = ""

    @property
    def is_all_day(self) -> bool:
        """Whether it has days but no times."""
        return clock.is_all_day(self.starts_at, self.ends_at)

    @property
    def last_day(self) -> date:
        """The last day it touches."""
        return (self.ends_at - timedelta(microseconds=1)).date()


@dataclass(frozen=True, slots=True)
class DateNews:
    """One date before and after an action. ``next_at`` is when the group meets next, if it does.

    A closure that is new was "cancelled" before: the house was open. ``reason`` is then what it says.
    """

    title: str
    was: Stand
    now: Stand
    reason: str = ""
    next_at: datetime | None = None
    is_closure: bool = False

    @property
    def news(self) -> News:
        """What there is to tell of it."""
        was, now = self.was, self.now
        if self.is_closure:
            return self._news_of_closure
        if now.is_cancelled:
            return News.NOTHING if was.is_cancelled else News.CANCELLED
        same_day = was.starts_at.date() == now.starts_at.date()
        if was.is_cancelled:
            return News.HELD if same_day else News.HELD_OTHER_DAY
        if not same_day:
            return News.NEW_DAY
        if (was.starts_at, was.ends_at) != (now.starts_at, now.ends_at):
            return News.NEW_TIME
        return News.NEW_PLACE if was.place != now.place and now.place else News.NOTHING

    @property
    def _news_of_closure(self) -> News:
        was, now = self.was, self.now
        if was.is_cancelled != now.is_cancelled:
            return News.REOPENED if now.is_cancelled else News.CLOSED
        is_same = (was.starts_at, was.ends_at) == (now.starts_at, now.ends_at)
        return News.NOTHING if is_same or now.is_cancelled else News.CLOSED_OTHER_DAYS


def in_full(one: DateNews) -> str:
    """One date in full."""
    return _IN_FULL[one.news](one)


def _cancelled(one: DateNews) -> str:
    return _("Vi ställer in {title} {when}.").format(title=one.title, when=when_of(one.was))


def _new_day(one: DateNews) -> str:
    told = _("Vi flyttar {title} från {old} till {new}.").format(
        title=one.title, old=day_of(one.was), new=when_of(one.now)
    )
    return _with_new_place(told, one)


def _new_time(one: DateNews) -> str:
    told = _("{title} {day} har fått en ny tid: {new} i stället för {old}.").format(
        title=one.title, day=day_of(one.now), new=hours_of(one.now), old=hours_of(one.was)
    )
    return _with_new_place(told, one)


def _new_place(one: DateNews) -> str:
    told = _("{title} {when} har fått en ny plats: {place}")
    told = told.format(title=one.title, when=when_of(one.now), place=one.now.place)
    return (
        _("{told} i stället för {old}.").format(told=told, old=one.was.place) if one.was.place else f"{told}."
    )


def _held(one: DateNews) -> str:
    return _with_new_place(
        _("{title} {when} blir av ändå.").format(title=one.title, when=when_of(one.now)), one
    )


def _held_other_day(one: DateNews) -> str:
    told = _("{title} har fått ett nytt datum: {new} i stället för {old}.").format(
        title=one.title, new=when_of(one.now), old=day_of(one.was)
    )
    return _with_new_place(told, one)


def _closed(one: DateNews) -> str:
    return f"{one.title.rstrip('.')} {when_of(one.now)}."


def _closed_other_days(one: DateNews) -> str:
    told = _("{title} {new} i stället för {old}.")
    return told.format(title=one.title.rstrip("."), new=when_of(one.now), old=when_of(one.was))


def _reopened(one: DateNews) -> str:
    return _("Huset är öppet som vanligt {when}.").format(when=when_of(one.was))


_IN_FULL: dict[News, Callable[[DateNews], str]] = {
    News.CANCELLED: _cancelled,
    News.NEW_DAY: _new_day,
    News.NEW_TIME: _new_time,
    News.NEW_PLACE: _new_place,
    News.HELD: _held,
    News.HELD_OTHER_DAY: _held_other_day,
    News.CLOSED: _closed,
    News.CLOSED_OTHER_DAYS: _closed_other_days,
    News.REOPENED: _reopened,
}


def _with_new_place(told: str, one: DateNews) -> str:
    is_new = one.now.place and one.now.place != one.was.place
    return f"{told} {_('Platsen är {place}.').format(place=one.now.place)}" if is_new else told


def in_a_list(one: DateNews) -> str:
    """What a list says of a date."""
    old, new = day_of(one.was), when_of(one.now)
    if one.news is News.NEW_DAY:
        return _("från {old} till {new}").format(old=old, new=new)
    if one.news is News.NEW_TIME:
        return _("{day} {new} i stället för {old}").format(
            day=old, new=hours_of(one.now), old=hours_of(one.was)
        )
    if one.news is News.NEW_PLACE:
        return f"{new}: {one.now.place}"
    if one.news is News.HELD_OTHER_DAY:
        return _("{new} i stället för {old}").format(new=new, old=old)
    return new


def in_short(one: DateNews) -> str:
    """What a date was and is, as short as can be."""
    old, new = short_date(one.was.starts_at), short_date(one.now.starts_at)
    if one.news is News.NEW_TIME:
        return f"{new} {hours_of(one.now)}"
    if one.news is News.NEW_PLACE:
        return f"{new} {one.now.place}"
    return _("{new} i stället för {old}").format(new=new, old=old)


def days_in_a_row(moments: Iterable[datetime]) -> str:
    """``3, 10 och 17 december``, ``26 november och 3 december``."""
    in_order = sorted({moment.date() for moment in moments})
    words = []
    for place, each in enumerate(in_order):
        is_last_of_month = place + 1 == len(in_order) or in_order[place + 1].month != each.month
        words.append(short_date(each) if is_last_of_month else str(each.day))
    return listing(words)


def when_of(stand: Stand) -> str:
    """``torsdag 3 december kl. 18.00–19.30``; days alone when it lasts several or has no hours."""
    if stand.is_all_day:
        return day_of(stand)
    if stand.ends_at - stand.starts_at < timedelta(days=1):
        return f"{day(stand.starts_at)} {at(span(stand.starts_at, stand.ends_at))}"
    return _("{start} till {end}").format(
        start=day_and_time(stand.starts_at), end=day_and_time(stand.ends_at)
    )


def day_of(stand: Stand) -> str:
    """``torsdag 3 december``, ``25–27 maj``."""
    is_long = stand.ends_at - stand.starts_at > timedelta(days=1)
    return days(stand.starts_at, stand.last_day) if is_long else day(stand.starts_at)


def hours_of(stand: Stand) -> str:
    """``kl. 18.00–19.30``."""
    return at_span(stand.starts_at, stand.ends_at)


def moment_of(moment: datetime, with_time: bool) -> str:
    """``torsdag 10 december kl. 18.00``; without the time where there is none, or no room for it."""
    return day_and_time(moment) if with_time and moment.time() != time.min else day(moment)
