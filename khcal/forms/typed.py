"""What people type → times and dates, or a sentence that says what to write instead."""

from __future__ import annotations

import re
from datetime import date, time

from khcal.i18n import gettext as _

FIRST_YEAR, LAST_YEAR = 2000, 2099
_TIME = re.compile(r"(?:kl(?:ockan)?\.?\s*)?(\d{1,2})(?:[.:,]?(\d{2}))?", re.IGNORECASE | re.ASCII)
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})", re.ASCII)
_SWEDISH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[-/. ]\s*(\d{4})", re.ASCII)
_BETWEEN_DAYS = re.compile(r"[,;\n\r]+|\boch\b|(?<=\d)\s+(?=\d{4}-)", re.IGNORECASE)


class TypedError(ValueError):
    """What was typed can't be read; the message is a Swedish sentence."""


def read_time(text: str) -> time:
    """``9``, ``9.30``, ``09:30``, ``0930`` and ``kl. 9``; ``24.00`` is midnight. Raises TypedError."""
    match = _TIME.fullmatch(text.strip())
    hour, minute = (int(match[1]), int(match[2] or 0)) if match else (99, 0)
    if (hour, minute) == (24, 0):
        return time.min
    if hour > 23 or minute > 59:
        raise TypedError(_("Skriv en tid, till exempel 9.30 eller 13."))
    return time(hour, minute)


def say_time(moment: time | None) -> str:
    """``09.30``, as it stands in a field."""
    return f"{moment:%H.%M}" if moment is not None else ""


def read_day(text: str) -> date:
    """``2026-11-24``, ``20261124`` and ``24/11 2026``. Raises TypedError."""
    text = text.strip()
    if match := _DAY.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _SWEDISH_DAY.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise TypedError(_("Skriv datumet med år, månad och dag, till exempel 2026-11-24."))
    try:
        found = date(year, month, day)
    except ValueError:
        raise TypedError(_("{day} finns inte i almanackan.").format(day=text)) from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise TypedError(_("Året {year} kan inte stämma. Kontrollera datumet.").format(year=year))
    return found


def read_days(text: str) -> tuple[date, ...]:
    """Dates with commas or on lines of their own, each once, in order. Raises TypedError."""
    return tuple(sorted({read_day(part) for part in _BETWEEN_DAYS.split(text) if part.strip()}))
