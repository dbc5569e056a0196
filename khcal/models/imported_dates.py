"""The dates of an imported activity: as values to compare, and changed as the plan says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from khcal.calendaring import clock
from khcal.calendaring.import_dates import DateChange
from khcal.calendaring.import_plan import EventChange
from khcal.calendaring.import_values import date_as_json
from khcal.calendaring.terms import Form, Places, Status

from .chapter import Room
from .event import Event
from .occurrence import Occurrence, Trace

FindRoom = Callable[[str, str], Room]


def key_of(occurrence: Occurrence) -> str:
    """Under which key the import knows the date."""
    return occurrence.import_key or f"#{occurrence.id}"


def date_values(occurrence: Occurrence) -> dict[str, Any]:
    """The date in the form that an import compares."""
    values = date_as_json(
        occurrence.slot,
        occurrence.starts_at,
        occurrence.ends_at,
        occurrence.status,
        occurrence.reason,
        occurrence.places,
        [(trace.starts_at, trace.reason) for trace in occurrence.traces],
    )
    return values | {"draft": not occurrence.is_published, "own": _own_values(occurrence)}


def apply_dates(event: Event, change: EventChange, publish: bool, find_room: FindRoom) -> None:
    """Add, change and drop dates; a new one is public at once with ``publish`` unless the sheet says no."""
    stored = {key_of(occurrence): occurrence for occurrence in event.occurrences}
    for key in change.dropped:
        event.occurrences.remove(stored[key])
    for each in change.dates:
        occurrence = stored[each.was] if each.was else _new_date(event, each, publish)
        occurrence.import_key = each.key
        _change_date(occurrence, each.fields, find_room)
        if publish and each.fields.get("draft") is False:
            occurrence.publish()
        if each.is_new:
            _note_moves(occurrence, each.fields["left"])


def _own_values(occurrence: Occurrence) -> dict[str, Any]:
    room, form = occurrence.room, occurrence.form
    own = {
        "title": occurrence.title,
        "short_text": occurrence.short_text,
        "leader": occurrence.leader,
        "room": [room.chapter.slug, room.name] if room else None,
        "form": str(form) if form else None,
    }
    return {name: value for name, value in own.items() if value is not None}


def _new_date(event: Event, change: DateChange, publish: bool) -> Occurrence:
    """A date at the time first planned: what moved or cancelled it comes after it was published."""
    starts_at, ends_at = map(datetime.fromisoformat, change.fields["when"])
    if left := change.fields["left"]:
        begun = datetime.fromisoformat(left[0][0])
        starts_at, ends_at = begun, begun + (ends_at - starts_at)
    occurrence = event.add_date(str(uuid4()), starts_at, ends_at)
    if publish and not change.fields.get("draft"):
        occurrence.publish()
        for start, _reason in left[1:]:
            begins = datetime.fromisoformat(start)
            occurrence.move(
                begins, begins + (ends_at - starts_at), dict(left)[occurrence.starts_at.isoformat()]
            )
    return occurrence


def _note_moves(occurrence: Occurrence, left: list[Any]) -> None:
    """What the sheet says of the days that a draft was moved away from is told when it is published."""
    usual = datetime.combine(occurrence.slot or occurrence.starts_at, occurrence.event.start_time or time.min)
    occurrence.by_hand = occurrence.slot is not None and occurrence.starts_at != usual
    known = {trace.day for trace in occurrence.traces}
    for start, reason in left:
        begun = datetime.fromisoformat(start)
        stands = clock.stands_on(occurrence.starts_at, occurrence.ends_at, begun.date())
        if begun.date() not in known and not stands:
            occurrence.traces.append(Trace(day=begun.date(), starts_at=begun, reason=reason))


def _change_date(occurrence: Occurrence, fields: Mapping[str, Any], find_room: FindRoom) -> None:
    if "slot" in fields:
        occurrence.slot = date.fromisoformat(fields["slot"]) if fields["slot"] else None
    if "when" in fields:
        starts_at, ends_at = map(datetime.fromisoformat, fields["when"])
        _move(occurrence, starts_at, ends_at, dict(fields.get("left", [])))
    if "state" in fields:
        status, reason = fields["state"]
        if status == Status.CANCELLED:
            occurrence.cancel(reason)
        elif occurrence.status is Status.CANCELLED:
            occurrence.restore()
    if "places" in fields:
        occurrence.places = Places(fields["places"])
    if "own" in fields:
        _set_own(occurrence, fields["own"], find_room)


def _set_own(occurrence: Occurrence, own: Mapping[str, Any], find_room: FindRoom) -> None:
    for name in ("title", "short_text", "leader"):
        setattr(occurrence, name, own.get(name))
    occurrence.form = Form(own["form"]) if "form" in own else None
    occurrence.room = find_room(*own["room"]) if "room" in own else None


def _move(occurrence: Occurrence, starts_at: datetime, ends_at: datetime, reasons: Mapping[str, str]) -> None:
    if (starts_at, ends_at) == (occurrence.starts_at, occurrence.ends_at):
        return
    occurrence.move(starts_at, ends_at, reasons.get(occurrence.starts_at.isoformat(), ""))
    # Only a date away from where its rule has it counts as moved by hand; the rest follow the rule.
    usual = datetime.combine(occurrence.slot or starts_at, occurrence.event.start_time or time.min)
    occurrence.by_hand = occurrence.slot is not None and starts_at != usual
