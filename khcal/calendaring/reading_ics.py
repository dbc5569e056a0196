"""A calendar file of another program → its events as plain values, each with all its dates to come.

The library decodes values; lines are measured and chosen before (:mod:`.ics_lines`), and series are
walked through within bounds (:mod:`.ics_dates`). Nothing here asks what the house has already.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from icalendar.parser import split_on_unescaped_comma, unescape_backslash
from icalendar.prop import vDDDLists, vDDDTypes

from .fault import CellFault
from .ics_dates import DatesOfItem, EventTimes, dates_of
from .ics_lines import UNKNOWN_ZONE, Line, read_lines
from .ics_text import Texts, read_texts
from .limits import MOST_FILE_DATES
from .own_zones import KnownZone, read_zones
from .plain_text import cut, one_line
from .reading_bytes import refuse_controls

LONGEST_TITLE = 120
LONGEST_PLACE = 200
_BROKEN = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """One event of the file. ``number`` is its place in it, ``key`` stays the same when it is read again.

    ``cut`` names what was too long to be kept whole, or must not be told.
    """

    number: int
    key: str
    title: str
    text: str = ""
    place: str = ""
    link: str = ""
    is_online: bool = False
    categories: tuple[str, ...] = ()
    dates: DatesOfItem = field(default_factory=DatesOfItem)
    fault: str = ""
    cut: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ForeignCalendar:
    """The events of the file, and how many of it are left out because they are private or over."""

    items: tuple[CalendarItem, ...]
    private: int = 0
    over: int = 0


@dataclass(frozen=True, slots=True)
class _Raw:
    """One VEVENT, its values decoded."""

    number: int
    lines: tuple[Line, ...]
    values: dict[str, Any]
    zones: Mapping[str, KnownZone]

    @property
    def uid(self) -> str:
        return str(self.values.get("UID", ""))[:1000].strip()

    @property
    def is_private(self) -> bool:
        return str(self.values.get("CLASS", "PUBLIC")).strip().upper() not in {"PUBLIC", ""}

    @property
    def is_override(self) -> bool:
        return "RECURRENCE-ID" in self.values


def read_calendar(text: str, today: date) -> ForeignCalendar:
    """Every event with dates from ``today`` on. Raises :class:`.reading_bytes.FileRefusal`."""
    refuse_controls(text)
    lines = read_lines(text)
    zones = read_zones(lines.zones)
    raws = [_decoded(number, event, zones) for number, event in enumerate(lines.events, 1)]
    items, private, over, dates = [], 0, 0, 0
    for masters, overrides in _by_uid(raws):
        if any(raw.is_private for raw in masters or overrides):
            private += len(masters) or 1
            continue
        private += sum(raw.is_private for raw in overrides if masters)
        for raw in masters or overrides:
            item = _item(raw, overrides if masters else [], lines.name, today, len(masters or overrides) > 1)
            dates += len(item.dates.dates)
            if item.dates.is_over and not item.fault:
                over += 1
            elif dates > MOST_FILE_DATES:
                items.append(_refused(raw, item.key, f"Filen ger fler än {MOST_FILE_DATES} datum. Dela den."))
            else:
                items.append(item)
    return ForeignCalendar(tuple(items), private, over)


def _by_uid(raws: Iterable[_Raw]) -> list[tuple[list[_Raw], list[_Raw]]]:
    """The events of each identity: series and single ones, and those that change one date of them."""
    found: dict[str, tuple[list[_Raw], list[_Raw]]] = defaultdict(lambda: ([], []))
    for raw in raws:
        found[raw.uid or f"utan uid {raw.number}"][raw.is_override].append(raw)
    return list(found.values())


def _decoded(number: int, lines: tuple[Line, ...], zones: Mapping[str, KnownZone]) -> _Raw:
    """Every property once, the first of each; dates of lists are gathered."""
    values: dict[str, Any] = {}
    for line in lines:
        value = _in_zone(_value(line), zones.get(line.zone))
        if line.name in ("RDATE", "EXDATE", "CATEGORIES"):
            values.setdefault(line.name, []).extend(value or ())
        elif value is not None:
            values.setdefault(line.name, value)
    return _Raw(number, lines, values, zones)


def _in_zone(value: Any, known: KnownZone | None) -> Any:
    """The times that the library read without a zone, in the one that the file describes."""
    if known is None:
        return value
    if isinstance(value, list | tuple):
        return type(value)(_in_zone(each, known) for each in value)
    is_without = isinstance(value, datetime) and value.tzinfo is None
    return value.replace(tzinfo=known.zone) if is_without else value


def _value(line: Line) -> Any:
    """What the library makes of one line; ``None`` when it is nothing it knows."""
    zone = dict(line.parameters).get("TZID")
    try:
        if line.name in ("RDATE", "EXDATE"):
            return vDDDLists.from_ical(line.value, timezone=zone)  # type: ignore[no-untyped-call]
        if line.name in ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"):
            return vDDDTypes.from_ical(line.value, timezone=zone)  # type: ignore[no-untyped-call]
        if line.name == "CATEGORIES":
            return split_on_unescaped_comma(line.value)
        return line.value if line.name in ("RRULE", "EXRULE") else unescape_backslash(line.value)
    except Exception:  # the library raises whatever it likes for odd values; the line then says nothing
        return None


def _item(raw: _Raw, overrides: Sequence[_Raw], source: str, today: date, is_twin: bool) -> CalendarItem:
    texts, title = _texts(raw), _title(raw)
    key = _key(raw, source, is_twin)
    try:
        _check(raw, title, texts.text + texts.place)
        dates = dates_of(_times(raw), [_change(each, raw) for each in overrides], today)
    except CellFault as fault:
        return _refused(raw, key, str(fault))
    too_long = {"title": len(title) > LONGEST_TITLE, "place": len(texts.place) > LONGEST_PLACE}
    return CalendarItem(
        raw.number,
        key,
        cut(title, LONGEST_TITLE),
        texts.text,
        cut(texts.place, LONGEST_PLACE),
        texts.link,
        texts.is_online,
        tuple(name for each in raw.values.get("CATEGORIES", []) if (name := one_line(each)[:60])),
        dates,
        cut=(*(name for name, is_cut in too_long.items() if is_cut), *texts.cut),
    )


def _change(override: _Raw, series: _Raw) -> EventTimes:
    """What becomes of one date of a series: when it is and what it says itself. A private one goes."""
    times = _times(override)
    if override.is_private:
        return replace(times, is_cancelled=True)
    said, usual = _said(override), _said(series)
    return replace(times, own=tuple((name, text) for name, text in said.items() if text != usual.get(name)))


def _said(raw: _Raw) -> dict[str, str]:
    """What the event says in words; nothing of what it does not mention."""
    texts = _texts(raw)
    said = {"title": cut(_title(raw), LONGEST_TITLE), "text": texts.text, "place": texts.place}
    return {name: text for name, text in (said | {"link": texts.link}).items() if text}


def _texts(raw: _Raw) -> Texts:
    return read_texts(str(raw.values.get("DESCRIPTION", "")), str(raw.values.get("LOCATION", "")))


def _title(raw: _Raw) -> str:
    return one_line(str(raw.values.get("SUMMARY", "")))


def _refused(raw: _Raw, key: str, why: str) -> CalendarItem:
    return CalendarItem(
        raw.number, key, cut(one_line(str(raw.values.get("SUMMARY", ""))), LONGEST_TITLE), fault=why
    )


def _check(raw: _Raw, title: str, others: str) -> None:
    unknown = [
        value
        for line in raw.lines
        for name, value in line.parameters
        if name == UNKNOWN_ZONE and not _is_known(line, raw)
    ]
    if unknown:
        name = unknown[0].strip('"')
        raise CellFault(
            f"Tidszonen ”{name}” är okänd. Ändra händelsens tidszon till Stockholm och hämta filen igen."
        )
    if not title:
        raise CellFault("Händelsen har ingen rubrik. Skriv en i kalendern och hämta filen igen.")
    if _BROKEN in title + others:
        raise CellFault("Å, ä, ö eller andra tecken har gått förlorade i filen. Hämta filen på nytt.")


def _is_known(line: Line, raw: _Raw) -> bool:
    """Whether the file says what the clock showed there when the event begins."""
    known, start = raw.zones.get(line.zone), raw.values.get("DTSTART")
    if known is None or not isinstance(start, date):
        return False
    return (
        start >= known.since.date()
        if not isinstance(start, datetime)
        else start.replace(tzinfo=None) >= known.since
    )


def _times(raw: _Raw) -> EventTimes:
    values = raw.values
    start = values.get("DTSTART")
    if not isinstance(start, date):
        raise CellFault("Händelsens starttid saknas eller går inte att läsa.")
    return EventTimes(
        start,
        values.get("DTEND"),
        values.get("DURATION"),
        values.get("RRULE", ""),
        tuple(values.get("RDATE", ())),
        tuple(values.get("EXDATE", ())),
        values.get("RECURRENCE-ID"),
        str(values.get("STATUS", "")).strip().upper() == "CANCELLED",
        "EXRULE" in values,
    )


def _key(raw: _Raw, source: str, is_twin: bool) -> str:
    """The identity under which it is imported: of its calendar and its own, and for twins its start."""
    start = raw.values.get("DTSTART")
    told = start.isoformat() if isinstance(start, date | datetime) else ""
    parts = [
        source,
        raw.uid or f"{raw.values.get('SUMMARY', '')}|{told}",
        told if is_twin and raw.uid else "",
    ]
    return f"ics.{hashlib.sha256('|'.join(parts).encode(errors='replace')).hexdigest()[:32]}"
