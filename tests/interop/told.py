"""What a feed says of each of its dates, as iCalendar or as JSON, for who looks at both."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any, NamedTuple

from khcal.calendaring.feed_text import UID_HOST
from tests.interop import lint

# Of these the books of a date know nothing: they may change in JSON while its number stays.
IN_JSON_ALONE = ("audience", "language", "form")


class Told(NamedTuple):
    """What a feed says of one date: the whole text, and the parts that subscribers' programs go by."""

    text: str
    sequence: int
    stamp: str
    is_off: bool
    last_day: date


def in_feed(data: bytes) -> dict[str, Told]:
    """The dates of a calendar by their uid."""
    return dict(map(_of_entry, lint.parts(lint.unfolded(data))[1]))


def in_json(data: bytes) -> dict[str, Told]:
    """The same of the JSON, stamps written as in a feed."""
    dates = json.loads(data)["dates"]
    told = dict(map(_of_object, dates))
    assert len(told) == len(dates), "a date is told twice"
    return told


def _of_entry(event: list[str]) -> tuple[str, Told]:
    values = {line.split(":", 1)[0]: line.split(":", 1)[1] for line in event}
    told = Told(
        text="\n".join(event),
        sequence=int(values["SEQUENCE"]),
        stamp=values["LAST-MODIFIED"],
        is_off=values["STATUS"] == "CANCELLED",
        last_day=_last_day(event),
    )
    return values["UID"].removesuffix(f"@{UID_HOST}"), told


def _of_object(said: dict[str, Any]) -> tuple[str, Told]:
    text = {name: value for name, value in said.items() if name not in IN_JSON_ALONE}
    # Few places are for pages; feeds tell only that there are none.
    text["places"] = said["places"] == "full"
    told = Told(
        text=json.dumps(text, ensure_ascii=False),
        sequence=said["sequence"],
        stamp=said["changed"].replace("-", "").replace(":", ""),
        is_off=said["status"] == "cancelled",
        last_day=_day_before(said["end"].replace("-", "").replace(":", "")),
    )
    return said["uid"].removesuffix(f"@{UID_HOST}"), told


def label_of(told: Told) -> str:
    """What a date is called from now on."""
    lines = told.text.split("\n")
    summary = next(line for line in lines if line.startswith("SUMMARY:"))
    return f"{summary.removeprefix('SUMMARY:').removeprefix('INSTÄLLT: ')} {_day(lines):%m-%d}"


def _last_day(event: list[str]) -> date:
    return _day_before(next(line for line in event if line.startswith("DTEND;")).split(":")[1])


def _day_before(end: str) -> date:
    day = date.fromisoformat(end[:8])
    # The end of whole days, and midnight, belong to the day before.
    return day - timedelta(days=1) if end[8:15] in {"", "T000000"} else day


def _day(event: list[str]) -> date:
    start = next(line for line in event if line.startswith("DTSTART;"))
    return date.fromisoformat(start.split(":")[1][:8])
