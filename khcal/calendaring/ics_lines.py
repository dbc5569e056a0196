"""The lines of an iCalendar file before any library sees them: measured, and without what nobody asked for.

Of an event only what becomes a part of the programme goes on; names of people, alarms, attachments and
places on the map never do. Zone names are replaced by those that are known, so none reaches a file system.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .own_zones import Observance, OwnZone, kept_property
from .reading_bytes import FileRefusal
from .zones import zone_name

MOST_EVENTS = 2_000
MOST_LINE = 64_000
MOST_PARAMETERS = 100
MOST_DEPTH = 3
MOST_ZONES = 100
_KEPT = frozenset(
    (
        *("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "CLASS", "STATUS"),
        *("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID"),
    )
)
_KEPT_PARAMETERS = frozenset({"TZID", "VALUE"})
_NAME = re.compile(r"[A-Za-z0-9-]{1,60}")
_PARAMETER = re.compile(r';([A-Za-z0-9-]{1,60})=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')
_FOLD = re.compile(rb"\r?\n[ \t]")
# What stands instead of a zone that nobody knows, so that its event can be told as not understood.
UNKNOWN_ZONE = "X-UNKNOWN-ZONE"


@dataclass(frozen=True, slots=True)
class Line:
    """A content line: ``PARAMETERS`` that matter, and the value as it stands.

    ``zone`` is the name of a zone that nobody knows unless the file itself describes it.
    """

    name: str
    parameters: tuple[tuple[str, str], ...]
    value: str
    zone: str = ""

    def __str__(self) -> str:
        parameters = "".join(f";{name}={value}" for name, value in self.parameters)
        return f"{self.name}{parameters}:{self.value}"


@dataclass(frozen=True, slots=True)
class CalendarLines:
    """What the calendar says of itself, the lines of each event, and the zones that it describes."""

    name: str
    events: tuple[tuple[Line, ...], ...]
    zones: tuple[OwnZone, ...] = ()


def is_calendar(data: bytes) -> bool:
    """Whether the file claims to be a calendar."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:30].upper().startswith(b"BEGIN:VCALENDAR")


def unfolded(data: bytes) -> bytes:
    """Long lines put together again; some programs break them in the middle of a letter."""
    return _FOLD.sub(b"", data)


def read_lines(text: str) -> CalendarLines:
    """The events' lines. Raises :class:`FileRefusal`."""
    name, stack, zones = "", list[str](), _Zones()
    events, current = list[tuple[Line, ...]](), list[Line]()
    for line in _content_lines(text):
        word = line.value.strip().upper()[:60]
        if line.name == "BEGIN":
            stack.append(word)
            _check_depth(stack)
            current = [] if word == "VEVENT" else current
            zones.begin(stack)
        elif line.name == "END":
            _close(stack, word)
            if word == "VEVENT":
                events.append(tuple(current))
                _check_number(events)
        elif stack == ["VCALENDAR", "VEVENT"] and line.name in _KEPT:
            current.append(line)
        elif stack[:2] == ["VCALENDAR", "VTIMEZONE"]:
            zones.see(stack, line)
        elif stack == ["VCALENDAR"]:
            _check_method(line)
            name = line.value[:200] if line.name == "X-WR-CALNAME" else name
    if stack:
        raise FileRefusal("Kalenderfilen är avklippt: slutet saknas. Hämta den igen och försök en gång till.")
    return CalendarLines(name, tuple(events), zones.all())


