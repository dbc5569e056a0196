"""What becomes of an event's dates when somebody names each day herself, without a rule.

The counterpart of :func:`khcal.calendaring.plan.plan`: a date that stands on a named day stays there, one
that lost its day goes to a new one of the same week, or to the only new one there is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from . import clock
from .plan import Entry, Plan, PlannedDate, Slot, Verb
from .terms import Status

_Pairs = dict[int, Slot]


def plan_days(existing: Iterable[PlannedDate], wanted: Iterable[Slot], from_day: date) -> Plan:
    """Plan dates on the ``wanted`` days. What starts before ``from_day`` is kept as it is."""
    rows = sorted(existing, key=lambda row: (row.starts_at, row.id))
    slots = sorted(wanted, key=lambda slot: slot.starts_at)
    pairs = _pair(rows, slots, from_day)
    entries = [_entry(row, pairs.get(row.id), row.starts_at.date() < from_day) for row in rows]
    taken = set(pairs.values())
    entries.extend(
        Entry(Verb.ADD, None, None, slot.starts_at, slot.ends_at) for slot in slots if slot not in taken
    )
    return Plan(tuple(sorted(entries, key=lambda entry: (entry.starts_at, entry.ends_at))), ())


def _pair(rows: list[PlannedDate], slots: list[Slot], from_day: date) -> _Pairs:
    by_day = {slot.day: slot for slot in slots}
    pairs: _Pairs = {}
    for row in rows:
        if slot := by_day.pop(row.starts_at.date(), None):
            pairs[row.id] = slot
    free = [row for row in rows if row.id not in pairs and row.starts_at.date() >= from_day]
    left = list(by_day.values())
    weeks = {week: list(found) for week, found in groupby(left, lambda slot: clock.week_of(slot.day))}
    for week, found in groupby(free, lambda row: clock.week_of(row.starts_at.date())):
        pairs |= {row.id: slot for row, slot in zip(found, weeks.get(week, []), strict=False)}
    free = [row for row in free if row.id not in pairs]
    left = [slot for slot in left if slot not in pairs.values()]
    if len(free) == len(left) == 1:
        pairs[free[0].id] = left[0]
    return pairs


def _entry(row: PlannedDate, slot: Slot | None, is_past: bool) -> Entry:
    """What happens to a stored date; what somebody changed or called off is left to her."""
    is_cancelled = row.status is Status.CANCELLED
    if is_past or slot is None:
        return Entry(_left_alone(row, is_past), row, None, row.starts_at, row.ends_at)
    is_same = (row.starts_at, row.ends_at) == (slot.starts_at, slot.ends_at)
    if row.by_hand or is_cancelled:
        offered = None if is_same and not is_cancelled else slot
        return Entry(Verb.KEEP, row, None, row.starts_at, row.ends_at, offered=offered)
    return Entry(Verb.KEEP if is_same else Verb.MOVE, row, None, slot.starts_at, slot.ends_at)


def _left_alone(row: PlannedDate, is_past: bool) -> Verb:
    if is_past or (row.published and row.status is not Status.PLANNED):
        return Verb.KEEP
    return Verb.CANCEL if row.published else Verb.DELETE
