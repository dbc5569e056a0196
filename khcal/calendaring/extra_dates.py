"""Dates beside a rule: days that somebody names one by one for a group that otherwise repeats."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from .plan import Entry, Plan, PlannedDate, Slot, Verb
from .plan_days import plan_days
from .terms import Status


def with_extras(planned: Plan, extras: Collection[Slot], from_day: date, drops: bool) -> Plan:
    """``planned``, and beside the rule's dates those of ``extras``.

    An extra date that exists keeps its uid. One that is not named any more falls away if ``drops``. A day
    on which the rule has a date at the same time needs no extra one: the two would be twins.
    """
    beside = [entry for entry in planned.entries if entry.slot is None and entry.row and _is_short(entry.row)]
    others = [entry for entry in planned.entries if entry not in beside]
    named = [slot for slot in extras if not any(_are_twins(entry, slot) for entry in others)]
    rows = [entry.row for entry in beside if entry.row is not None]
    entries = [*others, *(_kept(entry, drops) for entry in plan_days(rows, named, from_day).entries)]
    return replace(
        planned, entries=tuple(sorted(entries, key=lambda entry: (entry.starts_at, entry.ends_at)))
    )


def extra_rows(rows: Collection[PlannedDate], today: date) -> list[PlannedDate]:
    """The extra dates that a form names: those to come that nobody has called off."""
    return [
        row
        for row in rows
        if row.slot is None
        and row.starts_at.date() >= today
        and row.status is Status.PLANNED
        and _is_short(row)
    ]


def _is_short(row: PlannedDate) -> bool:
    """Whether a line with a day and two times can say it; longer ones are left alone."""
    return row.ends_at - row.starts_at <= timedelta(days=1)


def _are_twins(entry: Entry, slot: Slot) -> bool:
    is_held = entry.verb not in {Verb.CANCEL, Verb.DELETE}
    return is_held and entry.starts_at < slot.ends_at and slot.starts_at < entry.ends_at


def _kept(entry: Entry, drops: bool) -> Entry:
    return entry if drops or entry.verb not in {Verb.CANCEL, Verb.DELETE} else replace(entry, verb=Verb.KEEP)
