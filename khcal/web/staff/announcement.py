"""Ready texts that tell visitors what a change did to dates."""

from __future__ import annotations

from flask import Response, abort, current_app, make_response, render_template, url_for

from khcal.calendaring.phrases.announcements import announce
from khcal.db import LARGEST_ID
from khcal.queries import HousePage
from khcal.queries.staff.announced import ToldChange, told_change

from .access import load_own_house
from .ways_back import address_in_programme


def announcement(chapter: str, number: int) -> Response:
    """What to send to those who were to come, in three forms; 404 when the change was not this house's."""
    page = load_own_house(chapter)
    change = (told_change(page.house.id, number) if number < LARGEST_ID else None) or abort(404)
    return make_response(
        render_template(
            "staff/announcement.html",
            page=page,
            change=change,
            texts=announce(change.dates, page.house.name, _address(page, change)),
            back=_back(page, change),
        )
    )


def _back(page: HousePage, change: ToldChange) -> str:
    """The row of the first date in the programme."""
    if not change.rows:
        return address_in_programme(page)
    first = change.rows[0]
    return address_in_programme(page, first.starts_at.date(), first.id)


def _address(page: HousePage, change: ToldChange) -> str:
    """Where all dates of the group stand, or of the house."""
    public: str = current_app.extensions["khcal"].public_url
    if change.slug:
        return public + url_for("group.group", chapter=page.house.slug, slug=change.slug)
    return public + url_for("programme.dates", chapter=page.house.slug)
