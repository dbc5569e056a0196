"""Days in a row: ``12 januari–1 juni``, ``3, 10 och 24 februari``, ``v. 7 och v. 14``, ``september–maj``."""

from __future__ import annotations

from collections.abc import Callable

from .day_points import month_at, read_day_number, read_month, read_month_after, read_point
from .line import Line
from .points import DayPoint, FixedWeek, Point, Stretch, WeekPoint, one

MOST_IN_A_ROW = 60
_DASHES = frozenset({"-", "till"})
_AND = frozenset({"och", "o", "samt", "&", "+"})
# What is counted in titles: "Grupp 2", "del 2 av 3".
_COUNTED_WORDS = "del grupp nivå steg träff tillfälle nr nummer block modul avsnitt kapitel omgång"
_COUNTED = frozenset(_COUNTED_WORDS.split())
Stretches = tuple[Stretch, ...]
Read = tuple[Stretches, int]


def read_stretches(line: Line, at: int) -> Read | None:
    """As many days, weeks and ranges as follow each other; months only in ranges."""
    part = read_stretch(line, at)
    if part is None:
        return None
    found, end = list(part[0]), part[1]
    while len(found) < MOST_IN_A_ROW and (after := past_and(line, end)):
        part = read_stretch(line, after)
        if part is None or not _belongs(line, end, found[-1], part[0][0]):
            break
        found += part[0]
        end = part[1]
    return tuple(found), end


def read_stretch(line: Line, at: int, with_months: bool = False) -> Read | None:
    """One point, one range, or days that share their month ("3, 10 och 24 februari")."""
    if row := _read_shared_month(line, at):
        return row
    start = at + 1 if line.word(at) == "mellan" else at
    first = read_point(line, start)
    if first is None:
        return _read_months(line, at, with_months)
    if isinstance(first[0], WeekPoint) and start == at:
        return _read_weeks(line, first[0], first[1])
    return _to_the_last(line, first, read_point, _DASHES | (_AND if start > at else frozenset()))


def past_and(line: Line, at: int) -> int:
    """The position after a comma, an "och" or both; 0 when there is neither."""
    end = at
    for _ in range(2):
        if line.word(end) in _AND or line.word(end) == ",":
            end += 1
    return end if end > at else 0


def is_joined_by_word(line: Line, at: int) -> bool:
    """Whether "och" or the like stands at the position, perhaps after a comma."""
    return line.word(at) in _AND or (line.word(at) == "," and line.word(at + 1) in _AND)


def _belongs(line: Line, at: int, before: Stretch, more: Stretch) -> bool:
    # "ej v. 7, 12 januari": after a mere comma, another sort of day begins something new.
    if is_joined_by_word(line, at):
        return True
    return isinstance(more.first, type(before.first)) and more.is_range == before.is_range


def _to_the_last(
    line: Line,
    first: tuple[Point, int],
    read: Callable[[Line, int], tuple[Point, int] | None],
    dashes: frozenset[str],
) -> Read:
    point, end = first
    after = end + 1 if line.word(end) in dashes else 0
    last = read(line, after) if after else None
    if last is None or isinstance(last[0], WeekPoint | FixedWeek) is not isinstance(
        point, WeekPoint | FixedWeek
    ):
        return (one(point),), end
    return (Stretch(point, last[0]),), last[1]


def _read_shared_month(line: Line, at: int) -> Read | None:
    """Numbers before the day that has the month; a dash only before the last, else it is a clock."""
    heads: list[tuple[int | None, int]] = []
    dash_at, is_bare, joined = -1, _is_bare(line, at), False
    if _is_counted(line, at):
        return None
    while (head := read_day_number(line, at)) and len(heads) < 31:
        weekday, number, end = head
        if heads and weekday is not None and heads[0][0] is None:
            return None  # "Kurs 2, onsdag 9/12": only the second one is a day
        if month := read_month_after(line, end):
            heads.append((weekday, number))
            # "13-15 september-november" is a clock before months.
            is_clock = dash_at >= 0 and line.word(month[2]) in _DASHES and month_at(line, month[2] + 1)
            is_row = len(heads) > 1 and not is_clock and (joined or len(heads) > 2 or not is_bare)
            return _shared(heads, dash_at, month) if is_row else None
        if dash_at >= 0:
            return None
        after = end + 1 if line.word(end) in _DASHES else past_and(line, end)
        if not after:
            return None
        joined = line.word(end) in _DASHES or is_joined_by_word(line, end)
        dash_at = len(heads) if line.word(end) in _DASHES else dash_at
        heads.append((weekday, number))
        at = after
    return None


