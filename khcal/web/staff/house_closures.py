"""Days when the house is closed: say so ahead, change them, open after all."""

from __future__ import annotations

from datetime import date

from flask import Response, flash, request, url_for

from khcal.calendaring import clock, phrases
from khcal.calendaring.terms import Status
from khcal.forms.closure import ClosureForm, TicksForm
from khcal.i18n import gettext as _
from khcal.models import Occurrence
from khcal.queries import HousePage

from ..htmx import is_partial, render
from .access import load_own_house
from .house_closing import (
    NOT_YET,
    Outcome,
    Span,
    change_closure,
    close_house,
    consequences,
    load_closure,
    made_already,
    span_of,
    take_back,
    tell_of,
    version_of,
)
from .house_rows import back_to_house


def new_closure(chapter: str) -> Response:
    """The empty form."""
    page = load_own_house(chapter)
    return _show(page, None, ClosureForm())


def create_closure(chapter: str) -> Response:
    """Close the house on coming days; sent twice it is still one closure."""
    page = load_own_house(chapter)
    form = ClosureForm(request.form)
    if made_already(page, form):
        return _go_on(page, form)
    if not (form.validate() and form.refuse_the_past(clock.today())):
        return _show(page, None, form, 422)
    words = (form.title.data or "", form.short_text.data or "", form.reason.data or "")
    outcome = close_house(page, form, Span(form.first, form.last), *words)
    if outcome in NOT_YET:
        return _show(page, None, form, NOT_YET[outcome], look_first=True)
    return _go_on(page, form)


def edit_closure(chapter: str, number: int) -> Response:
    """The form as stored, and what takes place all the same."""
    page = load_own_house(chapter)
    row = load_closure(page, number)
    return _show(page, row, _form(row)) if row.status is Status.PLANNED else _open_already(page)


def update_closure(chapter: str, number: int) -> Response:
    """Save other days, words and ticks, unless somebody else changed the closure meanwhile."""
    page = load_own_house(chapter)
    row = load_closure(page, number)
    form = ClosureForm(request.form)
    if row.status is not Status.PLANNED:
        return _show_opened(page, form)
    both, is_valid = form.meet(_form(row)), _is_valid(row, form)
    if both:
        return _show(page, row, form, 409, conflicts=both)
    if not is_valid:
        return _show(page, row, form, 422)
    outcome = change_closure(page, row, form)
    if outcome is Outcome.STALE:
        return _show_changed(page, number, form)
    if outcome is Outcome.LOOK_FIRST:
        return _show(page, row, form, 422, look_first=True)
    return tell_of(page, row) or back_to_house(page, f"stangt-{number}")


def preview_new_closure(chapter: str) -> Response:
    """What closing on these days runs into, without saving."""
    page = load_own_house(chapter)
    return _show(page, None, ClosureForm(request.form))


def preview_closure(chapter: str, number: int) -> Response:
    """What other days run into, without saving."""
    page = load_own_house(chapter)
    row, form = load_closure(page, number), ClosureForm(request.form)
    return _show(page, row, form) if row.status is Status.PLANNED else _show_opened(page, form)


def open_page(chapter: str, number: int) -> Response:
    """Which days, and which dates were called off with them."""
    page = load_own_house(chapter)
    row = load_closure(page, number)
    return _show_open(page, row, TicksForm()) if row.status is Status.PLANNED else _open_already(page)


def open_house(chapter: str, number: int) -> Response:
    """Take the closure back; sent twice it is taken back once."""
    page = load_own_house(chapter)
    row = load_closure(page, number)
    if row.status is not Status.PLANNED:
        return _open_already(page)
    form = TicksForm(request.form)
    told = _("Huset är öppet {days}.").format(days=phrases.days(*_days(row)))
    outcome = take_back(page, row, form, told)
    if outcome is not Outcome.SAVED:
        return _show_open(page, load_closure(page, number), form, 422)
    return tell_of(page, row) or back_to_house(page, f"stangt-{number}")


def _form(row: Occurrence) -> ClosureForm:
    span = span_of(row)
    stored = {
        "uid": row.event.uid,
        "first_day": span.first,
        "last_day": span.last if span.last != span.first else None,
        "title": row.title or row.event.title,
        "short_text": row.short_text if row.short_text is not None else row.event.short_text,
    }
    return ClosureForm(data=stored).remember(version_of(row))


def _go_on(page: HousePage, form: ClosureForm) -> Response:
    """To the texts for those who were to come, unless the closure was altered meanwhile."""
    made = made_already(page, form)
    return (tell_of(page, made.occurrences[0]) if made else None) or back_to_house(page, "stangt")


def _days(row: Occurrence) -> tuple[date, date]:
    span = span_of(row)
    return span.first, span.last


def _open_already(page: HousePage) -> Response:
    flash(_("Stängningen är redan tillbakatagen."))
    return back_to_house(page, "stangt")


def _is_valid(row: Occurrence, form: ClosureForm) -> bool:
    """Whether it can be saved; days that have been closed already may stay."""
    has_begun = row.starts_at.date() < clock.today()
    return form.validate() and (has_begun or form.refuse_the_past(clock.today()))


def _show_changed(page: HousePage, number: int, form: ClosureForm) -> Response:
    """Somebody else saved at the very same moment."""
    row = load_closure(page, number)
    if row.status is not Status.PLANNED:
        return _show_opened(page, form)
    return _show(page, row, form, 409, conflicts=form.meet(_form(row)))


def _show_opened(page: HousePage, form: ClosureForm) -> Response:
    """A colleague opened the house meanwhile: what was typed stays, as a closure of its own to be made."""
    form.begin_anew()
    return _show(page, None, form, 409, opened=True, is_part=is_partial())


def _show(
    page: HousePage, row: Occurrence | None, form: ClosureForm, status: int = 200, **told: object
) -> Response:
    span = Span(form.first, form.last) if form.has_span else None
    here = url_for("staff.new_closure", chapter=page.house.slug)
    if row is not None:
        here = url_for("staff.edit_closure", chapter=page.house.slug, number=row.id)
    return render(
        "staff/house_closure.html",
        "closure_hits",
        status=status,
        page=page,
        row=row,
        form=form,
        action=here,
        found=consequences(page, form, span, span_of(row) if row else None) if span else None,
        **told,
    )


def _show_open(page: HousePage, row: Occurrence, form: TicksForm, status: int = 200) -> Response:
    return render(
        "staff/house_open.html",
        status=status,
        page=page,
        row=row,
        days=_days(row),
        form=form,
        found=consequences(page, form, None, span_of(row)),
        look_first=status != 200,
    )
