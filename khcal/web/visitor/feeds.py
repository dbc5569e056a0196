"""Calendar files over HTTP: a house, a group, one date, everything.

A feed costs little to ask for again (ETag, Last-Modified, 304) and is the same for everybody: no
cookie, no redirect, no look at who asks.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, make_response, request

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.feed import FeedHeader, calendar, last_modified, window
from khcal.calendaring.filters import read_filters
from khcal.calendaring.shapes import House, ListedDate
from khcal.calendaring.terms import Appearance
from khcal.i18n import gettext as _
from khcal.web.access import load_house, moved_date, renamed_group

from .choices import choices

blueprint = Blueprint("feeds", __name__)

HEADERS = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Cache-Control": "public, max-age=900, stale-while-revalidate=3600, stale-if-error=86400",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
COLOUR_OF_ALL = "teal"
DISCREET_FILE = "kalender"
NOTHING: Mapping[str, str] = MappingProxyType({})


@blueprint.get("/<chapter>.ics")
def house(chapter: str) -> Response:
    """What a house shows: everything, or what the filters of its list leave."""
    house = load_house(chapter).house
    filters, _unknown = read_filters(request.args)
    rows = queries.feed_dates(house.id, *window(clock.today()), filters=filters)
    name = ", ".join(filter(None, [choices(house.slug, filters, len(rows)).words, house.name]))
    filename = "-".join(["kraftens-hus", house.slug, *filters.as_query.values()])
    return _answer(_header(house, name, f"/{house.slug}", filters.as_query), rows, filename)


@blueprint.get("/<chapter>/diskret.ics")
def discreet(chapter: str) -> Response:
    """The same dates with neutral words, for a calendar that others see."""
    house = load_house(chapter).house
    filters, _unknown = read_filters(request.args)
    rows = queries.feed_dates(house.id, *window(clock.today()), filters=filters)
    return _answer(_discreet_header(house, f"/{house.slug}", filters.as_query), rows, DISCREET_FILE)


@blueprint.get("/<chapter>/aktivitet/<slug>.ics")
def group(chapter: str, slug: str) -> Response:
    """One group. It keeps its address when nothing is planned, and when its publication was undone."""
    found = _group(chapter, slug)
    header = _header(found.house, f"{found.title}, {found.house.name}", found.path)
    return _answer(header, found.rows, f"kraftens-hus-{found.house.slug}-{found.slug}")


@blueprint.get("/<chapter>/aktivitet/<slug>/diskret.ics")
def discreet_group(chapter: str, slug: str) -> Response:
    """One group with neutral words."""
    found = _group(chapter, slug)
    return _answer(_discreet_header(found.house, found.path), found.rows, DISCREET_FILE)


@blueprint.get("/<chapter>/tillfalle/<int(max=2147483647):number>.ics")
def one_date(chapter: str, number: int) -> Response:
    """One date, to save just that one; the same uid as in the feeds."""
    page = load_house(chapter)
    house = page.house
    rows = [row for row in queries.date_rows(house.id, number) if row.appearance is Appearance.START]
    if not rows:
        return one_date(moved_date(page, number), number)
    header = _header(house, f"{rows[0].title}, {house.name}", f"/{house.slug}/tillfalle/{number}")
    return _answer(header, rows, f"kraftens-hus-{house.slug}-{number}")


@blueprint.get("/alla.ics")
def everything() -> Response:
    """All houses, each date once."""
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


@dataclass(frozen=True, slots=True)
class _FedGroup:
    house: House
    slug: str
    title: str
    rows: list[ListedDate]

    @property
    def path(self) -> str:
        return f"/{self.house.slug}/aktivitet/{self.slug}"


def _group(chapter: str, slug: str) -> _FedGroup:
    """The group at this address, or the one that had it once."""
    page = load_house(chapter)
    rows = queries.feed_dates(page.house.id, *window(clock.today()), slug=slug)
    shown = queries.group(page.house.id, slug)
    if shown is None and not rows:
        return _group(*renamed_group(page, slug))
    return _FedGroup(page.house, slug, shown.title if shown else rows[-1].title, rows)


def _header(
    house: House, name: str, path: str, query: Mapping[str, str] = NOTHING, file: str = ".ics"
) -> FeedHeader:
    """``path`` is the page's, without the slash at the end of a house's; ``query`` narrows page and file."""
    asked = f"?{urlencode(query)}" if query else ""
    told = _("Det som händer hos {house}. Ändringar och inställda träffar kommer av sig själva.")
    return FeedHeader(
        name=_named(name),
        description=told.format(house=house.name),
        source=f"{_public_url()}{path}{file}{asked}",
        page=f"{_public_url()}{path}{'' if path.count('/') > 1 else '/'}{asked}",
        colour=house.colour,
        changed_at=house.changed_at,
    )


def _discreet_header(house: House, path: str, query: Mapping[str, str] = NOTHING) -> FeedHeader:
    """A file that does not say whose it is, and leads nowhere by itself."""
    return replace(
        _header(house, _("Aktiviteter"), path, query, "/diskret.ics"),
        description=_("Ändringar och inställda träffar kommer av sig själva."),
        page="",
        is_discreet=True,
    )


def _named(name: str) -> str:
    """The name of a calendar; one from a demonstration says so, since it lies among true ones."""
    return f"{name} ({_('påhittat program')})" if current_app.extensions["khcal"].demo else name


def _public_url() -> str:
    address: str = current_app.extensions["khcal"].public_url
    return address


def _answer(header: FeedHeader, rows: list[ListedDate], filename: str) -> Response:
    """The file, or 304 when the reader has it; zipped it is another file with another ETag."""
    body = calendar(header, rows, _public_url())
    etag = sha256(body).hexdigest()[:32]
    response = make_response(body)
    response.headers.update(HEADERS)
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    response.vary.add("Accept-Encoding")
    response.last_modified = clock.from_epoch_seconds(last_modified(header.changed_at, clock.today()))
    if request.accept_encodings.quality("gzip") > 0:
        response.set_data(_zipped(body))
        response.content_encoding = "gzip"
        etag += "-gzip"
    response.set_etag(etag)
    return response.make_conditional(request)  # type: ignore[return-value]


@lru_cache(maxsize=8)
def _zipped(body: bytes) -> bytes:
    return gzip.compress(body, compresslevel=6, mtime=0)
