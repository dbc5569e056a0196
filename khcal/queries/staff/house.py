"""What a house keeps of its own: notices, breaks and rooms, with what they touch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any

from sqlalchemy import SQLColumnExpression, and_, func, or_, select

from khcal.calendaring.terms import Kind, Status
from khcal.db import db
from khcal.models import BreakPeriod, Event, Notice, Occurrence, Room

from ..houses import swedish_order
from .shown import after


@dataclass(frozen=True, slots=True)
class RoomUse:
    """A room, and how many coming dates are in it."""

    id: int
    name: str
    address: str
    outside: bool
    archived: bool
    coming: int


@dataclass(frozen=True, slots=True)
class RoomDate:
    """A coming date in a room."""

    event_id: int
    title: str
    language: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Touched:
    """An activity with dates in a break: those that are still drafts, and those that visitors see."""

    event_id: int
    title: str
    language: str
    drafts: tuple[date, ...]
    published: tuple[date, ...]


def notices(house_id: int, since: date) -> list[Notice]:
    """The house's notices that are shown on ``since`` or later, in order."""
    statement = (
        select(Notice)
        .where(Notice.chapter_id == house_id, Notice.last_day >= since)
        .order_by(Notice.first_day, Notice.id)
    )
    return list(db.session.scalars(statement))


def breaks(house_id: int, since: date) -> list[BreakPeriod]:
    """The house's breaks that end on ``since`` or later, in order."""
    statement = (
        select(BreakPeriod)
        .where(BreakPeriod.chapter_id == house_id, BreakPeriod.last_day >= since)
        .order_by(BreakPeriod.first_day, BreakPeriod.id)
    )
    return list(db.session.scalars(statement))


def room_uses(house_id: int, now: datetime) -> list[RoomUse]:
    """Every room of the house, put away or not, by name."""
    coming = (
        select(func.count(Occurrence.id))
        .join(Event, Event.id == Occurrence.event_id)
        .where(*_is_coming_in_room(now))
        .correlate(Room)
        .scalar_subquery()
    )
    statement = select(Room.id, Room.name, Room.address, Room.outside, Room.archived, coming).where(
        Room.chapter_id == house_id
    )
    found = [RoomUse(*row) for row in db.session.execute(statement)]
    return sorted(found, key=lambda room: swedish_order(room.name))


def coming_in_room(room_id: int, now: datetime) -> list[RoomDate]:
    """What takes place in the room from now on, drafts too."""
    statement = (
        select(
            Event.id,
            func.coalesce(Occurrence.title, Event.title),
            Event.language,
            Occurrence.starts_at,
            Occurrence.ends_at,
        )
        .join(Event, Event.id == Occurrence.event_id)
        .join(Room, Room.id == room_id)
        .where(*_is_coming_in_room(now))
        .order_by(Occurrence.starts_at, Occurrence.id)
    )
    return [RoomDate(*row) for row in db.session.execute(statement)]


def touched_by_break(house_id: int, first: date, last: date) -> list[Touched]:
    """The house's activities with dates in a break, in the order of the days.

    A break itself moves none of them: it only unticks days when somebody plans.
    """
    statement = (
        select(Event.id, Event.title, Event.language, Occurrence.starts_at, Occurrence.published_at)
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            Event.chapter_id == house_id,
            Occurrence.starts_at >= datetime.combine(first, time.min),
            Occurrence.starts_at < after(last),
            Occurrence.status == Status.PLANNED,
            Event.kind != Kind.CLOSURE,
        )
        .order_by(Event.title, Event.id, Occurrence.starts_at)
    )
    rows = db.session.execute(statement).all()
    by_event = groupby(rows, lambda row: (row.id, row.title, row.language))
    found = [_touched(*key, list(same)) for key, same in by_event]
    return sorted(found, key=lambda each: min((*each.drafts, *each.published)))


def _touched(event_id: int, title: str, language: str, rows: Sequence[Any]) -> Touched:
    drafts = tuple(row.starts_at.date() for row in rows if row.published_at is None)
    published = tuple(row.starts_at.date() for row in rows if row.published_at is not None)
    return Touched(event_id, title, language, drafts, published)


def _is_coming_in_room(now: datetime) -> tuple[SQLColumnExpression[bool], ...]:
    """Whether a date takes place in ``Room``: its own room counts, otherwise its activity's two."""
    usual = or_(Event.room_id == Room.id, Event.second_room_id == Room.id)
    in_room = or_(Occurrence.room_id == Room.id, and_(Occurrence.room_id.is_(None), usual))
    return in_room, Occurrence.ends_at > now, Occurrence.status == Status.PLANNED
