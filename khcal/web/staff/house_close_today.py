""" "Huset är stängt i dag" in two clicks: look at what it hits, and close."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from khcal.calendaring import clock
from khcal.forms.closure import TITLE, TodayForm
from khcal.i18n import gettext as _
from khcal.queries import HousePage
from khcal.queries.staff import closures

from .access import load_own_house
from .house_closing import NOT_YET, Outcome, Span, close_house, consequences, made_already, tell_of
from .ways_back import back_to_programme


def close_today_page(chapter: str) -> Response:
    """What it hits today, or that the house is closed already."""
    page = load_own_house(chapter)
    return _show(page, TodayForm())


def close_today(chapter: str) -> Response:
    """Close the house today: web, wall and feeds say so at once. Sent twice it is one closure."""
    page = load_own_house(chapter)
    form = TodayForm(request.form)
    if made_already(page, form):
        return _go_on(page, form)
    if closures.closed_on(page.house.id, clock.today()):
        return _show(page, form)
    if not form.validate():
        return _show(page, form, 422)
    words = (_(TITLE), form.short_text.data or "", form.whole_reason)
    outcome = close_house(page, form, _today(), *words, once=True)
    if outcome in NOT_YET:
        return _show(page, form, NOT_YET[outcome], look_first=True)
    return _show(page, form) if outcome is Outcome.CLOSED_ALREADY else _go_on(page, form)


def _go_on(page: HousePage, form: TodayForm) -> Response:
    """To the texts for those who were to come, unless the closure was altered meanwhile."""
    made = made_already(page, form)
    return (tell_of(page, made.occurrences[0]) if made else None) or back_to_programme(page)


def _today() -> Span:
    return Span(clock.today(), clock.today())


def _show(page: HousePage, form: TodayForm, status: int = 200, **told: object) -> Response:
    closed = closures.closed_on(page.house.id, clock.today())
    found = consequences(page, form, _today(), _today() if closed else None)
    body = render_template(
        "staff/house_close_today.html", page=page, form=form, closed=closed, found=found, **told
    )
    return make_response(body, status)
