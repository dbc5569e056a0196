"""What an import would do, decided before anything is written: the same plan is shown and applied.

A value that people changed since the last import stays as they made it; when the file changed it
too, that is told. What a former import brought and the file no longer has is told and left alone.
Inside a row that is still there, dates follow the row: one that it no longer has is called off.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from .import_dates import DateChange, Dates, merge_dates
from .import_rooms import RoomChange, Rooms
from .import_values import Stored, StoredEvent, StoredHouse, values_of_house, values_of_row
from .import_warnings import Caution, bookings_of, cautions
from .merge import Conflict, Values, differences, merge
from .programme_rows import ProgrammeRow
from .reading_chapters import HouseFacts


@dataclass(frozen=True, slots=True)
class HouseChange:
    """A house to add or change. ``fields`` are the values that change, ``imported`` what to remember.

    Of breaks and rooms, ``fields`` has those that are wanted whole.
    """

    slug: str
    is_new: bool
    fields: Mapping[str, Any]
    imported: Values

    @property
    def changes_something(self) -> bool:
        """Whether anything but the memory of the import changes."""
        return bool(self.is_new or self.fields)


@dataclass(frozen=True, slots=True)
class EventChange:
    """An activity to add (no ``id``) or change. ``row`` is its row in the sheet.

    ``dropped`` are keys of draft dates that go.
    """

    id: int | None
    key: str
    row: int
    house: str
    title: str
    fields: Mapping[str, Any]
    dates: tuple[DateChange, ...]
    imported: Values
    dropped: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether it is not in the calendar yet."""
        return self.id is None

    @property
    def changes_something(self) -> bool:
        """Whether a reader or the staff would see a difference."""
        is_dated = any(each.is_new or each.fields for each in self.dates)
        return bool(self.is_new or self.fields or is_dated or self.dropped)


