"""The dates of an activity that is imported again: which stored date each date of the sheet is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from . import plan, rule_text
from .import_values import StoredEvent
from .merge import Conflict, Values, differences, merge
from .programme_rows import SheetSchedule
from .recurrence import RecurrenceError
from .terms import Status

NEAR = timedelta(days=31)
GONE_REASON = "Datumet har utgått ur programmet."


@dataclass(frozen=True, slots=True)
class DateChange:
    """A date to add (no ``was``), or to change: ``was`` is the key under which it is stored.

    ``fields`` are the values that change.
    """

    key: str
    was: str
    fields: Mapping[str, Any]

    @property
    def is_new(self) -> bool:
        """Whether the calendar does not have it yet."""
        return not self.was


@dataclass(frozen=True, slots=True)
class Dates:
    """What becomes of the dates, and their values ``after`` that by key."""

    changes: tuple[DateChange, ...]
    after: dict[str, Any]
    conflicts: tuple[Conflict, ...]


def merge_dates(schedule: SheetSchedule, stored: StoredEvent, theirs: Values, now: datetime) -> Dates:
    """Merge the sheet's dates into the stored ones; those that are over by ``now`` stay as they are."""
    base, mine = stored.imported.get("dates", {}), stored.now["dates"]
    own_skips = set(stored.now["skips"]) - set(stored.imported.get("skips", {}))
    wanted = {key: each for key, each in theirs["dates"].items() if key in base or key not in own_skips}
    over = {key for key, values in mine.items() if _moment(values, 1) <= now}
    new_key = _new_keys(schedule, mine, wanted, over)
    old_key = {new: old for old, new in new_key.items()}
    merged = merge({"dates": _rekeyed(base, new_key)}, {"dates": _rekeyed(mine, new_key)}, {"dates": wanted})
    after = dict(merged.values["dates"])
    changes = []
    for key in sorted({*after, *_rekeyed(mine, new_key)}):
        was = next((name for name in (old_key.get(key), key) if name in mine), "") or ""
        if was in over:
            after[key] = mine[was]
        elif key not in after:
            after[key] = _called_off(mine[was], theirs["skips"])
        fields = differences(mine.get(was, {}), after[key])
        if fields or was != key:
            changes.append(DateChange(key, was, fields))
    conflicts = (each for each in merged.conflicts if each.path[1] not in over)
    return Dates(tuple(changes), after, tuple(conflicts))


def _rekeyed(dates: Values, new_key: Mapping[str, str]) -> dict[str, Any]:
    return {new_key.get(key, key): values for key, values in dates.items()}


def _called_off(values: Values, skips: Mapping[str, str]) -> dict[str, Any]:
    """A date that the sheet no longer has: it was public, so it is cancelled and not deleted."""
    if values["state"][0] == Status.PLANNED:
        return {**values, "state": [str(Status.CANCELLED), skips.get(values["slot"]) or GONE_REASON]}
    return dict(values)


def _new_keys(
    schedule: SheetSchedule, mine: Mapping[str, Any], wanted: Mapping[str, Any], over: Collection[str]
) -> dict[str, str]:
    """Which stored key goes on under which key of the sheet, for those that differ."""
    waiting = {
        key: _place(key, values) for key, values in mine.items() if key not in wanted and key not in over
    }
    free = [date.fromisoformat(key) for key in wanted if key not in mine]
    same_day: dict[str, date] = {}
    for key, day in waiting.items():
        if day in free and day not in same_day.values():
            same_day[key] = day
    # Dates that people added, keyed by #, are their own: only the very same day makes them the sheet's.
    left = {key: day for key, day in waiting.items() if key not in same_day and not key.startswith("#")}
    pairs = same_day | _paired(schedule, left, [day for day in free if day not in same_day.values()])
    return {key: day.isoformat() for key, day in pairs.items()}


def _paired(schedule: SheetSchedule, left: Mapping[str, date], free: list[date]) -> dict[str, date]:
    in_order = sorted(left, key=lambda key: (left[key], key))
    if schedule.rule and left and free:
        try:
            return _paired_by_rule(schedule, [(key, left[key]) for key in in_order], set(free))
        except RecurrenceError:
            pass  # the old dates lie too far from the new rule to be told by one
    near = dict(zip(in_order, sorted(free), strict=False))
    is_single = len(left) == len(free) == 1
    return {key: day for key, day in near.items() if is_single or abs(day - left[key]) <= NEAR}


def _paired_by_rule(
    schedule: SheetSchedule, left: list[tuple[str, date]], free: set[date]
) -> dict[str, date]:
    """As when staff change a rule: the same date, the same week in order, the rest in order."""
    first, last = schedule.rule_from or left[0][1], schedule.rule_until or left[-1][1]
    begins, ends = schedule.start_time or time.min, schedule.end_time or time.min
    rule = rule_text.parse(schedule.rule)
    wanted = plan.Schedule(rule, first, last, begins, ends)
    former = plan.Schedule(rule, min(first, left[0][1]), last, begins, ends)
    taken = {slot.day: "" for slot in wanted.slots() if slot.day not in free}
    rows = [
        plan.PlannedDate(number, key, day, datetime.combine(day, begins), datetime.combine(day, begins))
        for number, (key, day) in enumerate(left)
    ]
    planned = plan.plan(rows, wanted, taken, date.min, former)
    entries = (*planned.of(plan.Verb.MOVE), *planned.of(plan.Verb.KEEP))
    return {each.row.uid: each.slot for each in entries if each.row and each.slot in free and each.slot}


def _place(key: str, values: Values) -> date:
    """The day that a stored date fills, wherever it was moved to."""
    return date.fromisoformat(values["slot"] or (values["when"][0][:10] if key.startswith("#") else key))


def _moment(values: Values, which: int) -> datetime:
    return datetime.fromisoformat(values["when"][which])
