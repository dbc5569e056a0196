"""When a date last went out of what some feed of a house tells.

A calendar file says when it was last changed: when the newest of its dates was. Were that one hidden, no
longer shared or sorted under something else, the file would say that it is older than before. So a house
remembers when it last dropped a date.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from khcal.calendaring import clock
from khcal.calendaring.feed_window import window

from .images import Image
from .listing_rows import ListingRow

# What filters, groups and the feed of all houses go by. What a search finds is as new as its house instead.
_SORTED_BY = ("slug", "kind", "audience", "form", "signup", "chapter_id", "closed_on")


def houses_that_drop(
    old: set[ListingRow], new: set[ListingRow], images: Iterable[dict[str, Any]]
) -> set[int]:
    """The houses with a feed that has lost a date, by the listing of what was touched, before and after."""
    if any(_is_sorted_anew(image["before"], image["after"]) for image in images):
        return {row.chapter_id for row in old | new}
    return {house for house, _date in _fed(old) - _fed(new)}


def _fed(rows: set[ListingRow]) -> set[tuple[int, int]]:
    """Houses and the dates that they tell of now."""
    first, last = window(clock.today())
    return {(row.chapter_id, row.occurrence_id) for row in rows if first <= row.day <= last}


def _is_sorted_anew(before: Image | None, after: Image | None) -> bool:
    if before is None or after is None:
        return False
    return any(before.get(name) != after.get(name) for name in _SORTED_BY)