@dataclass(frozen=True, slots=True)
class Kept:
    """Values that people and the file changed differently: what people wrote stays."""

    house: str
    key: str
    title: str
    row: int
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class Missing:
    """An activity of a former import, with dates to come, that the file no longer has."""

    house: str
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Everything that an import does, and what a person should know of it.

    ``names`` are the short names of all houses by slug.
    """

    names: Mapping[str, str]
    houses: tuple[HouseChange, ...]
    rooms: tuple[RoomChange, ...]
    events: tuple[EventChange, ...]
    kept: tuple[Kept, ...]
    missing: tuple[Missing, ...]
    cautions: tuple[Caution, ...]


def plan_import(
    houses: Sequence[HouseFacts],
    rows: Sequence[ProgrammeRow],
    stored: Stored,
    now: datetime,
    taken: Collection[str] = (),
    rooms_only_of: str = "",
) -> ImportPlan:
    """Plan the import of ``houses``, then of ``rows``; ``now`` is naive wall time.

    Dates that are over stay as they were, whatever the file says. Where people and the file changed a
    value differently, theirs stays, except in the rows with the keys ``taken``: there the file's counts.
    With ``rooms_only_of``, a slug, no other house gets a room or another name for one.
    """
    kept: list[Kept] = []
    house_changes = tuple(_plan_house(house, stored.houses.get(house.slug), kept) for house in houses)
    known = [(row, _stored_as(row, stored.events)) for row in rows]
    planned = [
        _plan_event(row, _as_if_imported(event, row) if row.key in taken else event, now, kept)
        for row, event in known
    ]
    events = tuple(change for change, _ in planned)
    rooms = _plan_rooms(stored, house_changes, events, rooms_only_of)
    matched = {event.id for _, event in known if event}
    others = [event for event in stored.events if event.id not in matched]
    booked = [booking for change, after in planned for booking in bookings_of(change.key, after)]
    around = [booking for event in others for booking in bookings_of(event.key, event.now)]
    return ImportPlan(
        _names(stored, house_changes),
        house_changes,
        tuple(rooms.changes),
        events,
        tuple(kept),
        tuple(_missing(rows, others, now)),
        tuple(cautions(rooms.renamed(booked), rooms.renamed(around))),
    )


def _plan_rooms(
    stored: Stored, houses: Iterable[HouseChange], events: Iterable[EventChange], only_of: str
) -> Rooms:
    events = list(events)
    rooms = Rooms(stored.houses, [room for event in events for room in _rooms_told(event)], only_of)
    for house in houses:
        rooms.told_of(house.slug, house.imported["rooms"], house.fields.get("rooms", {}))
    for event in events:
        rooms.need(_rooms_in(event))
    return rooms


def _as_if_imported(event: StoredEvent | None, row: ProgrammeRow) -> StoredEvent | None:
    """The activity as if it had last been imported as it is now, so that the file's word counts.

    Dates that people added beside the file are theirs unless it has that very day.
    """
    if event is None:
        return None
    days = {each.key for each in row.schedule.dates}
    dates = {
        key: values
        for key, values in event.now["dates"].items()
        if not key.startswith("#") or (values["slot"] or values["when"][0][:10]) in days
    }
    called_off = event.imported.get("called_off", {})
    return replace(event, imported={**event.now, "dates": dates, "called_off": called_off})


def _rooms_in(change: EventChange) -> list[Sequence[str]]:
    """House and name of every room that the change needs, those of single dates too."""
    own = (each.fields.get("own", {}) for each in change.dates)
    return [*change.fields.get("rooms", []), *(each["room"] for each in own if "room" in each)]


def _rooms_told(change: EventChange) -> list[Sequence[str]]:
    """House and name of every room that the row speaks of."""
    own = (each.get("own", {}) for each in change.imported["dates"].values())
    return [*change.imported["rooms"], *(each["room"] for each in own if "room" in each)]


def _names(stored: Stored, house_changes: Iterable[HouseChange]) -> dict[str, str]:
    names = {slug: house.now["short_name"] for slug, house in stored.houses.items()}
    changed = {change.slug: change.fields.get("short_name") for change in house_changes}
    return names | {slug: name for slug, name in changed.items() if name}


def _plan_house(house: HouseFacts, stored: StoredHouse | None, kept: list[Kept]) -> HouseChange:
    theirs = values_of_house(house)
    if stored is None:
        return HouseChange(house.slug, True, theirs, theirs)
    merged = merge(stored.imported, stored.now, theirs)
    kept.extend(Kept(house.slug, "", house.name, 0, conflict) for conflict in merged.conflicts)
    return HouseChange(house.slug, False, differences(stored.now, merged.values), theirs)


def _plan_event(
    row: ProgrammeRow, stored: StoredEvent | None, now: datetime, kept: list[Kept]
) -> tuple[EventChange, Values]:
    """The change, and the activity's values after it."""
    theirs = values_of_row(row)
    if stored is None:
        dates = tuple(DateChange(key, "", values) for key, values in theirs["dates"].items())
        fields = {name: value for name, value in theirs.items() if name != "dates"}
        return EventChange(None, row.key, row.number, row.houses[0], row.title, fields, dates, theirs), theirs
    if row.only_adds:
        theirs["dates"] = {**stored.imported.get("dates", {}), **theirs["dates"]}
    dated = merge_dates(row.schedule, stored, theirs, now)
    merged = merge(_undated(stored.imported), _undated(stored.now), _undated(theirs))
    conflicts = (*merged.conflicts, *dated.conflicts)
    kept.extend(Kept(row.houses[0], row.key, row.title, row.number, conflict) for conflict in conflicts)
    merged.values["skips"] = _skips_beside(merged.values["skips"], dated)
    change = EventChange(
        stored.id,
        row.key,
        row.number,
        stored.houses[0],
        row.title,
        differences(_undated(stored.now), merged.values),
        dated.changes,
        theirs | ({"called_off": dated.called_off} if dated.called_off else {}),
        dated.dropped,
    )
    return change, merged.values | {"dates": dated.after}


def _undated(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "dates"}


def _skips_beside(skips: Mapping[str, str], dated: Dates) -> dict[str, str]:
    """A day of the rule is skipped or filled by a row, cancelled perhaps, but never both."""
    filled = {values["slot"] for values in dated.after.values()}
    return {day: reason for day, reason in skips.items() if day not in filled}


def _stored_as(row: ProgrammeRow, events: Iterable[StoredEvent]) -> StoredEvent | None:
    """The activity of this row: the owner's of that key, else a shared one that changed its owner."""
    same_key = [event for event in events if row.key in (event.key, event.uid)]
    owned = [event for event in same_key if event.houses[0] == row.houses[0]]
    shared = [event for event in same_key if set(event.houses) & set(row.houses)]
    return next(iter(owned or shared), None)


def _missing(rows: Sequence[ProgrammeRow], others: Iterable[StoredEvent], now: datetime) -> Iterable[Missing]:
    owners = {row.houses[0] for row in rows}
    for event in others:
        ends = [datetime.fromisoformat(values["when"][1]) for values in event.now["dates"].values()]
        if event.key and event.houses[0] in owners and any(end > now for end in ends):
            yield Missing(event.houses[0], event.key, event.now["title"])
