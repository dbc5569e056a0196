"""The rules of the sample give its dates."""

from __future__ import annotations

import csv
from datetime import date, datetime, time

from khcal.calendaring import recurrence, rule_text
from tests.tables import for_each
from tests.unit.sheets import SAMPLE
from tests.unit.stepping import step_by_step


def programme() -> list[dict[str, str]]:
    with (SAMPLE / "programme.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


def repeating() -> list[dict[str, str]]:
    return [row for row in programme() if row["rrule"]]


def starts_at(row: dict[str, str]) -> datetime:
    return datetime.combine(date.fromisoformat(row["startdatum"]), time.fromisoformat(row["starttid"]))


def skips(row: dict[str, str]) -> list[date]:
    return [date.fromisoformat(day) for day in row["exdatum"].split()]


def expanded(row: dict[str, str]) -> list[date]:
    if not row["rrule"]:
        return [date.fromisoformat(day) for day in (row["startdatum"], *row["extra_datum"].split())]
    foreign = rule_text.read_foreign(row["rrule"], starts_at(row))
    return recurrence.dates(foreign.rule, starts_at(row).date(), foreign.until, foreign.count, skips(row))


def test_the_sample_programme_has_579_dates() -> None:
    assert sum(len(expanded(row)) for row in programme()) == 579


@for_each("row", repeating(), ids=[row["id"] for row in repeating()])
def test_each_rule_of_the_programme_gives_its_dates(row: dict[str, str]) -> None:
    first, last = date.fromisoformat(row["startdatum"]), date.fromisoformat(row["slutdatum"])
    foreign = rule_text.read_foreign(row["rrule"], starts_at(row))
    assert foreign.until == last
    assert expanded(row)[0] == first
    assert expanded(row) == [day for day in step_by_step(foreign.rule, first, last) if day not in skips(row)]
