"""What the listing of some events should hold, and what it holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, select

from khcal.calendaring.clock import days_between
from khcal.calendaring.terms import Appearance, Status

from .chapter import Chapter
from .event import Event, EventShownIn
from .listing import Listing
from .occurrence import Occurrence, Trace


@dataclass(frozen=True, slots=True, order=True)
class ListingRow:
    """One row of the listing."""

    chapter_id: int
    day: date
    occurrence_id: int
    kind: Appearance

    def as_dict(self) -> dict[str, Any]:
        """The row as column values."""
        return asdict(self)


def stored_listing(connection: Connection, events: Collection[int] | None = None) -> set[ListingRow]:
    """The listing as it is, of these events or of all."""
    statement = select(Listing.chapter_id, Listing.day, Listing.occurrence_id, Listing.kind)
    if events is not None:
        of_events = select(Occurrence.id).where(Occurrence.event_id.in_(events))
        statement = statement.where(Listing.occurrence_id.in_(of_events))
    return {ListingRow(*row) for row in connection.execute(statement)}


def expected_listing(connection: Connection, events: Collection[int] | None = None) -> set[ListingRow]:
    """The listing as it must be, from the tables it derives from."""
    houses = _houses_by_event(connection, events)
    statement = (
        select(
            Occurrence.id,
            Occurrence.event_id,
            Occurrence.starts_at,
            Occurrence.ends_at,
            Occurrence.status,
            Trace.day.label("left"),
        )
        .outerjoin(Trace, Trace.occurrence_id == Occurrence.id)
        .where(Occurrence.published_at.is_not(None))
    )
    if events is not None:
        statement = statement.where(Occurrence.event_id.in_(events))
    return {
        ListingRow(house, day, row.id, kind)
        for row in connection.execute(statement)
        for day, kind in _appearances(row.starts_at, row.ends_at, row.status, row.left)
        for house in houses.get(row.event_id, ())
    }


def _appearances(
    starts_at: datetime, ends_at: datetime, status: Status, left: date | None
) -> Iterator[tuple[date, Appearance]]:
    first = starts_at.date()
    if status is Status.WITHDRAWN:
        yield first, Appearance.GONE
        return
    yield first, Appearance.START
    last = (ends_at - timedelta(days=1)).date() if ends_at.time() == time.min else ends_at.date()
    for day in days_between(first + timedelta(days=1), last):
        yield day, Appearance.THROUGH
    if left is not None and not first <= left <= last:
        yield left, Appearance.LEFT


def _houses_by_event(connection: Connection, events: Collection[int] | None) -> dict[int, set[int]]:
    """Every house that shows each event: the owner, those it is shared with, or all."""
    all_houses = set(connection.scalars(select(Chapter.id)))
    owners = select(Event.id, Event.chapter_id, Event.everywhere)
    shared = select(EventShownIn.event_id, EventShownIn.chapter_id, EventShownIn.hidden)
    if events is not None:
        owners = owners.where(Event.id.in_(events))
        shared = shared.where(EventShownIn.event_id.in_(events))
    houses = {
        row.id: set(all_houses) if row.everywhere else {row.chapter_id} for row in connection.execute(owners)
    }
    for row in connection.execute(shared):
        if row.hidden:
            houses[row.event_id].discard(row.chapter_id)
        else:
            houses[row.event_id].add(row.chapter_id)
    return houses
