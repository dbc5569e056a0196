"""Our red days and eves beside those of the holidays package, which others keep."""

from __future__ import annotations

from datetime import date

from holidays import country_holidays

from khcal.calendaring.red_days import Level, named_days

# From the year in which the national day became a red one to the last one that has pages.
YEARS = range(2005, 2101)
CATEGORIES = {Level.RED: "public", Level.EVE: "de_facto"}
# Eves that fall on a Saturday, which is free anyway; the package leaves them out.
SATURDAYS = {"påskafton", "pingstafton"}


def test_red_days_and_eves_are_those_that_others_know() -> None:
    for year in YEARS:
        for level in CATEGORIES:
            assert _ours(year, level) == _theirs(year, level)


def _ours(year: int, level: Level) -> dict[date, set[str]]:
    named = {day: named.name for day, named in named_days(year).items() if named.level is level}
    return {day: set(name.casefold().split(" och ")) for day, name in named.items() if name not in SATURDAYS}


def _theirs(year: int, level: Level) -> dict[date, set[str]]:
    days = country_holidays(
        "SE", years=year, categories=CATEGORIES[level], language="sv", include_sundays=False
    )
    return {day: {name.casefold() for name in days.get_list(day)} for day in days}
