"""Swedish red days, eves and short days by name, as they are written in running text.

The red days are those of the law since 2005; almost every eve and short day is the day before one.
Sundays are red without being named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from dateutil.easter import easter
from dateutil.relativedelta import SA, relativedelta

from . import clock

SUNDAY = 6


class Level(StrEnum):
    """Red by law; an eve that most people are free on; a day that many work shorter."""

    RED = "red"
    EVE = "eve"
    SHORT = "short"


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day with a name in the Swedish calendar: ``långfredagen``, ``Kristi himmelsfärdsdag``."""

    name: str
    level: Level


# The red days of lag (1989:253) as it reads since 2005: by month and day, by days from Easter Sunday,
# and as the first Saturday from a month and day on.
_FIXED = {
    (1, 1): "nyårsdagen",
    (1, 6): "trettondedag jul",
    (5, 1): "första maj",
    (6, 6): "nationaldagen",
    (12, 25): "juldagen",
    (12, 26): "annandag jul",
}
_FROM_EASTER = {
    -2: "långfredagen",
    0: "påskdagen",
    1: "annandag påsk",
    39: "Kristi himmelsfärdsdag",
    49: "pingstdagen",
}
_SATURDAYS = {(6, 20): "midsommardagen", (10, 31): "alla helgons dag"}
_DAYS_BEFORE = {
    "trettondedag jul": NamedDay("trettondagsafton", Level.SHORT),
    "långfredagen": NamedDay("skärtorsdagen", Level.SHORT),
    "påskdagen": NamedDay("påskafton", Level.EVE),
    "första maj": NamedDay("valborgsmässoafton", Level.SHORT),
    "Kristi himmelsfärdsdag": NamedDay("dagen före Kristi himmelsfärdsdag", Level.SHORT),
    "pingstdagen": NamedDay("pingstafton", Level.EVE),
    "nationaldagen": NamedDay("dagen före nationaldagen", Level.SHORT),
    "midsommardagen": NamedDay("midsommarafton", Level.EVE),
    "alla helgons dag": NamedDay("allhelgonaafton", Level.SHORT),
    "juldagen": NamedDay("julafton", Level.EVE),
}
_NEW_YEARS_EVE = NamedDay("nyårsafton", Level.EVE)
_BY_WEIGHT = {Level.SHORT: 0, Level.EVE: 1, Level.RED: 2}


@lru_cache(maxsize=32)
def named_days(year: int) -> Mapping[date, NamedDay]:
    """The named days of a year in order; where two meet, the redder one gives the name."""
    found = [(date(year, 12, 31), _NEW_YEARS_EVE)]
    for day, name in _red_days(year):
        found.append((day, NamedDay(name, Level.RED)))
        if before := _DAYS_BEFORE.get(name):
            found.append((day - clock.ONE_DAY, before))
    found.sort(key=lambda pair: (pair[0], _BY_WEIGHT[pair[1].level]))
    return MappingProxyType(_joined(found))


def named_day(day: date) -> NamedDay | None:
    """The name of a day and how free it is, if it has one."""
    return named_days(day.year).get(day)


def is_red(day: date) -> bool:
    """Whether the day is red in a Swedish calendar: a Sunday or a public holiday."""
    named = named_day(day)
    return day.weekday() == SUNDAY or (named is not None and named.level is Level.RED)


def _red_days(year: int) -> Iterator[tuple[date, str]]:
    for (month, number), name in _FIXED.items():
        yield date(year, month, number), name
    easter_sunday = easter(year)
    for after, name in _FROM_EASTER.items():
        yield easter_sunday + timedelta(days=after), name
    for (month, number), name in _SATURDAYS.items():
        yield date(year, month, number) + relativedelta(weekday=SA), name


def _joined(found: list[tuple[date, NamedDay]]) -> dict[date, NamedDay]:
    """Later names win; two red ones on a day are both said."""
    days: dict[date, NamedDay] = {}
    for day, named in found:
        known = days.get(day)
        both_red = known is not None and known.level is named.level is Level.RED
        days[day] = NamedDay(f"{known.name} och {named.name}", Level.RED) if known and both_red else named
    return days
