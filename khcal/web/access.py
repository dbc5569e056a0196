"""The first line of a view: load what the address names, or answer as if it did not exist.

Also opens each request's transaction for reading only, unless the request is one that writes.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta

from flask import Flask, Response, abort, current_app, g, redirect, request

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.reading_text import slug_of
from khcal.config import Settings
from khcal.db import db, reading
from khcal.forms.swedish import RESUMED
from khcal.queries import HousePage

from .disguised import is_disguised, is_folder_of_file
from .house_pages import house_pages_of
from .kept import keep_until_change_of

READING = frozenset({"GET", "HEAD", "OPTIONS"})
STAFF = "/personal/"
# Addresses that machines keep and that do not follow a redirect.
FILES = (".ics", ".json")
FEEDS = ".ics"
FRAME = "/inbaddad"
CLOSED_IS_TOLD_FOR = timedelta(days=365)


def init_app(app: Flask) -> None:
    """Hold requests that only read to reading."""
    settings: Settings = app.extensions["khcal"]

    @app.before_request
    def refuse_what_nobody_typed() -> None:
        # PostgreSQL can't even look for text with a NUL in it.
        if "\0" in request.path or is_disguised(request.environ) or is_folder_of_file():
            abort(404)

    @app.before_request
    def begin_reading() -> None:
        if request.method in READING or is_resuming():
            held: AbstractContextManager[None] = reading()
            held.__enter__()
            g.held_to_reading = held

    @app.teardown_request
    def end_reading(error: BaseException | None) -> None:
        held = g.pop("held_to_reading", None)
        try:
            db.session.remove()
        finally:
            # A connection that died must not leave this thread reading for ever.
            if held is not None:
                held.__exit__(None, None, None)

    @app.context_processor
    def common_values() -> dict[str, object]:
        return {"demo": settings.demo, "public_url": settings.public_url, "today": clock.today()}


def is_resuming() -> bool:
    """Whether a form of the staff is only brought back, as it was filled in: nothing may be saved."""
    return request.path.startswith(STAFF) and request.method == "POST" and RESUMED in request.form


def load_house(slug: str) -> HousePage:
    """The house at ``slug`` with what its pages share; 404 when there is none.

    An old address leads to the new one, and a file at an old address is the same file.
    """
    page = _page_at(slug)
    if page is None:
        new = queries.new_house_slug(slug) or _typed_otherwise(slug)
        if new is None:
            _lead_to_another_house(slug)
            abort(404)
        _lead_on(f"/{slug}", f"/{new}")
        page = _page_at(new) or abort(404)
    g.house_page = page
    keep_until_change_of(page.house.slug)
    return page


def _page_at(slug: str) -> HousePage | None:
    return house_pages_of(current_app).get(slug) or _closed_page_at(slug)


def _closed_page_at(slug: str) -> HousePage | None:
    """A closed house has no pages, but what others show of it says so for a year; then it is gone."""
    closed = queries.closed_house(slug) if _is_shown_by_others() else None
    if closed is None:
        return None
    house, closed_on = closed
    if clock.today() > closed_on + CLOSED_IS_TOLD_FOR:
        abort(410)
    return HousePage(house, (), (), closed_on)


def _is_shown_by_others() -> bool:
    """Whether the address is a feed's, that of the same dates as JSON, or that of the list in a frame."""
    path = request.path
    # The wall's programme is JSON too.
    return path.endswith((FEEDS, FRAME)) or (path.endswith(FILES) and path.count("/") == 1)


def _typed_otherwise(slug: str) -> str | None:
    """A house's address as a phone writes it that begins with a capital: ``Göteborg``."""
    plain = slug_of(slug)
    return plain if plain != slug and any(house.slug == plain for house in queries.all_houses()) else None


def _lead_to_another_house(slug: str) -> None:
    """A date or a group of a house that has closed is still shown by others: links to it go there."""
    if request.path.endswith(FILES):
        return
    asked = request.view_args or {}
    wanted = {"number": asked.get("number"), "group_slug": asked.get("slug")}
    other = queries.house_showing(slug, **wanted) if any(wanted.values()) else None
    if other is not None:
        address = request.path.replace(f"/{slug}/", f"/{other}/", 1)
        # For now only: the house may open again.
        abort(redirect(address, 302))


def new_group(page: HousePage, slug: str) -> tuple[str, str] | None:
    """House and slug that a group has now which had this one once, if any had."""
    if new := queries.new_group_slug(page.house.id, slug):
        return page.house.slug, new
    return queries.new_group_home(page.house.id, slug)


def lead_to_new_group(page: HousePage, slug: str) -> None:
    """Send a reader on to the page that a group has now; 404 when no group had the old address."""
    home, new = new_group(page, slug) or abort(404)
    _lead_on(f"/{page.house.slug}/aktivitet/{slug}", f"/{home}/aktivitet/{new}")


def moved_date(page: HousePage, number: int) -> str:
    """The house that keeps a date now which this house had once; pages are led there. 404 otherwise."""
    home = queries.new_date_home(page.house.id, number) or abort(404)
    _lead_on(f"/{page.house.slug}/tillfalle/", f"/{home}/tillfalle/")
    return home


def _lead_on(old: str, new: str) -> None:
    """Send a reader of pages to the new address for good; subscribers can't be trusted to follow."""
    if not request.path.endswith(FILES):
        query = f"?{request.query_string.decode()}" if request.query_string else ""
        abort(redirect(request.path.replace(old, new, 1) + query, 301))


def redirect_to(address: str) -> Response:
    """Send the reader on after a form, so that going back does not send the form again."""
    return redirect(address, 303)  # type: ignore[return-value]
