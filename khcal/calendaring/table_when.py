"""When, as somebody's own table says it in any spelling → the date columns of our sheet.

The words are read as a line of the form is (:mod:`.quick_entry`): nothing is guessed, and what is not
understood is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from . import phrases, recurrence
from .fault import CellFault
from .phrases.quick_entry import entry_lack, entry_remark
from .quick_entry import Conflict, Entry, Known, Lack, read_line

LONGEST_WORDS = 150
EXAMPLE = "Skriv till exempel 2027-01-12 och 13–15."
_OR_CHOOSE = (
    "Skriv till exempel 13–15, eller välj under ”För det som inte står på raden” hur länge det varar."
)
_SECONDS = re.compile(r"(?<=\d[:.]\d\d)[:.]\d\d(?!\d)")
_MIDNIGHT_OF_A_DAY = re.compile(r"(?<=\d{4}-\d\d-\d\d)[ T]00:00(?::00)?$")
_BARE_HOUR = re.compile(r"\d{1,2}")
# What is worth knowing and no reason to leave the row out.
_HARMLESS = frozenset({Conflict.PAST})


def read_when(cells: Mapping[str, str], today: date, minutes: int | None) -> dict[str, str]:
    """The date columns for the cells ``när``, ``dag``, ``tid``, ``starttid`` and ``sluttid``.

    ``minutes`` is how long it lasts when no end is told. Raises :class:`CellFault`.
    """
    line = _line(cells)
    if not line:
        raise CellFault(f"Det står inte när det är. {EXAMPLE}")
    if len(line) > LONGEST_WORDS:
        raise CellFault(f"Texten om när är för lång. {EXAMPLE}")
    entry = _read(line, today)
    _check(entry, line, minutes)
    return _days(entry) | _hours(entry, minutes)


def _line(cells: Mapping[str, str]) -> str:
    """The cells as one line: ``tisdagar 2027-01-12 13:00–15:00``."""
    day = _MIDNIGHT_OF_A_DAY.sub("", cells.get("dag", ""))
    starts, ends = (_SECONDS.sub("", cells.get(name, "")) for name in ("starttid", "sluttid"))
    hours = f"{starts}–{ends}" if starts and ends and starts != ends else starts
    told = [cells.get("när", ""), day, _SECONDS.sub("", cells.get("tid", "")), hours]
    told[2:] = [f"kl. {each}" if _BARE_HOUR.fullmatch(each) else each for each in told[2:]]
    return " ".join(" ".join(told).split())


@lru_cache(maxsize=4096)
def _read(line: str, today: date) -> Entry:
    return read_line(line, Known(today))


def _check(entry: Entry, line: str, minutes: int | None) -> None:
    unread = [*(each.text for each in entry.not_understood), *filter(None, [entry.title])]
    if unread:
        raise CellFault(f"”{unread[0][:60]}” går inte att läsa som dag eller tid. {EXAMPLE}")
    told = [remark for remark in entry.conflicts if remark.code not in _HARMLESS]
    if told:
        raise CellFault(f"{entry_remark(told[0])} {EXAMPLE}")
    lacks = [lack for lack in entry.lacks if lack is not Lack.TITLE]
    if minutes is not None and entry.starts is not None:
        lacks = [lack for lack in lacks if lack is not Lack.ENDS]
    if lacks == [Lack.ENDS]:
        raise CellFault(f"När det slutar saknas i ”{line[:60]}”. {_OR_CHOOSE}")
    if lacks:
        raise CellFault(f"{entry_lack(lacks[0])} saknas i ”{line[:60]}”. {EXAMPLE}")


def _days(entry: Entry) -> dict[str, str]:
    when = entry.when
    if when.last_day is not None and when.first_day is not None:
        return {"startdatum": f"{when.first_day}", "slutdatum": f"{when.last_day}"}
    if when.rule is not None and when.first_day is not None:
        return _series(entry)
    days = sorted(when.days or filter(None, [when.first_day]))
    if not days:
        raise CellFault(f"Det står inte vilken dag det är. {EXAMPLE}")
    return {"startdatum": f"{days[0]}", "extra_datum": " ".join(map(str, days[1:]))}


def _series(entry: Entry) -> dict[str, str]:
    when = entry.when
    assert when.rule is not None
    assert when.first_day is not None
    try:
        skipped = when.skipped_days()
        until = when.until or recurrence.last_day(when.rule, when.first_day, when.times or 1, skipped)
        slots = recurrence.dates(when.rule, when.first_day, until)
    except recurrence.RecurrenceError as error:
        raise CellFault(f"{phrases.rule_fault(error)} {EXAMPLE}") from None
    return {
        "startdatum": f"{slots[0]}" if slots else "",
        "slutdatum": f"{until}",
        "rrule": f"{when.rule};UNTIL={until:%Y%m%d}",
        "exdatum": " ".join(f"{day}" for day in slots if day in skipped),
    }


def _hours(entry: Entry, minutes: int | None) -> dict[str, str]:
    if entry.starts is None:
        return {"heldag": "ja"}
    ends = entry.ends
    if ends is None:
        ends = (datetime.combine(date.min, entry.starts) + timedelta(minutes=minutes or 0)).time()
    return {
        "heldag": "nej",
        "starttid": f"{entry.starts:%H:%M}",
        "sluttid": "24:00" if ends == time.min else f"{ends:%H:%M}",
    }
