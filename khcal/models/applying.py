"""A plan becomes rows: the dates that a person has looked at, exactly those."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import uuid4

from sqlalchemy.orm import object_session

from khcal.calendaring.plan import Entry, Plan, PlannedDate, Schedule, Verb
from khcal.calendaring.recurrence import RecurrenceError
from khcal.calendaring.rule_text import parse
from khcal.calendaring.terms import Status

from .event import Event
from .occurrence import Occurrence


def schedule_of(event: Event) -> Schedule | None:
    """The schedule that the event's dates were made by; ``None`` when each day was named."""
    if not (event.rule and event.rule_from and event.rule_until):
        return None
    if event.start_time is None or event.end_time is None:
        return None
    try:
        return Schedule(
            parse(event.rule), event.rule_from, event.rule_until, event.start_time, event.end_time
        )
    except RecurrenceError:
        return None


def planned_dates(event: Event) -> list[PlannedDate]:
    """The event's standing dates as a plan reads them."""
    rows = event.standing_dates
    return [
        PlannedDate(
            each.id,
            each.uid,
            each.slot,
            each.starts_at,
            each.ends_at,
            Status.PLANNED if each.status is Status.WITHDRAWN else each.status,
            each.is_published,
            _is_decided(event, each, is_alone=len(rows) == 1),
        )
        for each in rows
    ]


def _is_decided(event: Event, row: Occurrence, is_alone: bool) -> bool:
    """Whether a person gave the date a time of its own. The only date of an event has no other."""
    if event.rule:
        return row.by_hand
    usual = (event.start_time or row.starts_at.time(), event.end_time or row.ends_at.time())
    return not is_alone and (row.by_hand or usual != (row.starts_at.time(), row.ends_at.time()))


def apply_plan(event: Event, plan: Plan, from_day: date, reason: str) -> None:
    """Do to the event's dates what ``plan`` says; ``reason`` is why published ones are called off."""
    rows = {row.id: row for row in event.occurrences}
    _release_slots(event, {entry.row.id for entry in plan.entries if entry.row is not None})
    for entry in plan.entries:
        if entry.row is None:
            event.add_date(str(uuid4()), entry.starts_at, entry.ends_at, entry.slot)
        else:
            _apply(event, rows[entry.row.id], entry, reason)
    kept = {day: why for day, why in event.skips.items() if date.fromisoformat(day) < from_day}
    event.skips = kept | {day.isoformat(): why for day, why in plan.skips}


def _release_slots(event: Event, planned: Collection[int]) -> None:
    """What the plan did not see, since nobody does, stands in no date's way."""
    unseen = [
        each for each in event.occurrences if each.status is Status.WITHDRAWN and each.id not in planned
    ]
    for row in unseen:
        row.slot = None
    session = object_session(event)
    if unseen and session is not None:
        session.flush()


def changes_nothing(event: Event, plan: Plan) -> bool:
    """Whether the event's dates are already as ``plan`` has them."""
    is_kept = all(
        entry.row is not None and entry.verb is Verb.KEEP and entry.slot == entry.row.slot
        for entry in plan.entries
    )
    return is_kept and {day.isoformat() for day, _why in plan.skips} <= set(event.skips)


def _apply(event: Event, row: Occurrence, entry: Entry, reason: str) -> None:
    if entry.verb is Verb.DELETE:
        event.occurrences.remove(row)
    elif row.status is Status.WITHDRAWN and entry.verb is Verb.CANCEL:
        row.slot = None
    elif entry.verb is Verb.CANCEL:
        row.cancel(reason)
    elif entry.verb is Verb.MOVE:
        row.follow(entry.slot, entry.starts_at, entry.ends_at)
        if entry.restores:
            row.restore()
    elif row.slot != entry.slot:
        row.slot = entry.slot
