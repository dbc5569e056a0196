"""The form of an activity with all that it offers, and what it says of one that exists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField

from khcal import permissions
from khcal.calendaring import clock
from khcal.calendaring.plan import Slot
from khcal.calendaring.proposal import Proposal, propose
from khcal.forms.event import COLUMNS, EventForm
from khcal.forms.schedule import SCHEDULE_FIELDS
from khcal.forms.stored_schedule import typed_schedule
from khcal.i18n import gettext as _
from khcal.models import Event
from khcal.models.applying import planned_dates, schedule_of
from khcal.queries import HousePage, all_houses, staff

from .people import person


def make_form(page: HousePage, event: Event | None, sent: Mapping[str, Any] | None = None) -> EventForm:
    """The form of an activity of this house: as ``sent``, otherwise as stored, otherwise empty."""
    house = page.house.id
    form = EventForm(sent, data=_typed(event), breaks=staff.break_periods(house))
    rooms = staff.rooms()
    form.offer(
        own_rooms=[(room.id, room.name) for room in rooms if room.house_id == house],
        other_rooms=[(room.id, f"{room.house}: {room.name}") for room in rooms if room.house_id != house],
        houses=[(each.id, each.short_name) for each in all_houses() if each.id != house],
        siblings=_siblings(house, event),
    )
    _offer_what_is_chosen(form, event)
    if not permissions.may_show_everywhere(person().grants):
        del form.everywhere
    return form


def make_proposal(event: Event | None, form: EventForm, follows: bool = False) -> Proposal | None:
    """What becomes of the dates; ``None`` while the form can't be read. With ``follows`` as ticked."""
    if form.wanted is None:
        return None
    return propose(
        planned_dates(event) if event else [],
        form.wanted,
        clock.today() if event else date.min,
        schedule_of(event) if event else None,
        {date.fromisoformat(day): why for day, why in event.skips.items()} if event else None,
        form.breaks,
        form.followers() if follows else (),
    )


def keeps_its_schedule(event: Event | None, form: EventForm, stored: EventForm) -> bool:
    """Whether nothing of "när" was changed, so that the dates are none of this form's business."""
    return event is not None and not any(_differ(form[name], stored[name]) for name in SCHEDULE_FIELDS)


def differences(typed: EventForm, stored: EventForm) -> list[tuple[Field, str, str]]:
    """The fields that say something else than what is stored: the field, what was typed, what is stored."""
    return [
        (field, say(field), say(stored[field.name]))
        for field in typed
        if not isinstance(field, HiddenField)
        and field.name not in {"ticked", "follow"}
        and _differ(field, stored[field.name])
    ]


def say(field: Field) -> str:
    """What a field says, in words."""
    if isinstance(field, BooleanField):
        return _("Ja") if field.data else _("Nej")
    if isinstance(field, SelectMultipleField | SelectField):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        labels = {str(value): str(label) for value, label, *_rest in field.iter_choices()}
        return ", ".join(labels.get(str(value) if value is not None else "", str(value)) for value in chosen)
    return str(field._value())  # type: ignore[attr-defined]


def _differ(field: Field, other: Field) -> bool:
    """Whether two fields say different things; nothing typed is the same as nothing stored."""
    one, two = (set(each.data) if isinstance(each.data, list) else each.data for each in (field, other))
    return (one or None) != (two or None)


def _typed(event: Event | None) -> dict[str, Any]:
    if event is None:
        return {"uid": str(uuid4())}
    typed: dict[str, Any] = {name: getattr(event, name) for name in COLUMNS}
    for name in ("audience", "facts"):
        typed[name] = sorted(typed[name])
    slots = [Slot(each.starts_at.date(), each.starts_at, each.ends_at) for each in event.occurrences]
    deadline = event.deadline
    return typed | {
        "uid": event.uid,
        "version": str(event.version),
        "signup_until_day": deadline.day,
        "signup_days_before": deadline.days_before,
        "signup_time": deadline.at,
        "signup_until_words": deadline.words,
        "houses": [shown.chapter_id for shown in event.shown_in if shown.chapter_id != event.chapter_id],
        "everywhere": event.everywhere,
        **typed_schedule(schedule_of(event), slots),
    }


def _siblings(house_id: int, event: Event | None) -> list[tuple[int, str]]:
    return [pair for pair in staff.titles(house_id, clock.today()) if event is None or pair[0] != event.id]


def _offer_what_is_chosen(form: EventForm, event: Event | None) -> None:
    """A room out of use, or a group that has ended, stays chosen until somebody chooses another."""
    if event is None:
        return
    for field, room in ((form.room_id, event.room), (form.second_room_id, event.second_room)):
        if room is not None:
            field.offer_too(room.id, room.name)
    if event.sibling is not None:
        form.sibling_id.offer_too(event.sibling.id, event.sibling.title)
