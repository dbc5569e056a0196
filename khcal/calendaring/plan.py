"""What becomes of an event's dates when its rule changes: one pure function for preview and save.

Dates that exist are paired with the dates the new rule wants, in three passes: on the same date, in
the same ISO week in order, and what is left in order, not crossing, within one period. A paired date
keeps its uid and takes the new slot and time, so subscribers see it move instead of vanish.

What a person changed or cancelled is paired as well, so that no twin appears beside it, but keeps its
time and status until the person ticks it. A date that only an earlier change of rule had cancelled
is no such decision: it comes back, on its own date alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import groupby

from . import clock
from .recurrence import RecurrenceRule, check_start, dates
from .terms import Status

_Pairs = dict["PlannedDate", date]


class Verb(StrEnum):
    """What happens to a date."""

    KEEP = "keep"
    MOVE = "move"
    ADD = "add"
    CANCEL = "cancel"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A date as it is stored. ``slot`` is the date of the rule it fills, none for an extra date."""

    id: int
    uid: str
    slot: date | None
    starts_at: datetime
    ends_at: datetime
    status: Status = Status.PLANNED
    published: bool = True
    by_hand: bool = False

    @property
    def place(self) -> date:
        """Where it stands among the rule's dates, wherever it was moved to."""
        return self.slot or self.starts_at.date()


@dataclass(frozen=True, slots=True)
class Slot:
    """A date that the rule wants: naive wall time, exclusive end."""

    day: date
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Schedule:
    """A rule with its first and last day and its times of day; 00.00 to 00.00 is all day.

    An end that is not after the start lies on the next day. Raises RecurrenceError for a start that
    the clock changes can skip or repeat.
    """

    rule: RecurrenceRule
    rule_from: date
    rule_until: date
    start_time: time
    end_time: time

    def __post_init__(self) -> None:
        check_start(self.start_time)

    def slots(self, skips: Collection[date] = ()) -> list[Slot]:
        """The dates wanted, in order. Raises RecurrenceError when the rule is out of bounds."""
        nights = timedelta(days=int(self.end_time <= self.start_time))
        return [
            Slot(
                day,
                datetime.combine(day, self.start_time),
                datetime.combine(day + nights, self.end_time),
            )
            for day in dates(self.rule, self.rule_from, self.rule_until, skips=skips)
        ]


@dataclass(frozen=True, slots=True)
class Entry:
    """One date after the plan: ``row`` is the stored one, none for an addition.

    ``slot``, ``starts_at`` and ``ends_at`` are what it shall have. ``restores`` tells that a cancelled
    date takes place again. ``offered`` is what a date that somebody changed or cancelled would follow
    if it were ticked.
    """

    verb: Verb
    row: PlannedDate | None
    slot: date | None
    starts_at: datetime
    ends_at: datetime
    restores: bool = False
    offered: Slot | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Every date that exists or is wanted, exactly once, in order of time, and the skips to store.

    No slot that an entry takes over is held by another row meanwhile, so any order of saving will do.
    """

    entries: tuple[Entry, ...]
    skips: tuple[tuple[date, str], ...]

    def of(self, verb: Verb) -> tuple[Entry, ...]:
        """The entries to which this happens, in order of time."""
        return tuple(entry for entry in self.entries if entry.verb is verb)

    def digest(self) -> str:
        """Changes with anything a preview shows: send it along and compare before saving."""
        text = "\n".join(map(repr, (*self.entries, *self.skips)))
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def plan(
    existing: Iterable[PlannedDate],
    schedule: Schedule,
    skips: Mapping[date, str],
    from_day: date,
    former: Schedule | None = None,
    ticked: Collection[int] = (),
) -> Plan:
    """Plan the dates of ``schedule`` without its ``skips`` (date to reason), from ``from_day`` on.

    ``former`` is the schedule the event had; ``ticked`` are ids of changed or cancelled dates that
    shall follow the rule after all. What starts or fills a slot before ``from_day``, or before both
    schedules begin, is kept as it is. Raises RecurrenceError when the rule is out of bounds.
    """
    rows = sorted(existing, key=lambda row: (row.place, row.starts_at, row.id))
    begins = min(schedule.rule_from, former.rule_from) if former else schedule.rule_from
    first = max(from_day, begins)
    wanted = {slot.day: slot for slot in schedule.slots(skips) if slot.day >= first}
    dropped = _dropped(rows, former)
    pairs = _pair([row for row in rows if row.place >= first], wanted, schedule, former, dropped)

    entries = []
    for row in rows:
        is_past = row.place < first or row.starts_at.date() < from_day
        follows = row.id in ticked or row in dropped or not _is_decided(row)
        if row not in pairs:
            entries.append(_unpaired(row, is_past))
        elif follows and not is_past:
            entries.append(_following(row, wanted[pairs[row]]))
        else:
            entries.append(_staying(row, wanted[pairs[row]], is_past))
    entries.extend(_added(wanted[day]) for day in wanted.keys() - set(pairs.values()))
    return _ordered(entries, skips)


def extend(
    existing: Iterable[PlannedDate], schedule: Schedule, skips: Mapping[date, str], former: Schedule
) -> Plan:
    """Plan a longer schedule, or the next term's: adds dates after the former's last day, no more."""
    return plan(existing, schedule, skips, former.rule_until + clock.ONE_DAY, former)


def _is_decided(row: PlannedDate) -> bool:
    return row.by_hand or row.status is Status.CANCELLED


def _dropped(rows: list[PlannedDate], former: Schedule | None) -> set[PlannedDate]:
    """Cancelled dates outside the former rule: an earlier change of rule called them off, nobody else."""
    if former is None:
        return set()
    known = {slot.day for slot in former.slots()}
    return {row for row in rows if row.status is Status.CANCELLED and row.slot and row.slot not in known}


def _pair(
    rows: list[PlannedDate],
    wanted: Mapping[date, Slot],
    schedule: Schedule,
    former: Schedule | None,
    dropped: Collection[PlannedDate],
) -> _Pairs:
    pairs = _on_same_date(rows, wanted, takes_all_extras=former is None)
    regular = [row for row in rows if row.slot and row not in dropped]
    pairs |= _in_same_week(*_left(regular, wanted, pairs))
    pairs |= _in_order(*_left(regular, wanted, pairs), schedule.rule.period_days, pairs)
    return pairs


def _left(
    rows: list[PlannedDate], wanted: Iterable[date], pairs: _Pairs
) -> tuple[list[PlannedDate], list[date]]:
    taken = set(pairs.values())
    return [row for row in rows if row not in pairs], [day for day in wanted if day not in taken]


def _on_same_date(rows: list[PlannedDate], wanted: Mapping[date, Slot], takes_all_extras: bool) -> _Pairs:
    """First the rows of a slot; then an extra date becomes the rule's when the two would be twins."""
    found = {row.slot: row for row in rows if row.slot in wanted}
    for row in rows:
        slot = wanted.get(row.place)
        if row.slot is None and slot and slot.day not in found and (takes_all_extras or _overlap(row, slot)):
            found[slot.day] = row
    return {row: day for day, row in found.items() if day}


