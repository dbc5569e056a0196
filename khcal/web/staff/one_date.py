"""Change one date and no other: "Bara det här tillfället"."""

from __future__ import annotations

from flask import Response, make_response, render_template, request, url_for
from sqlalchemy.orm.exc import StaleDataError

from khcal.forms.one_date import OneDateForm
from khcal.i18n import gettext as _
from khcal.models import Occurrence
from khcal.models.own_looks import change_alone
from khcal.queries import HousePage

from .access import load_own_house
from .after_dates import go_on, named, save_dates, title_of
from .chosen import load_own_date
from .new_times import NewTime, look_around
from .one_date_form import is_stored, make_one_date_form
from .ways_back import back_to_programme


def edit_date(chapter: str, number: int) -> Response:
    """What the date has of its own, to be changed."""
    page = load_own_house(chapter)
    row = load_own_date(page, number)
    return _show(page, row, make_one_date_form(page, row))


def update_date(chapter: str, number: int) -> Response:
    """Change it, unless somebody changed it meanwhile or there is a warning that nobody has seen."""
    page = load_own_house(chapter)
    row = load_own_date(page, number)
    form = make_one_date_form(page, row, request.form)
    disputed = form.disputes(make_one_date_form(page, row))
    if not form.validate() or form.span is None:
        return _show(page, row, form, 409 if disputed else 422)
    if is_stored(row, form):
        return _back(page, row)
    if disputed:
        return _show(page, row, form, 409)
    new = NewTime(row, *form.span, form.room_id.data)
    look_around(page, [new])
    if new.is_changed and new.warnings and new.warnings != form.shown.data:
        return _show(page, row, form, 422, new)
    return _save(page, row, form, new)


def _save(page: HousePage, row: Occurrence, form: OneDateForm, new: NewTime) -> Response:
    number, is_news = row.id, new.is_changed
    told = _("{date} är ändrat.").format(date=named(row))
    try:
        change = save_dates(
            page, "edit", lambda: change_alone(row, form.looks(), new.starts_at, new.ends_at), told
        )
    except StaleDataError:
        row = load_own_date(page, number)
        form.disputes(make_one_date_form(page, row))
        return _show(page, row, form, 409)
    return go_on(page, row, change) if is_news else _back(page, row)


def _back(page: HousePage, row: Occurrence) -> Response:
    return back_to_programme(page, row.starts_at.date(), row.id)


def _show(
    page: HousePage, row: Occurrence, form: OneDateForm, status: int = 200, look_first: NewTime | None = None
) -> Response:
    shown = render_template(
        "staff/one_date.html",
        page=page,
        row=row,
        title=title_of(row),
        form=form,
        new=look_first,
        is_stale=status == 409,
        of_all=url_for("staff.edit_event", chapter=page.house.slug, number=row.event_id, tillfalle=row.id),
    )
    return make_response(shown, status)
