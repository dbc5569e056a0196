"""Rows and schedules for tests of plans, and what saving a plan makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import count

from khcal.calendaring.plan import Entry, Plan, PlannedDate, Schedule, Verb, plan
from khcal.calendaring.recurrence import RecurrenceRule
from khcal.calendaring.terms import Status

MO, TU, WE, TH, FR, SA, SU = range(7)
AUTUMN, WINTER = date(2026, 9, 1), date(2027, 1, 31)
ONE, THREE = time(13), time(15)
NO_SKIPS: dict[date, str] = {}


def schedule(rule: RecurrenceRule, first: date = AUTUMN, last: date = WINTER, start: time = ONE) -> Schedule:
    return Schedule(rule, first, last, start, THREE)


def filled(by: Schedule, published: bool = True) -> list[PlannedDate]:
    """A row for each slot, as saving a new event makes them."""
    return saved(plan([], by, NO_SKIPS, by.rule_from), published)


def saved(applied: Plan, published: bool = True) -> list[PlannedDate]:
    """The rows that are left after the plan was saved."""
    ids = count(1 + max((entry.row.id for entry in applied.entries if entry.row), default=0))
    return [row_of(entry, ids, published) for entry in applied.entries if entry.verb is not Verb.DELETE]


def row_of(entry: Entry, ids: Iterator[int], published: bool) -> PlannedDate:
    times = (entry.slot, entry.starts_at, entry.ends_at)
    if entry.row is None:
        number = next(ids)
        return PlannedDate(number, f"uid-{number}", *times, published=published)
    status = {Verb.CANCEL: Status.CANCELLED}.get(entry.verb, entry.row.status)
    slot, starts_at, ends_at = times
    return replace(
        entry.row,
        slot=slot,
        starts_at=starts_at,
        ends_at=ends_at,
        status=Status.PLANNED if entry.restores else status,
    )


def changed(
    rows: list[PlannedDate], day: date, change: Callable[[PlannedDate], PlannedDate]
) -> list[PlannedDate]:
    """The same rows, the one of a slot changed."""
    assert any(row.slot == day for row in rows)
    return [change(row) if row.slot == day else row for row in rows]


def cancelled(row: PlannedDate) -> PlannedDate:
    return replace(row, status=Status.CANCELLED)


def moved(hours: int) -> Callable[[PlannedDate], PlannedDate]:
    by = timedelta(hours=hours)
    return lambda row: replace(row, starts_at=row.starts_at + by, ends_at=row.ends_at + by, by_hand=True)


def days(entries: Iterable[Entry]) -> list[str]:
    """Where each entry was and is: ``12-29>12-30``."""
    return [f"{entry.row.starts_at:%m-%d}>{entry.starts_at:%m-%d}" for entry in entries if entry.row]


def verbs(planned: Plan) -> dict[str, int]:
    return {verb.value: len(planned.of(verb)) for verb in Verb if planned.of(verb)}


def entry_of(planned: Plan, uid: str) -> Entry:
    (found,) = [entry for entry in planned.entries if entry.row and entry.row.uid == uid]
    return found
