"""The rows of a table, with what its columns and words mean → activities, or what is not understood.

Our own programme is read as ``khcal import`` reads it. In any other table rows that say the same but for
the day are one activity, and its identity is its title: what the table no longer mentions stays.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from .column_mapping import Sheet, unknown_columns
from .fault import CellFault, Fault
from .import_words import (
    AS_PLACE,
    NEW_ROOM,
    NOTHING,
    THIS_HOUSE,
    VOCABULARIES,
    Answers,
    Known,
    Word,
    by_title,
    parts_of,
)
from .limits import MOST_FILE_DATES
from .place_cells import join_rooms
from .programme_rows import ProgrammeRow
from .reading_csv import read_table
from .reading_rows import read_row
from .table_when import read_when

ASKED = (*VOCABULARIES, "rum", "avdelning")
MOST_WORDS_OF_WHEN = 60_000
_WHEN = ("när", "dag", "tid", "starttid", "sluttid")
_DATES = ("startdatum", "extra_datum")
Cells = dict[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of a row, or of several that are one activity: the activity, or every fault.

    ``elsewhere`` names the house that the row belongs to when it is another. ``note`` is worth telling.
    """

    numbers: tuple[int, ...]
    title: str
    row: ProgrammeRow | None = None
    faults: tuple[Fault, ...] = ()
    elsewhere: str = ""
    note: str = ""


def words_in(sheet: Sheet, columns: Sequence[str], known: Known) -> Iterator[tuple[str, str]]:
    """Every cell whose words may need an answer; of another house's rows none."""
    for _, cells in sheet.rows:
        named = _named(columns, cells)
        owner = parts_of("avdelning", named.get("avdelning", ""))[:1]
        if not owner or known.house_called(owner[0]) in ("", known.slug):
            yield from ((meaning, named[meaning]) for meaning in ASKED if named.get(meaning))


def own_columns(sheet: Sheet) -> tuple[str, ...]:
    """The columns of a programme as khcal writes it, without those that it does not have, and each once."""
    names = [name.casefold() for name in sheet.headings]
    strange = {name.casefold() for name in unknown_columns(sheet.headings)}
    return tuple(
        "" if name in strange or name in names[:number] else name for number, name in enumerate(names)
    )


def read_own(sheet: Sheet, columns: Sequence[str], answers: Answers, known: Known) -> list[Reading]:
    """The rows of a programme as khcal writes it."""
    kept = [number for number, name in enumerate(columns) if name]
    header = [columns[number] for number in kept]
    readings, rows = [], [(1, header)]
    for number, cells in sheet.rows:
        named = {name: cell for name, cell in zip(columns, cells, strict=True) if name}
        owner = _owner(named, answers, known)
        if owner != known.slug:
            title = named.get("titel", "")
            readings.append(Reading((number,), title, elsewhere=_name(owner, known)))
        else:
            named |= _replaced(named, answers, known)
            rows.append((number, [named[name] for name in header]))
    programme = read_table(rows, known.houses.values())
    titles = {number: cells[header.index("titel")] for number, cells in rows[1:]}
    return sorted([*readings, *_as_readings(programme.rows, programme.faults, titles)], key=_place)


def read_other(
    sheet: Sheet,
    columns: Sequence[str],
    answers: Answers,
    known: Known,
    earlier: Mapping[str, Cells],
    today: date,
) -> list[Reading]:
    """The rows of any other table; ``earlier`` is what the house has under a title, by our columns."""
    readings: list[Reading] = []
    groups: dict[tuple[tuple[str, str], ...], list[tuple[int, Cells]]] = {}
    said = 0
    for number, cells in sheet.rows:
        named = _named(columns, cells)
        owner = _owner(named, answers, known)
        if owner != known.slug:
            readings.append(Reading((number,), named.get("titel", ""), elsewhere=_name(owner, known)))
            continue
        try:
            said = _count(said, named)
            whole = _completed(named, answers, known, earlier, today)
        except CellFault as fault:
            told = Fault(number, _heading_of_when(sheet, columns), str(fault))
            readings.append(Reading((number,), named.get("titel", ""), faults=(told,)))
            continue
        groups.setdefault(_alike(whole, number), []).append((number, whole))
    readings.extend(_read_groups(list(groups.values()), known, _headings(sheet, columns)))
    return sorted(readings, key=_place)


