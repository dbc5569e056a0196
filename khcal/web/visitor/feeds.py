"""Calendar files over HTTP: a house, a group, one date, everything; and what robots may read.

A feed costs little to ask for again (ETag, Last-Modified, 304) and is the same for everybody: no
cookie, no redirect, no look at who asks.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, current_app, make_response

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.feed import FeedHeader, calendar, last_modified, window
from khcal.calendaring.shapes import House, ListedDate
from khcal.calendaring.terms import Appearance
from khcal.i18n import gettext as _
from khcal.web.access import load_house, moved_date, renamed_group
from khcal.web.kept import keep_until_change_of
from khcal.web.revisions import EVERY_HOUSE

blueprint = Blueprint("feeds", __name__)

HEADERS = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Cache-Control": "public, max-age=900, stale-while-revalidate=3600, stale-if-error=86400",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
COLOUR_OF_ALL = "teal"
# Google's calendar asks robots.txt before it fetches a feed.
ROBOTS = "User-agent: *\nDisallow: /personal/\nAllow: /\n"


@blueprint.get("/<chapter>.ics")
def house(chapter: str) -> Response:
    """Everything that a house shows."""
    house = load_house(chapter).house
    rows = queries.feed_dates(house.id, *window(clock.today()))
    return _answer(_header(house, house.name, house.slug), rows, f"kraftens-hus-{house.slug}")


@blueprint.get("/<chapter>/aktivitet/<slug>.ics")
def group(chapter: str, slug: str) -> Response:
    """One group. It keeps its address when nothing is planned, and when its publication was undone."""
    page = load_house(chapter)
    house = page.house
    rows = queries.feed_dates(house.id, *window(clock.today()), slug=slug)
    shown = queries.group(house.id, slug)
    if shown is None and not rows:
        return group(*renamed_group(page, slug))
    title = shown.title if shown else rows[-1].title
    header = _header(house, f"{title}, {house.name}", f"{house.slug}/aktivitet/{slug}")
    return _answer(header, rows, f"kraftens-hus-{house.slug}-{slug}")


@blueprint.get("/<chapter>/tillfalle/<int(max=2147483647):number>.ics")
def one_date(chapter: str, number: int) -> Response:
    """One date, to save just that one; the same uid as in the feeds."""
    page = load_house(chapter)
    house = page.house
    rows = [row for row in queries.date_rows(house.id, number) if row.appearance is Appearance.START]
    if not rows:
        return one_date(moved_date(page, number), number)
    header = _header(house, f"{rows[0].title}, {house.name}", f"{house.slug}/tillfalle/{number}")
    return _answer(header, rows, f"kraftens-hus-{house.slug}-{number}")


@blueprint.get("/alla.ics")
def everything() -> Response:
    """All houses, each date once."""
    keep_until_change_of(EVERY_HOUSE)
    changed_at = max((house.changed_at for house in queries.all_houses()), default=0)
    header = FeedHeader(
        name=_named(_("Kraftens hus, alla hus")),
        description=_("Det som händer i alla hus. Ändringar och inställda träffar kommer av sig själva."),
        source=f"{_public_url()}/alla.ics",
        page=f"{_public_url()}/",
        colour=COLOUR_OF_ALL,
        changed_at=changed_at,
    )
    return _answer(header, queries.feed_dates(None, *window(clock.today())), "kraftens-hus-alla")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything public may be read."""
    keep_until_change_of()
    response = make_response(ROBOTS)
    response.mimetype = "text/plain"
    return response


def _header(house: House, name: str, path: str) -> FeedHeader:
    address = f"{_public_url()}/{path}"
    told = _("Det som händer hos {house}. Ändringar och inställda träffar kommer av sig själva.")
    return FeedHeader(
        name=_named(name),
        description=told.format(house=house.name),
        source=f"{address}.ics",
        page=address if "/" in path else f"{address}/",
        colour=house.colour,
        changed_at=house.changed_at,
    )


def _named(name: str) -> str:
    """The name of a calendar; one from a demonstration says so, since it lies among true ones."""
    return f"{name} ({_('påhittat program')})" if current_app.extensions["khcal"].demo else name


def _public_url() -> str:
    address: str = current_app.extensions["khcal"].public_url
    return address


def _answer(header: FeedHeader, rows: list[ListedDate], filename: str) -> Response:
    """The file. It tells when the newest of its dates was changed, for what changes none changes no byte.

    The headers tell when its houses were: who sends only a time back must not miss anything, not even that
    a date is no longer shown.
    """
    today = clock.today()
    newest = max((row.changed_at for row in rows), default=0)
    own = replace(header, changed_at=last_modified(newest, today))
    response = make_response(calendar(own, rows, _public_url()))
    response.headers.update(HEADERS)
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    response.last_modified = clock.from_epoch_seconds(last_modified(header.changed_at, today))
    return response
