"""Recurrence rules in writing: the RFC 5545 text khcal stores, rules from elsewhere, skipped days and weeks.

What khcal does not keep is refused with the piece at fault, never read as something near to it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from . import clock
from .recurrence import (
    MOST_DATES,
    WEEKDAY_CODES,
    Fault,
    Frequency,
    RecurrenceError,
    RecurrenceRule,
    days_of_weeks,
)

_PARTS = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "WKST", "UNTIL", "COUNT"})
_UNTIL_FORMS = {8: "%Y%m%d", 15: "%Y%m%dT%H%M%S", 16: "%Y%m%dT%H%M%SZ"}
# A number by itself is a week, unless it is a piece of something else: 24/12, 24.12, 51-53.
_SKIP = re.compile(
    r"(?<![\w/.:-])(?:(?:v(?:\.|ecka\b)?\s*)?(\d{1,2})|(\d{4}-\d\d-\d\d))(?![\w/:-]|\.\w)",
    re.ASCII | re.IGNORECASE,
)
_BETWEEN_SKIPS = re.compile(r"[,;\s]+|\b(?:och|inte|ej)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ForeignRule:
    """A rule from elsewhere and how far it goes: its last day, or how many dates, or neither."""

    rule: RecurrenceRule
    until: date | None = None
    count: int | None = None


def parse(text: str) -> RecurrenceRule:
    """The rule in stored text. Raises RecurrenceError for anything else, also for UNTIL and COUNT."""
    parts = _read_parts(text)
    for name in ("UNTIL", "COUNT"):
        if name in parts:
            raise RecurrenceError(Fault.PART, name)
    return _rule_of(parts)


def read_foreign(text: str, starts_at: datetime) -> ForeignRule:
    """The rule and its end in RRULE text from elsewhere, whose first date starts at this wall time.

    A missing day is that of the first date. UNTIL in UTC becomes the last local day on which a date
    can still start. Raises RecurrenceError.
    """
    parts = _read_parts(text.strip().removeprefix("RRULE:"))
    if "UNTIL" in parts and "COUNT" in parts:
        raise RecurrenceError(Fault.COUNT, parts["COUNT"])
    rule = _rule_of(_complete(parts, starts_at.date()))
    until = _last_day_of(parts["UNTIL"], starts_at.time()) if "UNTIL" in parts else None
    count = _number(parts["COUNT"], Fault.COUNT) if "COUNT" in parts else None
    if count is not None and not 1 <= count <= MOST_DATES:
        raise RecurrenceError(Fault.COUNT, count)
    return ForeignRule(rule, until, count)


def read_skips(text: str, first: date, last: date) -> list[date]:
    """The days meant by ``v. 44, 2026-12-24``: whole ISO weeks and ISO dates within the span, sorted.

    The week may also be ``44``, and ``inte v. 44`` or ``ej v. 44`` means the same.

    Raises RecurrenceError for a week the span does not have, and for any other word.
    """
    rest = _BETWEEN_SKIPS.sub("", _SKIP.sub(" ", text))
    if rest:
        raise RecurrenceError(Fault.UNREADABLE, rest)
    found = _SKIP.findall(text)
    days = set(days_of_weeks((int(week) for week, _ in found if week), first, last))
    days.update(_read_day(day) for _, day in found if day)
    return sorted(day for day in days if first <= day <= last)


def _read_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RecurrenceError(Fault.UNREADABLE, text) from None


def _read_parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.strip().upper().split(";"):
        name, equals, value = part.partition("=")
        if not (name and equals and value) or name in parts:
            raise RecurrenceError(Fault.UNREADABLE, part)
        if name not in _PARTS:
            raise RecurrenceError(Fault.PART, name)
        parts[name] = value
    return parts


def _rule_of(parts: dict[str, str]) -> RecurrenceRule:
    if parts.get("FREQ", "") not in set(Frequency):
        raise RecurrenceError(Fault.FREQUENCY, parts.get("FREQ", ""))
    if parts.get("WKST", "MO") != "MO":
        raise RecurrenceError(Fault.WEEK_START, parts["WKST"])
    frequency = Frequency(parts["FREQ"])
    interval = _number(parts.get("INTERVAL", "1"), Fault.INTERVAL)
    month_day = _number(parts["BYMONTHDAY"], Fault.MONTH_DAY) if "BYMONTHDAY" in parts else None
    nths, weekdays = _read_weekdays(parts["BYDAY"]) if "BYDAY" in parts else ([], ())
    if frequency is Frequency.WEEKLY and nths:
        raise RecurrenceError(Fault.WEEKDAYS, parts["BYDAY"])
    return RecurrenceRule(frequency, interval, weekdays, nths[0] if nths else None, month_day)


def _read_weekdays(text: str) -> tuple[list[int], tuple[int, ...]]:
    nths, weekdays = [], []
    for item in text.split(","):
        number, code = item[:-2], item[-2:]
        if code not in WEEKDAY_CODES:
            raise RecurrenceError(Fault.WEEKDAYS, item)
        if number:
            nths.append(_number(number, Fault.NTH))
        weekdays.append(WEEKDAY_CODES.index(code))
    if len(set(weekdays)) < len(weekdays) or (nths and len(weekdays) > 1):
        raise RecurrenceError(Fault.WEEKDAYS, text)
    return nths, tuple(sorted(weekdays))


def _complete(parts: dict[str, str], first: date) -> dict[str, str]:
    if "BYDAY" in parts or "BYMONTHDAY" in parts:
        return parts
    if parts.get("FREQ") == "WEEKLY":
        return parts | {"BYDAY": WEEKDAY_CODES[first.weekday()]}
    return parts | {"BYMONTHDAY": str(first.day)}


def _last_day_of(text: str, starts: time) -> date:
    try:
        moment = datetime.strptime(text, _UNTIL_FORMS[len(text)])
        if text.endswith("Z"):
            moment = moment.replace(tzinfo=UTC).astimezone(clock.ZONE).replace(tzinfo=None)
    except (KeyError, OverflowError, ValueError):
        raise RecurrenceError(Fault.UNTIL, text) from None
    if len(text) == 8:
        return moment.date()
    return moment.date() if moment.time() >= starts else moment.date() - clock.ONE_DAY


def _number(text: str, fault: Fault) -> int:
    if not re.fullmatch(r"[+-]?\d{1,4}", text, re.ASCII):
        raise RecurrenceError(fault, text)
    return int(text)
