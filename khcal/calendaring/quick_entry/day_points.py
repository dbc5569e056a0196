"""One day, week or month: ``onsdag 25/11``, ``v. 48``, ``annandag påsk``, ``i morgon``, ``2026-11-25``."""

from __future__ import annotations

from datetime import date, timedelta

from .. import clock
from ..proposal import Pause
from . import church_days
from .facts import Said
from .line import Line
from .numbers import past_ending, read_number
from .points import (
    BreakPoint,
    DayPoint,
    FixedPoint,
    FixedWeek,
    MonthPoint,
    NamedPoint,
    Point,
    Stretch,
    WeekPoint,
)
from .weekdays import NAMES, read_weekday

MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober")
MONTH_NAMES = {name: number for number, name in enumerate((*MONTHS, "november", "december"), 1)}
_MONTHS_CUT_SHORT = "jan feb mar apr maj jun jul aug sep okt nov dec"
_SHORT_MONTHS = {short: number for number, short in enumerate(_MONTHS_CUT_SHORT.split(), 1) if short != "maj"}
_SHORT_MONTHS |= {"febr": 2, "sept": 9}
_WEEK_WORDS = frozenset({"v", "vecka", "veckan", "veckor", "veckorna"})
_BREAK_ENDINGS = ("", "et", "en")
FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_DAYS_AHEAD = 366
_NEAR = {
    ("idag",): 0,
    ("i", "dag"): 0,
    ("ikväll",): 0,
    ("i", "kväll"): 0,
    ("i", "eftermiddag"): 0,
    ("imorgon",): 1,
    ("imorrn",): 1,
    ("i", "morgon"): 1,
    ("i", "morrn"): 1,
    ("imorn",): 1,
    ("övermorgon",): 2,
    ("iövermorgon",): 2,
    ("i", "övermorgon"): 2,
}
_NAMED = {name: weekday for weekday, name in enumerate(NAMES)}
_NAMED |= {name[:3]: weekday for name, weekday in _NAMED.items()} | {"tors": 3}
_NEAR_BY_FIRST_WORD = {
    first: [(words, days) for words, days in _NEAR.items() if words[0] == first] for first, *_ in _NEAR
}
WORDS = frozenset(
    {
        *(*MONTH_NAMES, *_SHORT_MONTHS, *_WEEK_WORDS, *(word for words in _NEAR for word in words)),
        *(
            "den",
            "nästa",
            "denna",
            "om",
            "dagen",
            "dagar",
            "före",
            "efter",
            "nu",
            "på",
            "innan",
            *church_days.WORDS,
        ),
    }
)
Read = tuple[Point, int]


def read_point(line: Line, at: int) -> Read | None:
    """A day or a week by itself, and the position after it. Months alone: :func:`read_month`."""
    is_number = line.number(at) is not None
    for read in _BY_NUMBER if is_number else _BY_WORD:
        if found := read(line, at):
            return found
    return None


def read_month(line: Line, at: int) -> Read | None:
    """``oktober``, ``okt``, ``oktober 2027``."""
    month = month_at(line, at)
    if month is None:
        return None
    end = line.past_dot(at + 1) if line.word(at) in _SHORT_MONTHS else at + 1
    year, end = year_at(line, end)
    return MonthPoint(month, year), end


def month_at(line: Line, at: int) -> int | None:
    """The number of the month that is named there."""
    word = line.word(at)
    return MONTH_NAMES.get(word) or _SHORT_MONTHS.get(word)


def year_at(line: Line, at: int) -> tuple[int | None, int]:
    """A year in four figures, and the position after it."""
    number = line.number(at)
    if number is not None and line.digits(at) == 4 and FIRST_YEAR <= number <= LAST_YEAR:
        # "2026-11-25" is a date of its own.
        return (None, at) if line.word(at + 1) == "-" and line.touches(at + 1) else (number, at + 1)
    return None, at


def read_day_number(line: Line, at: int) -> tuple[int | None, int, int] | None:
    """A day of some month: the weekday before it, the number, and the position after ``den 25:e``."""
    weekday = read_weekday(line, at)
    if weekday is not None and weekday[1] is Said.MANY:
        return None
    said, at = (weekday[0], weekday[2]) if weekday else (None, at)
    at = at + 1 if line.word(at) == "den" else at
    number = line.number(at)
    if number is None or line.digits(at) > 2:
        return None
    return said, number, past_ending(line, at + 1)


def read_month_after(line: Line, at: int) -> tuple[int, int | None, int] | None:
    """After a day's number, ``november 2026``, ``nov``, ``/11``, ``/11 2026``: month, year, position."""
    if line.word(at) in {"/", "."} and line.touches(at) and line.number(at + 1) is not None:
        return _read_month_in_figures(line, at)
    month = month_at(line, at)
    if month is None:
        return None
    end = line.past_dot(at + 1) if line.word(at) in _SHORT_MONTHS else at + 1
    return month, *year_at(line, end)


def read_week(line: Line, at: int) -> Read | None:
    """``v. 48``, ``v48``, ``vecka 48 2026``, ``nästa vecka``."""
    if line.word(at) in {"nästa", "denna"} and line.word(at + 1) in {"vecka", "veckan"}:
        weeks = 1 if line.word(at) == "nästa" else 0
        return FixedWeek(clock.monday_of(line.known.today) + timedelta(weeks=weeks)), at + 2
    if line.word(at) not in _WEEK_WORDS:
        return None
    number_at = line.past_dot(at + 1)
    week = line.number(number_at)
    if week is None or line.digits(number_at) > 2:
        return None
    year, end = year_at(line, number_at + 1)
    return WeekPoint(week, year), end


