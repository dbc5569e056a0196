"""Move one date to another day, time or room."""

from __future__ import annotations

from flask import Response, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import clock, phrases
from khcal.calendaring.terms import Status
from khcal.forms.move import MoveForm
from khcal.i18n import gettext as _
from khcal.models import Occurrence
from khcal.queries import HousePage

from ..htmx import render
from .access import load_own_house
from .after_dates import done_already, go_on, save_dates, title_of
from .chosen import load_own_date, stamp_of, week_of
from .moving import fault_of, is_too_late, make_move_form, move_row, new_time_of
from .new_times import NewTime


def move_page(chapter: str, number: int) -> Response:
    """When and where it is now, to be changed."""
    page = load_own_house(chapter)
    row = load_own_date(page, number)
    return _show(page, row, make_move_form(page, row))


def preview_move(chapter: str, number: int) -> Response:
    """What is in the way of the new time, without saving."""
    page = load_own_house(chapter)
    row = load_own_date(page, number)
    form = make_move_form(page, row, request.form)
    form.read_span()
    return _show(page, row, form)


def move(chapter: str, number: int) -> Response:
    """Move it, unless somebody changed it meanwhile or there is a warning that nobody has seen."""
    page = load_own_house(chapter)
    row = load_own_date(page, number)
    form = make_move_form(page, row, request.form)
    new = new_time_of(page, row, form) if form.validate() else None
    is_stale = form.seen.data != stamp_of(row)
    if new is not None and is_stale and not new.is_changed and row.status is Status.PLANNED:
        return done_already(page, row, "move", _told(new))
    if new is None or is_stale or is_too_late(row):
        return _show(page, row, form, 422 if new is None or is_too_late(row) else 409)
    if fault_of(new, form):
        return _show(page, row, form, 422)
    if new.warnings and new.warnings != form.shown.data:
        return _show(page, row, form, 422, look_first=True)
    try:
        return go_on(
            page, row, save_dates(page, "move", lambda: move_row(new, form.words.data or ""), _told(new))
        )
    except StaleDataError:
        return _show(page, load_own_date(page, number), form, 409)


def _told(new: NewTime) -> str:
    """What is said when it is done."""
    return _("{title} är nu {when}.").format(title=title_of(new.row), when=_when(new))


def _when(new: NewTime) -> str:
    moment = phrases.day(new.starts_at)
    if not clock.is_all_day(new.starts_at, new.ends_at):
        moment = f"{moment} {phrases.at_span(new.starts_at, new.ends_at)}"
    return moment


def _show(
    page: HousePage, row: Occurrence, form: MoveForm, status: int = 200, look_first: bool = False
) -> Response:
    if status == 409:
        form.seen.data = stamp_of(row)
    if form.span is None and request.method == "GET":
        form.read_span()
    new = new_time_of(page, row, form)
    return render(
        "staff/move.html",
        "date_preview",
        status=status,
        page=page,
        row=row,
        title=title_of(row),
        form=form,
        new=new,
        stale=status == 409,
        typed=_when(new) if new else "",
        look_first=look_first,
        too_late=is_too_late(row),
        comes_back=row.status is Status.CANCELLED,
        action=url_for("staff.move", chapter=page.house.slug, number=row.id),
        in_week=url_for("staff.move_many_page", chapter=page.house.slug, vecka=week_of(row)),
        onwards=url_for(
            "staff.move_many_page",
            chapter=page.house.slug,
            aktivitet=row.event_id,
            fran=row.starts_at.date().isoformat(),
        ),
    )
