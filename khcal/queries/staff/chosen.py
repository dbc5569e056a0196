"""The dates that staff choose to do something with: some by number, all of a week, all of an activity."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from khcal.calendaring.clock import midnight
from khcal.calendaring.terms import Kind, Status
from khcal.db import db
from khcal.models import Event, Occurrence


def dates_by_number(house_id: int, numbers: Collection[int]) -> list[Occurrence]:
    """Those of these dates that the house keeps, in order; closures too."""
    return list(db.session.scalars(_own_dates(house_id).where(Occurrence.id.in_(numbers))))


def dates_of_week(house_id: int, monday: date) -> list[Occurrence]:
    """What the house itself has from ``monday`` to Sunday; its closures are left in peace."""
    end = midnight(monday + timedelta(days=7))
    statement = _own_dates(house_id).where(
        Occurrence.starts_at >= midnight(monday), Occurrence.starts_at < end, Event.kind != Kind.CLOSURE
    )
    return list(db.session.scalars(statement))


def dates_of_event(house_id: int, event_id: int, first: date) -> list[Occurrence]:
    """All of one activity from ``first`` on."""
    statement = _own_dates(house_id).where(Event.id == event_id, Occurrence.starts_at >= midnight(first))
    return list(db.session.scalars(statement))


def _own_dates(house_id: int) -> Select[Occurrence]:
    """With their activities and rooms, so that a long list asks no more than a short one."""
    return (
        select(Occurrence)
        .join(Occurrence.event)
        .where(Event.chapter_id == house_id, Occurrence.status != Status.WITHDRAWN)
        .options(
            contains_eager(Occurrence.event).options(joinedload(Event.room), joinedload(Event.second_room)),
            joinedload(Occurrence.room),
        )
        .order_by(Occurrence.starts_at, Occurrence.id)
    )
