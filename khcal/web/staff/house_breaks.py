"""Break periods: when groups usually pause. They untick days in previews and change nothing by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, make_response, render_template, request
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from khcal.calendaring import clock, phrases
from khcal.db import db
from khcal.forms.break_period import BreakForm
from khcal.i18n import gettext as _
from khcal.models import BreakPeriod
from khcal.models.bookkeeping import begin_change
from khcal.queries import HousePage
from khcal.queries.staff import house as house_queries
from khcal.queries.staff.deleted import was_deleted

from .access import load_own_house
from .house_rows import back_to_house, load_row, save_row, tell_unless_stale
from .people import person


def new_break(chapter: str) -> Response:
    """The empty form."""
    page = load_own_house(chapter)
    return _show(page, None, _form(None))


def create_break(chapter: str) -> Response:
    """Keep it; sent twice it is still one."""
    page = load_own_house(chapter)
    form = _form(None, request.form)
    if not (form.validate() and form.refuse_the_past(clock.today())):
        return _show(page, None, form, 422)
    known = _named(page, form)
    if known is not None and known.last_day != form.last:
        return _show_taken(page, None, form)
    if known is None:
        known = BreakPeriod(chapter_id=page.house.id)
        db.session.add(known)
    return _save(page, known, form)


def edit_break(chapter: str, number: int) -> Response:
    """The form as stored, and what lies in the break."""
    page = load_own_house(chapter)
    row = load_row(page, BreakPeriod, number)
    return _show(page, row, _form(row))


def update_break(chapter: str, number: int) -> Response:
    """Save what was changed, unless somebody else changed it meanwhile."""
    page = load_own_house(chapter)
    if was_deleted(page.house.id, BreakPeriod, number):
        return _show(page, None, _form(None, request.form), 409, is_gone=True)
    row = load_row(page, BreakPeriod, number)
    form = _form(row, request.form)
    both, is_valid = form.meet(_form(row)), form.validate()
    if both:
        return _show(page, row, form, 409, conflicts=both)
    if not is_valid:
        return _show(page, row, form, 422)
    if _named(page, form) not in (None, row):
        return _show_taken(page, row, form)
    return _save(page, row, form)


def remove_break(chapter: str, number: int) -> Response:
    """Forget it; no date changes by that either."""
    page = load_own_house(chapter)
    if was_deleted(page.house.id, BreakPeriod, number):
        flash(_("Uppehållet är redan borttaget."))
        return back_to_house(page, "lov")
    row = load_row(page, BreakPeriod, number)
    begin_change(db.session(), "break", person().id, page.house.id)
    told = _("{name} är borttaget. Inga tillfällen har ändrats.").format(name=row.name)
    db.session.delete(row)
    tell_unless_stale(page, told)
    return back_to_house(page, "lov")


def _save(page: HousePage, row: BreakPeriod, form: BreakForm) -> Response:
    number = row.id
    days = phrases.days(form.first, form.last, with_year=True)
    told = _("{name} {days} är sparat. Inga tillfällen har ändrats.").format(name=form.name.data, days=days)
    try:
        if save_row(page, "break", row, form, told):
            return back_to_house(page, f"lov-{row.id}")
    except IntegrityError:
        db.session.rollback()
        return _show_taken(page, load_row(page, BreakPeriod, number) if number else None, form)
    row = load_row(page, BreakPeriod, number)
    return _show(page, row, form, 409, conflicts=form.meet(_form(row)))


def _form(row: BreakPeriod | None, sent: Mapping[str, Any] | None = None) -> BreakForm:
    if row is None or sent is not None:
        return BreakForm(sent)
    stored = {name: getattr(row, name) for name in BreakForm.kept}
    return BreakForm(data=stored).remember(str(row.version))


def _named(page: HousePage, form: BreakForm) -> BreakPeriod | None:
    """The break of this name that begins on the same day."""
    same = {"chapter_id": page.house.id, "name": form.name.data, "first_day": form.first}
    return db.session.scalar(select(BreakPeriod).filter_by(**same))


def _show_taken(page: HousePage, row: BreakPeriod | None, form: BreakForm) -> Response:
    form.name.errors = [
        *form.name.errors,
        _("Det finns redan ett uppehåll med det namnet och den dagen. Ändra det i stället."),
    ]
    return _show(page, row, form, 422)


def _show(
    page: HousePage, row: BreakPeriod | None, form: BreakForm, status: int = 200, **told: object
) -> Response:
    touched = []
    if form.has_span:
        first = max(form.first, clock.today())
        touched = house_queries.touched_by_break(page.house.id, first, form.last)
    body = render_template("staff/house_break.html", page=page, row=row, form=form, touched=touched, **told)
    return make_response(body, status)
