"""Three programs that read calendars and share no code, each giving the same :class:`Entry`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import vobject  # type: ignore[import-untyped]
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Event

from tests.interop.feeds import Entry


@lru_cache(maxsize=64)
def with_icalendar(text: str) -> list[Entry]:
    """collective/icalendar, which also writes our feeds."""
    events = [event for event in Calendar.from_ical(text).walk("VEVENT") if isinstance(event, Event)]
    return [
        Entry(
            uid=event.uid,
            start=known(event.DTSTART),
            end=known(event.DTEND),
            summary=event.summary or "",
            status=str(event["STATUS"]),
            sequence=event.sequence,
        )
        for event in events
    ]


def with_ical(text: str) -> list[Entry]:
    """allenporter/ical, the parser of Home Assistant."""
    return [
        Entry(
            uid=event.uid,
            start=known(event.dtstart),
            end=known(event.dtend),
            summary=event.summary or "",
            status=event.status or "",
            sequence=event.sequence or 0,
        )
        for event in IcsCalendarStream.calendar_from_ics(text).events
    ]


def with_vobject(text: str) -> list[Entry]:
    """py-vobject, the parser of Radicale and older servers."""
    return [
        Entry(
            uid=event.uid.value,
            start=event.dtstart.value,
            end=event.dtend.value,
            summary=event.summary.value,
            status=event.status.value,
            sequence=int(event.sequence.value),
        )
        for event in vobject.readOne(text).vevent_list
    ]


def known(day: date | None) -> date:
    assert day is not None
    return day


PARSERS: dict[str, Callable[[str], list[Entry]]] = {
    "icalendar": with_icalendar,
    "ical": with_ical,
    "vobject": with_vobject,
}
