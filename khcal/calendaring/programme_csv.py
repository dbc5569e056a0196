"""A house's programme as the spreadsheet that khcal reads: the way back of :mod:`.reading_csv`.

What the usual columns can't say stands in further ones, which are there only when some row needs them.
Every row is read back before it is written; a rule that would not come back is written as its dates.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any

from . import phrases, recurrence, rule_text
from .formula_guard import guarded
from .import_values import StoredEvent, deadline_from_json, values_of_row
from .place_cells import address_cell, join_rooms
from .programme_dates import cells_of_dates, fitting
from .programme_rows import COLUMNS, MORE_COLUMNS, KnownHouse, RoomName
from .reading_more import FACT_WORDS, NO_FACTS, WALL_WORDS, short_text_cell
from .reading_rows import is_key, read_row, room_called
from .reading_text import facts_in, short_and_full, slug_of
from .shapes import Deadline
from .terms import (
    AUDIENCE_WORDS,
    FORM_WORDS,
    KIND_WORDS,
    SIGNUP_WORDS,
    Audience,
    Fact,
    Form,
    Kind,
    Signup,
    WallRule,
)

Cells = dict[str, str]


def programme_csv(events: Iterable[StoredEvent], houses: Iterable[KnownHouse]) -> bytes:
    """The file with a row for each activity. ``houses`` are all there are."""
    known = {house.slug: house for house in houses}
    listed = list(events)
    ids = _ids(listed)
    rows = [_row(_pointing(event, ids), ids[_name(event)], known) for event in listed]
    header = [*COLUMNS, *(name for name in MORE_COLUMNS if any(row.get(name) for row in rows))]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(row.get(name, "")) for name in header] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _ids(events: Iterable[StoredEvent]) -> dict[tuple[str, str], str]:
    """What the file calls each activity: by its key, unless another house has the same."""
    listed = list(events)
    keys = [event.key if is_key(event.key) else event.uid for event in listed]
    once = {key for key, number in Counter(keys).items() if number == 1}
    return {_name(event): key if key in once else event.uid for event, key in zip(listed, keys, strict=True)}


def _name(event: StoredEvent) -> tuple[str, str]:
    return event.houses[0], event.key or event.uid


def _pointing(event: StoredEvent, ids: Mapping[tuple[str, str], str]) -> Mapping[str, Any]:
    """The values with the parallel group as the file calls it."""
    house, is_elsewhere, key = event.now.get("sibling", "").rpartition("/")
    if not key:
        return event.now
    told = ids.get((house or event.houses[0], key), key)
    return {**event.now, "sibling": house + is_elsewhere + told}


def _row(values: Mapping[str, Any], key: str, houses: Mapping[str, KnownHouse]) -> Cells:
    """The activity's row."""
    about = _cells_about(values, key, houses)
    room_in_words = partial(_room, own=values["houses"][0], houses=houses)
    split = fitting(values)
    cells = about | cells_of_dates(values, split, room_in_words)
    if split.rule and not _come_back(split.dates, cells, houses):
        split = fitting({**values, "rule": ["", None, None]})
        cells = about | cells_of_dates(values, split, room_in_words)
    return cells


def _come_back(
    dates: Mapping[date, Mapping[str, Any]], cells: Cells, houses: Mapping[str, KnownHouse]
) -> bool:
    """Whether an import reads these very dates in the row."""
    row, faults = read_row(2, cells, houses)
    read = values_of_row(row)["dates"] if row and not faults else {}
    return read == {day.isoformat(): {"own": {}, "draft": False, **each} for day, each in dates.items()}


def _cells_about(values: Mapping[str, Any], key: str, houses: Mapping[str, KnownHouse]) -> Cells:
    capacity, own = values["capacity"], values["houses"][0]
    return {
        "id": key,
        "avdelning": "|".join(values["houses"]),
        "titel": values["title"],
        "typ": KIND_WORDS[Kind(values["kind"])],
        "målgrupp": " | ".join(AUDIENCE_WORDS[code] for code in Audience if code in values["audience"]),
        "språk": values["language"],
        "återkommer_text": _in_words(values["rule"][0]),
        "plats": values["place"],
        "rum": join_rooms(_room(room, own, houses) for room in values["rooms"]),
        "adress": address_cell(values["address"]),
        "form": FORM_WORDS[Form(values["form"])],
        "digital_info": values["online_info"],
        "anmälan": SIGNUP_WORDS[Signup(values["signup"])],
        "anmälan_senast": _deadline(deadline_from_json(values["deadline"])),
        "platser": "" if capacity is None else str(capacity),
        "pris_kr": str(values["price"]),
        "ledare": values["leader"],
        "status": "planerad",
        "statustext": values["status_note"],
        "tillgänglighet": values["access"],
        "intern_anteckning": values["internal_note"],
        **_texts(values),
        **_more(values),
    }


def _texts(values: Mapping[str, Any]) -> Cells:
    """The description, in two columns where one would not come back as it was; and the facts."""
    short, whole = values["short_text"], values["text"]
    cells = {"beskrivning": whole or short}
    if short_and_full(whole or short) != (short, whole):
        cells = {"beskrivning": whole, "kort_text": short_text_cell(short)}
    if sorted(map(str, facts_in((cells["beskrivning"], values["access"])))) != values["facts"]:
        cells["fakta"] = ", ".join(FACT_WORDS[Fact(code)] for code in values["facts"]) or NO_FACTS
    if slug_of(values["title"]) != values["slug"]:
        cells["webbadress"] = values["slug"]
    return cells


def _more(values: Mapping[str, Any]) -> Cells:
    cells = {
        "möteslänk": values.get("online_link", ""),
        "anmälan_till": values.get("signup_contact", ""),
        "neutral_titel": values.get("neutral_title", ""),
        "samtidigt_med": values.get("sibling", ""),
        "dold_hos": "|".join(values.get("hidden", ())),
    }
    wall = WallRule(values.get("wall", WallRule.SHOW))
    cells["på_skärmen"] = "" if wall is WallRule.SHOW else WALL_WORDS[wall]
    for column, name in (
        ("länken_visas", "link_is_open"),
        ("visas_överallt", "everywhere"),
        ("arkiverad", "archived"),
    ):
        cells[column] = "ja" if values.get(name) else ""
    return cells


def _room(room: list[str], own: str, houses: Mapping[str, KnownHouse]) -> str:
    house, name = room
    wanted = RoomName(house, name)
    tries = (name, f"{name} ({houses[house].short_name})")
    return next((text for text in tries if room_called(text, own, houses) == wanted), f"{name} ({house})")


def _deadline(deadline: Deadline) -> str:
    clock = f" kl. {deadline.at:%H:%M}" if deadline.at else ""
    if deadline.day is not None:
        return f"{deadline.day}{clock}"
    if deadline.days_before is not None:
        words = {0: "samma dag", 1: "dagen före"}
        return words.get(deadline.days_before, f"{deadline.days_before} dagar före") + clock
    return deadline.words


def _in_words(rule: str) -> str:
    """For whoever reads the sheet; an import reads the rule itself."""
    try:
        return phrases.rule_in_words(rule_text.parse(rule)) if rule else ""
    except recurrence.RecurrenceError:
        return ""
