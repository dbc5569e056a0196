"""Days, weeks, months and times in words."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from babel.dates import format_date

from khcal.i18n import current_locale
from khcal.i18n import gettext as _

from .. import clock
from ..shapes import ListedDate

NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"


def day(value: date) -> str:
    """``lördag 21 november``; takes a date or a datetime, as all of these."""
    return _date(value, "EEEE d MMMM")


def day_with_year(value: date) -> str:
    """``lördag 21 november 2026``."""
    return _date(value, "EEEE d MMMM y")


def short_date(value: date) -> str:
    """``21 november``."""
    return _date(value, "d MMMM")


def weekday(value: date) -> str:
    """``lördag``."""
    return _date(value, "EEEE")


def month(value: date) -> str:
    """``november 2026``."""
    return _date(value, "LLLL y")


def month_name(value: date) -> str:
    """``november``."""
    return _date(value, "LLLL")


def week(value: date) -> str:
    """``v. 48``, the ISO week."""
    return _("v. {number}").format(number=clock.week_of(value)[1]).replace(" ", NBSP)


def week_with_days(value: date) -> str:
    """``Vecka 48, 23–29 november 2026``: the heading of a week."""
    monday = clock.monday_of(value)
    seven = days(monday, monday + timedelta(days=6), with_year=True)
    return _("Vecka {number}, {days}").format(number=clock.week_of(value)[1], days=seven)


def relative_day(value: date, today: date) -> str:
    """``i dag`` or ``i morgon``, otherwise nothing."""
    names = {0: _("i dag"), 1: _("i morgon")}
    return names.get((_plain(value) - _plain(today)).days, "").replace(" ", NBSP)


def near_day(value: date, today: date) -> str:
    """A day as one says it today: ``i dag``, ``i morgon``, ``lördag 21 november``, a year if another."""
    in_full = day(value) if value.year == today.year else day_with_year(value)
    return relative_day(value, today) or in_full


def days(first: date, last: date, with_year: bool = False) -> str:
    """``25–27 maj``, ``29 mars–2 april``, ``21 december 2026–6 januari 2027``; one day as ``20 maj``."""
    year = " y" if with_year or first.year != last.year else ""
    end = _date(last, "d MMMM" + year)
    if _plain(first) == _plain(last):
        return end
    if first.year != last.year:
        return _date(first, "d MMMM y") + DASH + end
    return _date(first, "d" if first.month == last.month else "d MMMM") + DASH + end


def clock_time(moment: time) -> str:
    """``13.00``, also from a datetime."""
    return f"{moment:%H.%M}"


def span(starts_at: datetime, ends_at: datetime) -> str:
    """``13.00–15.00``; one that lasts until midnight ends at 24.00."""
    end = "24.00" if ends_at.time() == time.min else clock_time(ends_at.time())
    return clock_time(starts_at.time()) + DASH + end


def at_span(starts_at: datetime, ends_at: datetime) -> str:
    """``kl. 13.00–15.00``, or ``hela dagen``."""
    return _("hela dagen") if clock.is_all_day(starts_at, ends_at) else at(span(starts_at, ends_at))


def hours(row: ListedDate) -> str:
    """``kl. 13.00–15.00``, ``hela dagen``, or the days it spans."""
    if row.days > 1:
        return days(row.starts_at, row.last_day)
    return at_span(row.starts_at, row.ends_at)


def when(row: ListedDate) -> str:
    """``tisdag 24 november kl. 13.00–15.00``; ``21 december 2026–6 januari 2027`` when all-day."""
    if row.days == 1:
        return f"{day(row.starts_at)}{', ' if row.is_all_day else ' '}{hours(row)}"
    if row.is_all_day:
        return days(row.starts_at, row.last_day)
    return _("{start} till {end}").format(start=day_and_time(row.starts_at), end=day_and_time(row.ends_at))


def day_of_days(row: ListedDate) -> str:
    """``dag 2 av 3`` on a day of a date of several, otherwise nothing."""
    if row.days == 1 or row.was_moved_away:
        return ""
    return _("dag {number} av {days}").format(number=row.day_number, days=row.days)


def day_and_time(moment: datetime) -> str:
    """``tisdag 24 november kl. 13.00``."""
    return f"{day(moment)} {at(clock_time(moment.time()))}"


def at(clocks: str) -> str:
    """``kl. 13.00`` for a time that is in words already."""
    return _("kl. {time}").format(time=clocks).replace(" ", NBSP)


def _plain(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _date(value: date, pattern: str) -> str:
    return _formatted(_plain(value), pattern, current_locale())


@lru_cache(maxsize=4096)
def _formatted(value: date, pattern: str, locale: str) -> str:
    text = format_date(value, pattern, locale=locale)
    # "lördag 21 november" may break after the weekday only.
    return re.sub(r"(?<=\d) (?=\D)|(?<=\D) (?=\d{4})", NBSP, text)
