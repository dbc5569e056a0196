"""The house itself: its notices, closed days, breaks, rooms and facts, on one page."""

from __future__ import annotations

from datetime import timedelta

from flask import Response, make_response, render_template

from khcal.calendaring import clock
from khcal.queries.staff import closures
from khcal.queries.staff import house as house_queries

from .access import load_own_house

# What ended lately is still told, so that nobody wonders where it went.
TOLD_AFTERWARDS = timedelta(days=60)


def house(chapter: str) -> Response:
    """Everything that is the house's own, each with the way to change it."""
    page = load_own_house(chapter)
    today, number = clock.today(), page.house.id
    since = today - TOLD_AFTERWARDS
    return make_response(
        render_template(
            "staff/house.html",
            page=page,
            notices=house_queries.notices(number, since),
            closures=closures.closures(number, since),
            breaks=house_queries.breaks(number, today),
            rooms=house_queries.room_uses(number, clock.wall_now()),
            closed_today=closures.closed_on(number, today),
        )
    )
