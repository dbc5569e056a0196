"""One date as an address that opens a calendar on the web with the date filled in, for who has no other.

What the two programs want of such an address is not in any standard; both take the same texts as feeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from . import clock, phrases
from .feed_text import FeedKey, feed_key
from .shapes import ListedDate

_GOOGLE = "https://calendar.google.com/calendar/render"
_OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"


@phrases.in_swedish
def google_link(row: ListedDate, public_url: str) -> str:
    """Google's form for a new date. Wall times with the zone's name; the end of days is exclusive."""
    key, pattern = feed_key(row), "%Y%m%d" if row.is_all_day else "%Y%m%dT%H%M%S"
    span = f"{row.starts_at:{pattern}}/{row.ends_at:{pattern}}"
    asked = {"action": "TEMPLATE", "text": key.summary, "dates": span, "ctz": clock.ZONE_NAME}
    return _link(_GOOGLE, asked | _told(key, public_url, "location", "details"))


@phrases.in_swedish
def outlook_link(row: ListedDate, public_url: str) -> str:
    """Outlook's form for a new date. Times are UTC; the end of days is exclusive."""
    key = feed_key(row)
    asked = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": key.summary,
        "startdt": _outlook_time(row.starts_at, row.is_all_day),
        "enddt": _outlook_time(row.ends_at, row.is_all_day),
    }
    whole_day = {"allday": "true"} if row.is_all_day else {}
    return _link(_OUTLOOK, asked | whole_day | _told(key, public_url, "location", "body"))


def _told(key: FeedKey, public_url: str, place: str, text: str) -> dict[str, str]:
    page = public_url + key.path
    return {name: value for name, value in ((place, key.location), (text, page)) if value}


def _outlook_time(moment: datetime, is_all_day: bool) -> str:
    # In UTC, for some of its servers read the plus sign of a distance from it as a space.
    instant = moment.replace(tzinfo=clock.ZONE).astimezone(UTC)
    return moment.date().isoformat() if is_all_day else f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def _link(address: str, asked: Mapping[str, str]) -> str:
    # Spaces as %20: Outlook shows a plus sign as it stands.
    return f"{address}?{urlencode(asked, quote_via=quote)}"
