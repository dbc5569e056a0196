"""Titles that a house has used, and what the activity had the last time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from khcal.calendaring.terms import Kind, Status
from khcal.db import db
from khcal.models import Event, Occurrence

MOST_TITLES = 400


@dataclass(frozen=True, slots=True)
class EarlierTitle:
    """A title, the activity that had it last, and its hours then."""

    id: int
    title: str
    starts_at: datetime
    ends_at: datetime


def earlier_titles(house_id: int) -> list[EarlierTitle]:
    """Each title of the house once, the most recent first. Hours that were changed by hand count last."""
    return _titles(Event.chapter_id == house_id)


def earlier_activity(house_id: int, number: int) -> EarlierTitle | None:
    """The title and hours of the activity with that number, if the house has it."""
    return next(iter(_titles(Event.chapter_id == house_id, Event.id == number)), None)


def _titles(*of_which: ColumnElement[bool]) -> list[EarlierTitle]:
    usual_first = (Occurrence.by_hand, Occurrence.starts_at.desc(), Occurrence.id.desc())
    dates = (
        select(
            *(Event.id, Event.title, Occurrence.starts_at, Occurrence.ends_at),
            func.max(Occurrence.starts_at).over(partition_by=Event.title).label("latest"),
            func.row_number().over(partition_by=Event.title, order_by=usual_first).label("place"),
        )
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(*of_which, Event.kind != Kind.CLOSURE, Occurrence.status != Status.WITHDRAWN)
        .subquery()
    )
    statement = (
        select(dates.c.id, dates.c.title, dates.c.starts_at, dates.c.ends_at)
        .where(dates.c.place == 1)
        .order_by(dates.c.latest.desc(), dates.c.id.desc())
        .limit(MOST_TITLES)
    )
    return [EarlierTitle(*row) for row in db.session.execute(statement)]


def last_time(house_id: int, number: int) -> Event | None:
    """The earlier activity of this house with that number, with the houses that show it."""
    statement = (
        select(Event)
        .where(Event.id == number, Event.chapter_id == house_id)
        .options(selectinload(Event.shown_in))
    )
    return db.session.scalar(statement)