def _overlap(row: PlannedDate, slot: Slot) -> bool:
    return row.starts_at < slot.ends_at and slot.starts_at < row.ends_at


def _in_same_week(rows: list[PlannedDate], days: list[date]) -> _Pairs:
    """Week by week in order; where a week has too many rows, those people count on come first."""
    days_of = {week: list(found) for week, found in groupby(days, clock.week_of)}
    pairs: _Pairs = {}
    for week, found in groupby(rows, lambda row: clock.week_of(row.place)):
        in_week = days_of.get(week, [])
        chosen = sorted(found, key=lambda row: (row.status is not Status.PLANNED, not row.published))
        kept = sorted(chosen[: len(in_week)], key=lambda row: row.place)
        pairs |= dict(zip(kept, in_week, strict=False))
    return pairs


def _in_order(rows: list[PlannedDate], days: list[date], period: int, anchors: _Pairs) -> _Pairs:
    """The earliest fit for each row in turn. Both ends of what fits only rise, so no pairs cross."""
    pairs: _Pairs = {}
    waiting = iter(days)
    day = next(waiting, None)
    for row in rows:
        first, last = _reach(row, period, anchors)
        while day and day < first:
            day = next(waiting, None)
        if day and day <= last:
            pairs[row] = day
            day = next(waiting, None)
    return pairs


def _reach(row: PlannedDate, period: int, anchors: _Pairs) -> tuple[date, date]:
    """Between which days the row may go: one period away, and past no pair that is made already."""
    reach = timedelta(days=period)
    before = [day + clock.ONE_DAY for anchor, day in anchors.items() if anchor.place < row.place]
    after = [day - clock.ONE_DAY for anchor, day in anchors.items() if anchor.place > row.place]
    return max([row.place - reach, *before]), min([row.place + reach, *after])


def _following(row: PlannedDate, slot: Slot) -> Entry:
    verb = Verb.MOVE if _differs(row, slot) else Verb.KEEP
    restores = row.status is Status.CANCELLED
    return Entry(verb, row, slot.day, slot.starts_at, slot.ends_at, restores)


def _staying(row: PlannedDate, slot: Slot, is_past: bool) -> Entry:
    offered = slot if _differs(row, slot) and not is_past else None
    return Entry(Verb.KEEP, row, slot.day, row.starts_at, row.ends_at, offered=offered)


def _differs(row: PlannedDate, slot: Slot) -> bool:
    is_moved = (row.starts_at, row.ends_at) != (slot.starts_at, slot.ends_at)
    return is_moved or row.status is Status.CANCELLED


def _unpaired(row: PlannedDate, is_past: bool) -> Entry:
    slot, verb = row.slot, Verb.KEEP
    if is_past or slot is None:
        pass
    elif not row.published:
        verb = Verb.DELETE
    elif row.status is Status.PLANNED:
        verb = Verb.CANCEL
    elif row.status is Status.WITHDRAWN:
        slot = None  # nobody sees it, so it must not stand for a date that the rule skips
    return Entry(verb, row, slot, row.starts_at, row.ends_at)


def _added(slot: Slot) -> Entry:
    return Entry(Verb.ADD, None, slot.day, slot.starts_at, slot.ends_at)


def _ordered(entries: list[Entry], skips: Mapping[date, str]) -> Plan:
    """Sort, and take out of the skips what a row still fills, cancelled perhaps: never both."""
    held = {entry.slot for entry in entries if entry.verb is not Verb.DELETE}
    left = ((day, reason) for day, reason in sorted(skips.items()) if day not in held)
    ordered = sorted(
        entries, key=lambda entry: (entry.starts_at, entry.ends_at, entry.row.uid if entry.row else "")
    )
    return Plan(tuple(ordered), tuple(left))
