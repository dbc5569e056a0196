"""What search engines are told: which addresses they may read, and which pages there are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Response, make_response, render_template, url_for

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.feed_window import window
from khcal.calendaring.shapes import House, ListedDate
from khcal.calendaring.terms import Appearance
from khcal.web.canonical import whole_address
from khcal.web.kept import keep_until_change_of
from khcal.web.revisions import EVERY_HOUSE

blueprint = Blueprint("search_engines", __name__)

# Google's calendar asks robots.txt before it fetches a feed.
ROBOTS = "User-agent: *\nDisallow: /personal/\nAllow: /\n\nSitemap: {sitemap}\n"
# A sitemap may not hold more; the dates that come first are told first.
MOST = 50_000


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page with its whole address and when it last changed, where that is known."""

    address: str
    changed: datetime | None = None


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Everything public may be read."""
    keep_until_change_of()
    response = make_response(ROBOTS.format(sitemap=whole_address(url_for("search_engines.sitemap"))))
    response.mimetype = "text/plain"
    return response


@blueprint.get("/sitemap.xml")
def sitemap() -> Response:
    """Every page that is worth finding, each by its one address: houses, groups and the dates to come."""
    keep_until_change_of(EVERY_HOUSE)
    houses = queries.all_houses()
    coming = _coming({house.slug for house in houses})
    pages = [*_common_pages(), *_pages_of(houses), *_groups(coming), *_dates(coming)]
    response = make_response(render_template("visitor/sitemap.xml", pages=pages[:MOST]))
    response.mimetype = "application/xml"
    return response


def _coming(of_houses: set[str]) -> list[ListedDate]:
    """What is not over. What was withdrawn, or called off by a closed house, is in feeds but has no page."""
    today = clock.today()
    rows = queries.published_dates(None, today, window(today)[1])
    coming = [row for row in rows if row.last_day >= today and row.appearance is Appearance.START]
    return [row for row in coming if row.chapter_slug in of_houses]


def _common_pages() -> Iterator[SitePage]:
    for name in ("start.houses", "about.privacy", "about.access"):
        yield SitePage(whole_address(url_for(name)))


def _pages_of(houses: list[House]) -> Iterator[SitePage]:
    for house in houses:
        for name in ("programme.dates", "house.house", "subscribe.subscribe"):
            yield _page(url_for(name, chapter=house.slug), house.changed_at)


def _groups(coming: list[ListedDate]) -> Iterator[SitePage]:
    """Groups with dates to come, changed when one of these did."""
    changed: dict[tuple[str, str], int] = {}
    for row in coming:
        key = (row.chapter_slug, row.slug)
        changed[key] = max(changed.get(key, 0), row.changed_at)
    for (chapter, slug), changed_at in changed.items():
        yield _page(url_for("group.group", chapter=chapter, slug=slug), changed_at)


def _dates(coming: list[ListedDate]) -> Iterator[SitePage]:
    for row in coming:
        yield _page(url_for("group.one_date", chapter=row.chapter_slug, number=row.id), row.changed_at)


def _page(path: str, changed_at: int) -> SitePage:
    return SitePage(whole_address(path), clock.from_epoch_seconds(changed_at) if changed_at else None)
