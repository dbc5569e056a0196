"""The programme of one's house: coming dates by day, and what is still a draft."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from flask import Response, make_response, render_template, request

from khcal.calendaring import clock
from khcal.forms.typed import TypedError, read_day
from khcal.queries import staff

from .access import load_own_house
from .blueprint import blueprint
from .ways_back import DAYS_SHOWN


@blueprint.get("/<chapter>/")
def programme(chapter: str) -> Response:
    """Four weeks from today, or from the day asked for."""
    page = load_own_house(chapter)
    first = _day_asked_for()
    last = first + timedelta(days=DAYS_SHOWN - 1)
    rows = staff.staff_dates(page.house.id, first, last)
    days = [(day, list(found)) for day, found in groupby(rows, lambda row: max(row.starts_at.date(), first))]
    return make_response(
        render_template(
            "staff/programme.html",
            page=page,
            days=days,
            drafts=staff.drafts(page.house.id),
            first=first,
            later=staff.first_day_after(page.house.id, last),
        )
    )


def _day_asked_for() -> date:
    try:
        return read_day(request.args.get("fran", ""))
    except TypedError:
        return clock.today()
