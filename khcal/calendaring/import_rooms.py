"""Which rooms an import makes or renames, so that every room its activities name is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from .import_values import StoredHouse, room_like, room_named
from .import_warnings import Booking


@dataclass(frozen=True, slots=True)
class RoomChange:
    """A room to add, or, when it ``was`` called otherwise, to rename."""

    house: str
    name: str
    was: str = ""


class Rooms:
    """The rooms that each house will have, and the ``changes`` that make them so.

    A room that nobody calls ``Ateljé`` any more may be the file's ``Ateljén``; two that it calls differently
    are two. With ``only_of``, a slug, the other houses' rooms stay as they are, and whoever reads the file in
    has been asked what is meant: a room is what it is called.
    """

    def __init__(
        self, houses: Mapping[str, StoredHouse], called: Iterable[Sequence[str]] = (), only_of: str = ""
    ) -> None:
        """``called`` are the rooms (house and name) that the file speaks of."""
        self.changes: list[RoomChange] = []
        self._only_of = only_of
        self._called: dict[str, set[str]] = {}
        for house, name in called:
            self._called.setdefault(house, set()).add(name.casefold())
        self._names = {slug: list(house.now["rooms"]) for slug, house in houses.items()}
        # A name that only the houses' file gave may give way to the form that the programme uses.
        self._provisional = {slug: set(house.imported.get("rooms", {})) for slug, house in houses.items()}

    def told_of(self, house: str, given: Collection[str], wanted: Collection[str]) -> None:
        """Add what the houses' file has: it has ``given`` all these rooms, and these are ``wanted`` now."""
        names = self._names.setdefault(house, [])
        self._provisional.setdefault(house, set()).update(given)
        for name in wanted:
            if room_like(name, names) is None:
                self._add(RoomChange(house, name))

    def need(self, rooms: Iterable[Sequence[str]]) -> None:
        """See to it that these rooms (house and name) will be there."""
        for house, name in rooms:
            if self._only_of in ("", house):
                self._need(house, name)

    def renamed(self, bookings: Iterable[Booking]) -> list[Booking]:
        """The bookings with the names that their rooms have in the end."""
        return [
            booking.in_rooms((house, self._name_of(house, name)) for house, name in booking.rooms)
            for booking in bookings
        ]

    def _need(self, house: str, name: str) -> None:
        names = self._names.setdefault(house, [])
        there = self._meant(house, name)
        if there is None:
            self._add(RoomChange(house, name))
        elif there.casefold() != name.casefold() and there in self._provisional.get(house, ()):
            names.remove(there)
            self._add(RoomChange(house, name, there))

    def _name_of(self, house: str, name: str) -> str:
        return room_like(name, self._names.get(house, ())) or name

    def _meant(self, house: str, name: str) -> str | None:
        """The room of the house that the file means by this name, if it has one."""
        names = self._names[house]
        called = self._called.get(house, set())
        if self._only_of or room_named(name, names) is not None:
            return room_named(name, names)
        return room_like(name, [each for each in names if each.casefold() not in called])

    def _add(self, change: RoomChange) -> None:
        self._names[change.house].append(change.name)
        added = RoomChange(change.house, change.was)
        if change.was and added in self.changes:
            self.changes[self.changes.index(added)] = RoomChange(change.house, change.name)
        else:
            self.changes.append(change)
