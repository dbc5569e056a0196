"""The cells of one row of the programme → the activity they tell of, and every fault in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from .fault import CellFault, Fault
from .place_cells import LONGEST_ADDRESS, address_in, split_rooms
from .programme_rows import KnownHouse, ProgrammeRow, RoomName, SheetSchedule, slug_now
from .reading_cells import (
    quoted,
    read_audience,
    read_deadline,
    read_number,
    read_word,
    reason_in,
)
from .reading_dates import read_schedule
from .reading_more import read_more, with_more
from .reading_row_cells import RowCells
from .reading_text import facts_in, short_and_full, slug_of
from .shapes import Deadline
from .terms import FORM_WORDS, KIND_WORDS, LANGUAGES, SIGNUP_WORDS, Kind

MOST_ROOMS = 2
# A room with the house that it is in: the house may be as long as names are.
LONGEST_ROOM, MOST_ROOM_TEXT = 120, 240
_KEY = re.compile(r"[\w.-]{1,40}")
_SUFFIX = re.compile(r"(?P<name>.+?)\s*\((?P<house>[^()]+)\)")
_NEEDED = ("key", "kind", "form", "signup", "audience")
_STATUSES = ("planerad", "flyttad", "inställd")


def read_row(
    number: int, cells_by_column: Mapping[str, str], houses: Mapping[str, KnownHouse]
) -> tuple[ProgrammeRow | None, list[Fault]]:
    """The activity of row ``number`` unless something is wrong, and what is wrong.

    ``houses`` are the known ones by slug. Every cell is read, whatever is wrong already: all faults are
    told at once.
    """
    cells = RowCells(number, cells_by_column)
    named = _read_houses(cells, houses)
    told = _read_sort(cells)
    is_cancelled, note = _read_status(cells) == "inställd", cells.short("statustext", 300)
    schedule = read_schedule(cells, is_cancelled, reason_in(note))
    _check_closure(cells, told["kind"], schedule)
    _check_moved(cells)
    told |= _read_name(cells) | _read_where(cells, named, houses) | _read_taking_part(cells)
    told["status_note"] = "" if is_cancelled else note
    if schedule is None or any(told[name] is None for name in _NEEDED):
        return None, cells.faults
    dates = with_more(cells, schedule.dates, lambda text: _read_room(cells, text, named, houses))
    row = ProgrammeRow(
        number=number,
        houses=named,
        schedule=replace(schedule, dates=dates),
        more=read_more(cells) | _read_hidden(cells, named, houses),
        **told,
    )
    return (None if cells.faults else row), cells.faults


def _read_sort(cells: RowCells) -> dict[str, Any]:
    """What sort of activity it is; ``None`` for what is missing."""
    return {
        "kind": cells.needed("typ", lambda text: read_word(text, KIND_WORDS), _one_of(KIND_WORDS.values())),
        "form": cells.needed("form", lambda text: read_word(text, FORM_WORDS), _one_of(FORM_WORDS.values())),
        "signup": cells.needed(
            "anmälan", lambda text: read_word(text, SIGNUP_WORDS), _one_of(SIGNUP_WORDS.values())
        ),
        "audience": cells.needed("målgrupp", read_audience, "Skriv till exempel ”alla cancerberörda”."),
    }


def _read_name(cells: RowCells) -> dict[str, Any]:
    """What it is called, and what is said of it."""
    key = cells.needed("id", _read_key, "Ge raden ett eget id, till exempel SJ-01. Ändra det aldrig sedan.")
    title, access = _read_title(cells), cells.text("tillgänglighet")
    short_text, text = short_and_full(cells.text("beskrivning"))
    return {
        "key": key,
        "title": title,
        "slug": slug_of(title),
        "short_text": short_text,
        "text": text,
        "facts": facts_in((cells.text("beskrivning"), access)),
        "access": access,
        "internal_note": cells.text("intern_anteckning"),
        "language": cells.read("språk", _read_language, "sv"),
    }


def _read_where(cells: RowCells, named: tuple[str, ...], houses: Mapping[str, KnownHouse]) -> dict[str, Any]:
    """Where it is, and who leads it."""
    rooms, place = _read_rooms(cells, named, houses), cells.short("plats", 200)
    address = address_in(cells.text("adress"))
    if len(address) > LONGEST_ADDRESS:
        cells.fault("adress", f"Texten är {len(address)} tecken. Skriv högst {LONGEST_ADDRESS}.")
    online_info, leader = cells.short("digital_info", 300), cells.short("ledare", 120)
    return {
        "rooms": rooms,
        "place": place,
        "address": address,
        "online_info": online_info,
        "leader": leader,
    }


def _read_taking_part(cells: RowCells) -> dict[str, Any]:
    """Until when one signs up, how many may come, and what it costs."""
    return {
        "deadline": cells.read("anmälan_senast", _read_short_deadline, Deadline()),
        "capacity": cells.read("platser", lambda text: read_number(text, 1, 10_000, "antal platser"), None),
        "price": cells.read("pris_kr", lambda text: read_number(text, 0, 100_000, "priset i hela kronor"), 0),
    }


def _read_houses(cells: RowCells, houses: Mapping[str, KnownHouse]) -> tuple[str, ...]:
    slugs = _slugs_in(cells.text("avdelning"), houses)
    if not houses:
        cells.fault("avdelning", "Det finns inga hus ännu. Läs in husen först: khcal import chapters.json.")
    elif not slugs:
        cells.fault("avdelning", f"Cellen är tom. {_one_of(houses)}")
    for slug in slugs:
        if houses and slug not in houses:
            cells.fault(
                "avdelning",
                f"{quoted(slug)} är inget känt hus. {_one_of(houses)} Eller läs in det huset först.",
            )
    return tuple(dict.fromkeys(slugs))


def _slugs_in(cell: str, houses: Mapping[str, KnownHouse]) -> list[str]:
    return [slug_now(part, houses.values()) for part in cell.split("|") if part.strip()]


def _read_hidden(cells: RowCells, named: tuple[str, ...], houses: Mapping[str, KnownHouse]) -> dict[str, Any]:
    """The houses that the activity is meant for and that do not show it."""
    if not cells.has("dold_hos"):
        return {}
    slugs = sorted(set(_slugs_in(cells.text("dold_hos"), houses)))
    for slug in slugs:
        if slug not in named[1:]:
            cells.fault(
                "dold_hos",
                f"{quoted(slug)} är inget annat hus i avdelning. Skriv det där, eller ta bort det.",
            )
    return {"hidden": slugs}


def _read_title(cells: RowCells) -> str:
    title = " ".join(cells.short("titel", 120).split())
    if not title:
        cells.fault("titel", "Cellen är tom. Skriv vad aktiviteten heter.")
    return title


def is_key(text: str) -> bool:
    """Whether an id can be written so."""
    return bool(_KEY.fullmatch(text))


def _read_key(text: str) -> str:
    if is_key(text):
        return text
    raise CellFault(
        f"{quoted(text)} går inte som id. Skriv högst 40 bokstäver, siffror och bindestreck, som SJ-01."
    )


def _read_language(text: str) -> str:
    if text.casefold() in LANGUAGES:
        return text.casefold()
    raise CellFault(f"{quoted(text)} är inget språk som khcal kan. {_one_of(LANGUAGES)}")


def _read_short_deadline(text: str) -> Deadline:
    if len(text) > 120:
        raise CellFault(
            f"Texten är {len(text)} tecken. Skriv högst 120, helst ett datum eller ”dagen före kl. 15”."
        )
    return read_deadline(text)


def _read_rooms(
    cells: RowCells, named: tuple[str, ...], houses: Mapping[str, KnownHouse]
) -> tuple[RoomName, ...]:
    parts = split_rooms(cells.text("rum"))
    if len(parts) > MOST_ROOMS:
        cells.fault("rum", f"Det är {len(parts)} rum. Skriv högst två, med semikolon emellan.")
    rooms = [_read_room(cells, part, named, houses) for part in parts]
    if len(set(rooms)) < len(rooms):
        cells.fault("rum", "Samma rum står två gånger. Skriv det en gång.")
    return tuple(rooms)


def _read_room(
    cells: RowCells, text: str, named: tuple[str, ...], houses: Mapping[str, KnownHouse]
) -> RoomName:
    room = room_called(text[:MOST_ROOM_TEXT], named[0] if named else "", houses)
    if len(room.name) > LONGEST_ROOM:
        cells.fault("rum", f"Rummets namn är {len(text)} tecken. Skriv högst {LONGEST_ROOM}.")
    elif room.house not in named and named:
        called = houses[room.house].short_name
        cells.fault(
            "rum", f"Rummet ligger i {called}, som inte står i avdelning. Lägg till ”{room.house}” där."
        )
    return room


def room_called(text: str, owner: str, houses: Mapping[str, KnownHouse]) -> RoomName:
    """The room that a cell means: of the house in its brackets, else of ``owner``."""
    match = _SUFFIX.fullmatch(text)
    slug = _house_called(match["house"], houses) if match else None
    return RoomName(slug, match["name"]) if match and slug else RoomName(owner, text)


def is_room_of_a_house(text: str, houses: Mapping[str, KnownHouse]) -> bool:
    """Whether the name would be read as a room of the house in its brackets."""
    return bool(room_called(text, "", houses).house)


def _house_called(name: str, houses: Mapping[str, KnownHouse]) -> str | None:
    wanted = name.strip().casefold()
    if wanted in houses:
        return wanted
    called = [
        house.slug
        for house in houses.values()
        if wanted in (house.slug, house.short_name.casefold(), house.city.casefold())
    ]
    return called[0] if called else None


def _read_status(cells: RowCells) -> str:
    status = cells.text("status").casefold() or "planerad"
    if status not in _STATUSES:
        cells.fault("status", f"{quoted(status)} är inget känt värde. {_one_of(_STATUSES)}")
    return status


def _check_moved(cells: RowCells) -> None:
    if cells.text("status").casefold() == "flyttad" and not cells.text("flyttade_datum"):
        cells.fault(
            "flyttade_datum",
            "Status är flyttad, men här står inte vart. Skriv så här: 2026-11-18>2026-12-02 18:00: Orsak.",
        )


def _check_closure(cells: RowCells, kind: Kind | None, schedule: SheetSchedule | None) -> None:
    if kind is Kind.CLOSURE and schedule and schedule.start_time is not None:
        cells.fault("heldag", "Ett hus är stängt hela dagar. Skriv ja och töm starttid och sluttid.")


def _one_of(words: Iterable[str]) -> str:
    listed = ", ".join(f"”{word}”" for word in words)
    return f"Skriv något av: {listed}."