class _Zones:
    """The zones that the file describes, while it is read."""

    def __init__(self) -> None:
        self._found: list[tuple[list[str], list[tuple[str, list[tuple[str, str]]]]]] = []

    def begin(self, stack: list[str]) -> None:
        """A zone or a part of one may begin."""
        if stack == ["VCALENDAR", "VTIMEZONE"]:
            self._found.append(([], []))
            if len(self._found) > MOST_ZONES:
                raise FileRefusal(
                    f"Kalenderfilen har fler än {MOST_ZONES} tidszoner. Dela den på flera filer."
                )
        elif stack[:-1] == ["VCALENDAR", "VTIMEZONE"] and stack[-1] in {"STANDARD", "DAYLIGHT"}:
            self._found[-1][1].append((stack[-1], []))

    def see(self, stack: list[str], line: Line) -> None:
        """A line of the zone, or of its last part."""
        names, parts = self._found[-1]
        if len(stack) == 2 and line.name == "TZID":
            names.append(_zone_key(line.value))
        elif len(stack) == 3 and parts and kept_property(line.name):
            parts[-1][1].append((line.name, line.value.strip().upper()))

    def all(self) -> tuple[OwnZone, ...]:
        """Each with its name."""
        return tuple(
            OwnZone(names[0], tuple(Observance(kind, tuple(properties)) for kind, properties in parts))
            for names, parts in self._found
            if names
        )


def _content_lines(text: str) -> Iterator[Line]:
    for number, raw in enumerate(re.split(r"\r?\n|\r", text), 1):
        if len(raw) > MOST_LINE:
            raise FileRefusal(f"Rad {number} i kalenderfilen är för lång, över 64 kB.")
        if raw.strip():
            yield _parsed(raw)


def _parsed(raw: str) -> Line:
    """A line that is none becomes one without a name, which nobody asks for."""
    name = _NAME.match(raw)
    if name is None:
        return Line("", (), "")
    at, parameters, number = name.end(), [], 0
    while match := _PARAMETER.match(raw, at):
        at, number = match.end(), number + 1
        if number > MOST_PARAMETERS:
            raise FileRefusal(f"Kalenderfilen har en rad med över {MOST_PARAMETERS} tillägg.")
        parameters.append((match[1].upper(), match[2]))
    if raw[at : at + 1] != ":":
        return Line("", (), "")
    kept = tuple(_kept(parameters))
    is_unknown = any(name == UNKNOWN_ZONE for name, _ in kept)
    called = next((value for name, value in parameters if name == "TZID"), "") if is_unknown else ""
    return Line(name[0].upper(), kept, raw[at + 1 :], _zone_key(called))


def _kept(parameters: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    seen = set()
    for name, value in parameters:
        if name in _KEPT_PARAMETERS and name not in seen:
            seen.add(name)
            yield (name, value) if name != "TZID" else _known_zone(value)


def _zone_key(name: str) -> str:
    return name.strip().strip('"').strip().casefold()


def _known_zone(value: str) -> tuple[str, str]:
    known = zone_name(value)
    return ("TZID", known) if known else (UNKNOWN_ZONE, f'"{_harmless(value)}"')


def _harmless(value: str) -> str:
    return re.sub(r"[^\w .,()+/-]", "", value)[:60]


def _check_depth(stack: list[str]) -> None:
    if stack[0] != "VCALENDAR" or len(stack) > MOST_DEPTH:
        raise FileRefusal(
            "Kalenderfilen är inte uppbyggd som en kalender. Hämta den igen och försök på nytt."
        )


def _close(stack: list[str], word: str) -> None:
    if not stack or stack.pop() != word:
        raise FileRefusal("Kalenderfilen är trasig: början och slut hör inte ihop. Hämta den igen.")


def _check_number(events: list[tuple[Line, ...]]) -> None:
    if len(events) > MOST_EVENTS:
        raise FileRefusal(
            "Kalenderfilen har fler än 2 000 händelser. Hämta en kortare tid eller dela den på flera filer."
        )


def _check_method(line: Line) -> None:
    if line.name == "METHOD" and line.value.strip().upper() not in {"", "PUBLISH", "REQUEST"}:
        raise FileRefusal(
            "Filen är ett svar eller en avbokning av en inbjudan, inte en kalender. "
            "Exportera kalendern i stället."
        )
