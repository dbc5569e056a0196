"""A group with all its dates over the years, and the page of one date."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.calendar_links import google_link, outlook_link
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Appearance
from khcal.web.access import load_house, moved_date, renamed_group
from khcal.web.canonical import home_of, whole_address
from khcal.web.htmx import render

blueprint = Blueprint("group", __name__)

# The next few answer most visitors; the rest of a term lies folded below them.
SHOWN_FIRST = 8


@blueprint.get("/<chapter>/aktivitet/<slug>")
def group(chapter: str, slug: str) -> Response:
    """What a group is, its coming dates, and those that have been."""
    page = load_house(chapter)
    shown = queries.group(page.house.id, slug)
    if shown is None:
        renamed_group(page, slug)
        abort(404)
    today = clock.today()
    dates = [row for row in queries.group_dates(page.house.id, slug) if _is_listed(row)]
    return render(
        "visitor/group.html",
        page=page,
        group=shown,
        canonical=whole_address(f"/{home_of(page, shown.chapter_slug)}/aktivitet/{slug}"),
        shown_first=SHOWN_FIRST,
        coming=[row for row in dates if row.last_day >= today],
        past=[row for row in reversed(dates) if row.last_day < today],
    )


@blueprint.get("/<chapter>/tillfalle/<int(max=2147483647):number>")
def one_date(chapter: str, number: int) -> Response:
    """Everything a visitor wonders about one date; 404 when this house does not show it."""
    page = load_house(chapter)
    rows = queries.date_rows(page.house.id, number)
    row = next((row for row in rows if _is_listed(row)), None)
    if row is None:
        moved_date(page, number)
        abort(404)
    public_url: str = current_app.extensions["khcal"].public_url
    return render(
        "visitor/date.html",
        page=page,
        row=row,
        canonical=whole_address(f"/{home_of(page, row.chapter_slug)}/tillfalle/{row.id}"),
        left=[each for each in rows if each.was_moved_away],
        group=queries.group(page.house.id, row.slug, number) or abort(404),
        google=google_link(row, public_url),
        outlook=outlook_link(row, public_url),
        address=f"{public_url}/{page.house.slug}/tillfalle/{row.id}",
    )


def _is_listed(row: ListedDate) -> bool:
    """Whether the row is the date itself, not one of its later days or a day that it left."""
    return row.appearance is Appearance.START
