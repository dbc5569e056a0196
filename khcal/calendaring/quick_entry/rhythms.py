"""How often: ``varannan torsdag``, ``sista torsdagen i månaden``, ``udda veckor``, ``sex gånger``."""

from __future__ import annotations

from .day_points import read_month
from .facts import Every, ForWeeks, Found, Irregular, MonthDay, Nth, Parity, Said, TermSaid, Times, Weekdays
from .line import Line
from .numbers import past_ending, read_number, read_ordinal
from .stretches import past_and
from .weekdays import DEFINITE, NAMES, read_weekday, read_weekdays

_TIMES = frozenset(
    {"gånger", "gång", "ggr", "ggn", "tillfällen", "tillfälle", "träffar", "träff", "lektioner"}
)
_ODD = frozenset({"udda", "ojämna", "ojämn"})
_EVEN = frozenset({"jämna", "jämn"})
_WEEKS = frozenset({"veckor", "vecka", "veckorna", "v"})
_MONTHS = frozenset({"månad", "månaden"})
_LAST = frozenset({"sista"})
_SEASONS = {
    **dict.fromkeys(("vårterminen", "vårtermin", "vt"), True),
    **dict.fromkeys(("höstterminen", "hösttermin", "ht"), False),
}
_HALVES = {"våren": True, "vår": True, "hösten": False, "höst": False}
WORDS = frozenset(
    {
        *(*_TIMES, *_ODD, *_EVEN, *_WEEKS, *_MONTHS, *_LAST, *_SEASONS, *_HALVES, "terminen", "termin"),
        *(
            "varje",
            "varannan",
            "var",
            "varandra",
            "hela",
            "under",
            "dagen",
            "per",
            "veckan",
            "året",
            "helgen",
        ),
        *("framåt", "rad", "gången", "sånger", "enda"),
    }
)
MOST_TIMES = 400


