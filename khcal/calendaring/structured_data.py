"""A date in the words of schema.org, for search engines: the Event of a page, the EventSeries of a group.

Pure values that become JSON; nothing is in them that the page itself does not say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from . import clock
from .feed_text import LONGEST_LINK
from .plain_text import cut, one_line
from .shapes import Group, ListedDate
from .terms import Form, Places

SCHEMA = "https://schema.org"
COUNTRY = "SE"
LONGEST_DESCRIPTION = 500
_MODES = {
    Form.ONSITE: "OfflineEventAttendanceMode",
    Form.OUTDOORS: "OfflineEventAttendanceMode",
    Form.ONLINE: "OnlineEventAttendanceMode",
    Form.HYBRID: "MixedEventAttendanceMode",
}
_POSTAL_CODE = re.compile(r"(\d{3} ?\d{2}) ")
_AVAILABLE = {Places.OPEN: "InStock", Places.FEW: "LimitedAvailability", Places.FULL: "SoldOut"}

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Site:
    """Where pages lie: the site's address without a slash at the end, and the whole address of a picture.

    ``home`` is the house whose page is the one to link to.
    """

    address: str
    picture: str
    home: str

    def page(self, path: str, home: str = "") -> str:
        """A page of the house, or of ``home``."""
        return f"{self.address}/{home or self.home}/{path}"


def event_data(row: ListedDate, group: Group, site: Site, today: date) -> Data | None:
    """The Event of a date; ``None`` for days when the house is closed. Without a text it has its group's."""
    return None if row.is_closure else {"@context": SCHEMA, **_event(row, group, site, today)}


def series_data(group: Group, coming: Sequence[ListedDate], site: Site, today: date) -> Data | None:
    """The EventSeries of a group with the dates that come; ``None`` without any."""
    dates = [row for row in coming if not row.is_closure]
    if not dates:
        return None
    page = site.page(f"aktivitet/{group.slug}")
    return {
        "@context": SCHEMA,
        "@type": "EventSeries",
        "@id": page,
        "name": one_line(group.title),
        **_description("", group),
        "url": page,
        "inLanguage": group.language,
        "subEvent": [_event(row, group, site, today) for row in dates],
    }


def _event(row: ListedDate, group: Group, site: Site, today: date) -> Data:
    # The owner's page, unless the owner closed and another house shows what is left.
    home = row.chapter_slug if site.home == group.chapter_slug else site.home
    page = site.page(f"tillfalle/{row.id}", home)
    house = {"url": site.page("", home)} if home == row.chapter_slug else {}
    return {
        "@type": "Event",
        "@id": page,
        "name": one_line(row.title),
        **_description(row.short_text, group),
        "url": page,
        "image": site.picture,
        "inLanguage": row.language,
        **_when(row),
        "eventAttendanceMode": f"{SCHEMA}/{_MODES[row.form]}",
        **_where(row, page),
        "organizer": {"@type": "Organization", "name": row.chapter_name, **house},
        **_price(row, page, today),
    }


def _description(short: str, group: Group) -> Data:
    text = one_line(short or group.short_text or group.text)
    return {"description": cut(text, LONGEST_DESCRIPTION)} if text else {}


def _when(row: ListedDate) -> Data:
    """Its time, and what became of it: cancelled weighs more than moved."""
    status = "EventScheduled"
    if row.is_cancelled:
        status = "EventCancelled"
    elif row.moved_from:
        status = "EventRescheduled"
    before = {"previousStartDate": _edge(row.moved_from, row)} if row.moved_from else {}
    ends = row.last_day.isoformat() if row.is_all_day else _edge(row.ends_at, row)
    return {
        "eventStatus": f"{SCHEMA}/{status}",
        "startDate": _edge(row.starts_at, row),
        "endDate": ends,
        **before,
    }


def _edge(moment: datetime, row: ListedDate) -> str:
    """A day, or a time with its distance from UTC."""
    return moment.date().isoformat() if row.is_all_day else moment.replace(tzinfo=clock.ZONE).isoformat()


def _where(row: ListedDate, page: str) -> Data:
    """The place one goes to, and where one joins on the web; nothing when nobody knows."""
    places = [place for place in (_place(row), _meeting(row, page)) if place]
    if not places:
        return {}
    return {"location": places[0] if len(places) == 1 else places}


def _place(row: ListedDate) -> Data:
    name = one_line(row.where or row.address)
    if row.form is Form.ONLINE or not name:
        return {}
    return {"@type": "Place", "name": name, **_address(row.address)}


def _address(address: str) -> Data:
    """Street and town apart; of what has only one part nobody knows which it is."""
    *street, town = [part for part in map(one_line, address.split(",")) if part] or [""]
    if not street:
        return {"address": town} if town else {}
    code = _POSTAL_CODE.match(town)
    parts = {
        "streetAddress": ", ".join(street),
        **({"postalCode": code[1]} if code else {}),
        "addressLocality": town[code.end() :] if code else town,
        "addressCountry": COUNTRY,
    }
    return {"address": {"@type": "PostalAddress", **parts}}


def _meeting(row: ListedDate, page: str) -> Data:
    """The meeting itself if its link is open to everybody, otherwise the page that tells how one gets it."""
    if row.form not in {Form.ONLINE, Form.HYBRID}:
        return {}
    is_open = row.open_link.startswith("https://") and len(row.open_link) <= LONGEST_LINK
    return {"@type": "VirtualLocation", "url": row.open_link if is_open else page}


def _price(row: ListedDate, page: str, today: date) -> Data:
    """What it costs, and whether there is room; a cancelled date offers nothing."""
    free = {"isAccessibleForFree": row.price == 0}
    if row.is_cancelled:
        return free
    places = Places.FEW if row.places is Places.FULL and row.has_free_place(today) else row.places
    offer = {
        "@type": "Offer",
        "price": row.price,
        "priceCurrency": "SEK",
        "availability": f"{SCHEMA}/{_AVAILABLE[places]}",
        "url": page,
    }
    return {**free, "offers": offer}
