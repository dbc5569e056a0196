"""All houses as national admins keep them, closed ones too, and what a house that closes leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, Select, SQLColumnExpression, and_, func, select
from sqlalchemy.orm import aliased

from khcal.calendaring.terms import Appearance, Kind, Status
from khcal.db import db
from khcal.models import Chapter, Event, Listing, Membership, Occurrence, User

from ..houses import swedish_order


@dataclass(frozen=True, slots=True)
class HouseRow:
    """A house with how many keep it."""

    id: int
    slug: str
    name: str
    short_name: str
    national: bool
    closed_on: date | None
    people: int


@dataclass(frozen=True, slots=True)
class StillPlanned:
    """An activity with dates to come: how many, from when, and which other houses show them."""

    id: int
    title: str
    language: str
    dates: int
    first: datetime
    houses: tuple[str, ...]


def every_house() -> list[HouseRow]:
    """Every house in order, the national association last and closed ones after all others."""
    keeps = and_(Membership.chapter_id == Chapter.id, Membership.user_id == User.id)
    people = select(func.count(User.id)).where(keeps, User.ended_at.is_(None)).scalar_subquery()
    columns = [getattr(Chapter, name) for name in HouseRow.__slots__ if name != "people"]
    rows = db.session.execute(select(*columns, people.label("people")))
    found = [HouseRow(**row) for row in rows.mappings()]
    return sorted(
        found, key=lambda each: (each.closed_on is not None, each.national, swedish_order(each.short_name))
    )


def still_planned(house_id: int, today: date) -> list[StillPlanned]:
    """The published activities of a house that have planned dates to come, closures aside."""
    found: dict[int, list[Row[Any]]] = {}
    for row in db.session.execute(_planned(house_id, today)):
        found.setdefault(row.id, []).append(row)
    return [_still_planned(rows) for rows in found.values()]


def _planned(house_id: int, today: date) -> Select[Any]:
    """Each date to come, once for every other open house that shows it."""
    other = aliased(Chapter)
    columns: list[SQLColumnExpression[Any]] = [
        *(Event.id, Event.title, Event.language),
        *(Occurrence.id.label("date"), Occurrence.starts_at, other.short_name),
    ]
    is_start = and_(Listing.occurrence_id == Occurrence.id, Listing.kind == Appearance.START)
    is_elsewhere = and_(other.id == Listing.chapter_id, other.id != house_id, other.closed_on.is_(None))
    return (
        select(*columns)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .outerjoin(Listing, is_start)
        .outerjoin(other, is_elsewhere)
        .where(
            Event.chapter_id == house_id,
            Event.kind != Kind.CLOSURE,
            Occurrence.published_at.is_not(None),
            Occurrence.status == Status.PLANNED,
            Occurrence.ends_at > datetime.combine(today, time.min),
        )
        .order_by(Occurrence.starts_at, Occurrence.id)
    )


def _still_planned(rows: list[Row[Any]]) -> StillPlanned:
    first = rows[0]
    houses = {row.short_name for row in rows if row.short_name}
    return StillPlanned(
        first.id,
        first.title,
        first.language,
        len({row.date for row in rows}),
        first.starts_at,
        tuple(sorted(houses, key=swedish_order)),
    )
