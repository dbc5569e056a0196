"""Programs that read calendars, each giving the same :class:`Entry`.

Only khal shares code with another, the reading of lines with icalendar; what an event means it says itself.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import ics  # type: ignore[import-untyped]
import khal.icalendar  # type: ignore[import-untyped]
import khal.khalendar.event  # type: ignore[import-untyped]
import playwright
import vobject  # type: ignore[import-untyped]
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar, Event, use_pytz, use_zoneinfo

from khcal.calendaring import clock
from tests.interop.feeds import Entry
from tests.tries import TIMES

HERE = Path(__file__).parent

# khal lets icalendar, which it shares with us, use other zones from its import on: only while it reads.
use_zoneinfo()


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
        for event in vobject.readOne(text).contents.get("vevent", [])
    ]


def with_ics(text: str) -> list[Entry]:
    """ics.py, with a grammar of its own."""
    return [
        Entry(
            uid=event.uid,
            start=event.begin.date() if event.all_day else event.begin.datetime,
            end=event.end.date() if event.all_day else event.end.datetime,
            summary=event.name or "",
            status=event.status or "",
            sequence=next(int(line.value) for line in event.extra if line.name == "SEQUENCE"),
        )
        for event in ics.Calendar(text).events
    ]


def with_khal(text: str) -> list[Entry]:
    """khal, a calendar for the terminal: it takes a file apart and reads each date by itself."""
    use_pytz()
    try:
        return [_with_khal(part) for part in khal.icalendar.split_ics(text)]
    finally:
        use_zoneinfo()


def _with_khal(part: str) -> Entry:
    event = khal.khalendar.event.Event.fromString(part, locale=_KHAL, calendar="")
    sequence = re.search(r"^SEQUENCE:(\d+)", part, re.MULTILINE)
    return Entry(
        uid=event.uid,
        start=event.start,
        end=event.end + timedelta(days=1) if event.allday else event.end,
        summary=event.summary,
        status=event.status,
        sequence=int(sequence[1]) if sequence else -1,
    )


def with_ical_js(text: str) -> list[Entry]:
    """ical.js, the parser of Thunderbird and Nextcloud."""
    return _in_node("read_with_ical_js.mjs", text)


def with_node_ical(text: str) -> list[Entry]:
    """node-ical, the parser of many small servers and of MagicMirror's wall screens."""
    return _in_node("read_with_node_ical.mjs", text)


def _in_node(script: str, text: str) -> list[Entry]:
    """What a script reads, run by the Node that comes with Playwright."""
    program = [Path(playwright.__file__).parent / "driver" / "node", HERE / script]
    here = {"TZ": clock.ZONE_NAME}
    done = subprocess.run(program, input=text.encode(), capture_output=True, check=True, env=here)
    found = []
    for uid, start, end, zone, summary, status, sequence in json.loads(done.stdout):
        assert zone in {"", clock.ZONE_NAME}, zone
        edges = [_edge(each, zone) for each in (start, end)]
        found.append(Entry(uid, *edges, summary, status, sequence))
    return found


def _edge(text: str, zone: str) -> date:
    """A day, or a moment: a time without a distance from UTC is on a wall of ours."""
    if not zone:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text)
    return moment.astimezone(clock.ZONE) if moment.tzinfo else moment.replace(tzinfo=clock.ZONE)


def known(day: date | None) -> date:
    assert day is not None
    return day


_KHAL = {"local_timezone": clock.ZONE, "default_timezone": clock.ZONE}
QUICK: dict[str, Callable[[str], list[Entry]]] = {
    "icalendar": with_icalendar,
    "ical": with_ical,
    "vobject": with_vobject,
}
# These take hundredths of a second for each date.
PARSERS = QUICK | {"ics": with_ics, "khal": with_khal}
if TIMES > 1:
    # To start Node costs more than to read; it is done in bin/prove.
    PARSERS |= {"ical.js": with_ical_js, "node-ical": with_node_ical}
