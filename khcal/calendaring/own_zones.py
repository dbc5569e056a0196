"""The time zones that a calendar file describes itself: what Outlook calls ”Customized Time Zone”.

The library reads them. Before, they are measured: only changes once a year or on named days are followed, so
that no description keeps a reader busy, and what does not say what the clock shows is no zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from icalendar.cal.timezone import Timezone

MOST_LINES = 200
# Many programs let the rules of a zone begin in 1601, and to walk from there takes seven times as long. An
# endless rule may as well begin in a later leap year, and says the same from the year after on.
_BEGINS = "1972"
_KNOWN_FROM = datetime(1973, 1, 1)
_ENDS = re.compile("COUNT|UNTIL")
_PROPERTIES = frozenset({"DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE"})
_LOCAL = re.compile(r"\d{8}T\d{6}")
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4])[0-5]\d(?:[0-5]\d)?")
_YEARLY = re.compile(
    r"FREQ=YEARLY(?:;(?:INTERVAL=1|BYMONTH=(?:0?[1-9]|1[0-2])|BYDAY=[+-]?[1-5]?[A-Z]{2}|BYMONTHDAY=-?\d{1,2}(?:,-?\d{1,2})*"
    r"|WKST=[A-Z]{2}|COUNT=\d{1,3}|UNTIL=\d{8}(?:T\d{6}Z?)?))*"
)
_PATTERNS = {
    "DTSTART": _LOCAL,
    "TZOFFSETFROM": _OFFSET,
    "TZOFFSETTO": _OFFSET,
    "RRULE": _YEARLY,
    "RDATE": re.compile(rf"{_LOCAL.pattern}(?:,{_LOCAL.pattern})*"),
}


@dataclass(frozen=True, slots=True)
class Observance:
    """One part of a zone, STANDARD or DAYLIGHT, with its properties and their values as they stand."""

    kind: str
    properties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OwnZone:
    """What the file calls the zone, and its parts."""

    name: str
    parts: tuple[Observance, ...]


@dataclass(frozen=True, slots=True)
class KnownZone:
    """The zone, and the wall time from which it is defined."""

    zone: tzinfo
    since: datetime


def read_zones(zones: Iterable[OwnZone]) -> dict[str, KnownZone]:
    """The zones that can be known, by name. A name that stands for two different zones stands for none."""
    described: dict[str, set[tuple[Observance, ...]]] = {}
    for each in zones:
        described.setdefault(each.name, set()).add(each.parts)
    found = {name: _read(next(iter(parts))) for name, parts in described.items() if len(parts) == 1}
    return {name: zone for name, zone in found.items() if zone is not None}


# The same few programs describe the same few zones in file after file, and a zone is never changed.
@lru_cache(maxsize=32)
def _read(parts: tuple[Observance, ...]) -> KnownZone | None:
    told = [dict(part.properties) for part in parts]
    if not parts or sum(len(part.properties) for part in parts) > MOST_LINES or not all(map(_is_sound, told)):
        return None
    nearer = [_begun_nearer(part, dict(part.properties)) for part in parts]
    try:
        described = Timezone.from_ical(_text(nearer))
        assert isinstance(described, Timezone)
        zone = described.to_tz(lookup_tzid=False)
        since = min(datetime.strptime(each["DTSTART"], "%Y%m%dT%H%M%S") for each in told)
        since = since if tuple(nearer) == parts else max(since, _KNOWN_FROM)
        is_known = isinstance(datetime(2026, 1, 1, tzinfo=zone).utcoffset(), timedelta)
    except Exception:  # the libraries raise whatever they like for odd rules; the zone is then not known
        return None
    return KnownZone(zone, since) if is_known else None


def _begun_nearer(part: Observance, told: Mapping[str, str]) -> Observance:
    """The part with its rule begun in a nearer year, if that changes nothing from the next year on."""
    start, rule = told["DTSTART"], told.get("RRULE", "")
    if not rule or start[:4] >= _BEGINS or _ENDS.search(rule):
        return part
    moved = {**told, "DTSTART": _BEGINS + start[4:]}
    return replace(part, properties=tuple(moved.items()))


def _is_sound(properties: Mapping[str, str]) -> bool:
    return {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"} <= properties.keys() and all(
        _PATTERNS[name].fullmatch(value) for name, value in properties.items()
    )


def _text(parts: Iterable[Observance]) -> str:
    lines = ["BEGIN:VTIMEZONE", "TZID:own"]
    for part in parts:
        lines += [
            f"BEGIN:{part.kind}",
            *(f"{name}:{value}" for name, value in part.properties),
            f"END:{part.kind}",
        ]
    return "\r\n".join([*lines, "END:VTIMEZONE", ""])


def kept_property(name: str) -> bool:
    """Whether it says what the clock shows."""
    return name in _PROPERTIES
