"""An activity that goes on: more dates of its rule, or the same again as a new activity of its group."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import uuid4

from sqlalchemy import inspect

from khcal.calendaring import clock
from khcal.calendaring.next_term import NextTerm, Span, continuing
from khcal.calendaring.plan import Schedule, Slot, extend
from khcal.calendaring.terms import Status

from .applying import apply_plan, planned_dates, schedule_of
from .event import Event, EventShownIn

# What a copy does not take along: its identity, its dates, and what was said of the time gone by.
NOT_COPIED = frozenset(
    {
        *(
            "id",
            "uid",
            "version",
            "import_key",
            "imported",
            "archived",
            "search_text",
            "skips",
            "status_note",
        ),
        *("signup_until_day", "rule", "rule_from", "rule_until", "start_time", "end_time", "slug"),
    }
)


def go_on(event: Event, longer: Schedule, slots: Collection[Slot], why_not: dict[date, str]) -> None:
    """Make the rule of ``event`` longer: ``slots`` become drafts, every other new day of the rule is skipped.

    A date that a shorter rule had called off keeps its uid: it takes place again if its day is among
    ``slots``, else it stays called off. ``why_not`` gives the reasons of days that are left out.
    """
    former = replace(longer, rule_until=event.rule_until or longer.rule_from)
    held = {row.slot for row in event.occurrences if row.status is Status.PLANNED}
    wanted = {slot.day for slot in slots}
    left = {
        slot.day: why_not.get(slot.day, "")
        for slot in longer.slots()
        if slot.day > former.rule_until and slot.day not in wanted | held
    }
    longer_plan = extend(planned_dates(event), longer, left, former)
    apply_plan(event, longer_plan, former.rule_until + clock.ONE_DAY, "")
    event.rule_until = longer.rule_until


@dataclass(frozen=True)
class Wanted:
    """What an activity gets in the next term: of the dates that are ``coming`` those in ``slots``.

    ``why_not`` gives the reasons of days that are left out; ``uid`` is what a copy is known by.
    """

    coming: NextTerm
    slots: Collection[Slot]
    why_not: dict[date, str]
    room_id: int | None
    uid: str


def continue_event(event: Event, wanted: Wanted) -> Event:
    """The next term's dates as drafts: of the same activity where its rule only goes on in its room, else
    of a copy in the same group. Returns the activity that has them."""
    longer = continuing(schedule_of(event), wanted.coming)
    if longer is not None and wanted.room_id == event.room_id:
        go_on(event, longer, wanted.slots, wanted.why_not)
        return event
    copy = copy_of(event, wanted.uid)
    copy.skips = {}
    copy.room_id = wanted.room_id
    schedule = wanted.coming.schedule
    if schedule is not None:
        _take_schedule(copy, schedule, wanted.slots, wanted.why_not)
    for slot in wanted.slots:
        day = slot.day if schedule is not None else None
        copy.add_date(str(uuid4()), slot.starts_at, slot.ends_at, day)
    return copy


def copy_of(event: Event, uid: str) -> Event:
    """The same activity without dates, in the same group, shown in the same houses and hidden in the same."""
    values = {
        column.key: getattr(event, column.key)
        for column in inspect(Event).column_attrs
        if column.key not in NOT_COPIED
    }
    copy = Event(uid=uid, slug=event.slug, chapter=event.chapter, **values)
    copy.shown_in = [EventShownIn(chapter=shown.chapter, hidden=shown.hidden) for shown in event.shown_in]
    return copy


def _take_schedule(
    event: Event, schedule: Schedule, slots: Collection[Slot], why_not: dict[date, str]
) -> None:
    event.rule, event.rule_from, event.rule_until = (
        str(schedule.rule),
        schedule.rule_from,
        schedule.rule_until,
    )
    event.start_time, event.end_time = schedule.start_time, schedule.end_time
    wanted = {slot.day for slot in slots}
    for slot in schedule.slots():
        if slot.day not in wanted:
            event.skip(slot.day, why_not.get(slot.day, ""))


def slots_in(event: Event, span: Span) -> tuple[Slot, ...]:
    """Where the event's published dates stand in ``span``, called off ones too.

    By a rule a moved date stands where the rule has it, and extra dates are no part of the rhythm that is
    copied. Days that were named one by one stand where they are now: nothing else says where they belong.
    """
    shown = [row for row in event.occurrences if row.is_published and row.status is not Status.WITHDRAWN]
    schedule = schedule_of(event)
    if schedule is not None:
        held = {row.slot for row in shown}
        return tuple(slot for slot in schedule.slots() if slot.day in held and slot.day in span)
    days = (Slot(row.starts_at.date(), row.starts_at, row.ends_at) for row in shown)
    return tuple(slot for slot in days if slot.day in span)
