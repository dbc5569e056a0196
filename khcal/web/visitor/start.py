"""The first page: all houses, and what comes next in each."""

from __future__ import annotations

from flask import Blueprint, Response, url_for

from khcal import queries
from khcal.calendaring import clock
from khcal.web.canonical import public_url
from khcal.web.htmx import render
from khcal.web.kept import keep_until_change_of
from khcal.web.revisions import EVERY_HOUSE

blueprint = Blueprint("start", __name__)

DATES_A_HOUSE = 5


@blueprint.get("/")
def houses() -> Response:
    """Every house with its next dates."""
    keep_until_change_of(EVERY_HOUSE)
    today = clock.today()
    return render(
        "visitor/start.html",
        houses=queries.all_houses(),
        next_dates=queries.next_dates(DATES_A_HOUSE, today),
        feed=f"{public_url()}{url_for('feeds.everything')}",
    )
