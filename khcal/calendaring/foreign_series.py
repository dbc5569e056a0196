"""A recurrence rule of another calendar program → its dates, always within bounds.

khcal itself keeps only a few rules (:mod:`.recurrence`). What others write is walked through period by
period until the last day wanted, so that a rule that fits no day at all ends as soon as any other. The
library that expands our own rules looks for the next date until the year 9999.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .fault import CellFault
from .recurrence import WEEKDAY_CODES

LONGEST_RULE = 500
_NUMBER = re.compile(r"[+-]?\d{1,5}", re.ASCII)
_WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_PARTS = frozenset(
    (
        *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"),
        # What Outlook adds to rules in the usual calendar.
        "RSCALE",
    )
)
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")


@dataclass(frozen=True, slots=True)
class Series:
    """A rule with its parts as numbers; ``weekdays`` are pairs of which one (0: each) and weekday."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: str = ""
    week_start: int = 0
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()


def read_series(text: str) -> Series:
    """The rule in RRULE text. Raises :class:`CellFault` for one that khcal does not follow."""
    if len(text) > LONGEST_RULE:
        raise CellFault("Upprepningen är för lång för att läsas.")
    parts = _parts(text)
    if parts.get("FREQ") not in FREQUENCIES:
        raise CellFault("Upprepningen går inte att läsa. Det som går är dag, vecka, månad och år.")
    week_start = parts.get("WKST", "MO")
    return Series(
        parts["FREQ"],
        _one(parts, "INTERVAL", 1, 400) or 1,
        _one(parts, "COUNT", 1, 99_999),
        parts.get("UNTIL", ""),
        WEEKDAY_CODES.index(week_start) if week_start in WEEKDAY_CODES else 0,
        _weekdays(parts),
        _many(parts, "BYMONTHDAY", 31),
        _many(parts, "BYMONTH", 12, least=1),
        _many(parts, "BYSETPOS", 366),
    )


def days_of_series(series: Series, first: date, last: date) -> Iterator[date]:
    """Every day of the series from ``first``, its own first day, to ``last``, in order."""
    filled = _filled(series, first)
    number = 0
    for period in _periods(series, first, last):
        for day in _chosen(filled, period):
            if day < first:
                continue
            number += 1
            if day > last or (series.count is not None and number > series.count):
                return
            yield day


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.strip().upper().split(";"):
        name, _, value = part.partition("=")
        if not part:
            continue
        if name not in _PARTS or not value or name in parts:
            raise CellFault(f"Upprepningen har en del som inte går att läsa: ”{part[:40]}”.")
        parts[name] = value
    return parts


def _one(parts: dict[str, str], name: str, least: int, most: int) -> int | None:
    if name not in parts:
        return None
    found = _many(parts, name, most, least)
    return found[0]


def _many(parts: dict[str, str], name: str, most: int, least: int | None = None) -> tuple[int, ...]:
    numbers = []
    for text in parts[name].split(",")[:100] if name in parts else ():
        number = int(text) if _NUMBER.fullmatch(text) else 0
        if number == 0 or not (-most if least is None else least) <= number <= most:
            raise CellFault(f"Upprepningen har ett tal som inte går: ”{name}={text[:20]}”.")
        numbers.append(number)
    return tuple(dict.fromkeys(numbers))


def _weekdays(parts: dict[str, str]) -> tuple[tuple[int, int], ...]:
    found = []
    for text in parts["BYDAY"].split(",")[:60] if "BYDAY" in parts else ():
        match = _WEEKDAY.fullmatch(text)
        which = int(match[1] or 0) if match else 99
        if match is None or abs(which) > 53:
            raise CellFault(f"Upprepningen har en veckodag som inte går att läsa: ”{text[:20]}”.")
        found.append((which, WEEKDAY_CODES.index(match[2])))
    return tuple(dict.fromkeys(found))


def _filled(series: Series, first: date) -> Series:
    """What a rule leaves unsaid is as its first day."""
    weekdays, month_days, months = series.weekdays, series.month_days, series.months
    if not weekdays and not month_days:
        if series.frequency == "WEEKLY":
            weekdays = ((0, first.weekday()),)
        elif series.frequency != "DAILY":
            month_days = (first.day,)
            months = months or ((first.month,) if series.frequency == "YEARLY" else ())
    return Series(
        series.frequency,
        weekdays=weekdays,
        month_days=month_days,
        months=months,
        positions=series.positions,
    )


def _periods(series: Series, first: date, last: date) -> Iterator[tuple[date, int]]:
    """The first day and the length of each day, week, month or year that counts."""
    step = series.interval
    if series.frequency in ("DAILY", "WEEKLY"):
        length = 1 if series.frequency == "DAILY" else 7
        begin = first - timedelta(days=(first.weekday() - series.week_start) % 7 if length == 7 else 0)
        while begin <= last:
            yield begin, length
            begin += timedelta(days=length * step)
        return
    months, year, month = (
        (1, first.year, first.month) if series.frequency == "MONTHLY" else (12, first.year, 1)
    )
    while (year, month) <= (last.year, last.month):
        begin = date(year, month, 1)
        yield begin, monthrange(year, month)[1] if months == 1 else 365 + (monthrange(year, 2)[1] == 29)
        month += months * step
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1


def _chosen(series: Series, period: tuple[date, int]) -> list[date]:
    begin, length = period
    days = [day for number in range(length) if _fits(series, day := begin + timedelta(days=number))]
    if not series.positions:
        return days
    return sorted({days[at - (at > 0)] for at in series.positions if -len(days) <= at - (at > 0) < len(days)})


def _fits(series: Series, day: date) -> bool:
    if series.months and day.month not in series.months:
        return False
    if series.month_days and not {day.day, day.day - 1 - monthrange(day.year, day.month)[1]} & set(
        series.month_days
    ):
        return False
    return not series.weekdays or any(_is_such(series, day, *each) for each in series.weekdays)


def _is_such(series: Series, day: date, which: int, weekday: int) -> bool:
    """Whether it is that weekday, and the first, second, last … of its month or year where one is meant."""
    if day.weekday() != weekday:
        return False
    if which == 0 or series.frequency in ("DAILY", "WEEKLY"):
        return True
    if series.frequency == "YEARLY" and not series.months:
        at, size = day.timetuple().tm_yday, 365 + (monthrange(day.year, 2)[1] == 29)
    else:
        at, size = day.day, monthrange(day.year, day.month)[1]
    return which == ((at - 1) // 7 + 1 if which > 0 else -((size - at) // 7 + 1))
