"""One tap on a row: places, few left, full, a place free today, and round again."""

from __future__ import annotations

from flask import Response, abort, flash, make_response, render_template, request

from khcal.calendaring import clock, phrases
from khcal.calendaring.vacancy import Vacancy
from khcal.db import db
from khcal.i18n import gettext as _
from khcal.models import DateError, Occurrence
from khcal.models.bookkeeping import begin_change
from khcal.queries import HousePage
from khcal.queries.staff.programme import staff_date

from ..htmx import is_partial
from .access import load_date, load_own_house
from .done import commit_and_tell
from .people import person
from .ways_back import back_to_programme


def say_places(chapter: str, number: int) -> Response:
    """Say how full a date is. The form names the state, so that a double click is one tap."""
    page = load_own_house(chapter)
    row = load_date(page, number)
    vacancy = _wanted()
    begin_change(db.session(), "places", person().id, page.house.id)
    try:
        row.say_vacancy(vacancy, clock.today())
    except DateError as error:
        db.session.rollback()
        flash(str(error))
    else:
        commit_and_tell(page, _sentence(row, vacancy))
    return _row_alone(page, number) if is_partial() else _back(page, number)


def _wanted() -> Vacancy:
    try:
        return Vacancy(request.form.get("platser", ""))
    except ValueError:
        abort(400)


def _sentence(row: Occurrence, vacancy: Vacancy) -> str:
    title, day = row.title or row.event.title, phrases.day(row.starts_at)
    return _("{title} {day}: {state}.").format(title=title, day=day, state=phrases.vacancy_label(vacancy))


def _row_alone(page: HousePage, number: int) -> Response:
    row = staff_date(page.house.id, number)
    return make_response(render_template("staff/_row_changed.html", page=page, row=row))


def _back(page: HousePage, number: int) -> Response:
    return back_to_programme(page, staff_date(page.house.id, number).starts_at.date(), number)
