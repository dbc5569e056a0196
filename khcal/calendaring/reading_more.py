"""The columns of the sheet that an export adds when a row needs them: what only khcal can say.

Each is read only when the sheet has it, so that a sheet without it leaves what people set alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from . import remarks
from .fault import CellFault
from .programme_rows import RoomName, SheetDate
from .reading_cells import quoted, read_date, read_dates, read_time, read_word, read_yes
from .reading_row_cells import RowCells
from .terms import FORM_WORDS, Fact, Places, WallRule

FACT_WORDS = {
    Fact.STEP_FREE: "stegfritt",
    Fact.CALM: "lugnt tempo",
    Fact.SEATED: "sittande",
    Fact.HEARING_LOOP: "hörslinga",
}
WALL_WORDS = {WallRule.SHOW: "visa", WallRule.NEUTRAL: "neutral titel", WallRule.HIDE: "dölj"}
PLACES_WORDS = {Places.OPEN: "platser finns", Places.FEW: "få kvar", Places.FULL: "fullt"}
NO_FACTS = "inga"
NO_SHORT_TEXT = "-"
NO_TRACES = "inget"
# What one date may have of its own: the word in the cell, and the value's name.
OWN_VALUES = {"titel": "title", "text": "short_text", "rum": "room", "ledare": "leader", "form": "form"}
_OWN_STARTS = re.compile(rf"\n(?=\d{{4}}-\d{{2}}-\d{{2}} (?:{'|'.join(OWN_VALUES)}):)")
_OWN = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}) ({'|'.join(OWN_VALUES)}): ?(.*)", re.DOTALL)
_LINE_STARTS = re.compile(r"\n+")
_PLACES = re.compile(r"(\d{4}-\d{2}-\d{2}): ([^;\n]+)(?:;|\n|\Z)")
_TRACE = re.compile(r"(\d{4}-\d{2}-\d{2}): (\d{4}-\d{2}-\d{2}) (\d{1,2}[:.]\d{2}) ?(.*)", re.DOTALL)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_more(cells: RowCells) -> dict[str, Any]:
    """What the further columns say of the activity as a whole."""
    found: dict[str, Any] = {}
    for column, (name, reader) in _EVENT_COLUMNS.items():
        if cells.has(column):
            found[name] = cells.read(column, reader, _EMPTY.get(name, ""))
    if cells.text("kort_text"):
        short = cells.short("kort_text", 302)
        found |= {"short_text": _short_text_in(short), "text": cells.text("beskrivning")}
    if cells.text("fakta"):
        found["facts"] = cells.read("fakta", _facts, [])
    if cells.text("webbadress"):
        found["slug"] = cells.read("webbadress", _slug, "")
    return found


def short_text_cell(text: str) -> str:
    """The cell that says ``text``, also that there is none."""
    return f'"{text}"' if text.strip('"') == NO_SHORT_TEXT else text or NO_SHORT_TEXT


def _short_text_in(cell: str) -> str:
    if cell == NO_SHORT_TEXT:
        return ""
    return cell[1:-1] if cell.strip('"') == NO_SHORT_TEXT else cell


def with_more(
    cells: RowCells, dates: tuple[SheetDate, ...], read_room: Callable[[str], RoomName]
) -> tuple[SheetDate, ...]:
    """The dates with what the further columns say of single ones."""
    known = {each.key for each in dates}
    for column, reader in _DATE_COLUMNS.items():
        if cells.has(column):
            dates = _told(cells, column, reader, dates, known)
    for own in (each.more.get("own", {}) for each in dates):
        if "room" in own:
            room = read_room(own["room"])
            own["room"] = [room.house, room.name]
    return dates


def _told(
    cells: RowCells,
    column: str,
    reader: Callable[[str, Iterable[str]], dict[str, dict[str, Any]]],
    dates: tuple[SheetDate, ...],
    known: set[str],
) -> tuple[SheetDate, ...]:
    found = cells.read(column, lambda text: reader(text, known), reader("", known))
    strange = sorted(set(found) - known)
    if strange:
        cells.fault(column, f"{strange[0]} är inget datum för aktiviteten. Skriv ett datum som finns.")
    return tuple(replace(each, more={**each.more, **found.get(each.key, {})}) for each in dates)


def _drafts(text: str, known: Iterable[str]) -> dict[str, dict[str, Any]]:
    """``ja``, ``nej`` or the dates that are drafts."""
    if text.casefold() in ("ja", "nej", ""):
        return {key: {"draft": read_yes(text)} for key in known}
    drafts = {day.isoformat() for day in read_dates(text)}
    return {key: {"draft": key in drafts} for key in {*known, *drafts}}


def _places(text: str, known: Iterable[str]) -> dict[str, dict[str, Any]]:
    found = [match.groups() for match in _PLACES.finditer(text)]
    if text and not found:
        raise CellFault(f"{quoted(text)} går inte att tolka. Skriv så här: 2026-11-19: fullt.")
    return {day: {"places": str(read_word(word.strip(), PLACES_WORDS))} for day, word in found}


def _own(text: str, known: Iterable[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {key: {"own": {}} for key in known}
    for part in remarks.split(text, _OWN_STARTS):
        match = _OWN.fullmatch(part)
        if match is None:
            raise CellFault(f"{quoted(part)} går inte att tolka. Skriv så här: 2026-11-19 ledare: kurator.")
        day, word, said = match[1], match[2], remarks.told(match[3])
        own = found.setdefault(str(read_date(day)), {"own": {}})["own"]
        own[OWN_VALUES[word]] = str(read_word(said, FORM_WORDS)) if word == "form" else said
    return found


def _traces(text: str, known: Iterable[str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for line in remarks.split(text, _LINE_STARTS):
        if line[10:] == f": {NO_TRACES}":
            found[str(read_date(line[:10]))] = {"left": []}
            continue
        match = _TRACE.fullmatch(line)
        if match is None:
            raise CellFault(
                f"{quoted(line)} går inte att tolka. Skriv så här: 2026-11-12: 2026-11-05 13:00 Orsak."
            )
        left = datetime.combine(read_date(match[2]), read_time(match[3])).isoformat()
        found.setdefault(match[1], {"left": []})["left"].append([left, remarks.told(match[4])])
    return {key: {"left": sorted(each["left"])} for key, each in found.items()}


def _facts(text: str) -> list[str]:
    if text.casefold() == NO_FACTS:
        return []
    return sorted(str(read_word(part.strip(), FACT_WORDS)) for part in text.split(",") if part.strip())


def _slug(text: str) -> str:
    if _SLUG.fullmatch(text) and len(text) <= 120:
        return text
    raise CellFault(f"{quoted(text)} går inte som adress. Skriv små bokstäver a–z, siffror och bindestreck.")


def _link(text: str) -> str:
    """Only addresses of the web: anything else in a link would be a trap."""
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in {"http", "https"} and parts.hostname and len(text) <= 500 and " " not in text:
        return text
    raise CellFault(f"{quoted(text)} är ingen länk. Klistra in hela länken, den ska börja med https://.")


def _wall(text: str) -> str:
    return str(read_word(text, WALL_WORDS))


def _at_most(most: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > most:
            raise CellFault(f"Texten är {len(text)} tecken. Skriv högst {most}.")
        return text

    return read


_EVENT_COLUMNS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "möteslänk": ("online_link", _link),
    "länken_visas": ("link_is_open", read_yes),
    "anmälan_till": ("signup_contact", _at_most(300)),
    "neutral_titel": ("neutral_title", _at_most(80)),
    "på_skärmen": ("wall", _wall),
    "samtidigt_med": ("sibling", _at_most(101)),
    "visas_överallt": ("everywhere", read_yes),
    "arkiverad": ("archived", read_yes),
}
_EMPTY = {"link_is_open": False, "everywhere": False, "archived": False, "wall": str(WallRule.SHOW)}
_DATE_COLUMNS = {"utkast": _drafts, "platsläge": _places, "avvikelser": _own, "spår": _traces}
