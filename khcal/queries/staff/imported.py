"""What an import brought into a house, as far as it is still there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from khcal.calendaring.terms import Kind, Status
from khcal.db import LARGEST_ID, db
from khcal.models import Change, ChangedRow, Event, Occurrence

# As many as any engine takes in one question.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BroughtEvent:
    """An activity that came with the import: how many dates, how many of them drafts, and the first."""

    id: int
    title: str
    kind: Kind
    language: str
    dates: int
    drafts: int
    first: datetime | None


@dataclass(frozen=True, slots=True)
class Brought:
    """``events`` in order of their first date, last those without; ``drafts`` are dates to be published."""

    events: tuple[BroughtEvent, ...]
    drafts: tuple[int, ...]

    @property
    def waits(self) -> bool:
        """Whether something is left to look at and to publish."""
        return any(event.drafts or not event.dates for event in self.events)


def brought(house_id: int, number: int, verb: str = "import") -> Brought | None:
    """What the import (or another ``verb``) with this number of change brought into the house.

    ``None`` when there is no such change.
    """
    change = db.session.get(Change, number) if number < LARGEST_ID else None
    if change is None or change.chapter_id != house_id or change.verb != verb:
        return None
    rows = _all_rows(house_id, number)
    drafts = [row.id for row in rows if row.published_at is None and row.status is Status.PLANNED]
    return Brought((*_events(rows), *_without_dates(house_id, number)), tuple(drafts))


def waiting(house_id: int, numbers: Collection[int]) -> list[Occurrence]:
    """Those of these dates of the house that are drafts; one that was called off meanwhile is none."""
    ids = sorted(numbers)
    statement = (
        select(Occurrence)
        .join(Event)
        .where(
            Event.chapter_id == house_id,
            Occurrence.published_at.is_(None),
            Occurrence.status == Status.PLANNED,
        )
    )
    return [
        row
        for start in range(0, len(ids), _AT_ONCE)
        for row in db.session.scalars(statement.where(Occurrence.id.in_(ids[start : start + _AT_ONCE])))
    ]


def days_brought(house_id: int, number: int) -> dict[str, set[date]]:
    """The days that the change ``number`` brought into the house and that still stand, by group."""
    found: dict[str, set[date]] = {}
    for row in _all_rows(house_id, number):
        if row.status is not Status.WITHDRAWN:
            found.setdefault(row.slug, set()).add(row.slot or row.starts_at.date())
    return found


def latest(house_id: int, user_id: int, since: int, verb: str = "import") -> int | None:
    """The number of the person's last import (or another ``verb``) here that is not older than ``since``."""
    statement = select(func.max(Change.id)).where(
        Change.chapter_id == house_id,
        Change.user_id == user_id,
        Change.verb == verb,
        Change.made_at >= since,
    )
    return db.session.scalar(statement)


def _all_rows(house_id: int, number: int) -> list[Any]:
    return [row for ids in _added(number, Occurrence.__tablename__) for row in _rows(house_id, ids)]


def _added(number: int, table: str) -> list[list[int]]:
    """The rows that the change made in a table, as many at a time as can be asked for."""
    added = select(ChangedRow.row_id, ChangedRow.before).where(
        ChangedRow.change_id == number, ChangedRow.table_name == table
    )
    ids = sorted({int(row.row_id) for row in db.session.execute(added) if row.before is None})
    return [ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE)]


def _without_dates(house_id: int, number: int) -> list[BroughtEvent]:
    """The activities that the change made and that have no dates yet."""
    statement = (
        select(Event.id, Event.title, Event.kind, Event.language)
        .where(Event.chapter_id == house_id, ~Event.occurrences.any())
        .order_by(Event.id)
    )
    return [
        BroughtEvent(*row, dates=0, drafts=0, first=None)
        for ids in _added(number, Event.__tablename__)
        for row in db.session.execute(statement.where(Event.id.in_(ids)))
    ]


def _rows(house_id: int, ids: Sequence[int]) -> Sequence[Any]:
    statement = (
        select(
            Occurrence.id,
            Occurrence.event_id,
            Occurrence.starts_at,
            Occurrence.slot,
            Occurrence.published_at,
            Occurrence.status,
            Event.title,
            Event.slug,
            Event.kind,
            Event.language,
        )
        .join(Event, Event.id == Occurrence.event_id)
        .where(Occurrence.id.in_(ids), Event.chapter_id == house_id)
        .order_by(Occurrence.starts_at, Occurrence.id)
    )
    return db.session.execute(statement).all()


def _events(rows: Sequence[Any]) -> tuple[BroughtEvent, ...]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.event_id, []).append(row)
    return tuple(_event(of_event) for of_event in found.values())


def _event(rows: list[Any]) -> BroughtEvent:
    first = rows[0]
    drafts = sum(row.published_at is None for row in rows)
    return BroughtEvent(
        first.event_id, first.title, first.kind, first.language, len(rows), drafts, first.starts_at
    )
