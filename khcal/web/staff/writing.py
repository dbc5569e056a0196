"""Writing down what the form of an activity says: its texts, its dates as planned, who goes along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from khcal import permissions
from khcal.calendaring.plan import Plan
from khcal.calendaring.proposal import Wanted
from khcal.db import db
from khcal.forms.event import EventForm
from khcal.i18n import gettext as _
from khcal.models import Chapter, Event
from khcal.models.applying import apply_plan
from khcal.models.bookkeeping import begin_change
from khcal.models.own_looks import changed_looks, follow_looks, keep_looks, looks_of
from khcal.models.siblings import keep_pairs
from khcal.queries import HousePage

from .people import person
from .renaming import Renaming, first_slug, rename
from .scope import Scope


@dataclass(frozen=True)
class Dates:
    """The plan that was shown, what it was made from, and the day from which it counts."""

    plan: Plan
    wanted: Wanted
    from_day: date


def create(
    page: HousePage, form: EventForm, dates: Dates | None, renaming: Renaming | None, publish: bool
) -> Event:
    """Add the activity. Flushes."""
    begin_change(db.session(), "create", person().id, page.house.id)
    house = db.session.get_one(Chapter, page.house.id)
    title = form.title.data or ""
    event = Event(
        uid=form.identity, chapter=house, slug=first_slug(page, form, renaming), skips={}, title=title
    )
    db.session.add(event)
    _fill(event, form)
    _finish(event, dates, None, publish)
    return event


def change(
    page: HousePage,
    event: Event,
    form: EventForm,
    dates: Dates | None,
    renaming: Renaming | None,
    scope: Scope,
    publish: bool,
) -> Event:
    """Change the activity, for the dates in ``scope``; the others stay as they were. Flushes."""
    begin_change(db.session(), "rename" if renaming else "edit", person().id, page.house.id)
    former_sibling, was = event.sibling_id, looks_of(event)
    with db.session.no_autoflush:
        _fill(event, form)
        changed = changed_looks(was, looks_of(event))
        if scope.first is not None:
            keep_looks(event, changed, scope.first)
        follow_looks(event, changed, _followers(event, form, scope))
    if renaming is not None:
        rename(form, renaming, was["title"])
    _finish(event, dates, former_sibling, publish)
    return event


def _followers(event: Event, form: EventForm, scope: Scope) -> set[int]:
    return {row.id for row in event.occurrences if scope.changes(row)} & form.look_followers()


def _finish(event: Event, dates: Dates | None, former_sibling: int | None, publish: bool) -> None:
    if dates is not None:
        _fill_schedule(event, dates.wanted)
        apply_plan(event, dates.plan, dates.from_day, _("Tiderna har ändrats."))
    if publish:
        event.publish()
    db.session.flush()
    keep_pairs(
        db.session(), event, former_sibling, lambda house: permissions.may_edit(person().grants, house)
    )
    db.session.flush()


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


def _fill_schedule(event: Event, wanted: Wanted) -> None:
    schedule = wanted.schedule
    event.rule = str(schedule.rule) if schedule else ""
    event.rule_from = schedule.rule_from if schedule else None
    event.rule_until = schedule.rule_until if schedule else None
    slots = wanted.all_slots()
    event.start_time = slots[0].starts_at.time() if slots else None
    event.end_time = slots[0].ends_at.time() if slots else None