def _count(said: int, named: Cells) -> int:
    """Keep the time that all the words about when can take within what one request may take."""
    said += sum(len(named.get(name, "")) for name in _WHEN)
    if said > MOST_WORDS_OF_WHEN:
        raise CellFault("Tabellen är för stor för att läsas på en gång. Dela upp den.")
    return said


def _named(columns: Sequence[str], cells: Sequence[str]) -> Cells:
    """The cells by meaning; of two columns with one meaning both."""
    named: Cells = {}
    for meaning, cell in zip(columns, cells, strict=True):
        if meaning:
            named[meaning] = " ".join(filter(None, [named.get(meaning, ""), cell]))
    return named


def _owner(named: Mapping[str, str], answers: Answers, known: Known) -> str:
    """The slug of the house that keeps the row, or the word that names none."""
    parts = parts_of("avdelning", named.get("avdelning", ""))
    if not parts:
        return known.slug
    if slug := known.house_called(parts[0]):
        return slug
    answer = answers.of(Word("avdelning", parts[0]))
    return known.slug if answer == THIS_HOUSE else parts[0]


def _name(owner: str, known: Known) -> str:
    return known.houses[owner].short_name if owner in known.houses else owner


def _replaced(named: Mapping[str, str], answers: Answers, known: Known) -> Cells:
    """The cells with a word of ours for each word that a person gave a meaning."""
    found = {
        column: " | ".join(_said(column, part, answers, known) for part in parts_of(column, named[column]))
        for column in VOCABULARIES
        if column in named
    }
    if "rum" in named:
        found |= _rooms(named, answers, known)
    if "avdelning" in named:
        others = [known.house_called(part) for part in parts_of("avdelning", named["avdelning"])[1:]]
        found["avdelning"] = "|".join(dict.fromkeys([known.slug, *filter(None, others)]))
        hidden = [slug for slug in named.get("dold_hos", "").split("|") if known.house_called(slug) in others]
        found |= {"dold_hos": "|".join(hidden)} if "dold_hos" in named else {}
    return found


def _said(column: str, part: str, answers: Answers, known: Known) -> str:
    if known.knows(column, part):
        return part
    word = known.unknown([(column, part)])
    return (answers.of(word[0]) if word else "") or part


def _rooms(named: Mapping[str, str], answers: Answers, known: Known) -> Cells:
    rooms, places = [], [named.get("plats", "")]
    for part in parts_of("rum", named["rum"]):
        answer = NEW_ROOM if known.knows("rum", part) else answers.of(known.word("rum", part))
        if answer == AS_PLACE:
            places.append(part)
        elif answer != NOTHING:
            rooms.append(part if answer == NEW_ROOM else answer)
    found = {"rum": join_rooms(dict.fromkeys(rooms))}
    told = "; ".join(dict.fromkeys(filter(None, places)))
    return found | ({"plats": told} if told else {})


def _completed(
    named: Cells, answers: Answers, known: Known, earlier: Mapping[str, Cells], today: date
) -> Cells:
    """The row in our columns: its own words, else those of earlier times, else what was chosen for all."""
    cells = {name: cell for name, cell in named.items() if name not in _WHEN and cell}
    _check_words(cells, answers, known)
    cells = {name: cell for name, cell in (cells | _replaced(cells, answers, known)).items() if cell}
    before = earlier.get(cells.get("titel", "").casefold(), {})
    if cells.get("rum") or cells.get("plats"):
        before = {name: cell for name, cell in before.items() if name != "rum"}
    when = read_when(named, today, answers.hours)
    told = by_title(cells.get("titel", ""), when.get("heldag") == "ja")
    return {"avdelning": known.slug} | dict(answers.defaults) | told | before | cells | when


