"""The house itself: where it is, how to get in, when it is open, whom to ask."""

from __future__ import annotations

from flask import Blueprint, Response

from khcal import queries
from khcal.calendaring import clock
from khcal.web.access import load_house
from khcal.web.htmx import render

blueprint = Blueprint("house", __name__)


@blueprint.get("/<chapter>/huset")
def house(chapter: str) -> Response:
    """Address, way in, opening hours, telephone and access of a house."""
    page = load_house(chapter)
    yesterday = clock.today() - clock.ONE_DAY
    return render("visitor/house.html", page=page, next_row=queries.first_day_after(page.house.id, yesterday))
