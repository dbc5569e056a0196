"""The dates of an activity that is imported again: which stored date each date of the sheet is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from . import plan, rule_text
from .import_values import StoredEvent
from .merge import ABSENT, Conflict, Values, differences, merge
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
    """What becomes of the dates, and their values ``after`` that by key.

    ``called_off`` are those that the sheet once had, as an import left them: to be remembered, so that
    they take place again when the sheet has them again. ``dropped`` are drafts that it had: nobody knew
    of them, so they vanish.
    """

    changes: tuple[DateChange, ...]
    after: dict[str, Any]
    called_off: dict[str, Any]
    conflicts: tuple[Conflict, ...]
    dropped: tuple[str, ...] = ()


def merge_dates(schedule: SheetSchedule, stored: StoredEvent, theirs: Values, now: datetime) -> Dates:
    """Merge the sheet's dates into the stored ones; those that are over by ``now`` stay as they are."""
    remembered = stored.imported.get("called_off", {})
    base, mine = stored.imported.get("dates", {}), stored.now["dates"]
    wanted = _wanted(stored, theirs)
    over = {key for key, values in mine.items() if _moment(values, 1) <= now}
    new_key = _new_keys(schedule, base, mine, wanted, over)
    wanted |= {new: _where_it_was(mine[old], wanted[new]) for old, new in new_key.items()}
    merged = merge(
        {"dates": _rekeyed(remembered | _as_now(base, mine, wanted), new_key)},
        {"dates": _rekeyed(mine, new_key)},
        {"dates": wanted},
    )
    after = _without_twins(merged.values["dates"], mine, new_key)
    gone = {key for key in mine if key not in new_key and key not in after and key not in over}
    dropped = {key for key in gone if mine[key].get("draft")}
    called_off = {key: _called_off(mine[key], theirs["skips"]) for key in gone - dropped}
    after |= called_off | {key: mine[key] for key in over}
    kept = {key: values for key, values in remembered.items() if key not in wanted}
    return Dates(
        tuple(_changes(mine, after, new_key)),
        after,
        kept | called_off,
        tuple(each for each in merged.conflicts if _is_worth_telling(each, over, remembered)),
        tuple(sorted(dropped)),
    )


def _wanted(stored: StoredEvent, theirs: Values) -> dict[str, Any]:
    """The sheet's dates, but for new ones on days that people skip."""
    base = stored.imported.get("dates", {})
    own_skips = set(stored.now["skips"]) - set(stored.imported.get("skips", {}))
    return {key: each for key, each in theirs["dates"].items() if key in base or key not in own_skips}


def _without_twins(merged: Values, mine: Values, new_key: Mapping[str, str]) -> dict[str, Any]:
    """The dates without new ones on days of the rule that a stored one fills."""
    held = {values["slot"] for values in mine.values() if values["slot"]}
    return {
        key: values
        for key, values in merged.items()
        if key in mine or key in new_key.values() or values["slot"] not in held
    }


def _as_now(base: Values, mine: Values, wanted: Values) -> dict[str, Any]:
    """The dates as last imported. Where the sheet drops one, what it never told of counts as it is."""
    return {key: values if key in wanted else {**mine.get(key, {}), **values} for key, values in base.items()}


def _changes(mine: Values, after: Values, new_key: Mapping[str, str]) -> Iterator[DateChange]:
    old_key = {new: old for old, new in new_key.items()}
    for key, values in sorted(after.items()):
        was = old_key.get(key, key) if old_key.get(key, key) in mine else ""
        fields = differences(mine.get(was, {}), values)
        if fields or was != key:
            yield DateChange(key, was, fields)


def _is_worth_telling(conflict: Conflict, over: Collection[str], remembered: Values) -> bool:
    """Not of what is over, nor of what people brought back after the sheet had dropped it."""
    key = conflict.path[1]
    return key not in over and not (key in remembered and conflict.theirs is ABSENT)


def _where_it_was(mine: Values, wanted: Values) -> Values:
    """A cancelled date takes the place of the new one, so that no twin appears, but stays on its day."""
    if mine["state"][0] == Status.PLANNED:
        return wanted
    return {**wanted, "when": mine["when"], "left": mine["left"]}


def _rekeyed(dates: Values, new_key: Mapping[str, str]) -> dict[str, Any]:
    return {new_key.get(key, key): values for key, values in dates.items()}


def _called_off(values: Values, skips: Mapping[str, str]) -> dict[str, Any]:
    """A date that the sheet no longer has: it was public, so it is cancelled and not deleted."""
    if values["state"][0] == Status.PLANNED:
        return {**values, "state": [str(Status.CANCELLED), skips.get(values["slot"]) or GONE_REASON]}
    return dict(values)


def _new_keys(
    schedule: SheetSchedule, base: Values, mine: Values, wanted: Values, over: Collection[str]
) -> dict[str, str]:
    """Which stored key goes on under which key of the sheet, for those that differ."""
    waiting = {
        key: _place(key, values)
        for key, values in mine.items()
        if key not in wanted and key not in over and (key in base or key.startswith("#"))
    }
    free = [date.fromisoformat(key) for key in wanted if key not in mine]
    same_day = _at_the_same_time(waiting, mine, {day: wanted[day.isoformat()] for day in free})
    for key, day in waiting.items():
        if key not in same_day and day in free and day not in same_day.values():
            same_day[key] = day
    # Dates that people added, keyed by #, are their own: only the very same day makes them the sheet's.
    left = {key: day for key, day in waiting.items() if key not in same_day and not key.startswith("#")}
    pairs = same_day | _paired(schedule, left, [day for day in free if day not in same_day.values()])
    return {key: day.isoformat() for key, day in pairs.items()}


def _at_the_same_time(waiting: Iterable[str], mine: Values, free: Mapping[date, Values]) -> dict[str, date]:
    """Dates that begin and end as one of the sheet: of two on one day each finds its own."""
    found: dict[str, date] = {}
    for key in waiting:
        days = (day for day, each in free.items() if each["when"] == mine[key]["when"])
        if (day := next((day for day in days if day not in found.values()), None)) is not None:
            found[key] = day
    return found


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
