"""Dates at the times and in the rooms that they are about to get, with what each of them runs into there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from khcal.calendaring import clock
from khcal.calendaring.import_warnings import Booking, RoomClash, WhileClosed, cautions
from khcal.calendaring.proposal import pause_on
from khcal.calendaring.red_days import NamedDay, named_day
from khcal.forms.move import Span
from khcal.models import Occurrence
from khcal.queries import HousePage, staff


@dataclass
class NewTime:
    """One date as it will be, beside as it is (``row``). ``fault`` says why that can't be."""

    row: Occurrence
    starts_at: datetime
    ends_at: datetime
    room_id: int | None
    ticked: bool = True
    fault: str = ""
    is_past: bool = False
    named_day: NamedDay | None = None
    in_break: str = ""
    clashes: list[Booking] = field(default_factory=list)
    closed: Booking | None = None

    @property
    def span(self) -> Span:
        """When it will be."""
        return self.starts_at, self.ends_at

    @property
    def has_new_time(self) -> bool:
        """Whether it gets another time."""
        return self.span != (self.row.starts_at, self.row.ends_at)

    @property
    def is_changed(self) -> bool:
        """Whether it gets another time or room."""
        return self.has_new_time or self.room_id != self.row.room_id

    @property
    def warnings(self) -> str:
        """What one should have looked at before saving, as a short mark; empty when there is nothing."""
        told = [f"{other.title}{other.starts_at}" for other in self.clashes]
        told += [self.closed.title] if self.closed else []
        told += [self.named_day.name] if self.named_day else []
        told += [self.in_break] if self.in_break else []
        return _mark(self.span, self.room_id, *told) if told else ""

    @property
    def mark(self) -> str:
        """Names the new time, the room and every warning; nothing for a date that stays as it is."""
        return f"{place_of(self.row.id, *self.span, self.room_id)}{self.warnings}" if self.is_changed else ""

    @property
    def rooms(self) -> list[int]:
        """The rooms it will take up."""
        event = self.row.event
        usual = [event.room_id, event.second_room_id] if self.row.is_in_usual_place else []
        taken = [self.room_id] if self.room_id is not None else usual
        return [number for number in taken if number is not None]


def place_of(number: int, starts_at: datetime, ends_at: datetime, room_id: int | None) -> str:
    """A date with its time and room in a word, as a form keeps it."""
    return f"{number}/{starts_at:%Y%m%dT%H%M}/{ends_at:%Y%m%dT%H%M}/{room_id or 0}/"


def look_around(page: HousePage, times: Sequence[NewTime]) -> None:
    """Note in ``times`` what each of them runs into: rooms, closed days, red days, breaks, the past."""
    breaks = staff.break_periods(page.house.id)
    now = clock.wall_now()
    for each in times:
        day = each.starts_at.date()
        is_new_day = day != each.row.starts_at.date()
        each.is_past = each.starts_at < now and each.has_new_time
        each.named_day = named_day(day) if is_new_day else None
        each.in_break = pause_on(day, breaks) if is_new_day else ""
    _note_cautions(page, [each for each in times if each.ticked and not each.fault])


def _note_cautions(page: HousePage, held: list[NewTime]) -> None:
    if not held:
        return
    rooms = sorted({number for each in held for number in each.rooms})
    first = min(each.starts_at for each in held).date()
    last = max(each.ends_at for each in held).date()
    mine = {f"mine {each.row.id}": each for each in held}
    left = {(str(each.row.event_id), each.row.starts_at, each.row.ends_at) for each in held}
    around = [
        other
        for other in staff.booked(page.house.id, page.house.slug, rooms, first, last, None)
        if (other.key, other.starts_at, other.ends_at) not in left
    ]
    for caution in cautions([_booking(key, each, page) for key, each in mine.items()], around):
        if isinstance(caution, RoomClash):
            _note_clash(mine, caution)
        elif isinstance(caution, WhileClosed) and caution.booking.key in mine:
            mine[caution.booking.key].closed = caution.closure


def _note_clash(mine: dict[str, NewTime], clash: RoomClash) -> None:
    for own, other in ((clash.first, clash.second), (clash.second, clash.first)):
        if own.key in mine and other not in mine[own.key].clashes:
            mine[own.key].clashes.append(other)


def _booking(key: str, each: NewTime, page: HousePage) -> Booking:
    event = each.row.event
    return Booking(
        key,
        each.row.title or event.title,
        event.kind,
        event.signup,
        each.row.form or event.form,
        (page.house.slug,),
        tuple(("", str(number)) for number in each.rooms),
        each.starts_at,
        each.ends_at,
    )


def _mark(*values: object) -> str:
    return hashlib.sha256(repr(values).encode()).hexdigest()[:12]