def _check_words(cells: Cells, answers: Answers, known: Known) -> None:
    """A word without a meaning can only be told of by itself, not by all that it might be."""
    for column in VOCABULARIES:
        for part in parts_of(column, cells.get(column, "")):
            if not known.knows(column, part) and _said(column, part, answers, known) == part:
                raise CellFault(
                    f"Vi känner inte igen ”{part[:60]}”. Välj vad det betyder, högre upp på sidan."
                )


def _alike(cells: Cells, number: int) -> tuple[tuple[str, str], ...]:
    """Equal for rows that are dates of one activity. A series is always one by itself."""
    of_its_own = bool(cells.get("rrule")) or (cells.get("heldag") == "ja" and bool(cells.get("slutdatum")))
    told = {name: cell for name, cell in cells.items() if name not in _DATES}
    return tuple(sorted({**told, "nummer": str(number) if of_its_own else ""}.items()))


def _read_groups(
    groups: list[list[tuple[int, Cells]]], known: Known, headings: Mapping[str, str]
) -> Iterator[Reading]:
    used: dict[str, int] = {}
    dates = 0
    for group in groups:
        numbers, cells, note = _joined(group)
        title = " ".join(cells.get("titel", "").split()).casefold()
        used[title] = used.get(title, 0) + 1
        row, faults = read_row(numbers[0], cells | {"id": _key(title, used[title])}, known.houses)
        dates += len(row.schedule.dates) if row else 0
        if dates > MOST_FILE_DATES:
            row, faults = (
                None,
                [Fault(numbers[0], "", f"Tabellen ger fler än {MOST_FILE_DATES} datum. Dela den.")],
            )
        told = tuple(
            replace(fault, key="", column=headings.get(fault.column, fault.column)) for fault in faults
        )
        yield Reading(numbers, cells.get("titel", ""), row and replace(row, only_adds=True), told, note=note)


def _joined(group: list[tuple[int, Cells]]) -> tuple[tuple[int, ...], Cells, str]:
    """One row for all: the first day, and the others as further dates."""
    days = [day for _, cells in group for name in _DATES for day in cells.get(name, "").split()]
    once = sorted(set(days))
    cells = group[0][1]
    if not cells.get("rrule"):
        cells = cells | {"startdatum": once[0], "extra_datum": " ".join(once[1:])}
    note = "Samma rad står flera gånger." if len(once) < len(days) else ""
    return tuple(number for number, _ in group), cells, note


def _key(title: str, number: int) -> str:
    digest = hashlib.sha256(title.encode(errors="replace")).hexdigest()[:24]
    return f"tabell.{digest}" + (f".{number}" if number > 1 else "")


def _headings(sheet: Sheet, columns: Sequence[str]) -> dict[str, str]:
    """What the sheet calls our columns."""
    called = {
        meaning: name for meaning, name in zip(columns, sheet.headings, strict=True) if meaning and name
    }
    when = _heading_of_when(sheet, columns)
    return called | dict.fromkeys(
        ("startdatum", "slutdatum", "starttid", "sluttid", "rrule", "exdatum"), when
    )


def _heading_of_when(sheet: Sheet, columns: Sequence[str]) -> str:
    names = [sheet.headings[number] for number, meaning in enumerate(columns) if meaning in _WHEN]
    return ", ".join(filter(None, names))


def _as_readings(
    rows: Iterable[ProgrammeRow], faults: Iterable[Fault], titles: Mapping[int, str]
) -> Iterator[Reading]:
    by_row: dict[int, list[Fault]] = {}
    for fault in faults:
        by_row.setdefault(fault.row, []).append(fault)
    for row in rows:
        if row.number not in by_row:
            yield Reading((row.number,), row.title, row)
    for number, found in by_row.items():
        yield Reading((number,), titles.get(number, ""), faults=tuple(found))


def _place(reading: Reading) -> int:
    return reading.numbers[0]
