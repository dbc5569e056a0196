"""Changes as the history page tells them: what, who and when, and whether they can be taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from khcal import permissions
from khcal.calendaring import clock
from khcal.calendaring.phrases.changed_rows import fate, subject, tell
from khcal.calendaring.phrases.changed_values import Part, RowChange
from khcal.calendaring.phrases.changes import change_heading
from khcal.models.purging import are_images_kept
from khcal.queries import HousePage
from khcal.queries.staff import history
from khcal.queries.staff.history import Extent, KeptChange

from .people import person
from .taking_back import kept_from_person

# So much is told in the list itself; the rest stands on the change's own page.
MOST_LINES = 6


# What visitors may have to be told of, with texts that are ready to send.
ANNOUNCED = {"cancel", "closure", "move", "restore"}


@dataclass(frozen=True)
class Told:
    """A change in words. ``undone_by`` took it back; ``more`` says that not all of it is told here."""

    id: int
    heading: str
    who: str
    made_at: datetime
    parts: list[Part]
    more: bool
    is_undo: bool
    can_be_undone: bool
    details_are_gone: bool
    is_told_of: bool
    undone_by: int | None = None


def tell_changes(page: HousePage, changes: Collection[KeptChange]) -> list[Told]:
    """Changes of a list, each with the first of what it did."""
    return _tell(page, changes, history.FIRST_ROWS)


def tell_whole(page: HousePage, change: KeptChange) -> Told:
    """One change with everything it did in this house."""
    return _tell(page, [change], None)[0]


def _tell(page: HousePage, changes: Collection[KeptChange], first: int | None) -> list[Told]:
    numbers = [change.id for change in changes]
    extents, undone = history.extents(numbers), history.undone_by(numbers)
    kept_away, rows = kept_from_person(numbers), _own_rows(page, changes, first)
    names = history.names_in(row for some in rows.values() for row in some)
    verbs = _undone_verbs(changes)
    told = []
    for change in changes:
        some, extent = rows.get(change.id, []), extents.get(change.id, Extent())
        is_all = first is None or extent.rows <= first
        counted = (0, 0) if is_all or change.house_id is None else (extent.events, extent.dates)
        # Some rows of many would tell of them wrongly.
        parts = tell(some, names) if is_all else []
        shown = parts if first is None else _first_lines(parts)
        told.append(
            Told(
                id=change.id,
                heading=change_heading(
                    [change.verb, *verbs[change.id]], subject(some, names, *counted), fate(some)
                ),
                who=change.who,
                made_at=clock.from_epoch_seconds(change.made_at).astimezone(clock.ZONE),
                parts=shown,
                more=first is not None and (shown != parts or not is_all),
                is_undo=change.undoes_id is not None,
                can_be_undone=_can_be_undone(change, extent) and change.id not in undone.keys() | kept_away,
                details_are_gone=not extent.rows and not are_images_kept(change.made_at),
                is_told_of=change.verb in ANNOUNCED and change.id not in undone,
                undone_by=undone.get(change.id),
            )
        )
    return told


def _own_rows(
    page: HousePage, changes: Collection[KeptChange], first: int | None
) -> dict[int, list[RowChange]]:
    """The rows of each change; of one that several houses share only what happened in this one."""
    rows = history.rows_of([change.id for change in changes], first)
    shared = {change.id for change in changes if change.house_id is None}
    named = {row.event_id for number in shared for row in rows.get(number, ()) if row.event_id}
    events = history.events_of(page.house.id, named) if named else set()
    return {
        number: _of_house(page.house.id, events, some) if number in shared else some
        for number, some in rows.items()
    }


def _undone_verbs(changes: Iterable[KeptChange]) -> dict[int, list[str]]:
    """Of each undo the verb of what it took back; of an undo's undo also the verb of that."""
    found: dict[int, list[str]] = {change.id: [] for change in changes}
    asked = {change.id: change.undoes_id for change in changes if change.undoes_id}
    while asked:
        known = history.changes_by_id(set(asked.values()))
        for number, undone in asked.items():
            found[number].append(known[undone].verb)
        asked = {number: next_ for number, undone in asked.items() if (next_ := known[undone].undoes_id)}
    return found


def _can_be_undone(change: KeptChange, extent: Extent) -> bool:
    is_ones_own = change.house_id is not None or permissions.is_national_admin(person().grants)
    return extent.can_be_undone and is_ones_own


def _first_lines(parts: list[Part]) -> list[Part]:
    """The first parts with the first lines, without the dates that a line stands for."""
    shown: list[Part] = []
    left = MOST_LINES
    for part in parts:
        lines = tuple(line.in_short() for line in part.lines[:left])
        if lines:
            shown.append(part.with_lines(lines))
        left -= len(lines)
    return shown


def _of_house(house_id: int, events: Collection[int], rows: list[RowChange]) -> list[RowChange]:
    """Of a change of several houses what happened in this one, whose ``events`` these are."""
    return [
        row
        for row in rows
        if row.event_id in events
        or (row.event_id is None and row.known.get("chapter_id") == house_id)
        or (row.table, row.row_id) == ("chapter", str(house_id))
    ]
