"""Which dates of an activity a change is for: this one and those that follow, or all that are to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from flask import abort

from khcal.calendaring import clock, onwards
from khcal.calendaring.plan import Schedule
from khcal.calendaring.terms import Status
from khcal.forms.change import Reach, numbers_in
from khcal.forms.event import EventForm
from khcal.models import Event, Occurrence
from khcal.models.applying import planned_dates


@dataclass(frozen=True)
class Scope:
    """The dates that a change is for.

    ``row`` is the date one came from. ``first`` is the day on which the first one begins that changes;
    without it there is nothing to tell apart, and all of them change. ``earlier`` is how many are still to
    come before ``row``; only then the two reaches differ.
    """

    reach: Reach = Reach.COMING
    row: Occurrence | None = None
    first: date | None = None
    coming: int = 0
    earlier: int = 0
    next_at: datetime | None = None

    @property
    def following(self) -> int:
        """How many there are from ``row`` on."""
        return self.coming - self.earlier

    @property
    def is_part(self) -> bool:
        """Whether some that are still to come stay as they are."""
        return self.reach is Reach.FROM and self.earlier > 0

    def changes(self, row: Occurrence) -> bool:
        """Whether a stored date is among them."""
        return self.first is None or row.starts_at.date() >= self.first


def scope_of(event: Event | None, form: EventForm) -> Scope:
    """What the form says; 404 for a date of another activity."""
    today = clock.today()
    rows = [row for row in event.occurrences if row.status is not Status.WITHDRAWN] if event else []
    came_from = _came_from(event, form)
    coming = [row for row in rows if row.ends_at > clock.midnight(today)]
    if not coming or len(rows) == 1:
        return Scope(row=came_from, coming=len(coming))
    row = came_from if came_from in coming else None
    day = row.starts_at.date() if row else None
    earlier = [each for each in coming if day is not None and each.starts_at.date() < day]
    is_from = bool(earlier) and form.reach.data != Reach.COMING
    begins = [row] if is_from and row else coming
    return Scope(
        reach=Reach.FROM if is_from or (row and not earlier) else Reach.COMING,
        row=came_from,
        first=min(each.starts_at.date() for each in begins),
        coming=len(coming),
        earlier=len(earlier),
        next_at=min(each.starts_at for each in coming),
    )


def plans_from(event: Event, scope: Scope, schedule: Schedule | None) -> date:
    """The day from which dates may be moved, added and called off."""
    today = clock.today()
    if not scope.is_part or scope.first is None:
        return today
    return onwards.first_day(planned_dates(event), scope.first, schedule, today)


def _came_from(event: Event | None, form: EventForm) -> Occurrence | None:
    if event is None or not form.tillfalle.data:
        return None
    numbers = numbers_in([form.tillfalle.data])
    return next((row for row in event.occurrences if row.id in numbers), None) or abort(404)
