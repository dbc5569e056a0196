"""Dates that an activity would get, each with what stands in its way and whether it is ticked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from khcal.calendaring.import_warnings import Booking, RoomClash, WhileClosed, cautions
from khcal.calendaring.plan import Slot
from khcal.models import Event
from khcal.queries import HousePage, staff


@dataclass
class ComingDate:
    """One date that is not there yet, or that is called off and ``comes_back``.

    ``why_left`` is the break or red day for which it starts unticked.
    """

    slot: Slot
    why_left: str
    ticked: bool
    clashes: list[Booking] = field(default_factory=list)
    closed: Booking | None = None
    comes_back: bool = False

    @property
    def key(self) -> str:
        """What its box is called."""
        return self.slot.day.isoformat()


def mark_cautions(
    page: HousePage, groups: Sequence[tuple[Event, Sequence[int], Sequence[ComingDate]]]
) -> None:
    """Say of each date what else is in its rooms then: what is there already, or another of these groups."""
    mine = {f"{event.id} {each.key}": each for event, _rooms, dates in groups for each in dates}
    if not mine:
        return
    days = [each.slot.day for each in mine.values()]
    rooms = sorted({room for _event, taken, _dates in groups for room in taken})
    around = staff.booked(page.house.id, page.house.slug, rooms, min(days), max(days), None)
    booked = [_booking(page, event, taken, each) for event, taken, dates in groups for each in dates]
    for caution in cautions(booked, around):
        if isinstance(caution, RoomClash):
            _note_clash(mine, caution)
        elif isinstance(caution, WhileClosed) and caution.booking.key in mine:
            mine[caution.booking.key].closed = caution.closure


def _note_clash(mine: Mapping[str, ComingDate], clash: RoomClash) -> None:
    for own, other in ((clash.first, clash.second), (clash.second, clash.first)):
        if own.key in mine and other not in mine[own.key].clashes:
            mine[own.key].clashes.append(other)


def rooms_of(event: Event) -> list[int]:
    """The rooms that an activity usually takes."""
    return [room for room in (event.room_id, event.second_room_id) if room is not None]


def _booking(page: HousePage, event: Event, rooms: Sequence[int], each: ComingDate) -> Booking:
    return Booking(
        f"{event.id} {each.key}",
        event.title,
        event.kind,
        event.signup,
        event.form,
        (page.house.slug,),
        tuple(("", str(number)) for number in rooms),
        each.slot.starts_at,
        each.slot.ends_at,
    )
