"""The house in the examples of quick entry, and an entry as plain values, to be compared with a data file."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date, time
from enum import Enum
from pathlib import Path
from typing import Any

from khcal.calendaring.proposal import Pause
from khcal.calendaring.quick_entry import Earlier, Entry, Known, Remark, Room
from khcal.calendaring.recurrence import RecurrenceRule
from khcal.calendaring.shapes import Deadline

EXAMPLES = Path(__file__).with_name("examples.json")
# Tuesday of week 48.
TODAY = date(2026, 11, 24)
ROOMS = (Room(1, "Köket"), Room(2, "Rörelserummet"), Room(3, "Stora rummet"), Room(4, "Lilla rummet"))
HOUSE = Known(
    TODAY,
    ROOMS,
    (
        Earlier(11, "Lunchyoga", time(12), time(12, 45)),
        Earlier(12, "Öppet hus"),
        Earlier(13, "Öppet hus med fika", time(11), time(16)),
        Earlier(14, "Öppet hus en lördag", time(11), time(15)),
    ),
    (Pause("Sportlov", date(2027, 2, 15), date(2027, 2, 21)),),
)


def examples() -> list[dict[str, Any]]:
    """Every example: what it is about, the line, and the whole entry as :func:`told`."""
    found: list[dict[str, Any]] = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return found


def told(entry: Entry) -> dict[str, Any]:
    """Everything in an entry that is not simply empty, as JSON has it."""
    values = {each.name: getattr(entry, each.name) for each in fields(entry)}
    when = values.pop("when")
    values |= {each.name: getattr(when, each.name) for each in fields(when)}
    return {name: plain(value) for name, value in values.items() if not is_empty(value)}


def is_empty(value: Any) -> bool:
    """Whether a value says nothing; nought says something."""
    return value is None or value is False or value in ("", (), frozenset(), Deadline())


def plain(value: Any) -> Any:
    """A value as JSON has it: days and times as text, remarks as their code and what they tell of."""
    if isinstance(value, Remark):
        told_of = [plain(getattr(value, each.name)) for each in fields(value) if each.name != "code"]
        return ": ".join(
            [value.code.value, *([", ".join(map(str, filter(None, told_of)))] if any(told_of) else [])]
        )
    if isinstance(value, tuple | frozenset):
        rows = [plain(each) for each in value]
        return sorted(rows) if isinstance(value, frozenset) else rows
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | RecurrenceRule):
        return str(value)
    return _of_fields(value)


def _of_fields(value: Any) -> Any:
    """A dataclass as its fields that are not empty, a skip as it stands in the form."""
    names = getattr(value, "__dataclass_fields__", None)
    if names is None:
        return value
    if "reason" in names:
        return f"{value}: {value.reason}" if value.reason else str(value)
    if "start" in names:
        return [value.text, value.start, value.end]
    return {name: plain(getattr(value, name)) for name in names if not is_empty(getattr(value, name))}
