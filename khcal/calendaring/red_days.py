"""Swedish red days, eves and short days by name, as they are written in running text.

Red days and the eves that law treats as Sundays come from the holidays package; the eves and short
days it lacks are all the day before a red day. Sundays are red without being named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

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


_DAYS_BEFORE = {
    "trettondedag jul": NamedDay("trettondagsafton", Level.SHORT),
    "långfredagen": NamedDay("skärtorsdagen", Level.SHORT),
    "påskdagen": NamedDay("påskafton", Level.EVE),
    "första maj": NamedDay("valborgsmässoafton", Level.SHORT),
    "Kristi himmelsfärdsdag": NamedDay("dagen före Kristi himmelsfärdsdag", Level.SHORT),
    "pingstdagen": NamedDay("pingstafton", Level.EVE),
    "nationaldagen": NamedDay("dagen före nationaldagen", Level.SHORT),
    "alla helgons dag": NamedDay("allhelgonaafton", Level.SHORT),
}
_BY_WEIGHT = {Level.SHORT: 0, Level.EVE: 1, Level.RED: 2}


@lru_cache(maxsize=32)
def named_days(year: int) -> Mapping[date, NamedDay]:
    """The named days of a year in order; where two meet, the redder one gives the name."""
    found: list[tuple[date, NamedDay]] = []
    for level, category in ((Level.RED, "public"), (Level.EVE, "de_facto")):
        for day, name in _from_package(year, category):
            found.append((day, NamedDay(name, level)))
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


def _from_package(year: int, category: str) -> list[tuple[date, str]]:
    # The import takes a fifth of a second, so it waits until somebody asks.
    from holidays import country_holidays

    days = country_holidays("SE", years=year, categories=category, language="sv", include_sundays=False)
    return [(day, _in_text(name)) for day in sorted(days) for name in days.get_list(day)]


def _in_text(name: str) -> str:
    return name if name.startswith("Kristi") else name[:1].lower() + name[1:]


def _joined(found: list[tuple[date, NamedDay]]) -> dict[date, NamedDay]:
    """Later names win; two red ones on a day are both said."""
    days: dict[date, NamedDay] = {}
    for day, named in found:
        known = days.get(day)
        both_red = known is not None and known.level is named.level is Level.RED
        days[day] = NamedDay(f"{known.name} och {named.name}", Level.RED) if known and both_red else named
    return days
