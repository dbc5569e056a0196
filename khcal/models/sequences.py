"""How often a date was changed: its sequence and stamp rise when the text of it in any feed does.

Known by a digest of that text, so that no list of columns can be forgotten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, or_, select, update
from sqlalchemy.orm import Session

from khcal.calendaring import clock
from khcal.calendaring.feed_text import WORDING, feed_key
from khcal.calendaring.feed_window import window

from .chapter import Chapter
from .listed import houses_of_rooms, listed_from, select_published, to_listed
from .listing import Listing
from .occurrence import Occurrence
from .steps import refresh, steps_of

# Databases take only so many values in a question, and all dates at once would fill the memory.
MOST_EVENTS = 100
_OCCURRENCE = cast(Table, Occurrence.__table__)


def raise_sequences(session: Session, events: set[int]) -> int:
    """Raise the dates of these events that feeds tell otherwise than before; returns how many."""
    if not events:
        return 0
    raised = list(_raised(session, events))
    if raised:
        # All in one: a term has hundreds of dates.
        session.connection().execute(
            update(_OCCURRENCE).where(_OCCURRENCE.c.id == bindparam("row_id")), raised
        )
    for values in raised:
        refresh(session, Occurrence, values.pop("row_id"), values)
    return len(raised)


def is_told_otherwise(session: Session) -> bool:
    """Whether this version tells any date otherwise than the one that told it last."""
    return any(True for events in events_of_feeds(session) for _date in _changed(session, events))


def events_of_feeds(session: Session) -> Iterator[set[int]]:
    """The activities with a date that some feed tells, a part at a time."""
    first, _last = window(clock.today())
    told = or_(Listing.day >= first, Listing.day >= Chapter.closed_on)
    of_dates = select(Occurrence.event_id).join(Listing, Listing.occurrence_id == Occurrence.id)
    of_dates = of_dates.join(Chapter, Chapter.id == Listing.chapter_id).where(told).distinct()
    found = session.scalars(of_dates.order_by(Occurrence.event_id)).all()
    for begin in range(0, len(found), MOST_EVENTS):
        yield set(found[begin : begin + MOST_EVENTS])


def _raised(session: Session, events: set[int]) -> Iterator[dict[str, Any]]:
    """What is new in the rows whose feed text changed."""
    steps = steps_of(session)
    for row, digest, was in _changed(session, events):
        if steps.dates.get(row.id) != (row.sequence, row.changed_at):
            steps.dates[row.id] = row.sequence + bool(was), max(row.changed_at + 1, steps.moment)
        sequence, changed_at = steps.dates[row.id]
        yield {"row_id": row.id, "feed_digest": digest, "sequence": sequence, "changed_at": changed_at}


def _changed(session: Session, events: set[int]) -> Iterator[tuple[Row[Any], str, str]]:
    """The published dates of these activities that feeds tell otherwise, with their digest now and before."""
    connection = session.connection()
    digests = select(Occurrence.id, Occurrence.feed_digest).where(Occurrence.event_id.in_(events))
    stored = {row.id: row.feed_digest for row in connection.execute(digests)}
    for row in connection.execute(select_published().where(Occurrence.event_id.in_(events))).all():
        digest, was = feed_digest(_told(row)), stored[row.id]
        if digest != was:
            yield row, digest, was


def feed_digest(values: tuple[Any, ...]) -> str:
    """What is kept to see whether the feed text of a date changed."""
    return hashlib.sha256(repr((WORDING, *values)).encode()).hexdigest()


def _told(row: Row[Any]) -> tuple[Any, ...]:
    """What feeds tell of a date; of one with rooms in two houses also what each of these tells."""
    told = feed_key(to_listed(row))
    of_houses = [feed_key(listed_from(row, house_id=house_id)) for house_id in houses_of_rooms(row)]
    return (told, *of_houses) if of_houses else told
