"""Call off one date, with a reason, and take that back."""

from __future__ import annotations

from flask import Response, flash, make_response, render_template, request

from khcal.calendaring import phrases
from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.forms.cancel import CancelForm
from khcal.i18n import gettext as _
from khcal.models import Occurrence
from khcal.models.bookkeeping import begin_change
from khcal.queries import HousePage

from .access import load_date, load_own_house
from .blueprint import blueprint
from .people import person
from .ways_back import back_to_programme


@blueprint.get("/<chapter>/tillfalle/<int:number>/stall-in")
def cancel_page(chapter: str, number: int) -> Response:
    """Which date, and why."""
    page = load_own_house(chapter)
    row = load_date(page, number)
    return _show(page, row, CancelForm.showing(row.reason))


@blueprint.post("/<chapter>/tillfalle/<int:number>/stall-in")
def cancel(chapter: str, number: int) -> Response:
    """Call it off. It keeps its place in calendar, wall and feed."""
    page = load_own_house(chapter)
    row = load_date(page, number)
    form = CancelForm(request.form)
    if not form.validate():
        return _show(page, row, form, 422)
    begin_change(db.session(), "cancel", person().id, page.house.id)
    row.cancel(form.sentence)
    db.session.commit()
    flash(_("{title} {day} är inställt.").format(title=_title(row), day=phrases.day(row.starts_at)))
    return _back(page, row)


@blueprint.post("/<chapter>/tillfalle/<int:number>/ta-tillbaka")
def restore(chapter: str, number: int) -> Response:
    """It takes place after all."""
    page = load_own_house(chapter)
    row = load_date(page, number)
    if row.status is Status.CANCELLED:
        begin_change(db.session(), "restore", person().id, page.house.id)
        row.restore()
        db.session.commit()
    flash(_("{title} {day} blir av.").format(title=_title(row), day=phrases.day(row.starts_at)))
    return _back(page, row)


def _show(page: HousePage, row: Occurrence, form: CancelForm, status: int = 200) -> Response:
    body = render_template("staff/cancel.html", page=page, row=row, title=_title(row), form=form)
    return make_response(body, status)


def _back(page: HousePage, row: Occurrence) -> Response:
    return back_to_programme(page, row.starts_at.date(), row.id)


def _title(row: Occurrence) -> str:
    return row.title or row.event.title
