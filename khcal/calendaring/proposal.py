"""The dates that a form leads to, to be looked at before anything is saved, and what is ticked among them.

A proposal is the plan together with the rule's dates that start unticked: skipped before, named as a
pause, or in a break of the house. What a person ticks on or off is applied to the plan afterwards, so
that a tick on one date never moves another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from . import clock
from .extra_dates import with_extras
from .plan import Entry, Plan, PlannedDate, Schedule, Slot, Verb, plan
from .plan_days import plan_days
from .terms import Status


@dataclass(frozen=True, slots=True)
class Pause:
    """Days when groups of the house usually pause, both included."""

    name: str
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form asks for: a schedule with its pauses (day to reason), or days named one by one.

    ``extras`` are days beside the schedule; ``None`` leaves those that exist alone.
    """

    schedule: Schedule | None = None
    slots: tuple[Slot, ...] = ()
    pauses: tuple[tuple[date, str], ...] = ()
    extras: tuple[Slot, ...] | None = None

    def all_slots(self) -> list[Slot]:
        """Every date, the skipped ones included."""
        return self.schedule.slots() if self.schedule else list(self.slots)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A plan, and the rule's dates that it leaves out, each with the reason."""

    plan: Plan
    left_out: tuple[tuple[Slot, str], ...] = ()

    def digest(self) -> str:
        """Changes with every date shown, not with what is ticked."""
        text = self.plan.digest() + "".join(map(repr, self.left_out))
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def chosen(self, is_ticked: Callable[[str, bool], bool]) -> Plan:
        """The plan after the ticks. ``is_ticked`` tells by key, given whether it would be by itself."""
        skips = dict(self.plan.skips)
        entries: list[Entry] = []
        for entry in self.plan.entries:
            if not can_be_left_out(entry) or is_ticked(key_of(entry), True):
                entries.append(entry)
                continue
            if entry.slot is not None:
                skips[entry.slot] = ""
            if entry.row is not None:
                entries.append(replace(entry, verb=Verb.DELETE))
        for slot, _reason in self.left_out:
            if is_ticked(slot.day.isoformat(), False):
                skips.pop(slot.day, None)
                entries.append(Entry(Verb.ADD, None, slot.day, slot.starts_at, slot.ends_at))
        entries.sort(key=lambda entry: (entry.starts_at, entry.ends_at))
        return Plan(tuple(entries), tuple(sorted(skips.items())))


def propose(
    existing: Iterable[PlannedDate],
    wanted: Wanted,
    from_day: date,
    former: Schedule | None = None,
    skips: Mapping[date, str] | None = None,
    breaks: Collection[Pause] = (),
    followers: Collection[int] = (),
) -> Proposal:
    """What becomes of the ``existing`` dates. ``skips`` are those stored; ``followers`` are ids of dates
    that somebody changed or called off and that shall follow the new times after all.

    Raises RecurrenceError when the rule is out of bounds.
    """
    rows = list(existing)
    if wanted.schedule is None:
        return Proposal(_with_followers(plan_days(rows, wanted.slots, from_day), followers))
    slots = wanted.schedule.slots()
    left_out = _left_out(rows, slots, wanted, skips or {}, breaks)
    planned = plan(rows, wanted.schedule, left_out, from_day, former, followers)
    if wanted.extras is not None:
        planned = with_extras(planned, wanted.extras, from_day, drops=former is not None)
    kept = dict(planned.skips)
    shown = tuple((slot, kept[slot.day]) for slot in slots if slot.day in kept and slot.day >= from_day)
    return Proposal(planned, shown)


def can_be_left_out(entry: Entry) -> bool:
    """Whether nobody outside the staff knows of the date, so that it may vanish."""
    return entry.verb is Verb.ADD or (
        entry.row is not None and not entry.row.published and entry.verb in {Verb.KEEP, Verb.MOVE}
    )


def key_of(entry: Entry) -> str:
    """What a tick of this date is called in a form."""
    if entry.row is not None:
        return f"r{entry.row.id}"
    # A day beside a rule may be one that the rule leaves out: both can be ticked.
    return entry.slot.isoformat() if entry.slot else f"x{entry.starts_at.date()}"


def pause_on(day: date, breaks: Iterable[Pause]) -> str:
    """The name of the break that a day lies in, or nothing."""
    return next((each.name for each in breaks if each.first_day <= day <= each.last_day), "")


def _left_out(
    rows: list[PlannedDate],
    slots: list[Slot],
    wanted: Wanted,
    stored: Mapping[date, str],
    breaks: Collection[Pause],
) -> dict[date, str]:
    """Days of the rule without a date. A break counts only in weeks where nothing is planned yet."""
    weeks = {clock.week_of(row.place) for row in rows}
    in_breaks = {
        slot.day: name
        for slot in slots
        if clock.week_of(slot.day) not in weeks and (name := pause_on(slot.day, breaks))
    }
    days = {slot.day for slot in slots}
    return {day: why for day, why in {**in_breaks, **dict(wanted.pauses), **stored}.items() if day in days}


def _with_followers(planned: Plan, followers: Collection[int]) -> Plan:
    def follow(entry: Entry) -> Entry:
        if entry.row is None or entry.offered is None or entry.row.id not in followers:
            return entry
        slot, is_cancelled = entry.offered, entry.row.status is Status.CANCELLED
        return Entry(Verb.MOVE, entry.row, None, slot.starts_at, slot.ends_at, is_cancelled)

    return replace(planned, entries=tuple(follow(entry) for entry in planned.entries))
