"""A spreadsheet saved as CSV → its rows as values, with every fault found on the way.

The form is what a Swedish Excel writes: semicolons, UTF-8 with or without byte-order mark, or
Windows-1252. A row's number is the one seen in the sheet: a cell with a line break is still one row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from .fault import Fault
from .formula_guard import unguarded
from .limits import MOST_CELL, MOST_CELL_OF_DATES, MOST_COLUMNS, UPLOADED, Amounts
from .programme_rows import COLUMNS, DATE_COLUMNS, MORE_COLUMNS, KnownHouse, ProgrammeRow
from .reading_bytes import FileRefusal, decode
from .reading_rows import read_row

NEEDED_COLUMNS = ("id", "avdelning", "titel", "typ", "målgrupp", "startdatum", "form", "anmälan")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SAVE_AS = "Spara om filen i Excel som ”CSV UTF-8 (kommaavgränsad)” och försök igen."


@dataclass(frozen=True, slots=True)
class Programme:
    """What a file holds: rows that can be used, and all faults. With any fault nothing is imported."""

    rows: tuple[ProgrammeRow, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    header: list[str]
    rows: list[tuple[int, list[str]]]


class _FileFault(Exception):
    """The file as a whole can't be used."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__(*faults)
        self.faults = faults


def read_programme(data: bytes, houses: Iterable[KnownHouse], most: Amounts = UPLOADED) -> Programme:
    """Every row of the file as values, and every fault; ``houses`` are those that a row may name."""
    try:
        return read_table(_numbered(_decode(data, most)), houses, most)
    except _FileFault as error:
        return Programme((), error.faults)


def read_table(
    numbered: Iterable[tuple[int, list[str]]], houses: Iterable[KnownHouse], most: Amounts = UPLOADED
) -> Programme:
    """The same of rows that are cells already: the header first, each with its number in the sheet."""
    try:
        sheet = _read_sheet(list(numbered), most)
    except _FileFault as error:
        return Programme((), error.faults)
    known = {house.slug: house for house in houses}
    rows: list[ProgrammeRow] = []
    faults: list[Fault] = []
    dates = 0
    for number, cells in sheet.rows:
        row, found = _read_one(number, sheet.header, cells, known)
        faults.extend(found)
        rows.extend([row] if row else [])
        dates += len(row.schedule.dates) if row else 0
        if dates > most.dates:
            message = (
                f"Filen ger fler än {most.dates} datum. Dela den på flera, eller skriv tidigare sista dagar."
            )
            return Programme((), (*faults, Fault(number, "rrule", message, row.key if row else "")))
    return Programme(tuple(rows), (*faults, *_same_id_twice(sheet)))


def _decode(data: bytes, most: Amounts) -> str:
    try:
        return decode(data, most.bytes).text
    except FileRefusal as refusal:
        raise _whole(str(refusal)) from None


def _read_sheet(numbered: list[tuple[int, list[str]]], most: Amounts) -> _Sheet:
    if not numbered:
        raise _whole("Filen är tom. Den ska ha en rad med rubriker och sedan en rad för varje aktivitet.")
    (first, header), *rows = numbered
    names = [_printable(name.strip().casefold()) for name in header]
    if faults := list(_header_faults(first, names)):
        raise _FileFault(*faults)
    if len(rows) > most.rows:
        raise _whole(f"Filen har {len(rows)} rader, men får ha högst {most.rows}. Dela den på flera.")
    return _Sheet(names, rows)


def _printable(name: str) -> str:
    """A heading that can be quoted in a message, whatever the file holds."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in name[:60])


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows that have something in them, with their number in the sheet."""
    number = 0
    try:
        for number, cells in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True), 1
        ):
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error:
        raise _FileFault(
            Fault(
                number + 1,
                "",
                "Citattecknen går inte ihop. En cell som börjar med ett citattecken ska sluta med ett, "
                'och ett citattecken inne i texten skrivs två gånger: "".',
            )
        ) from None


def _header_faults(row: int, names: Sequence[str]) -> Iterator[Fault]:
    if len(names) == 1 and names[0].count(",") > 3:
        yield Fault(
            row, "", "Kolumnerna är skilda åt med komma. Spara filen med semikolon mellan kolumnerna."
        )
        return
    if len(names) > MOST_COLUMNS:
        yield Fault(
            row, "", f"Filen har {len(names)} kolumner, men får ha högst {MOST_COLUMNS}. Ta bort de tomma."
        )
        return
    for position, name in enumerate(names, 1):
        if name not in COLUMNS and name not in MORE_COLUMNS:
            yield Fault(row, name or f"nummer {position}", _unknown_column(name))
        elif name in names[: position - 1]:
            yield Fault(row, name, "Kolumnen finns två gånger. Ta bort den ena.")
    for name in NEEDED_COLUMNS:
        if name not in names:
            yield Fault(row, name, f"Kolumnen saknas. Lägg till rubriken ”{name}” på den första raden.")


def _unknown_column(name: str) -> str:
    if not name:
        return "Kolumnen har ingen rubrik. Skriv en rubrik på den första raden eller ta bort kolumnen."
    if "ã" in name or "\ufffd" in name:
        return f"Bokstäverna å, ä och ö har blivit fel. {_SAVE_AS}"
    close = get_close_matches(name, COLUMNS, n=1)
    hint = f"Menar du ”{close[0]}”?" if close else f"De kolumner som finns är: {', '.join(COLUMNS)}."
    return f"Kolumnen är okänd. Rätta rubriken eller ta bort kolumnen. {hint}"


def _read_one(
    number: int, header: Sequence[str], cells: Sequence[str], houses: Mapping[str, KnownHouse]
) -> tuple[ProgrammeRow | None, list[Fault]]:
    by_name = {name: unguarded(cell.strip()) for name, cell in zip(header, cells, strict=False)}
    key = by_name.get("id", "")[:40]
    faults = list(_cell_faults(number, key, header, cells))
    if faults:
        return None, faults
    return read_row(number, by_name, houses)


def _cell_faults(number: int, key: str, header: Sequence[str], cells: Sequence[str]) -> Iterator[Fault]:
    if len(cells) != len(header):
        yield Fault(
            number,
            "",
            f"Raden har {len(cells)} celler, men rubrikerna är {len(header)}. "
            "Sätt citattecken runt en text som innehåller semikolon.",
            key,
        )
    for name, cell in zip(header, cells, strict=False):
        most = MOST_CELL_OF_DATES if name in DATE_COLUMNS else MOST_CELL
        if len(cell) > most:
            told = f"{most:,}".replace(",", " ")
            yield Fault(number, name, f"Texten är för lång. Skriv högst {told} tecken.", key)
        if _CONTROLS.search(cell):
            yield Fault(number, name, "Cellen har ett osynligt styrtecken. Skriv om texten för hand.", key)


def _same_id_twice(sheet: _Sheet) -> Iterator[Fault]:
    column = sheet.header.index("id")
    first: dict[str, int] = {}
    for number, cells in sheet.rows:
        key = cells[column].strip() if column < len(cells) else ""
        if key and key in first:
            yield Fault(
                number,
                "id",
                f"Samma id står på rad {first[key]}. Ge raden ett eget id, som ingen annan har.",
                key,
            )
        first.setdefault(key, number)


def _whole(message: str) -> _FileFault:
    return _FileFault(Fault(0, "", message))