def read_interval(line: Line, at: int) -> Found | None:
    """``varannan``, ``var tredje``, ``varje`` with what is counted; a weekday after it is left standing."""
    if end := line.past(at, "alla", "veckor"):
        return Found(end, Every(weeks=1))
    steps = _read_steps(line, at)
    if steps is None:
        return None
    number, end = steps
    if line.word(end) == "vecka":
        return Found(end + 1, Every(weeks=number))
    if line.word(end) in _MONTHS:
        return Found(end + 1, Every(months=number))
    if line.word(end) == "dag" and number > 1:
        # "Var fjortonde dag" is every other week; "varannan dag" is no rule that khcal keeps.
        return Found(end + 1, Irregular() if number % 7 else Every(weeks=number // 7))
    is_weekday = read_weekday(line, end) is not None
    return Found(end, Every(weeks=number)) if is_weekday and line.word(at) != "varje" else None


def read_nth(line: Line, at: int) -> Found | None:
    """``sista torsdagen i månaden``, ``första och tredje tisdagen``, ``första måndagen i maj``."""
    first = _read_rank(line, at)
    if first is None:
        return None
    nths, end = [first[0]], first[1]
    while (after := past_and(line, end)) and (other := _read_rank(line, after)) and len(nths) < 5:
        nths.append(other[0])
        end = other[1]
    weekday = DEFINITE.get(line.word(end))
    if weekday is None and line.word(end) in NAMES:
        weekday = NAMES.index(line.word(end))
    if weekday is None:
        return None
    return _with_months(line, end + 1, tuple(nths), weekday)


def read_month_day(line: Line, at: int) -> Found | None:
    """``den 15 varje månad``, ``den 1:a och 15:e i månaden``, ``sista dagen i månaden``."""
    if start := line.past(at, "sista", "dagen"):
        months = _past_months(line, start)
        return Found(months[1], MonthDay((-1,), months[0])) if months else None
    if line.word(at) != "den" or (day := line.number(at + 1)) is None:
        return None
    days, end = [day], past_ending(line, at + 2)
    while (after := past_and(line, end)) and (day := line.number(after)) is not None and len(days) < 10:
        days.append(day)
        end = past_ending(line, after + 1)
    months = _past_months(line, end)
    return Found(months[1], MonthDay(tuple(days), months[0])) if months else None


def read_parity(line: Line, at: int) -> Found | None:
    """``udda veckor``, ``jämn vecka``, ``jämna tisdagar``."""
    is_odd, is_even = line.word(at) in _ODD, line.word(at) in _EVEN
    if not (is_odd or is_even):
        return None
    if line.word(at + 1) not in _WEEKS:
        return Found(at + 1, Parity(is_odd)) if read_weekday(line, at + 1) else None
    return Found(line.past_dot(at + 2) if line.word(at + 1) == "v" else at + 2, Parity(is_odd))


def read_times(line: Line, at: int) -> Found | None:
    """``sex gånger``, ``6 ggr``, ``8 träffar``; ``en gång i månaden`` says no day."""
    number = read_number(line, at)
    if number is None or line.word(number[1]) not in _TIMES:
        return _read_so_many_weekdays(line, at) or _read_irregular_day(line, at)
    end = line.past_dot(number[1] + 1) if line.word(number[1]) == "ggr" else number[1] + 1
    period = line.word(end + 1) if line.word(end) in {"i", "per", "/"} else ""
    if period in {"vecka", "veckan"} and number[0] == 1:
        return Found(end + 2, Every(weeks=1))
    if period in {"vecka", "veckan", "månad", "månaden", "året", "år", "termin", "terminen"}:
        return Found(end + 2, Irregular(a_week=number[0] if period in {"vecka", "veckan"} else 0))
    return Found(end, Times(number[0])) if 1 <= number[0] <= MOST_TIMES else None


def read_for_weeks(line: Line, at: int) -> Found | None:
    """``i åtta veckor``, ``åtta veckor framåt``, ``åtta veckor i rad``."""
    start = at + 1 if line.word(at) == "i" else at
    number = read_number(line, start)
    if number is None or line.word(number[1]) not in {"veckor", "vecka"} or not 1 <= number[0] <= 156:
        return None
    end = number[1] + 1
    after = line.past(end, "framåt") or line.past(end, "i", "rad")
    if not after and start == at:
        return None
    return Found(after or end, ForWeeks(number[0]))


def read_term(line: Line, at: int) -> Found | None:
    """``hela terminen``, ``under vårterminen``, ``vt 27``, ``hela hösten``."""
    start = at + 1 if line.word(at) in {"hela", "under", "i"} else at
    start = start + 1 if line.word(start) == "hela" else start
    word = line.word(start)
    if word == "terminen" or (start > at and word == "termin"):
        return Found(start + 1, TermSaid())
    if word in _SEASONS:
        year, end = _term_year(line, start + 1)
        return (
            Found(end, TermSaid(_SEASONS[word], year))
            if year or word not in {"vt", "ht"} or start > at
            else None
        )
    if word in _HALVES and start > at:
        return Found(start + 1, TermSaid(_HALVES[word]))
    return None


def _term_year(line: Line, at: int) -> tuple[int | None, int]:
    at = at + 1 if line.word(at) in {"-", "'", "’"} and line.touches(at) else at
    year = line.number(at)
    if year is None:
        return None, at
    if line.digits(at) == 2:
        return 2000 + year, at + 1
    return (year, at + 1) if 2000 <= year <= 2099 else (None, at)


def _read_steps(line: Line, at: int) -> tuple[int, int] | None:
    word = line.word(at)
    if word in {"varannan", "vartannat"}:
        return 2, at + 1
    if word == "varje":
        return 1, at + 1
    ordinal = read_ordinal(line, at + 1) if word == "var" else None
    return ordinal if ordinal and ordinal[0] >= 1 else None


def _read_rank(line: Line, at: int) -> tuple[int, int] | None:
    at = at + 1 if line.word(at) == "den" else at
    return (-1, at + 1) if line.word(at) in _LAST else read_ordinal(line, at)


def _with_months(line: Line, end: int, nths: tuple[int, ...], weekday: int) -> Found:
    if months := _past_months(line, end):
        return Found(months[1], Nth(nths, weekday, months[0]))
    month = read_month(line, end + 1) if line.word(end) == "i" else None
    if month and line.word(month[1]) not in {"-", "till"}:
        return Found(month[1], Nth(nths, weekday, 1, month[0]))
    return Found(end, Nth(nths, weekday))


def _past_months(line: Line, at: int) -> tuple[int, int] | None:
    """``i månaden``, ``varje månad``, ``varannan månad``: how many months apart, and the position after."""
    if end := line.past(at, "i", "månaden") or line.past(at, "per", "månad"):
        return 1, end
    at = at + 1 if line.word(at) == "i" else at
    steps = _read_steps(line, at)
    return (steps[0], steps[1] + 1) if steps and line.word(steps[1]) == "månad" else None


def _read_so_many_weekdays(line: Line, at: int) -> Found | None:
    """``fyra tisdagar``, where the number can't be the end of a title ("Grupp 2 tisdagar")."""
    number = read_number(line, at)
    weekday = read_weekday(line, number[1]) if number else None
    is_apart = at == 0 or line.number(at) is None or not (line.is_word(at - 1) or line.number(at - 1))
    if number is None or weekday is None or weekday[1] is not Said.MANY or not is_apart:
        return None
    return Found(number[1], Times(number[0])) if 1 < number[0] <= MOST_TIMES else None


def _read_irregular_day(line: Line, at: int) -> Found | None:
    """``en torsdag i månaden``."""
    if line.word(at) != "en" or line.word(at + 1) not in NAMES:
        return None
    months = _past_months(line, at + 2)
    return Found(months[1], Irregular(NAMES.index(line.word(at + 1)))) if months else None


def read_weekdays_said(line: Line, at: int) -> Found | None:
    """Weekdays, many of them when "om" or "på" makes them so ("på tisdagar", "om onsdagarna")."""
    start = at + 1 if line.word(at) in {"på", "om"} else at
    found = read_weekdays(line, start)
    if found is None or not isinstance(found.fact, Weekdays):
        return None
    return found if start == at or found.fact.said is not Said.ONE or line.word(at) == "på" else None
