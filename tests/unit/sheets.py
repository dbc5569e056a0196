"""Small spreadsheets for tests: one good row, changed where a test wants it otherwise."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from khcal.calendaring.fault import Fault
from khcal.calendaring.programme_rows import COLUMNS, KnownHouse, ProgrammeRow
from khcal.calendaring.reading_chapters import Houses, read_chapters, read_school_breaks
from khcal.calendaring.reading_csv import Programme, read_programme

SAMPLE = Path(__file__).parents[2] / "khcal" / "sample"
HOUSES = (
    KnownHouse("sjuharad", "Sjuhärad", "Borås"),
    KnownHouse("goteborg", "Göteborg", "Göteborg"),
    KnownHouse("stockholm", "Stockholm", "Stockholm"),
)
# Tuesdays in September 2026, with room for everything that a test adds.
GOOD = {
    "id": "SJ-01",
    "avdelning": "sjuharad",
    "titel": "Målarverkstad",
    "beskrivning": "Du behöver inte kunna måla.",
    "typ": "skapande",
    "målgrupp": "alla cancerberörda",
    "språk": "sv",
    "veckodag": "tisdag",
    "startdatum": "2026-09-01",
    "slutdatum": "2026-09-29",
    "starttid": "13:00",
    "sluttid": "15:30",
    "heldag": "nej",
    "rrule": "FREQ=WEEKLY;BYDAY=TU;UNTIL=20260929T215959Z",
    "form": "på plats",
    "anmälan": "drop-in",
}
ONCE = {"rrule": "", "slutdatum": "2026-09-01"}
ALL_DAY = {"heldag": "ja", "starttid": "", "sluttid": ""}


def sheet(*rows: Mapping[str, str], header: tuple[str, ...] = COLUMNS, delimiter: str = ";") -> bytes:
    """The file that Excel would save: each row is the good one with these cells otherwise."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(header)
    for changes in rows or ({},):
        writer.writerow((GOOD | dict(changes)).get(column, "") for column in header)
    return text.getvalue().encode("utf-8-sig")


def read(*rows: Mapping[str, str]) -> Programme:
    """What is read of a file with these rows."""
    return read_programme(sheet(*rows), HOUSES)


def good_row(changes: Mapping[str, str] | None = None) -> ProgrammeRow:
    """A row without faults."""
    return _good_row(tuple((changes or {}).items()))


@cache
def _good_row(changes: tuple[tuple[str, str], ...]) -> ProgrammeRow:
    programme = read(dict(changes))
    assert not programme.faults
    return programme.rows[0]


def fault_of(changes: Mapping[str, str]) -> Fault:
    """The one fault of a row."""
    programme = read(changes)
    assert len(programme.faults) == 1, programme.faults
    assert not programme.rows
    return programme.faults[0]


@cache
def sample_houses() -> Houses:
    """The houses of the sample."""
    breaks = read_school_breaks((SAMPLE / "school_breaks.json").read_bytes())
    return read_chapters((SAMPLE / "chapters.json").read_bytes(), breaks)
