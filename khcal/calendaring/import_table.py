"""What becomes of each row of an import, for a table that is looked at before anything is saved."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from .fault import Fault
from .import_plan import EventChange, ImportPlan, Kept
from .import_values import Stored, StoredEvent
from .programme_rows import ProgrammeRow
from .table_rows import Reading
from .terms import Status


class Outcome(StrEnum):
    """What an import does with a row. What is left out belongs to another house or is called off already."""

    FAULT = "fault"
    NEW = "new"
    CHANGED = "changed"
    DOUBLED = "doubled"
    SAME = "same"
    LEFT_OUT = "left_out"


IS_DONE = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.DOUBLED})
STARTS_TICKED = frozenset({Outcome.NEW, Outcome.CHANGED})


@dataclass(frozen=True, slots=True)
class TableRow:
    """One activity of the table. ``change`` is what is done, ``stored`` what is there already.

    ``kept`` are the values that people changed otherwise than the file. ``doubles`` counts dates that the
    house has under this title already.
    """

    outcome: Outcome
    numbers: tuple[int, ...]
    title: str
    row: ProgrammeRow | None = None
    change: EventChange | None = None
    stored: StoredEvent | None = None
    faults: tuple[Fault, ...] = ()
    kept: tuple[Kept, ...] = ()
    doubles: int = 0
    over: int = 0
    note: str = ""
    elsewhere: str = ""

    @property
    def key(self) -> str:
        """Under which it is ticked; empty when nothing can be done."""
        return self.row.key if self.row and self.outcome in IS_DONE else ""

    @property
    def starts_ticked(self) -> bool:
        """Whether it is imported unless somebody says no."""
        return self.outcome in STARTS_TICKED


def outcomes(readings: Sequence[Reading], plan: ImportPlan, stored: Stored, now: datetime) -> list[TableRow]:
    """Each reading with what the plan does."""
    planned = _Planned(plan, stored)
    return [_table_row(reading, planned, now) for reading in readings]


def is_worth_planning(reading: Reading, stored: Collection[str], is_own: bool) -> bool:
    """Whether there is anything to plan: an activity without dates only matters where it is known.

    In a programme of khcal's own (``is_own``) it is a draft that waits for its dates.
    """
    row = reading.row
    return row is not None and (is_own or bool(row.schedule.dates) or row.key in stored)


def digest(rows: Iterable[TableRow]) -> str:
    """Changes with anything that the table says, and not with what is ticked."""
    told = [
        [row.outcome, row.key, [str(fault) for fault in row.faults], len(row.kept), *_as_json(row.change)]
        for row in rows
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()[:32]


class _Planned:
    """What a plan does and keeps by the key of a row, beside what is stored."""

    def __init__(self, plan: ImportPlan, stored: Stored) -> None:
        self.changes = {change.key: change for change in plan.events}
        self.there = _starts_by_title(stored.events)
        self._events = {event.id: event for event in stored.events}
        self._kept: dict[str, list[Kept]] = {}
        for each in plan.kept:
            self._kept.setdefault(each.key, []).append(each)

    def kept(self, key: str) -> tuple[Kept, ...]:
        """What people changed in the activity of that row."""
        return tuple(self._kept.get(key, ()))

    def stored(self, change: EventChange) -> StoredEvent | None:
        """The activity that is changed."""
        return None if change.id is None else self._events.get(change.id)


def _table_row(reading: Reading, planned: _Planned, now: datetime) -> TableRow:
    row = reading.row
    if reading.elsewhere:
        return TableRow(Outcome.LEFT_OUT, reading.numbers, reading.title, elsewhere=reading.elsewhere)
    if row is None:
        return TableRow(Outcome.FAULT, reading.numbers, reading.title, faults=reading.faults)
    change = planned.changes.get(row.key)
    if change is None:
        return TableRow(Outcome.LEFT_OUT, reading.numbers, reading.title, row, note=reading.note)
    return _changing_row(reading, row, change, planned, now)


def _changing_row(
    reading: Reading, row: ProgrammeRow, change: EventChange, planned: _Planned, now: datetime
) -> TableRow:
    kept = planned.kept(row.key)
    doubles = _doubles(row, planned.there) if change.is_new else 0
    return TableRow(
        _outcome(change, doubles, len(row.schedule.dates), bool(kept)),
        reading.numbers,
        row.title,
        row,
        change,
        planned.stored(change),
        kept=kept,
        doubles=doubles,
        over=sum(each.ends_at <= now for each in row.schedule.dates),
        note=reading.note,
    )


def _outcome(change: EventChange, doubles: int, dates: int, is_kept: bool) -> Outcome:
    if change.is_new:
        return Outcome.DOUBLED if doubles and doubles == dates else Outcome.NEW
    return Outcome.CHANGED if change.changes_something or is_kept else Outcome.SAME


def _starts_by_title(events: Iterable[StoredEvent]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for event in events:
        starts = {
            each["when"][0] for each in event.now["dates"].values() if each["state"][0] == Status.PLANNED
        }
        found.setdefault(event.now["title"].casefold(), set()).update(starts)
    return found


def _doubles(row: ProgrammeRow, there: Mapping[str, set[str]]) -> int:
    known = there.get(row.title.casefold(), set())
    return sum(each.starts_at.isoformat() in known for each in row.schedule.dates)


def _as_json(change: EventChange | None) -> list[object]:
    if change is None:
        return []
    dates = [[each.key, each.was, dict(each.fields)] for each in change.dates]
    return [change.id, dict(change.fields), dates, list(change.dropped)]
