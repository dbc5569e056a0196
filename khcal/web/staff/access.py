"""The first line of a staff view: load what the address names, if it is the person's to keep.

What belongs to another house does not exist here: the answer is the same 404 as for a wrong number.
"""

from __future__ import annotations

from flask import abort

from khcal import permissions, queries
from khcal.calendaring import clock
from khcal.calendaring.shapes import House
from khcal.db import LARGEST_ID, db
from khcal.models import Event, Occurrence
from khcal.queries import HousePage

from .people import person


def number_in(text: str) -> int | None:
    """A row's number as an address has it; ``None`` for what can be none."""
    # The length comes first: Python refuses to read what is very long.
    is_number = len(text) <= len(str(LARGEST_ID)) and text.isascii() and text.isdigit()
    return int(text) if is_number and int(text) < LARGEST_ID else None


def own_houses() -> list[House]:
    """The houses whose programme the person keeps, in order."""
    return [house for house in queries.all_houses() if permissions.may_edit(person().grants, house.id)]


def load_own_house(slug: str) -> HousePage:
    """The person's house at ``slug``; ``houses`` are those the person can switch to. 404 otherwise.

    A house that was renamed while somebody wrote is found by its old address too.
    """
    page = queries.house_page(slug, clock.today())
    if page is None and (new := queries.new_house_slug(slug)) is not None:
        page = queries.house_page(new, clock.today())
    if page is None or not permissions.may_edit(person().grants, page.house.id):
        abort(404)
    return page


def load_event(page: HousePage, number: int) -> Event:
    """An activity that this house keeps. 404 otherwise."""
    event = db.session.get(Event, number) if number < LARGEST_ID else None
    if event is None or event.chapter_id != page.house.id:
        abort(404)
    return event


def load_date(page: HousePage, number: int) -> Occurrence:
    """A date, published once, of an activity that this house keeps. 404 otherwise."""
    row = db.session.get(Occurrence, number) if number < LARGEST_ID else None
    if row is None or row.event.chapter_id != page.house.id or not row.is_published:
        abort(404)
    return row
