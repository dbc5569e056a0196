"""When a date last went out of what some feed of a house tells.

A calendar file says when it was last changed: when the newest of its dates was. Were that one hidden, no
longer shared or sorted under something else, the file would say that it is older than before. So a house
remembers when it last dropped a date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from khcal.calendaring import clock
from khcal.calendaring.feed_window import window

from .chapter import Chapter
from .images import Image
from .listing_rows import ListingRow

# What filters, groups and the feed of all houses go by. What a search finds is as new as its house instead.
_SORTED_BY = ("slug", "kind", "audience", "form", "signup", "chapter_id", "closed_on")
# Of a house that has closed the feed of all houses tells only what is called off.
_SORTED_BY_WHEN_CLOSED = (*_SORTED_BY, "status")


def houses_that_drop(
    connection: Connection, old: set[ListingRow], new: set[ListingRow], images: Iterable[dict[str, Any]]
) -> set[int]:
    """The houses with a feed that has lost a date, by the listing of what was touched, before and after."""
    houses = {row.chapter_id for row in old | new}
    closed = _closed(connection, houses)
    names = _SORTED_BY_WHEN_CLOSED if closed else _SORTED_BY
    if any(_is_sorted_anew(image["before"], image["after"], names) for image in images):
        return houses
    return {house for house, _date in _fed(old, closed) - _fed(new, closed)}


def _closed(connection: Connection, houses: set[int]) -> dict[int, date]:
    """Those that have closed for good, and their last day."""
    closed = select(Chapter.id, Chapter.closed_on).where(Chapter.closed_on.is_not(None))
    return {row.id: row.closed_on for row in connection.execute(closed.where(Chapter.id.in_(houses)))}


def _fed(rows: set[ListingRow], closed: Mapping[int, date]) -> set[tuple[int, int]]:
    """Houses and the dates that they tell of now; one that has closed goes on telling of its last day."""
    first, last = window(clock.today())
    return {
        (row.chapter_id, row.occurrence_id)
        for row in rows
        if min(first, closed.get(row.chapter_id, first)) <= row.day <= last
    }


def _is_sorted_anew(before: Image | None, after: Image | None, names: Iterable[str]) -> bool:
    if before is None or after is None:
        return False
    return any(before.get(name) != after.get(name) for name in names)
