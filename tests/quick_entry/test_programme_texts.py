"""What staff wrote of when in the sample programme, as lines: the machine columns, or what is missing."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cache
from pathlib import Path

from khcal.calendaring.proposal import Pause
from khcal.calendaring.quick_entry import Assumed, Conflict, Earlier, Entry, Known, Lack, read_line
from khcal.calendaring.recurrence import dates
from khcal.calendaring.rule_text import read_foreign
from tests.tables import for_each

SHEET = Path(__file__).parents[2] / "khcal" / "sample" / "programme.csv"
# The programme of autumn and spring was written before the autumn.
WRITTEN = Known(date(2026, 8, 20), breaks=(Pause("Sportlov", date(2027, 2, 15), date(2027, 2, 21)),))
NEVER_SAID_UNTIL = {"SJ-09", "GB-05", "GB-14", "ST-10"}
NEVER_SAID_FROM = {"SJ-09", "GB-05", "ST-10"}
NEVER_SAID_END = {"SJ-07", "GB-10"}
REMARKS = {"GB-02": "kvällsöppet", "GB-12": "höstlov", "JH-08": "innan snön"}
# The text of the break names one day more than the text of the dates.
SAID_AMONG_BREAKS = {"SJ-17": date(2027, 5, 6)}


@dataclass(frozen=True)
class Row:
    """A row of the sheet: what was written, and what its machine columns say."""

    key: str
    title: str
    text: str
    breaks: str
    days: tuple[date, ...]
    last: date
    starts: time | None
    ends: time | None
    description: str


@cache
def rows() -> list[Row]:
    with SHEET.open(encoding="utf-8-sig", newline="") as sheet:
        return [row_of(cells) for cells in csv.DictReader(sheet, delimiter=";")]


def row_of(cells: dict[str, str]) -> Row:
    return Row(
        cells["id"],
        cells["titel"],
        cells["återkommer_text"],
        cells["uppehåll_text"],
        days_of(cells),
        date.fromisoformat(cells["slutdatum"]),
        time.fromisoformat(cells["starttid"]) if cells["starttid"] else None,
        time.fromisoformat(cells["sluttid"]) if cells["sluttid"] else None,
        cells["beskrivning"],
    )


def days_of(cells: dict[str, str]) -> tuple[date, ...]:
    first = date.fromisoformat(cells["startdatum"])
    if not cells["rrule"]:
        return (first, *map(date.fromisoformat, cells["extra_datum"].split()))
    foreign = read_foreign(cells["rrule"], datetime.combine(first, time(12)))
    skips = {date.fromisoformat(day) for day in cells["exdatum"].split()}
    return tuple(dates(foreign.rule, first, foreign.until, foreign.count, skips))


def same_days(row: Row, entry: Entry) -> None:
    told = {remark.day for remark in entry.assumptions if remark.code is Assumed.RED_DAY}
    extra = set(entry.when.dates()) - set(row.days)
    assert not set(row.days) - set(entry.when.dates())
    assert extra <= told
    assert extra == {day for key, day in SAID_AMONG_BREAKS.items() if key == row.key}


@for_each("row", rows(), ids=[row.key for row in rows()])
def test_a_text_gives_the_machine_columns_or_says_what_it_lacks(row: Row) -> None:
    entry = read_line(row.text, WRITTEN)
    assert (Lack.UNTIL in entry.lacks) is (row.key in NEVER_SAID_UNTIL)
    assert (Lack.ENDS in entry.lacks) is (row.key in NEVER_SAID_END)
    if row.key not in NEVER_SAID_UNTIL:
        same_days(row, entry)
    if row.key not in NEVER_SAID_FROM:
        assert entry.when.first_day == row.days[0]
    else:
        assert Assumed.FIRST_DAY in {remark.code for remark in entry.assumptions}
    assert (entry.starts, entry.all_day) == (row.starts, row.starts is None)
    assert entry.ends == (None if row.key in NEVER_SAID_END else row.ends)
    assert entry.when.last_day in (None, row.last)
    assert [unread.text for unread in entry.not_understood] == [*filter(None, [REMARKS.get(row.key)])]
    assert not entry.conflicts
    assert not {*entry.lacks} - {Lack.TITLE, Lack.UNTIL, Lack.ENDS}


@for_each("row", [row for row in rows() if row.breaks], ids=[row.key for row in rows() if row.breaks])
def test_with_its_breaks_in_words_a_text_gives_exactly_the_dates(row: Row) -> None:
    entry = read_line(f"{row.text} {row.breaks}", WRITTEN)
    assert entry.when.dates() == row.days
    assert not entry.not_understood


def test_a_title_that_the_house_has_used_is_told_from_the_text_after_it() -> None:
    titles = dict.fromkeys(row.title for row in rows())
    house = replace(WRITTEN, earlier=tuple(Earlier(n, title) for n, title in enumerate(titles)))
    # After "Julstängt", "stängt" would be an exception.
    for row in (row for row in rows() if not row.text.startswith("Stängt")):
        entry = read_line(f"{row.title} {row.text}", house)
        assert (entry.title, entry.earlier) == (row.title, list(titles).index(row.title))
        assert (entry.starts, entry.when.first_day) == (
            row.starts,
            read_line(row.text, WRITTEN).when.first_day,
        )


def test_eight_meetings_where_the_weeks_give_nine() -> None:
    """ST-16: the description speaks of eight, the weeks of the rule give nine."""
    row = next(row for row in rows() if row.key == "ST-16")
    assert row.description.startswith("Åtta träffar")
    assert len(row.days) == 9
    entry = read_line(f"{row.text}, åtta träffar", WRITTEN)
    assert entry.when.dates() == row.days[:8]
    told = [(remark.word, remark.number) for remark in entry.conflicts if remark.code is Conflict.TIMES]
    assert told == [("8", 9)]
