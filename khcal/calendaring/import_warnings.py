"""What a person should look at before or after an import: it is told, and never stops anything.

An open house shares its room: when one of two activities is company (gemenskap) that one drops in on,
both may be in the same room at the same time. Eves and Sundays are not told; red days with a name are.
Nothing online is troubled by a closed house.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice, takewhile

from . import clock, red_days
from .merge import Values
from .terms import Form, Kind, Signup, Status

MOST_OF_A_KIND = 500


@dataclass(frozen=True, slots=True)
class Booking:
    """One date that takes place, in which rooms (house and name); times are naive wall time."""

    key: str
    title: str
    kind: Kind
    signup: Signup
    form: Form
    houses: tuple[str, ...]
    rooms: tuple[tuple[str, str], ...]
    starts_at: datetime
    ends_at: datetime

    @property
    def is_open_house(self) -> bool:
        """Whether others may be in the same room."""
        return self.kind is Kind.COMMUNITY and self.signup is Signup.DROP_IN

    @property
    def days(self) -> list[date]:
        """Every day that it touches."""
        return list(
            clock.days_between(self.starts_at.date(), (self.ends_at - timedelta(microseconds=1)).date())
        )

    def in_rooms(self, rooms: Iterable[tuple[str, str]]) -> Booking:
        """The same date in other rooms."""
        return replace(self, rooms=tuple(rooms))


@dataclass(frozen=True, slots=True)
class RoomClash:
    """Two dates in one room at the same time; ``day`` is the first on which they are."""

    day: date
    house: str
    room: str
    first: Booking
    second: Booking


@dataclass(frozen=True, slots=True)
class OnRedDay:
    """A date on a public holiday."""

    day: date
    name: str
    booking: Booking


@dataclass(frozen=True, slots=True)
class WhileClosed:
    """A date in a house that is closed then."""

    day: date
    house: str
    booking: Booking
    closure: Booking


Caution = RoomClash | OnRedDay | WhileClosed


def bookings_of(key: str, values: Values) -> Iterator[Booking]:
    """The dates of an activity that take place; ``values`` are in the form of ``import_values``."""
    for each in values["dates"].values():
        if each["state"][0] == Status.PLANNED:
            yield Booking(
                key,
                values["title"],
                Kind(values["kind"]),
                Signup(values["signup"]),
                Form(values["form"]),
                tuple(values["houses"]),
                tuple((house, name) for house, name in values["rooms"]),
                datetime.fromisoformat(each["when"][0]),
                datetime.fromisoformat(each["when"][1]),
            )


def cautions(booked: Sequence[Booking], around: Sequence[Booking] = ()) -> list[Caution]:
    """What to look at in the ``booked`` dates, alone and beside those ``around``; by day.

    There are at most 500 of a kind: who has more has a fault in the file.
    """
    everything = [*booked, *around]
    new = set(map(id, booked))
    kinds: tuple[Iterator[Caution], ...] = (
        _clashes(everything, new),
        _red(booked),
        _closed(everything, new),
    )
    found = [caution for kind in kinds for caution in islice(kind, MOST_OF_A_KIND)]
    return sorted(found, key=lambda caution: caution.day)


def _clashes(bookings: Iterable[Booking], new: set[int]) -> Iterator[RoomClash]:
    by_room_and_day: dict[tuple[str, str, date], list[Booking]] = defaultdict(list)
    for booking in bookings:
        for house, name in booking.rooms:
            for day in booking.days:
                by_room_and_day[house, name.casefold(), day].append(booking)
    told = set()
    for (house, _, day), together in sorted(by_room_and_day.items(), key=lambda item: item[0][2]):
        for pair in _overlapping(together):
            if _is_clash(pair) and {id(pair[0]), id(pair[1])} & new and (house, *map(id, pair)) not in told:
                told.add((house, *map(id, pair)))
                yield RoomClash(day, house, _shared_room(pair, house), *pair)


def _overlapping(together: list[Booking]) -> Iterator[tuple[Booking, Booking]]:
    in_order = sorted(together, key=lambda booking: booking.starts_at)
    for place, first in enumerate(in_order):
        following = islice(in_order, place + 1, None)
        for second in takewhile(lambda other, end=first.ends_at: other.starts_at < end, following):  # type: ignore[misc]
            yield first, second


def _is_clash(pair: tuple[Booking, Booking]) -> bool:
    return not any(booking.is_open_house for booking in pair)


def _shared_room(pair: tuple[Booking, Booking], house: str) -> str:
    names = {name.casefold() for where, name in pair[1].rooms if where == house}
    return next(name for where, name in pair[0].rooms if where == house and name.casefold() in names)


def _red(booked: Iterable[Booking]) -> Iterator[OnRedDay]:
    for booking in booked:
        for day in booking.days if booking.kind is not Kind.CLOSURE else ():
            named = red_days.named_day(day)
            if named and named.level is red_days.Level.RED:
                yield OnRedDay(day, named.name, booking)


def _closed(bookings: Sequence[Booking], new: set[int]) -> Iterator[WhileClosed]:
    closed = {
        (house, day): booking
        for booking in bookings
        if booking.kind is Kind.CLOSURE
        for house in booking.houses
        for day in booking.days
    }
    for booking in bookings:
        if booking.kind is Kind.CLOSURE or booking.form is Form.ONLINE:
            continue
        met = ((day, house) for day in booking.days for house in booking.houses if (house, day) in closed)
        for day, house in islice(met, 1):
            closure = closed[house, day]
            if {id(booking), id(closure)} & new:
                yield WhileClosed(day, house, booking, closure)
