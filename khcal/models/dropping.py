"""When a date last went out of what feeds tell, without having been called off.

A calendar file says when it was last changed: when the newest of its dates was. Were that one hidden, no
longer shared or sorted under something else, the file would say that it is older than before. So a house
remembers when it last dropped a date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Connection, Table, func, select, update

from khcal.calendaring import clock
from khcal.calendaring.feed_window import window

from .chapter import Chapter
from .images import Image
from .listing_rows import ListingRow
from .occurrence import Occurrence

_CHAPTER = cast(Table, Chapter.__table__)
# What filters, groups and the feed of all houses go by. A search is asked anew each time.
_SORTED_BY = ("slug", "kind", "audience", "form", "signup", "closed_on")


def houses_that_drop(
    old: set[ListingRow], new: set[ListingRow], images: Iterable[dict[str, Any]]
) -> set[int]:
    """The houses with a feed that has lost a date, by the listing of what was touched, before and after."""
    if any(_is_sorted_anew(image["before"], image["after"]) for image in images):
        return {row.chapter_id for row in old}
    return {house for house, _date in _fed(old) - _fed(new)}


def remember(connection: Connection, houses: set[int], events: set[int]) -> dict[int, int]:
    """Write down when these houses dropped dates of these events; their stamps by their ids.

    The houses have been raised; where a date was changed several times in one action its stamp is ahead.
    """
    if not houses:
        return {}
    of_dates = select(func.max(Occurrence.changed_at)).where(Occurrence.event_id.in_(events))
    newest = connection.scalar(of_dates) or 0
    columns = _CHAPTER.c
    known = connection.execute(
        select(columns.id, columns.changed_at, columns.dropped_at).where(columns.id.in_(houses))
    )
    stamps = {row.id: max(row.changed_at, row.dropped_at, newest) for row in known}
    for house, stamp in stamps.items():
        connection.execute(update(_CHAPTER).where(columns.id == house).values(dropped_at=stamp))
    return stamps


def _fed(rows: set[ListingRow]) -> set[tuple[int, int]]:
    """Houses and dates that they tell of. What is over leaves on a Monday, and Mondays are stamps too."""
    last = window(clock.today())[1]
    return {(row.chapter_id, row.occurrence_id) for row in rows if row.day <= last}


def _is_sorted_anew(before: Image | None, after: Image | None) -> bool:
    if before is None or after is None:
        return False
    return any(before.get(name) != after.get(name) for name in _SORTED_BY)
