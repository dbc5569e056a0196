"""Saving an activity: exactly the dates that were looked at, in one change, never over somebody else's."""

from __future__ import annotations

from enum import Enum, auto

from flask import flash
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import clock
from khcal.calendaring.plan import Plan
from khcal.calendaring.proposal import Proposal, can_be_left_out, key_of
from khcal.db import db
from khcal.forms.event import EventForm
from khcal.forms.schedule import SCHEDULE_FIELDS
from khcal.i18n import gettext as _
from khcal.models import Event
from khcal.models.applying import changes_nothing
from khcal.queries import HousePage

from .after_saving import sentence_after
from .done import commit_and_tell
from .editing import keeps_its_schedule, make_form, make_proposal, wanted_by
from .renaming import Renaming, has_unanswered, offer_answers, renaming_of
from .scope import plans_from, scope_of
from .writing import Dates, change, create


class Outcome(Enum):
    """What became of an attempt to save."""

    SAVED = auto()
    FAULTY = auto()
    LOOK_FIRST = auto()
    STALE = auto()


def save(
    page: HousePage, event: Event | None, form: EventForm, publish: bool
) -> tuple[Outcome, Event | None]:
    """Save what ``form`` says, or say why not. Commits, and tells that it is done."""
    stored = make_form(page, event)
    if form.disputes(stored):
        form.validate()
        return Outcome.STALE, event
    renaming = renaming_of(page, event, form)
    offer_answers(form, renaming)
    keeps = keeps_its_schedule(event, form, stored)
    if form.is_resumed or not _is_valid(form, keeps) or has_unanswered(form, renaming):
        return Outcome.FAULTY, event
    outcome, plan = _look_at_dates(event, form, keeps)
    if outcome is not Outcome.SAVED:
        return outcome, event
    return _commit(page, event, form, plan, renaming, publish)


def _look_at_dates(event: Event | None, form: EventForm, keeps_schedule: bool) -> tuple[Outcome, Plan | None]:
    """The plan to save, if it is the one that was shown."""
    proposal = make_proposal(event, form)
    if proposal is None and not keeps_schedule:
        return Outcome.FAULTY, None
    plan = _plan_to_apply(event, form, proposal, keeps_schedule)
    if plan is not None and proposal is not None and form.digest.data != proposal.digest():
        return Outcome.LOOK_FIRST, None
    return Outcome.SAVED, plan


def _commit(
    page: HousePage,
    event: Event | None,
    form: EventForm,
    plan: Plan | None,
    renaming: Renaming | None,
    publish: bool,
) -> tuple[Outcome, Event | None]:
    try:
        saved = _write(page, event, form, plan, renaming, publish)
        commit_and_tell(page, sentence_after(saved))
    except (StaleDataError, IntegrityError) as fault:
        # Somebody else saved at this very moment.
        db.session.rollback()
        if event is None and isinstance(fault, IntegrityError):
            return _after_double_click(page, form)
        form.disputes(make_form(page, event))
        return Outcome.STALE, event
    if form.took_over:
        flash(_("Någon annan sparade samtidigt. Bådas ändringar är med."))
    return Outcome.SAVED, saved


def _after_double_click(page: HousePage, form: EventForm) -> tuple[Outcome, Event | None]:
    """What became of a new activity that another request made a moment ago."""
    known = made_already(page, form)
    if known is None:
        form.refuse_uid()
    return (Outcome.SAVED if known else Outcome.FAULTY), known


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
    plan = followed.chosen(form.is_ticked) if followed else None
    # The second of a double click: what it asks for has been done.
    return None if plan and event and keeps_schedule and changes_nothing(event, plan) else plan


def _has_changed_ticks(form: EventForm, proposal: Proposal) -> bool:
    keys = [(key_of(entry), True) for entry in proposal.plan.entries if can_be_left_out(entry)]
    keys += [(slot.day.isoformat(), False) for slot, _why in proposal.left_out]
    return bool(form.followers()) or any(form.is_ticked(key, start) != start for key, start in keys)


def _write(
    page: HousePage,
    event: Event | None,
    form: EventForm,
    plan: Plan | None,
    renaming: Renaming | None,
    publish: bool,
) -> Event:
    scope, wanted = scope_of(event, form), wanted_by(event, form)
    dates = None
    if plan is not None and wanted is not None:
        from_day = plans_from(event, scope, wanted.schedule) if event else clock.today()
        dates = Dates(plan, wanted, from_day)
    if event is None:
        return create(page, form, dates, renaming, publish)
    return change(page, event, form, dates, renaming, scope, publish)
