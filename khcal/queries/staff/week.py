"""What the card of a week asks besides its dates: who checked it, and which series soon end."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import Date, DateTime, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.models import Event, Occurrence, User, WeekCheck

from .shown import after


@dataclass(frozen=True, slots=True)
class Check:
    """That ``who`` found the week right, when the house stood at ``revision``."""

    monday: date
    revision: int
    checked_at: int
    who: str


@dataclass(frozen=True, slots=True)
class EndingSeries:
    """A series whose rule soon has no more dates; ``last`` is the last one of its group."""

    id: int
    title: str
    language: str
    last: datetime


def week_checks(house_id: int, mondays: Collection[date]) -> dict[date, Check]:
    """The checks of these weeks, by Monday."""
    statement = (
        select(WeekCheck.monday, WeekCheck.revision, WeekCheck.checked_at, User.name)
        .join(User, User.id == WeekCheck.user_id)
        .where(WeekCheck.chapter_id == house_id, WeekCheck.monday.in_(mondays))
    )
    return {row.monday: Check(*row) for row in db.session.execute(statement)}


def ending_series(house_id: int, first: date, last: date) -> list[EndingSeries]:
    """The house's series whose rule ends on one of these days and whose group has no dates after them."""
    asked = {"house": house_id, "first": first, "last": last, "after_last": after(last)}
    return [EndingSeries(*row) for row in db.session.execute(_ending(), asked)]


# To put it together costs more than to ask it.
@cache
def _ending() -> Select[int, str, str, datetime]:
    other, later = aliased(Event, name="other"), aliased(Occurrence, name="later")
    goes_on = (
        select(later.id)
        .join(other, other.id == later.event_id)
        .where(
            other.chapter_id == Event.chapter_id,
            other.slug == Event.slug,
            later.status == Status.PLANNED,
            later.starts_at >= bindparam("after_last", type_=DateTime),
        )
        .exists()
    )
    return (
        select(Event.id, Event.title, Event.language, func.max(Occurrence.starts_at).label("last"))
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Event.chapter_id == bindparam("house"),
            Event.rule != "",
            Event.rule_until.between(bindparam("first", type_=Date), bindparam("last", type_=Date)),
            Event.archived.is_(False),
            Occurrence.published_at.is_not(None),
            ~goes_on,
        )
        .group_by(Event.id, Event.title, Event.language)
        .order_by("last", Event.id)
    )
