"""A group with all its dates over the years, and the page of one date."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.calendar_links import google_link, outlook_link
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.structured_data import Site, event_data, series_data
from khcal.calendaring.terms import Appearance
from khcal.queries import HousePage
from khcal.web.access import lead_to_new_group, load_house, moved_date
from khcal.web.canonical import home_of, picture_address, whole_address
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
        lead_to_new_group(page, slug)
        abort(404)
    today, site = clock.today(), _site(page, shown.chapter_slug)
    dates = [row for row in queries.group_dates(page.house.id, slug) if _is_listed(row)]
    coming = [row for row in dates if row.last_day >= today]
    return render(
        "visitor/group.html",
        page=page,
        group=shown,
        canonical=site.page(f"aktivitet/{slug}"),
        structured=series_data(shown, coming[:SHOWN_FIRST], site, today),
        shown_first=SHOWN_FIRST,
        coming=coming,
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
    shown = queries.group(page.house.id, row.slug, number) or abort(404)
    site = _site(page, row.chapter_slug)
    return render(
        "visitor/date.html",
        page=page,
        row=row,
        canonical=site.page(f"tillfalle/{row.id}"),
        structured=event_data(row, shown, site, clock.today()),
        left=[each for each in rows if each.was_moved_away],
        group=shown,
        google=google_link(row, site.address),
        outlook=outlook_link(row, site.address),
        address=site.page(f"tillfalle/{row.id}", page.house.slug),
    )


def _site(page: HousePage, owner: str) -> Site:
    return Site(whole_address(""), picture_address(), home_of(page, owner))


def _is_listed(row: ListedDate) -> bool:
    """Whether the row is the date itself, not one of its later days or a day that it left."""
    return row.appearance is Appearance.START
