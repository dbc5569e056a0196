"""The programme of a house as its staff see it: with drafts, notes and meeting links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, SQLColumnExpression, and_, case, func, or_, select

from khcal.calendaring import clock
from khcal.calendaring.terms import Form, Kind, Places, Signup, Status
from khcal.calendaring.vacancy import Vacancy, next_vacancy, vacancy_of
from khcal.db import db
from khcal.models import Event, Occurrence, Trace
from khcal.models.listed import EventRoom, Owner, OwnRoom, SecondRoom, in_usual_place

from .shown import after, is_joint, is_shown_in


@dataclass(frozen=True, slots=True)
class StaffDate:
    """A date as its staff see it: with drafts, notes and meeting links.

    ``is_own``: this house keeps it. ``rooms`` are its rooms' numbers with their names; ``where`` says them
    in words, or the place. ``moved_from`` is when it was to be before it was moved. ``is_joint``: two houses
    or more have it together.
    """

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
    signup: Signup
    places: Places
    free_today_on: date | None
    language: str
    internal_note: str
    online_link: str
    moved_from: datetime | None
    rooms: tuple[tuple[int, str], ...]
    where: str
    owner: str
    is_joint: bool
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
        return clock.is_all_day(self.starts_at, self.ends_at)

    @property
    def last_day(self) -> date:
        """The last day it touches."""
        return (self.ends_at - timedelta(microseconds=1)).date()

    @property
    def is_closure(self) -> bool:
        """Whether it tells that the house is closed."""
        return self.kind is Kind.CLOSURE

    @property
    def takes_place(self) -> bool:
        """Whether it is held, as far as planned."""
        return self.status is Status.PLANNED

    @property
    def lacks_room(self) -> bool:
        """Whether one has to come to it and nobody said where."""
        return self.form in {Form.ONSITE, Form.HYBRID} and not self.where and not self.is_closure

    def is_on(self, day: date) -> bool:
        """Whether any of it is on ``day``."""
        return self.starts_at.date() <= day <= self.last_day

    def can_fill_up(self, today: date) -> bool:
        """Whether there is anything to say of its places: it is ahead, published and to be held."""
        return self.takes_place and not self.is_draft and not self.is_closure and self.last_day >= today

    def vacancy(self, today: date) -> Vacancy:
        """How full it is today."""
        return vacancy_of(self.places, self.free_today_on, today)

    def next_vacancy(self, today: date) -> Vacancy:
        """How full it is after one more tap."""
        return next_vacancy(self.vacancy(today), self.is_on(today))


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
        _select_dates()
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


def staff_date(house_id: int, number: int) -> StaffDate:
    """One date by its number, as the programme of the house shows it."""
    statement = _select_dates().where(Occurrence.id == number)
    return _staff_date(db.session.execute(statement).one(), house_id)


def first_day_after(house_id: int, day: date) -> date | None:
    """The first day after ``day`` on which an own date starts that staff still see."""
    statement = (
        select(func.min(Occurrence.starts_at))
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            Event.chapter_id == house_id,
            Occurrence.starts_at >= after(day),
            Occurrence.status != Status.WITHDRAWN,
        )
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
        .group_by(Event.id, Event.title, Event.language, Event.kind)
        # Also those whose publication was undone, but not a closed day that the house opened on after all.
        .having(func.count(case((_is_seen(), 1))) == 0)
        .having((Event.kind != Kind.CLOSURE) | (func.count(Occurrence.published_at) == 0))
        .order_by(first, Event.id)
    )
    return [Draft(*row) for row in db.session.execute(statement)]


def _is_seen() -> ColumnElement[bool]:
    return and_(Occurrence.published_at.is_not(None), Occurrence.status != Status.WITHDRAWN)


# To put it together costs more than to ask it.
@cache
def _select_dates() -> Select[Any]:
    return (
        select(*_columns())
        .select_from(Occurrence)
        .join(Event, Event.id == Occurrence.event_id)
        .join(Owner, Owner.id == Event.chapter_id)
        .outerjoin(OwnRoom, OwnRoom.id == Occurrence.room_id)
        .outerjoin(EventRoom, and_(EventRoom.id == Event.room_id, in_usual_place()))
        .outerjoin(SecondRoom, and_(SecondRoom.id == Event.second_room_id, in_usual_place()))
    )


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
        Event.signup,
        Occurrence.places,
        Occurrence.free_today_on,
        Event.language,
        Event.internal_note,
        Event.online_link,
        case((in_usual_place(), Event.place), else_="").label("place"),
        _moved_from().label("moved_from"),
        Owner.id.label("owner_id"),
        Owner.short_name.label("owner"),
        is_joint().label("is_joint"),
        OwnRoom.id.label("own_room_id"),
        OwnRoom.name.label("own_room"),
        EventRoom.id.label("first_room_id"),
        EventRoom.name.label("first_room"),
        SecondRoom.id.label("second_room_id"),
        SecondRoom.name.label("second_room"),
    )


def _moved_from() -> SQLColumnExpression[Any]:
    """When a date was to take place before it was last moved: the day it left last, not the latest day."""
    left = select(Trace.starts_at).where(Trace.occurrence_id == Occurrence.id)
    return left.order_by(Trace.id.desc()).limit(1).correlate(Occurrence).scalar_subquery()


_WORKED_OUT = frozenset({"rooms", "where", "is_own"})


def _staff_date(row: Row[Any], house_id: int) -> StaffDate:
    rooms = _rooms(row)
    is_own = row.owner_id == house_id
    values = {name: getattr(row, name) for name in StaffDate.__slots__ if name not in _WORKED_OUT}
    # Notes and links of another house are that house's own.
    hidden = {} if is_own else {"internal_note": "", "online_link": ""}
    where = " och ".join(name for _, name in rooms) or row.place
    return StaffDate(**(values | hidden), rooms=rooms, where=where, is_own=is_own)


def _rooms(row: Row[Any]) -> tuple[tuple[int, str], ...]:
    """The rooms it is in: its own, otherwise its activity's."""
    if row.own_room_id:
        return ((row.own_room_id, row.own_room),)
    usual = ((row.first_room_id, row.first_room), (row.second_room_id, row.second_room))
    return tuple((number, name) for number, name in usual if number)
