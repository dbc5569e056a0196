"""Cells from a spreadsheet, as a file or as they are pasted → rows of cells, whatever is between them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from .limits import MOST_CELL, MOST_CELL_OF_DATES, MOST_COLUMNS, MOST_ROWS
from .plain_text import one_line
from .programme_rows import DATE_COLUMNS
from .reading_bytes import FileRefusal, refuse_controls

_LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that have something in them, each with its number in the sheet and as long as the longest."""

    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_table(text: str) -> Table:
    """The rows. Raises :class:`.reading_bytes.FileRefusal`."""
    refuse_controls(text)
    numbered = [(number, cells) for number, cells in enumerate(_rows(text), 1) if any(map(str.strip, cells))]
    if not numbered:
        raise FileRefusal("Det finns inget att läsa in. Välj en fil eller klistra in celler från Excel.")
    if len(numbered) > MOST_ROWS + 1:
        raise FileRefusal(f"Det är {len(numbered)} rader, men får vara högst {MOST_ROWS}. Dela upp dem.")
    width = max(_used(cells) for _, cells in numbered)
    if width > MOST_COLUMNS:
        raise FileRefusal(f"Det är {width} kolumner, men får vara högst {MOST_COLUMNS}. Ta bort några.")
    most = [_most_in(cell) for cell in _filled(numbered[0][1], width)]
    for number, cells in numbered:
        _refuse_long(number, cells, most)
    return Table(tuple((number, _filled(cells, width)) for number, cells in numbered))


def heading(cell: str) -> str:
    """A heading as it is compared and shown."""
    return one_line(cell)[:60]


def _rows(text: str) -> list[list[str]]:
    between = _between(text)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=between, strict=True))
    except csv.Error:
        if between != "\t":
            raise FileRefusal(
                "Citattecknen går inte ihop. En cell som börjar med ett citattecken ska sluta med ett."
            ) from None
    # Not every program puts quotation marks around what it copies.
    return [line.split("\t") for line in text.splitlines()]


def _between(text: str) -> str:
    """What parts the cells: the tab of pasted ones, else whichever sign the first lines have more of."""
    lines = text.strip("\r\n").splitlines()[:_LOOKED_AT]
    if any("\t" in line for line in lines):
        return "\t"
    first = lines[0] if lines else ""
    return ";" if first.count(";") >= first.count(",") else ","


def _used(cells: list[str]) -> int:
    """How many cells there are up to the last one with something in it."""
    return max((number for number, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _most_in(name: str) -> int:
    """How long a cell may be under this heading."""
    return MOST_CELL_OF_DATES if name.casefold() in DATE_COLUMNS else MOST_CELL


def _refuse_long(number: int, cells: list[str], most: list[int]) -> None:
    for cell, longest in zip(cells, most, strict=False):
        if len(cell) > longest:
            raise FileRefusal(f"Rad {number} har en cell med mer än {longest} tecken. Korta texten.")


def _filled(cells: list[str], width: int) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in (cells + [""] * width)[:width])
