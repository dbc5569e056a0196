"""Putting away what is over, and throwing away what nobody has seen."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from khcal.calendaring import clock
from khcal.calendaring.terms import Status

from .event import Event
from .occurrence import Occurrence


def still_to_come(event: Event) -> list[Occurrence]:
    """The dates that are planned from today on: while there are any, an activity is not over."""
    today = clock.midnight(clock.today())
    return [row for row in event.occurrences if row.status is Status.PLANNED and row.ends_at > today]


def delete_draft(session: Session, event: Event) -> None:
    """Delete an activity of which nothing was ever published. Undo brings it back, with its uids."""
    if not event.is_draft:
        raise ValueError("What was published is called off or archived, never deleted.")
    for other in session.scalars(select(Event).where(Event.sibling_id == event.id)):
        other.sibling_id = None
    session.flush()
    session.delete(event)
