"""The dates of a feed as values for JSON: what programs of others read. docs/api.md tells of every name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from . import clock
from .feed_text import feed_key
from .plain_text import one_line
from .shapes import House, ListedDate
from .terms import Status

Data = dict[str, Any]


def dates_data(
    house: House, rows: Sequence[ListedDate], span: tuple[date, date], public_url: str, *, demo: bool
) -> Data:
    """A house's dates from the first to the last day of ``span``; the site's address ends without a slash."""
    first, last = span
    return {
        "house": {
            "slug": house.slug,
            "name": one_line(house.name),
            "url": f"{public_url}/{house.slug}/",
            "feed": f"{public_url}/{house.slug}.ics",
        },
        "invented": demo,
        "zone": clock.ZONE_NAME,
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "dates": [_date(row, public_url) for row in rows],
    }


def _date(row: ListedDate, public_url: str) -> Data:
    """One date with the words of the feed; one that was withdrawn is cancelled and tells no more."""
    key = feed_key(row)
    is_off = row.status is not Status.PLANNED
    return {
        "uid": key.uid,
        "start": _edge(row.starts_at, row.is_all_day),
        "end": _edge(row.ends_at, row.is_all_day),
        "all_day": row.is_all_day,
        "title": one_line(row.title),
        "text": key.body,
        "kind": row.kind.value,
        "audience": sorted(row.audience),
        "language": row.language,
        "form": row.form.value,
        "status": (Status.CANCELLED if is_off else Status.PLANNED).value,
        "places": row.places.value,
        "place": key.location,
        "signup": key.signup,
        "url": public_url + key.path if key.path else "",
        "sequence": row.sequence,
        "changed": clock.from_epoch_seconds(row.changed_at).isoformat().replace("+00:00", "Z"),
    }


def _edge(moment: datetime, is_all_day: bool) -> str:
    return moment.date().isoformat() if is_all_day else moment.replace(tzinfo=clock.ZONE).isoformat()
