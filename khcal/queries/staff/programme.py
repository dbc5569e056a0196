"""The programme of a house as its staff see it: with drafts, notes and meeting links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Row, SQLColumnExpression, and_, func, or_, select

from khcal.calendaring.terms import Form, Kind, Status
from khcal.db import db
from khcal.models import Event, Occurrence
from khcal.models.listed import EventRoom, Owner, OwnRoom, SecondRoom

from .shown import after, is_shown_in


@dataclass(frozen=True, slots=True)
class StaffDate:
    """A date as its staff see it: with drafts, notes and meeting links. ``is_own``: this house keeps it."""

    id: int
    event_id: int
    starts_at: datetime
    ends_at: datetime
    status: Status
    reason: str
    published_at: int | None
    by_hand: bool
    title: str
    kind: Kind
    form: Form
    language: str
    internal_note: str
    online_link: str
    where: str
    owner: str
    is_own: bool

    @property
    def is_draft(self) -> bool:
        """Whether nobody outside the staff sees it."""
        return self.published_at is None

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off."""
        return self.status is Status.CANCELLED

    @property
    def is_all_day(self) -> bool:
        """Whether it has days but no times."""
        return self.starts_at.time() == self.ends_at.time() == time.min

    @property
    def last_day(self) -> date:
        """The last day it touches."""
        return (self.ends_at - timedelta(microseconds=1)).date()


@dataclass(frozen=True, slots=True)
class Draft:
    """An activity of which nothing is published yet."""

    id: int
    title: str
    language: str
    dates: int
    first: datetime | None


def staff_dates(house_id: int, first: date, last: date) -> list[StaffDate]:
    """What the house has on these days, both included: its own dates, drafts too, and those it is shown."""
    statement = (
        select(*_columns())
        .select_from(Occurrence)
        .join(Event, Event.id == Occurrence.event_id)
        .join(Owner, Owner.id == Event.chapter_id)
        .outerjoin(OwnRoom, OwnRoom.id == Occurrence.room_id)
        .outerjoin(EventRoom, EventRoom.id == Event.room_id)
        .outerjoin(SecondRoom, SecondRoom.id == Event.second_room_id)
        .where(
            Occurrence.starts_at < after(last),
            Occurrence.ends_at > datetime.combine(first, time.min),
            Occurrence.status != Status.WITHDRAWN,
            or_(
                Event.chapter_id == house_id,
                and_(is_shown_in(house_id), Occurrence.published_at.is_not(None)),
            ),
        )
        .order_by(Occurrence.starts_at, Occurrence.id)
    )
    return [_staff_date(row, house_id) for row in db.session.execute(statement)]


def first_day_after(house_id: int, day: date) -> date | None:
    """The first day after ``day`` on which an own date starts."""
    statement = (
        select(func.min(Occurrence.starts_at))
        .join(Event, Event.id == Occurrence.event_id)
        .where(Event.chapter_id == house_id, Occurrence.starts_at >= after(day))
    )
    found = db.session.scalar(statement)
    return found.date() if found else None


def drafts(house_id: int) -> list[Draft]:
    """The activities of a house that wait to be published, by their first date."""
    first = func.min(Occurrence.starts_at)
    statement = (
        select(
            Event.id,
            Event.title,
            Event.language,
            func.count(Occurrence.id).label("dates"),
            first.label("first"),
        )
        .outerjoin(Occurrence, Occurrence.event_id == Event.id)
        .where(Event.chapter_id == house_id, Event.archived.is_(False))
        .group_by(Event.id, Event.title, Event.language)
        .having(func.count(Occurrence.published_at) == 0)
        .order_by(first, Event.id)
    )
    return [Draft(*row) for row in db.session.execute(statement)]


def _columns() -> Iterable[SQLColumnExpression[Any]]:
    return (
        Occurrence.id,
        Occurrence.event_id,
        Occurrence.starts_at,
        Occurrence.ends_at,
        Occurrence.status,
        Occurrence.reason,
        Occurrence.published_at,
        Occurrence.by_hand,
        func.coalesce(Occurrence.title, Event.title).label("title"),
        Event.kind,
        func.coalesce(Occurrence.form, Event.form, type_=Event.form.type).label("form"),
        Event.language,
        Event.internal_note,
        Event.online_link,
        Event.place,
        Owner.id.label("owner_id"),
        Owner.short_name.label("owner"),
        OwnRoom.name.label("own_room"),
        EventRoom.name.label("first_room"),
        SecondRoom.name.label("second_room"),
    )


def _staff_date(row: Row[Any], house_id: int) -> StaffDate:
    rooms = [row.own_room] if row.own_room else [row.first_room, row.second_room]
    named = " och ".join(name for name in rooms if name)
    is_own = row.owner_id == house_id
    values = {name: getattr(row, name) for name in StaffDate.__slots__ if name not in {"where", "is_own"}}
    # Notes and links of another house are that house's own.
    hidden = {} if is_own else {"internal_note": "", "online_link": ""}
    return StaffDate(**(values | hidden), where=named or row.place, is_own=is_own)