def _is_counted(line: Line, at: int) -> bool:
    """Whether a number tells which part it is: "grupp 2", "del 1 och 2", "del 2 av 3"."""
    before = at - 1
    while before > 0 and line.word(before) in _AND | {"av", "-"} and line.number(before - 1) is not None:
        before -= 2
    return before >= 0 and line.number(at) is not None and line.word(before) in _COUNTED


def _is_bare(line: Line, at: int) -> bool:
    """Whether a number stands directly after a word of a title, as in "Kurs 2, 9/12"."""
    if at == 0 or line.number(at) is None or not line.is_word(at - 1):
        return False
    return line.word(at - 1) not in line.vocabulary.words


def _shared(
    heads: list[tuple[int | None, int]], dash_at: int, month: tuple[int, int | None, int]
) -> Read | None:
    numbers = [number for _, number in heads]
    if numbers != sorted(set(numbers)):
        return None
    days = [DayPoint(number, month[0], month[1], weekday) for weekday, number in heads]
    singles = days if dash_at < 0 else days[:-2]
    ranges = () if dash_at < 0 else (Stretch(days[-2], days[-1]),)
    return (*map(one, singles), *ranges), month[2]


def _read_weeks(line: Line, first: WeekPoint, end: int) -> Read:
    """``v. 36–50`` and ``v. 7, 14 och 20``: numbers that go on where a week began."""
    found: list[Stretch] = []
    point = first
    while True:
        if line.word(end) in _DASHES and (last := _read_more_weeks(line, end + 1)):
            found.append(Stretch(point, last[0]))
            end = last[1]
        else:
            found.append(one(point))
        after = past_and(line, end)
        more = _read_more_weeks(line, after) if after and len(found) < MOST_IN_A_ROW else None
        if more is None:
            return tuple(found), end
        point, end = more


def _read_more_weeks(line: Line, at: int) -> tuple[WeekPoint, int] | None:
    point = read_point(line, at)
    if point is not None:
        return (point[0], point[1]) if isinstance(point[0], WeekPoint) else None
    week = line.number(at)
    if week is None or line.digits(at) > 2 or not _ends_a_number(line, at + 1):
        return None
    return WeekPoint(week), at + 1


def _ends_a_number(line: Line, at: int) -> bool:
    """Whether the number before stands for itself: "v. 36, 6 gånger" and "v. 7, 13.30" go on otherwise."""
    if line.word(at) == "-":
        # "v. 7, 13-15" is a clock, "v. 2, 4-6" can't be told from one.
        return False
    if line.is_word(at):
        return not line.touches(at) and not _is_unit(line, at)
    is_split = line.touches(at) and line.touches(at + 1) and line.number(at + 1) is not None
    return not is_split


def _is_unit(line: Line, at: int) -> bool:
    return month_at(line, at) is not None or line.word(at) in {
        *(
            "gånger",
            "gång",
            "ggr",
            "tillfällen",
            "träffar",
            "platser",
            "kr",
            "kronor",
            "minuter",
            "min",
            "veckor",
        ),
        *("timmar", "tim", "personer", "deltagare"),
    }


def _read_months(line: Line, at: int, alone: bool) -> Read | None:
    """``september–maj``; a month by itself is a date only where one is waited for."""
    first = read_month(line, at)
    if first is None:
        return None
    stretches, end = _to_the_last(line, first, read_month, _DASHES)
    if line.word(at) == "jul" and not stretches[0].is_range:
        return None  # Christmas or July
    return (stretches, end) if alone or stretches[0].is_range else None
