"""Calendar files over HTTP: a house, a group, one date, everything.

A feed costs little to ask for again (ETag, Last-Modified, 304) and is the same for everybody: no
cookie, no redirect, no look at who asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlencode

from flask import Response, abort, current_app, request

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.feed import FeedHeader, calendar
from khcal.calendaring.feed_text import FeedDate, feed_date
from khcal.calendaring.feed_window import last_modified, window
from khcal.calendaring.filters import Filters, read_filters
from khcal.calendaring.reading_text import slug_of
from khcal.calendaring.shapes import House
from khcal.calendaring.terms import Appearance
from khcal.i18n import gettext as _
from khcal.queries import HousePage
from khcal.web.access import load_house, moved_date, new_group
from khcal.web.canonical import public_url
from khcal.web.for_programs import answer_programs, days_told
from khcal.web.kept import keep_under, keep_until_change_of
from khcal.web.revisions import EVERY_HOUSE

from .choices import choices

CONTENT_TYPE = "text/calendar; charset=utf-8"
COLOUR_OF_ALL = "teal"
DISCREET_FILE = "kalender"
NOTHING: Mapping[str, str] = MappingProxyType({})


def house(chapter: str) -> Response:
    """What a house shows: everything, or what the filters of its list leave."""
    page, filters = load_house(chapter), _filters()
    house = page.house
    rows = queries.feed_dates(house.id, *days_told(page), filters=filters)
    name = ", ".join(filter(None, [choices(house.slug, filters, len(rows)).words, house.name]))
    filename = "-".join(["kraftens-hus", house.slug, *map(slug_of, filters.as_query.values())])
    header = _header(house, name, f"/{house.slug}", filters.as_query)
    return _answer(header, rows, filename, _lost(house, filters))


def discreet(chapter: str) -> Response:
    """The same dates with neutral words, for a calendar that others see."""
    page, filters = load_house(chapter), _filters()
    house = page.house
    rows = queries.feed_dates(house.id, *days_told(page), filters=filters)
    header = _discreet_header(house, f"/{house.slug}", filters.as_query)
    return _answer(header, rows, DISCREET_FILE, _lost(house, filters))


def group(chapter: str, slug: str) -> Response:
    """One group. It keeps its address when nothing is planned, and when its publication was undone."""
    found = _group(chapter, slug)
    header = _header(found.house, f"{found.title}, {found.house.name}", found.path)
    filename = f"kraftens-hus-{found.house.slug}-{found.slug}"
    return _answer(header, found.rows, filename, found.house.dropped_at)


def discreet_group(chapter: str, slug: str) -> Response:
    """One group with neutral words."""
    found = _group(chapter, slug)
    header = _discreet_header(found.house, found.path)
    return _answer(header, found.rows, DISCREET_FILE, found.house.dropped_at)


def one_date(chapter: str, number: int) -> Response:
    """One date, to save just that one; the same uid as in the feeds."""
    page = load_house(chapter)
    house = page.house
    rows = [row for row in queries.date_rows(house.id, number) if row.appearance is Appearance.START]
    if not rows:
        return one_date(moved_date(page, number), number)
    header = _header(house, f"{rows[0].title}, {house.name}", f"/{house.slug}/tillfalle/{number}")
    # Who saves a date has a copy, which nothing comes to by itself.
    saved = replace(header, description=_("Ett sparat datum. Ändras träffen står det på webben."))
    return _answer(saved, [*map(feed_date, rows)], f"kraftens-hus-{house.slug}-{number}")


def everything() -> Response:
    """All houses, each date once."""
    keep_until_change_of(EVERY_HOUSE)
    changed_at, dropped_at = queries.last_change()
    header = FeedHeader(
        name=_named(_("Kraftens hus, alla hus")),
        description=_("Det som händer i alla hus. Ändringar och inställda träffar kommer av sig själva."),
        source=f"{public_url()}/alla.ics",
        page=f"{public_url()}/",
        colour=COLOUR_OF_ALL,
        changed_at=changed_at,
    )
    rows = queries.feed_dates(None, *window(clock.today()))
    return _answer(header, rows, "kraftens-hus-alla", dropped_at)


def _filters() -> Filters:
    """What the address asks for; nobody knows what is searched for often enough to keep it."""
    filters, _unknown = read_filters(request.args)
    keep_under(None if filters.text else filters.as_query)
    return filters


@dataclass(frozen=True, slots=True)
class _FedGroup:
    house: House
    slug: str
    title: str
    rows: list[FeedDate]

    @property
    def path(self) -> str:
        return f"/{self.house.slug}/aktivitet/{self.slug}"


def _group(chapter: str, slug: str) -> _FedGroup:
    """The group at this address, or the one that had it once."""
    page = load_house(chapter)
    rows = queries.published_dates(page.house.id, *days_told(page), slug=slug)
    own = [row for row in rows if row.slug == slug]
    shown = queries.group(page.house.id, slug)
    if shown is None and not own:
        return _group_no_longer(page, slug)
    title = shown.title if shown else own[-1].title
    return _FedGroup(page.house, slug, title, [*map(feed_date, rows)])


def _group_no_longer(page: HousePage, slug: str) -> _FedGroup:
    """The group under its new address, or nothing of one that only others show: 404 would keep its dates."""
    if new := new_group(page, slug):
        return _group(*new)
    title = queries.title_elsewhere(slug) or abort(404)
    # Any house can change that, or be the last that has a group of that name.
    keep_until_change_of(EVERY_HOUSE)
    return _FedGroup(page.house, slug, title, [])


def _header(
    house: House, name: str, path: str, query: Mapping[str, str] = NOTHING, file: str = ".ics"
) -> FeedHeader:
    """``path`` is the page's, without the slash at the end of a house's; ``query`` narrows page and file."""
    asked = f"?{urlencode(query)}" if query else ""
    told = _("Det som händer hos {house}. Ändringar och inställda träffar kommer av sig själva.")
    return FeedHeader(
        name=_named(name),
        description=told.format(house=house.name),
        source=f"{public_url()}{path}{file}{asked}",
        page=f"{public_url()}{path}{'' if path.count('/') > 1 else '/'}{asked}",
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


def _lost(house: House, filters: Filters) -> int:
    """When it last lost a date. What a search finds goes by every word, which any change may touch."""
    return house.changed_at if filters.text else house.dropped_at


def _answer(header: FeedHeader, rows: list[FeedDate], filename: str, lost_at: int = 0) -> Response:
    """The file. It tells when the newest of its dates was changed, or when one was lost that may have been.

    For the time that a process may be behind another (``web/revisions.py``) it may know only of the former.
    """
    newest = max((row.changed_at for row in rows), default=0)
    own = replace(header, changed_at=last_modified(max(newest, lost_at), clock.today()))
    response = answer_programs(calendar(own, rows, public_url()), CONTENT_TYPE, header.changed_at)
    response.headers["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return response
