"""Which column of somebody's own table means what: a first suggestion, for a person to put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .programme_rows import COLUMNS, MORE_COLUMNS
from .reading_csv import NEEDED_COLUMNS
from .reading_table import Table, heading

UNUSED = ""
# What a column of another table can mean, in the order of the choice. Three of them are no columns of ours:
# words such as "tisdagar 13–15 till 1 juni", a day in any spelling, and hours in one cell.
MEANINGS = (
    *(
        "titel",
        "när",
        "dag",
        "tid",
        "starttid",
        "sluttid",
        "typ",
        "målgrupp",
        "rum",
        "plats",
        "adress",
        "form",
    ),
    *("anmälan", "anmälan_senast", "beskrivning", "ledare", "pris_kr", "platser", "digital_info"),
    *("tillgänglighet", "intern_anteckning", "språk", "avdelning"),
)
_HEADINGS = {
    "titel": "titel rubrik aktivitet aktiviteter namn ämne subject title vad event händelse evenemang grupp",
    "när": "när tillfällen återkommer återkommer_text upprepning",
    "dag": "dag datum date startdatum start_date startdag",
    "tid": "tid tider klockan klockslag kl time",
    "starttid": "starttid start börjar från start_time fr",
    "sluttid": "sluttid slut slutar till end end_time t.o.m",
    "typ": "typ slag kategori category kategorier",
    "målgrupp": "målgrupp för_vem vem",
    "rum": "rum lokal sal room",
    "plats": "plats location ställe var",
    "adress": "adress gatuadress",
    "form": "form deltagande",
    "anmälan": "anmälan anmälning bokning",
    "anmälan_senast": "anmälan_senast sista_anmälan sista_anmälningsdag osa senast",
    "beskrivning": "beskrivning text info information description innehåll",
    "ledare": "ledare ansvarig föreläsare leds_av kursledare",
    "pris_kr": "pris pris_kr kostnad avgift",
    "platser": "platser antal antal_platser max",
    "digital_info": "digital_info",
    "tillgänglighet": "tillgänglighet",
    "intern_anteckning": "intern_anteckning anteckning anteckningar kommentar notering",
    "språk": "språk",
    "avdelning": "avdelning hus förening",
}
_BY_HEADING = {word: meaning for meaning, words in _HEADINGS.items() for word in words.split()}
_DAY = re.compile(
    r"(?:(?:mån|tis|ons|tor|fre|lör|sön)[a-zåäö]*\.?\s+)?(?:den\s+)?"
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[/.]\d{1,2}|\d{1,2}\s+[a-zåäö]{3,9}\b)",
    re.IGNORECASE,
)
_HOURS = re.compile(
    r"(?:kl\.?\s*)?\d{1,2}(?:[.:]\d{2}){0,2}(?:\s*[-–]\s*\d{1,2}(?:[.:]\d{2})?)?", re.IGNORECASE
)
_CLUES = 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its headings, empty ones where it has none, and the rows below them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def is_own(self) -> bool:
        """Whether it is a programme as khcal writes it."""
        names = {name.casefold() for name in self.headings}
        return all(name in names for name in NEEDED_COLUMNS)

    def examples(self, column: int) -> list[str]:
        """The first different cells of a column."""
        cells = (heading(cells[column]) for _, cells in self.rows if cells[column])
        return list(dict.fromkeys(cells))[:3]


def as_sheet(table: Table) -> Sheet:
    """The table with its first row as headings, if it is that."""
    first = table.rows[0][1]
    names = tuple(heading(cell) for cell in first)
    if _are_headings(first):
        return Sheet(names, table.rows[1:])
    return Sheet(("",) * len(first), table.rows)


def suggest(sheet: Sheet) -> tuple[str, ...]:
    """What each column means, as far as its heading or else its cells tell; each meaning once."""
    found = [_BY_HEADING.get(_plain(name), UNUSED) for name in sheet.headings]
    for column, meaning in enumerate(found):
        if meaning in found[:column]:
            found[column] = UNUSED
    for column, meaning in enumerate(found):
        if meaning == UNUSED and not sheet.headings[column]:
            found[column] = _by_cells(sheet, column, found)
    return tuple(found)


def unknown_columns(headings: Iterable[str]) -> list[str]:
    """Headings that a programme of khcal does not have."""
    return [name for name in headings if name.casefold() not in (*COLUMNS, *MORE_COLUMNS)]


def _plain(name: str) -> str:
    return name.casefold().strip(" .:*").replace(" ", "_")


def _are_headings(cells: Sequence[str]) -> bool:
    told = [_plain(heading(cell)) for cell in cells]
    known = sum(name in _BY_HEADING or name in COLUMNS for name in told)
    return known > 0 and not any(_DAY.match(cell) for cell in cells if cell)


def _by_cells(sheet: Sheet, column: int, taken: Sequence[str]) -> str:
    cells = [cells[column] for _, cells in sheet.rows[:_CLUES] if cells[column]]
    for meaning, pattern in (("dag", _DAY), ("tid", _HOURS)):
        if meaning not in taken and cells and all(pattern.match(cell) for cell in cells):
            return meaning
    has_words = sum(any(letter.isalpha() for letter in cell) for cell in cells) > len(cells) / 2
    return "titel" if "titel" not in taken and has_words else UNUSED