def read_named_day(line: Line, at: int) -> Read | None:
    """``annandag påsk``, ``dagen före Kristi himmelsfärdsdag``, ``julafton 2027``."""
    for words, offset in ((("dagen", "före"), -1), (("dagen", "innan"), -1), (("dagen", "efter"), 1)):
        if (start := line.past(at, *words)) and (found := _named(line, start)):
            return NamedPoint(found[0], offset, found[1]), found[2]
    found = _named(line, at)
    return (NamedPoint(found[0], 0, found[1]), found[2]) if found else None


def read_feast(line: Line, at: int) -> tuple[Stretch, int] | None:
    """``påsk``, ``jul och nyår 2027``: all its days. Where they begin and end is for the person to see."""
    for words, (first, last) in church_days.FEASTS.items():
        if end := line.past(at, *words):
            year, end = year_at(line, end)
            return Stretch(NamedPoint(first, 0, year), NamedPoint(last)), end
    return None


def _named(line: Line, at: int) -> tuple[str, int | None, int] | None:
    for rest, name in church_days.BY_FIRST_WORD.get(line.word(at), ()):
        if end := line.past(at + 1, *rest) if rest else at + 1:
            return name, *year_at(line, end)
    return None


def _read_near(line: Line, at: int) -> Read | None:
    for words, days in _NEAR_BY_FIRST_WORD.get(line.word(at), ()):
        if end := line.past(at, *words):
            return FixedPoint(line.known.today + timedelta(days=days)), end
    if line.word(at) == "om" and (ahead := read_number(line, at + 1)):
        number, unit_at = ahead
        days = {"dag": 1, "dagar": 1, "vecka": 7, "veckor": 7}.get(line.word(unit_at), 0) * number
        if 0 < days <= MOST_DAYS_AHEAD:
            return FixedPoint(line.known.today + timedelta(days=days)), unit_at + 1
    return None


def _read_iso(line: Line, at: int) -> Read | None:
    weekday = read_weekday(line, at)
    said, at = (weekday[0], weekday[2]) if weekday else (None, at)
    if line.digits(at) != 4 or line.word(at + 1) != "-" or line.word(at + 3) != "-":
        return None
    year, month, day = (line.number(at + n) for n in (0, 2, 4))
    if year is None or month is None or day is None or not all(line.touches(at + n) for n in range(1, 5)):
        return None
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    return DayPoint(day, month, year, said), at + 5


def _read_dated(line: Line, at: int) -> Read | None:
    head = read_day_number(line, at)
    if head is None or (month := read_month_after(line, head[2])) is None:
        return None
    return DayPoint(head[1], month[0], month[1], head[0]), month[2]


def _read_month_in_figures(line: Line, at: int) -> tuple[int, int | None, int] | None:
    """``/11``, ``/11-2026``, ``.11.2026``; a point without a year is a clock, "17.30"."""
    month = line.number(at + 1)
    if month is None or not line.touches(at + 1) or not 1 <= month <= 12:
        return None
    if line.word(at) == ".":
        year, end = year_at(line, at + 3) if line.word(at + 2) == "." else (None, at)
        return (month, year, end) if year else None
    after = at + 3 if line.word(at + 2) in {"-", "/"} and line.digits(at + 3) == 4 else at + 2
    year, end = year_at(line, after)
    return month, year, end if year else at + 2


def _read_coming(line: Line, at: int) -> Read | None:
    """``på tisdag``: the first one after today; ``nästa tisdag``: the one in the week after this.

    ``på tisdag 1 december`` is that one day and no other.
    """
    said, today = line.word(at), line.known.today
    if said == "nu" and line.word(at + 1) == "på":
        at += 1
    weekday = _NAMED.get(line.word(at + 1))
    if said not in {"på", "nu", "nästa"} or weekday is None:
        return None
    if dated := _read_dated(line, at + 1):
        return dated
    if said == "nästa":
        return FixedPoint(clock.monday_of(today) + timedelta(days=7 + weekday)), at + 2
    return FixedPoint(today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)), at + 2


def _read_break(line: Line, at: int) -> Read | None:
    word = line.word(at)
    if not line.known.breaks or not line.is_word(at):
        return None
    fitting = tuple(p for p in line.known.breaks if word in _break_forms(p.name))
    return (BreakPoint(fitting[0].name, fitting), at + 1) if fitting else None


def words_of_breaks(breaks: tuple[Pause, ...]) -> frozenset[str]:
    """Every way to name one of the breaks."""
    return frozenset(form for each in breaks for form in _break_forms(each.name))


def _break_forms(name: str) -> set[str]:
    return {name.casefold() + ending for ending in _BREAK_ENDINGS}


_BY_NUMBER = (_read_iso, _read_dated)
_BY_WORD = (_read_near, _read_iso, _read_dated, read_week, read_named_day, _read_coming, _read_break)


def first_after(weekday: int, day: date) -> date:
    """The first such weekday on ``day`` or later."""
    return day + timedelta(days=(weekday - day.weekday()) % 7)
