"""Red days, eves and short days by name, against a written list."""

from __future__ import annotations

from datetime import date

import pytest

from khcal.calendaring.red_days import Level, is_red, named_day, named_days
from tests.tables import for_each

YEARS = {
    2026: """
        01-01 red nyårsdagen
        01-05 short trettondagsafton
        01-06 red trettondedag jul
        04-02 short skärtorsdagen
        04-03 red långfredagen
        04-04 eve påskafton
        04-05 red påskdagen
        04-06 red annandag påsk
        04-30 short valborgsmässoafton
        05-01 red första maj
        05-13 short dagen före Kristi himmelsfärdsdag
        05-14 red Kristi himmelsfärdsdag
        05-23 eve pingstafton
        05-24 red pingstdagen
        06-05 short dagen före nationaldagen
        06-06 red nationaldagen
        06-19 eve midsommarafton
        06-20 red midsommardagen
        10-30 short allhelgonaafton
        10-31 red alla helgons dag
        12-24 eve julafton
        12-25 red juldagen
        12-26 red annandag jul
        12-31 eve nyårsafton
    """,
    2027: """
        01-01 red nyårsdagen
        01-05 short trettondagsafton
        01-06 red trettondedag jul
        03-25 short skärtorsdagen
        03-26 red långfredagen
        03-27 eve påskafton
        03-28 red påskdagen
        03-29 red annandag påsk
        04-30 short valborgsmässoafton
        05-01 red första maj
        05-05 short dagen före Kristi himmelsfärdsdag
        05-06 red Kristi himmelsfärdsdag
        05-15 eve pingstafton
        05-16 red pingstdagen
        06-05 short dagen före nationaldagen
        06-06 red nationaldagen
        06-25 eve midsommarafton
        06-26 red midsommardagen
        11-05 short allhelgonaafton
        11-06 red alla helgons dag
        12-24 eve julafton
        12-25 red juldagen
        12-26 red annandag jul
        12-31 eve nyårsafton
    """,
}


@for_each("year", YEARS)
def test_a_years_named_days(year: int) -> None:
    found = [f"{day:%m-%d} {named.level} {named.name}" for day, named in named_days(year).items()]
    assert found == [line.strip() for line in YEARS[year].strip().splitlines()]


@for_each(
    ("day", "name", "level"),
    [
        (date(2008, 5, 1), "första maj och Kristi himmelsfärdsdag", Level.RED),
        (date(2049, 6, 5), "pingstafton", Level.EVE),
        (date(2049, 6, 6), "nationaldagen och pingstdagen", Level.RED),
    ],
)
def test_where_two_meet_the_redder_one_gives_the_name(day: date, name: str, level: Level) -> None:
    named = named_day(day)
    assert named
    assert (named.name, named.level) == (name, level)


def test_most_days_have_no_name() -> None:
    assert named_day(date(2026, 11, 24)) is None


@for_each(
    ("day", "red"),
    [
        (date(2026, 11, 22), True),  # a Sunday
        (date(2026, 12, 25), True),
        (date(2027, 3, 29), True),
        (date(2026, 12, 24), False),  # an eve is not red
        (date(2026, 10, 30), False),
        (date(2026, 11, 21), False),  # nor is a Saturday
        (date(2025, 1, 5), True),  # an eve on a Sunday
    ],
)
def test_sundays_and_holidays_are_red(day: date, red: bool) -> None:
    assert is_red(day) is red


def test_a_year_cannot_be_changed_by_who_asks() -> None:
    with pytest.raises(TypeError):
        named_days(2026)[date(2026, 11, 24)] = named_days(2026)[date(2026, 12, 24)]  # type: ignore[index]
