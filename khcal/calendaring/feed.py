"""Dates as an iCalendar file that phones subscribe to.

Each date is a VEVENT of its own with a UID that never changes; there are no rules, exceptions or
time zone lists that clients read differently. A VEVENT is a pure function of its row, never of now,
and the library writes and folds every line, so two builds of the same rows are the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from icalendar import Calendar, Component, Event, Timezone
from icalendar.prop import vInline, vText

from . import clock, phrases
from .feed_text import LONGEST_SUMMARY, LONGEST_TEXT, FeedDate, FeedKey, made_discreet
from .plain_text import cut, one_line
from .terms import Form

# A part of every subscriber's calendar: it never changes.
PRODUCT = "-//Kraftens hus//khcal//SV"

LARGEST_EVENT = 1500

# Written by hand: zones made of lists of dates shift summer by an hour in some clients.
_TIMEZONE = b"""\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
X-LIC-LOCATION:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""
_REFRESH_EVERY = timedelta(hours=6)
_END = b"END:VCALENDAR\r\n"

# COLOR takes a CSS name; Apple's property wants the same colour in digits.
HEX_COLOURS = {
    "cadetblue": "#5F9EA0",
    "chocolate": "#D2691E",
    "darkcyan": "#008B8B",
    "darkgreen": "#006400",
    "darkolivegreen": "#556B2F",
    "darkslateblue": "#483D8B",
    "darkslategray": "#2F4F4F",
    "firebrick": "#B22222",
    "forestgreen": "#228B22",
    "goldenrod": "#DAA520",
    "indigo": "#4B0082",
    "maroon": "#800000",
    "mediumorchid": "#BA55D3",
    "midnightblue": "#191970",
    "navy": "#000080",
    "olive": "#808000",
    "peru": "#CD853F",
    "purple": "#800080",
    "rebeccapurple": "#663399",
    "seagreen": "#2E8B57",
    "sienna": "#A0522D",
    "slateblue": "#6A5ACD",
    "slategray": "#708090",
    "steelblue": "#4682B4",
    "teal": "#008080",
}


@dataclass(frozen=True, slots=True)
class FeedHeader:
    """What the file says of itself: addresses are whole, ``changed_at`` is in seconds since 1970.

    A discreet file tells neither what the dates are nor who has them.
    """

    name: str
    description: str
    source: str
    page: str
    colour: str
    changed_at: int
    is_discreet: bool = False


def calendar(header: FeedHeader, dates: Sequence[FeedDate], public_url: str) -> bytes:
    """The whole file. ``public_url`` is the site's address without a slash at the end."""
    empty = _calendar(header).to_ical(sorted=False)
    in_order = sorted(dates, key=lambda told: (told.key.starts_at, told.key.uid))
    events = (_written(told, public_url, header.is_discreet) for told in in_order)
    return b"".join([empty.removesuffix(_END), *events, _END])


# Room for every date of a large feed, plainly and discreetly.
@lru_cache(maxsize=8192)
@phrases.in_swedish
def _written(told: FeedDate, public_url: str, is_discreet: bool) -> bytes:
    """The VEVENT of a date; in one too large for a feed the texts give way to the page they link to."""
    told, written = told._replace(key=made_discreet(told.key)) if is_discreet else told, b""
    for length in (LONGEST_TEXT, LONGEST_TEXT // 2, 0):
        written = _event(told, public_url, length, is_discreet).to_ical(sorted=False)
        if len(written) <= LARGEST_EVENT:
            break
    return written


def _event(told: FeedDate, public_url: str, length: int, is_discreet: bool) -> Event:
    key, event = told.key, Event()
    page = public_url + key.path if key.path else ""
    stamp = clock.from_epoch_seconds(told.changed_at)
    event.add("uid", key.uid)
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", told.sequence)
    event.add("dtstart", _edge(key.starts_at, key.is_all_day))
    event.add("dtend", _edge(key.ends_at, key.is_all_day))
    event.add("status", key.status)
    event.add("summary", key.summary)
    event.add("transp", "TRANSPARENT")
    if key.category:
        event.add("categories", [key.category])
    where = cut(key.location, length or LONGEST_SUMMARY)
    body = "" if is_discreet else _description(key, page, length)
    optional = {"location": where, "description": body, "url": page}
    for name, value in optional.items():
        if value:
            event.add(name, value)
    if key.conference and length:
        how = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": phrases.form_label(Form.ONLINE)}
        event.add("conference", key.conference, parameters=how)
    return event


def _edge(written: str, is_all_day: bool) -> date:
    moment = datetime.fromisoformat(written)
    return moment.date() if is_all_day else moment.replace(tzinfo=clock.ZONE)


def _description(key: FeedKey, page: str, length: int) -> str:
    """The body within ``length`` letters, how to sign up, and last the page on a line of its own."""
    signup = f"{key.signup}." if key.signup and length else ""
    return "\n\n".join(part for part in (cut(key.body, length), signup, page) if part)


def _calendar(header: FeedHeader) -> Calendar:
    """The file without dates."""
    written = Calendar()
    written.add("version", "2.0")
    written.add("prodid", PRODUCT)
    written.add("calscale", "GREGORIAN")
    # Said to be texts, for the library does not know all four as such and would not escape a comma.
    for name in ("name", "x-wr-calname"):
        written.add(name, vText(one_line(header.name)))
    for name in ("description", "x-wr-caldesc"):
        written.add(name, vText(one_line(header.description)))
    written.add("x-wr-timezone", clock.ZONE_NAME)
    written.add("refresh-interval", _REFRESH_EVERY, parameters={"VALUE": "DURATION"})
    written.add("x-published-ttl", "PT6H")
    written.add("source", header.source, parameters={"VALUE": "URI"})
    if header.page:
        written.add("url", header.page)
    written.add("last-modified", clock.from_epoch_seconds(header.changed_at))
    written.add("color", header.colour)
    if header.colour in HEX_COLOURS:
        written.add("x-apple-calendar-color", HEX_COLOURS[header.colour])
    written.add_component(_timezone())
    return written


@cache
def _timezone() -> Component:
    """The block above, its rules in the order they have there."""
    zone = Timezone.from_ical(_TIMEZONE)
    for season, number in zip(zone.subcomponents, (3, 10), strict=True):
        season["RRULE"] = vInline(f"FREQ=YEARLY;BYMONTH={number};BYDAY=-1SU")
    return zone
