"""When a house is closed, and what that runs into."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select

from khcal.calendaring import clock
from khcal.calendaring.terms import Form, Kind, Status
from khcal.db import db
from khcal.models import Change, ChangedRow, Event, Occurrence

from .programme import StaffDate, staff_dates
from .shown import after, is_shown_in

# The verb of every action that closes a house or opens it again.
VERB = "closure"


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """Days when a house is closed, both included. ``is_own``: the house itself says so."""

    id: int
    title: str
    short_text: str
    first_day: date
    last_day: date
    status: Status
    is_own: bool

    @property
    def is_on(self) -> bool:
        """Whether the house is closed on these days after all that was said since."""
        return self.status is Status.PLANNED


def closures(house_id: int, first: date, last: date | None = None) -> list[ClosedDays]:
    """What visitors were told of closed days from ``first`` on, in order, taken back or not."""
    statement = (
        select(
            Occurrence.id,
            func.coalesce(Occurrence.title, Event.title).label("title"),
            func.coalesce(Occurrence.short_text, Event.short_text).label("short_text"),
            Occurrence.starts_at,
            Occurrence.ends_at,
            Occurrence.status,
            Event.chapter_id,
        )
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            Event.kind == Kind.CLOSURE,
            Occurrence.published_at.is_not(None),
            Occurrence.ends_at > datetime.combine(first, time.min),
            or_(Event.chapter_id == house_id, is_shown_in(house_id)),
        )
        .order_by(Occurrence.starts_at, Occurrence.id)
    )
    if last is not None:
        statement = statement.where(Occurrence.starts_at < after(last))
    return [
        ClosedDays(
            row.id,
            row.title,
            row.short_text,
            row.starts_at.date(),
            (row.ends_at - timedelta(microseconds=1)).date(),
            row.status,
            row.chapter_id == house_id,
        )
        for row in db.session.execute(statement)
        # Some hours that the house is closed are a date like others.
        if clock.is_all_day(row.starts_at, row.ends_at)
    ]


def closed_on(house_id: int, day: date) -> ClosedDays | None:
    """The closure that ``day`` lies in, if the house is closed then."""
    return next((each for each in closures(house_id, day, day) if each.is_on), None)


def dates_hit(house_id: int, first: date, last: date, now: datetime) -> list[StaffDate]:
    """What is to take place while the house is closed, from ``now`` on; what is only online is not hit."""
    return [
        each
        for each in staff_dates(house_id, first, last)
        if each.status is Status.PLANNED
        and each.kind is not Kind.CLOSURE
        and each.form is not Form.ONLINE
        and each.ends_at > now
    ]


def called_off_by_closing(house_id: int, first: date, last: date, now: datetime) -> list[StaffDate]:
    """The house's own dates of these days that are off since somebody closed the house."""
    off = [
        each
        for each in staff_dates(house_id, first, last)
        if each.is_own and each.status is Status.CANCELLED and each.kind is not Kind.CLOSURE
    ]
    known = _changed_by_closing([each.id for each in off])
    return [each for each in off if each.id in known and each.ends_at > now]


def _changed_by_closing(dates: Collection[int]) -> set[int]:
    """Of these dates, those that are off as an action of closing left them."""
    return {number for number, steps in _status_changes(dates).items() if _verb_behind(steps) == VERB}


def _status_changes(dates: Collection[int]) -> dict[int, list[Change]]:
    """The changes that gave each of these dates another status, in order."""
    statement = (
        select(ChangedRow, Change)
        .join(Change, Change.id == ChangedRow.change_id)
        .where(
            ChangedRow.table_name == Occurrence.__tablename__,
            ChangedRow.row_id.in_(_as_texts(dates)),
        )
        .order_by(ChangedRow.id)
    )
    found: dict[int, list[Change]] = {}
    for row, change in db.session.execute(statement) if dates else ():
        if (row.before or {}).get("status") != (row.after or {}).get("status"):
            found.setdefault(int(row.row_id), []).append(change)
    return found


def _verb_behind(steps: Sequence[Change]) -> str:
    """What led to how it is now; what an undo brought back is as the change before the undone one left it."""
    while steps and (undone := steps[-1].undoes_id) is not None:
        steps = [step for step in steps if step.id < undone]
    return steps[-1].verb if steps else ""


def _as_texts(numbers: Iterable[int]) -> list[str]:
    return [str(number) for number in numbers]
