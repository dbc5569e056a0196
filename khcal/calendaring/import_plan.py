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
from .import_values import Stored, StoredEvent, StoredHouse, room_like, values_of_house, values_of_row
from .import_warnings import Booking, Caution, bookings_of, cautions
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
class RoomChange:
    """A room to add, or, when it ``was`` called otherwise, to rename."""

    house: str
    name: str
    was: str = ""


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
        return bool(self.is_new or self.fields or self.dates or self.dropped)


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
) -> ImportPlan:
    """Plan the import of ``houses``, then of ``rows``; ``now`` is naive wall time.

    Dates that are over stay as they were, whatever the file says. Where people and the file changed a
    value differently, theirs stays, except in the rows with the keys ``taken``: there the file's counts.
    """
    kept: list[Kept] = []
    house_changes = [_plan_house(house, stored.houses.get(house.slug), kept) for house in houses]
    rooms = _Rooms(stored, house_changes)
    known = [(row, _stored_as(row, stored.events)) for row in rows]
    events: list[EventChange] = []
    booked: list[Booking] = []
    for row, event in known:
        change, after = _plan_event(
            row, _as_if_imported(event, row) if row.key in taken else event, now, kept
        )
        rooms.need(_rooms_in(change))
        events.append(change)
        booked.extend(bookings_of(row.key, after))
    matched = {event.id for _, event in known if event}
    others = [event for event in stored.events if event.id not in matched]
    around = [booking for event in others for booking in bookings_of(event.key, event.now)]
    return ImportPlan(
        _names(stored, house_changes),
        tuple(house_changes),
        tuple(rooms.changes),
        tuple(events),
        tuple(kept),
        tuple(_missing(rows, others, now)),
        tuple(cautions(rooms.renamed(booked), rooms.renamed(around))),
    )


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
        theirs | {"called_off": dated.called_off},
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


class _Rooms:
    """The rooms that each house will have, and what makes them so."""

    def __init__(self, stored: Stored, house_changes: Iterable[HouseChange]) -> None:
        self.changes: list[RoomChange] = []
        self._names = {slug: list(house.now["rooms"]) for slug, house in stored.houses.items()}
        # A name that only the houses' file gave may give way to the form that the programme uses.
        self._provisional = {
            slug: set(house.imported.get("rooms", {})) for slug, house in stored.houses.items()
        }
        for change in house_changes:
            names = self._names.setdefault(change.slug, [])
            self._provisional.setdefault(change.slug, set()).update(change.imported["rooms"])
            for name in change.fields.get("rooms", {}):
                if room_like(name, names) is None:
                    self._add(RoomChange(change.slug, name))

    def need(self, rooms: Iterable[Sequence[str]]) -> None:
        """See to it that these rooms (house and name) will be there."""
        for house, name in rooms:
            names = self._names.setdefault(house, [])
            there = room_like(name, names)
            if there is None:
                self._add(RoomChange(house, name))
            elif there.casefold() != name.casefold() and there in self._provisional.get(house, ()):
                names.remove(there)
                self._add(RoomChange(house, name, there))

    def renamed(self, bookings: Iterable[Booking]) -> list[Booking]:
        """The bookings with the names that their rooms have in the end."""
        return [
            booking.in_rooms((house, self._name_of(house, name)) for house, name in booking.rooms)
            for booking in bookings
        ]

    def _name_of(self, house: str, name: str) -> str:
        return room_like(name, self._names.get(house, ())) or name

    def _add(self, change: RoomChange) -> None:
        self._names[change.house].append(change.name)
        added = RoomChange(change.house, change.was)
        if change.was and added in self.changes:
            self.changes[self.changes.index(added)] = RoomChange(change.house, change.name)
        else:
            self.changes.append(change)
