"""Rooms, breaks and what is booked: what a new date may run into."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import and_, func, or_, select

from khcal.calendaring.import_warnings import Booking
from khcal.calendaring.proposal import Pause
from khcal.calendaring.terms import Kind, Status
from khcal.db import db
from khcal.models import BreakPeriod, Chapter, Event, Occurrence, Room
from khcal.models.listed import in_usual_place

from ..houses import swedish_order
from .shown import after, is_shown_in


@dataclass(frozen=True, slots=True)
class RoomName:
    """A room with its house."""

    id: int
    name: str
    house_id: int
    house: str


def rooms() -> list[RoomName]:
    """Every room in use, of houses that are not closed for good, by house and name."""
    statement = (
        select(Room.id, Room.name, Room.chapter_id, Chapter.short_name)
        .join(Chapter, Chapter.id == Room.chapter_id)
        .where(Room.archived.is_(False), Chapter.closed_on.is_(None))
    )
    found = [RoomName(*row) for row in db.session.execute(statement)]
    return sorted(found, key=lambda room: (swedish_order(room.house), swedish_order(room.name)))


def break_periods(house_id: int) -> list[Pause]:
    """When groups of the house usually pause."""
    statement = (
        select(BreakPeriod.name, BreakPeriod.first_day, BreakPeriod.last_day)
        .where(BreakPeriod.chapter_id == house_id)
        .order_by(BreakPeriod.first_day)
    )
    return [Pause(*row) for row in db.session.execute(statement)]


def titles(house_id: int, today: date) -> list[tuple[int, str]]:
    """The house's activities that have dates to come: number and title with its first coming day."""
    first = func.min(Occurrence.starts_at)
    statement = (
        select(Event.id, Event.title, first)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(Event.chapter_id == house_id, Occurrence.ends_at >= datetime.combine(today, time.min))
        .group_by(Event.id, Event.title)
    )
    found = [
        (number, f"{title} ({starts_at:%Y-%m-%d})")
        for number, title, starts_at in db.session.execute(statement)
    ]
    return sorted(found, key=lambda pair: swedish_order(pair[1]))


def booked(
    house_id: int, house: str, room_ids: Collection[int], first: date, last: date, except_event: int | None
) -> list[Booking]:
    """What takes place on these days in these rooms, and when the house is closed, drafts too."""
    own_room = and_(Occurrence.room_id.is_not(None), Occurrence.room_id.in_(room_ids))
    usual_room = and_(
        Occurrence.room_id.is_(None),
        in_usual_place(),
        or_(Event.room_id.in_(room_ids), Event.second_room_id.in_(room_ids)),
    )
    is_closure = and_(Event.kind == Kind.CLOSURE, is_shown_in(house_id))
    statement = (
        select(
            Event.id.label("event_id"),
            Event.title,
            Event.kind,
            Event.signup,
            Event.form,
            Occurrence.room_id.label("own_room"),
            Event.room_id,
            Event.second_room_id,
            Occurrence.starts_at,
            Occurrence.ends_at,
        )
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            Occurrence.starts_at < after(last),
            Occurrence.ends_at > datetime.combine(first, time.min),
            Occurrence.status == Status.PLANNED,
            or_(own_room, usual_room, is_closure),
        )
    )
    if except_event is not None:
        statement = statement.where(Event.id != except_event)
    return [_booking(row, house) for row in db.session.execute(statement)]


def _booking(row: Any, house: str) -> Booking:
    rooms = [row.own_room] if row.own_room else [row.room_id, row.second_room_id]
    return Booking(
        str(row.event_id),
        row.title,
        row.kind,
        row.signup,
        row.form,
        (house,),
        tuple(("", str(number)) for number in rooms if number is not None),
        row.starts_at,
        row.ends_at,
    )
