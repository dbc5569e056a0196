"""The programme of one's house: this week and the next as rows, and what is still a draft."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Response, make_response, render_template, request

from khcal.calendaring import clock
from khcal.forms.typed import TypedError, read_day
from khcal.queries import staff

from .access import load_own_house
from .ways_back import DAYS_SHOWN, last_day_shown
from .weeks import shown_weeks


def programme(chapter: str) -> Response:
    """This week from today and the next one whole, or the same from the day asked for."""
    page = load_own_house(chapter)
    first = _day_asked_for()
    return make_response(
        render_template(
            "staff/programme.html",
            page=page,
            weeks=shown_weeks(page, first),
            drafts=staff.drafts(page.house.id),
            first=first,
            this_monday=clock.monday_of(clock.today()),
            earlier=_earlier(first),
            later=staff.first_day_after(page.house.id, last_day_shown(first)),
        )
    )


def _day_asked_for() -> date:
    try:
        return read_day(request.args.get("fran", ""))
    except TypedError:
        return clock.today()


def _earlier(first: date) -> date:
    """Where one comes by looking back: to the Monday of the week, then two weeks at a time."""
    monday = clock.monday_of(first)
    return monday if first > monday else monday - timedelta(days=DAYS_SHOWN)
