"""The form of an activity with all that it offers, and what it says of one that exists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

from wtforms import Field

from khcal import permissions
from khcal.calendaring import clock, phrases
from khcal.calendaring.extra_dates import extra_rows
from khcal.calendaring.onwards import wanted_from
from khcal.calendaring.plan import Slot
from khcal.calendaring.proposal import Pause, Proposal, Wanted, propose
from khcal.calendaring.red_pauses import red_pauses
from khcal.forms.event import COLUMNS, EventForm
from khcal.forms.extra_days import typed_extras
from khcal.forms.saying import compared
from khcal.forms.schedule import SCHEDULE_FIELDS
from khcal.forms.stored_schedule import typed_schedule
from khcal.i18n import gettext as _
from khcal.models import Event
from khcal.models.applying import planned_dates, schedule_of
from khcal.queries import HousePage, all_houses, staff
from khcal.queries.staff.siblings import parallel_groups

from .people import person
from .scope import plans_from, scope_of


def make_form(page: HousePage, event: Event | None, sent: Mapping[str, Any] | None = None) -> EventForm:
    """The form of an activity of this house: as ``sent``, otherwise as stored, otherwise empty."""
    house = page.house.id
    form = EventForm(sent, data=_typed(event), breaks=breaks_of(page))
    rooms = staff.rooms()
    form.offer(
        own_rooms=[(room.id, room.name) for room in rooms if room.house_id == house],
        other_rooms=[(room.id, f"{room.house}: {room.name}") for room in rooms if room.house_id != house],
        houses=_houses(house, event),
        siblings=_siblings(house, event),
    )
    _offer_what_is_chosen(form, event)
    if not permissions.may_show_everywhere(person().grants):
        del form.everywhere
    return form.remember(str(event.version)) if event is not None and sent is None else form


def breaks_of(page: HousePage) -> list[Pause]:
    """When groups of the house usually pause: its breaks, and red days."""
    return [*staff.break_periods(page.house.id), *red_pauses(clock.today())]


def make_proposal(event: Event | None, form: EventForm, follows: bool = False) -> Proposal | None:
    """What becomes of the dates; ``None`` while the form can't be read. With ``follows`` as ticked."""
    wanted = wanted_by(event, form)
    if wanted is None:
        return None
    return propose(
        planned_dates(event) if event else [],
        wanted,
        plans_from(event, scope_of(event, form), wanted.schedule) if event else date.min,
        schedule_of(event) if event else None,
        {date.fromisoformat(day): why for day, why in event.skips.items()} if event else None,
        form.breaks,
        form.followers() if follows else (),
    )


def wanted_by(event: Event | None, form: EventForm) -> Wanted | None:
    """What the form asks for, of the dates that it is for; ``None`` when that is nothing."""
    wanted = form.wanted
    if event is None or wanted is None:
        return wanted
    day = plans_from(event, scope := scope_of(event, form), wanted.schedule)
    try:
        return wanted_from(wanted, day) if scope.is_part else wanted
    except ValueError:
        told = _("Det blir inga datum från och med {day}. Välj ett senare slutdatum.")
        form.until.errors = [told.format(day=phrases.day(day))]
        return None


def keeps_its_schedule(event: Event | None, form: EventForm, stored: EventForm) -> bool:
    """Whether nothing of "när" was changed, so that the dates are none of this form's business."""
    return event is not None and not any(_differ(form[name], stored[name]) for name in SCHEDULE_FIELDS)


def _differ(field: Field, other: Field) -> bool:
    """Whether two fields say different things; nothing typed is the same as nothing stored."""
    return compared(field) != compared(other)


def _typed(event: Event | None) -> dict[str, Any]:
    if event is None:
        return {"uid": str(uuid4())}
    typed: dict[str, Any] = {name: getattr(event, name) for name in COLUMNS}
    for name in ("audience", "facts"):
        typed[name] = sorted(typed[name])
    slots = [Slot(each.starts_at.date(), each.starts_at, each.ends_at) for each in event.standing_dates]
    deadline, schedule = event.deadline, schedule_of(event)
    extras = extra_rows(planned_dates(event), clock.today()) if schedule else []
    return typed | {
        "uid": event.uid,
        "signup_until_day": deadline.day,
        "signup_days_before": deadline.days_before,
        "signup_time": deadline.at,
        "signup_until_words": deadline.words,
        "houses": [
            shown.chapter_id
            for shown in event.shown_in
            # Of what is shown everywhere a house only tells that it hides it.
            if shown.chapter_id != event.chapter_id and not (event.everywhere and shown.hidden)
        ],
        "everywhere": event.everywhere,
        **typed_schedule(schedule, slots),
        "extra_days": typed_extras(schedule, extras) if schedule else (),
    }


def _houses(house_id: int, event: Event | None) -> list[tuple[int, str]]:
    hidden_in = {shown.chapter_id for shown in event.shown_in if shown.hidden} if event else set()
    told = _("{house} (visar den inte)")
    return [
        (each.id, told.format(house=each.short_name) if each.id in hidden_in else each.short_name)
        for each in all_houses()
        if each.id != house_id
    ]


def _siblings(house_id: int, event: Event | None) -> list[tuple[int, str]]:
    groups = parallel_groups(house_id, clock.today())
    return [pair for pair in groups if event is None or pair[0] != event.id]


def _offer_what_is_chosen(form: EventForm, event: Event | None) -> None:
    """A room out of use, or a group that has ended, stays chosen until somebody chooses another."""
    if event is None:
        return
    for field, room in ((form.room_id, event.room), (form.second_room_id, event.second_room)):
        if room is not None:
            field.offer_too(room.id, room.name)
            # The second one can be any room, the first one included: it knows the names of all.
            form.second_room_id.offer_too(room.id, room.name)
    if event.sibling is not None:
        form.sibling_id.offer_too(event.sibling.id, event.sibling.title)
