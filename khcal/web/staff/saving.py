"""Saving an activity: exactly the dates that were looked at, in one change, never over somebody else's."""

from __future__ import annotations

from enum import Enum, auto

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import clock
from khcal.calendaring.plan import Plan
from khcal.calendaring.proposal import Proposal, can_be_left_out, key_of
from khcal.calendaring.reading_text import slug_of
from khcal.db import db
from khcal.forms.event import EventForm
from khcal.forms.schedule import SCHEDULE_FIELDS
from khcal.i18n import gettext as _
from khcal.models import Chapter, Event
from khcal.models.applying import apply_plan
from khcal.models.bookkeeping import begin_change
from khcal.queries import HousePage

from .editing import keeps_its_schedule, make_form, make_proposal
from .people import person


class Outcome(Enum):
    """What became of an attempt to save."""

    SAVED = auto()
    FAULTY = auto()
    LOOK_FIRST = auto()
    STALE = auto()


def save(
    page: HousePage, event: Event | None, form: EventForm, publish: bool
) -> tuple[Outcome, Event | None]:
    """Save what ``form`` says, or say why not. Commits."""
    if event is not None and form.version.data != str(event.version):
        form.validate()
        return Outcome.STALE, event
    stored = make_form(page, event)
    keeps = keeps_its_schedule(event, form, stored)
    if not _is_valid(form, keeps):
        return Outcome.FAULTY, event
    proposal = make_proposal(event, form)
    plan = _plan_to_apply(event, form, proposal, keeps)
    if plan is not None and proposal is not None and form.digest.data != proposal.digest():
        return Outcome.LOOK_FIRST, event
    try:
        saved = _write(page, event, form, plan, publish)
        db.session.commit()
    except StaleDataError:
        db.session.rollback()
        return Outcome.STALE, event
    except IntegrityError:
        # A double click: the other request made it a moment ago.
        db.session.rollback()
        known = made_already(page, form)
        if known is None:
            form.refuse_uid()
        return (Outcome.SAVED if known else Outcome.FAULTY), known
    return Outcome.SAVED, saved


def made_already(page: HousePage, form: EventForm) -> Event | None:
    """The activity that an earlier sending of the same new form made."""
    statement = select(Event).where(Event.uid == form.identity, Event.chapter_id == page.house.id)
    return db.session.scalar(statement)


def _is_valid(form: EventForm, keeps_schedule: bool) -> bool:
    """Whether all can be saved. Dates that nobody touches need not be such as the form can say."""
    is_valid = form.validate()
    if keeps_schedule and not is_valid:
        return not form.fields_in_error() - set(SCHEDULE_FIELDS)
    return is_valid


def _plan_to_apply(
    event: Event | None, form: EventForm, proposal: Proposal | None, keeps_schedule: bool
) -> Plan | None:
    """The plan as ticked; ``None`` when neither the schedule nor a tick was changed."""
    if proposal is None or (event is not None and keeps_schedule and not _has_changed_ticks(form, proposal)):
        return None
    followed = make_proposal(event, form, follows=True)
    return followed.chosen(form.is_ticked) if followed else None


def _has_changed_ticks(form: EventForm, proposal: Proposal) -> bool:
    keys = [(key_of(entry), True) for entry in proposal.plan.entries if can_be_left_out(entry)]
    keys += [(slot.day.isoformat(), False) for slot, _why in proposal.left_out]
    return bool(form.followers()) or any(form.is_ticked(key, start) != start for key, start in keys)


def _write(page: HousePage, event: Event | None, form: EventForm, plan: Plan | None, publish: bool) -> Event:
    begin_change(db.session(), "create" if event is None else "edit", person().id, page.house.id)
    is_new = event is None
    if event is None:
        house = db.session.get_one(Chapter, page.house.id)
        title = form.title.data or ""
        event = Event(uid=form.identity, chapter=house, slug=_slug(house.id, title), skips={}, title=title)
        db.session.add(event)
    _fill(event, form)
    if plan is not None:
        _fill_schedule(event, form)
        apply_plan(event, plan, clock.today(), _("Tiderna har ändrats."))
    if publish:
        for occurrence in event.occurrences:
            if not occurrence.is_published:
                occurrence.publish()
    db.session.flush()
    if is_new or event.sibling_id:
        _point_back(event)
    return event


def _fill(event: Event, form: EventForm) -> None:
    for name, value in form.values().items():
        if getattr(event, name) != value:
            setattr(event, name, value)
    if event.deadline != form.deadline:
        event.deadline = form.deadline
    if "everywhere" in form:
        event.everywhere = bool(form.everywhere.data)
    chosen = select(Chapter).where(Chapter.id.in_(form.houses.data or []))
    with db.session.no_autoflush:
        event.show_in(db.session.scalars(chosen).all())


def _fill_schedule(event: Event, form: EventForm) -> None:
    wanted = form.wanted
    schedule = wanted.schedule if wanted else None
    event.rule = str(schedule.rule) if schedule else ""
    event.rule_from = schedule.rule_from if schedule else None
    event.rule_until = schedule.rule_until if schedule else None
    slots = wanted.all_slots() if wanted else []
    event.start_time = slots[0].starts_at.time() if slots else None
    event.end_time = slots[0].ends_at.time() if slots else None


def _point_back(event: Event) -> None:
    """Parallel groups of a house point at each other, unless the other has a sibling already."""
    other = db.session.get(Event, event.sibling_id) if event.sibling_id else None
    if other is not None and other.chapter_id == event.chapter_id and other.sibling_id is None:
        other.sibling_id = event.id


def _slug(house_id: int, title: str) -> str:
    """The address of the group with this title; another group's address gets a number behind."""
    start = slug_of(title)
    for number in range(1, 100):
        slug = start if number == 1 else f"{start}-{number}"
        same = select(Event.title).where(Event.chapter_id == house_id, Event.slug == slug)
        others = set(db.session.scalars(same))
        if not others or any(other.casefold() == title.casefold() for other in others):
            return slug
    return start
