"""Weekdays in all forms: ``tisdag``, ``tisdagar``, ``tis``, ``tisdagskvällar``, ``mån–fre``, ``vardagar``."""

from __future__ import annotations

from .facts import DayPart, Found, Said, Weekdays
from .line import Line

NAMES = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_SHORT = {name[:3]: weekday for weekday, name in enumerate(NAMES)}
_SHORT |= {name[:-2]: weekday for weekday, name in enumerate(NAMES)} | {"tors": 3}
_PARTS = {
    **dict.fromkeys(("morgon", "morgnar", "förmiddag", "förmiddagar"), DayPart.MORNING),
    **dict.fromkeys(("eftermiddag", "eftermiddagar"), DayPart.AFTERNOON),
    **dict.fromkeys(("kväll", "kvällar"), DayPart.EVENING),
}
_MANY_ENDINGS = ("ar", "arna")
_GROUPS = {
    "vardagar": (0, 1, 2, 3, 4),
    "vardag": (0, 1, 2, 3, 4),
    "helger": (5, 6),
    "dagligen": (0, 1, 2, 3, 4, 5, 6),
}


def _forms() -> dict[str, tuple[int, Said, DayPart | None]]:
    found: dict[str, tuple[int, Said, DayPart | None]] = {
        short: (weekday, Said.SHORT, None) for short, weekday in _SHORT.items()
    }
    for weekday, name in enumerate(NAMES):
        found[name] = found[name + "en"] = (weekday, Said.ONE, None)
        found |= {name + ending: (weekday, Said.MANY, None) for ending in _MANY_ENDINGS}
        for part, meant in _PARTS.items():
            said = Said.MANY if part.endswith("ar") else Said.ONE
            found[f"{name}s{part}"] = found[name + part] = (weekday, said, meant)
    return found


FORMS = _forms()
DEFINITE = {name + "en": weekday for weekday, name in enumerate(NAMES)}
# "Tisdags" is a day that was; it is known only in order not to be taken for a slip.
WORDS = frozenset({*FORMS, *_GROUPS, *(f"{name}s" for name in NAMES), "varje", "alla", "dag"})
_AND = frozenset({",", "och", "o", "samt", "&", "+", "/"})


def read_weekdays(line: Line, at: int) -> Found | None:
    """One weekday, several, or from one to another."""
    if line.word(at) in {"varje", "alla"}:
        return _read_each(line, at)
    if line.word(at) in _GROUPS:
        return Found(at + 1, Weekdays(_GROUPS[line.word(at)], Said.MANY))
    first = read_weekday(line, at)
    if first is None:
        return None
    weekday, said, end = first
    if (until := _past_dash(line, end)) and (last := read_weekday(line, until)):
        days = tuple((weekday + n) % 7 for n in range((last[0] - weekday) % 7 + 1))
        return Found(last[2], Weekdays(tuple(sorted(days)), said))
    return _with_others(line, weekday, said, end)


def read_weekday(line: Line, at: int) -> tuple[int, Said, int] | None:
    """A weekday, how it was said, and the position after it with the dot of ``tis.``"""
    form = FORMS.get(line.word(at))
    if form is None:
        return None
    weekday, said, _part = form
    dotted = line.past_dot(at + 1)
    is_end_of_sentence = dotted > at + 1 and said is not Said.SHORT
    return weekday, said, at + 1 if is_end_of_sentence else dotted


def part_at(line: Line, at: int) -> DayPart | None:
    """The part of the day that a weekday there names: ``tisdagskvällar``."""
    form = FORMS.get(line.word(at))
    return form[2] if form else None


def _read_each(line: Line, at: int) -> Found | None:
    if line.word(at) == "varje" and line.word(at + 1) == "dag":
        return Found(at + 2, Weekdays(tuple(range(7)), Said.MANY))
    found = read_weekdays(line, at + 1)
    if found is None or not isinstance(found.fact, Weekdays):
        return None
    return Found(found.end, Weekdays(found.fact.days, Said.MANY))


def _with_others(line: Line, weekday: int, said: Said, end: int) -> Found:
    days = [weekday]
    while line.word(end) in _AND:
        after = end + 1
        while line.word(after) in _AND:
            after += 1
        other = read_weekday(line, after)
        # "Tisdag och onsdag 3 mars": the last one belongs to its date.
        if other is None or (
            other[1] is not Said.MANY and line.number(other[2]) is not None and said is Said.ONE
        ):
            break
        days.append(other[0])
        said = Said.MANY if Said.MANY in (said, other[1]) else said
        end = other[2]
    return Found(end, Weekdays(tuple(sorted(set(days))), said))


def _past_dash(line: Line, at: int) -> int:
    return at + 1 if line.word(at) in {"-", "till"} else 0
