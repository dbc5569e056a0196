"""One cell of the spreadsheet → one value, or a :class:`CellFault` that says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

from . import remarks
from .fault import CellFault
from .shapes import Deadline
from .terms import AUDIENCE_WORDS, Audience

Code = TypeVar("Code", bound=StrEnum)

FIRST_YEAR, LAST_YEAR = 2000, 2099
MIDNIGHT = ("24:00", "24.00")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?::00)?")
_NUMBER_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio")
_CLOCK = r"(?:\s+(?:kl\.?|klockan)\s*(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?)?"
_DAY_AND_CLOCK = re.compile(rf"(?P<day>\d{{4}}-\d{{2}}-\d{{2}}){_CLOCK}", re.IGNORECASE)
_SAME_DAY = re.compile(rf"samma dag{_CLOCK}", re.IGNORECASE)
_DAY_BEFORE = re.compile(rf"dagen (?:före|innan){_CLOCK}", re.IGNORECASE)
_DAYS_BEFORE = re.compile(
    rf"(?P<number>\d+|{'|'.join(_NUMBER_WORDS)}) (?P<unit>dag|dagar|vecka|veckor) (?:före|innan){_CLOCK}",
    re.IGNORECASE,
)
_CANCELLED = re.compile(r"(?P<day>\S{10})\s*(?::\s*(?P<reason>.*))?", re.DOTALL)
_MOVED = re.compile(
    r"(?P<old>\S{10})\s*>\s*(?P<new>\S{10})(?:\s+(?P<time>\d{1,2}[:.]\d{2})"
    r"(?:\s*[–-]\s*(?:(?P<last>\d{4}-\d{2}-\d{2})\s+)?(?P<end>\d{1,2}[:.]\d{2}))?)?\s*(?::\s*(?P<reason>.*))?",
    re.DOTALL,
)
_CALLED_OFF = re.compile(r"\Ainställ[dt]\b[.:,]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cancelled:
    """That the date ``day`` is called off, and why."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """That the date ``old`` takes place on ``new`` instead, at ``start`` or at its usual time.

    It lasts as long as usual unless ``ends_at`` says until when.
    """

    old: date
    new: date
    start: time | None
    reason: str
    ends_at: datetime | None = None


def read_date(text: str) -> date:
    """An ISO date between the years 2000 and 2099."""
    if _DATE.fullmatch(text):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            raise CellFault(
                f"{quoted(text)} finns inte i almanackan. Skriv ett datum som 2026-09-17."
            ) from None
        if FIRST_YEAR <= day.year <= LAST_YEAR:
            return day
    raise CellFault(f"{quoted(text)} är inget datum. Skriv år, månad och dag så här: 2026-09-17.")


def read_dates(text: str) -> tuple[date, ...]:
    """ISO dates with spaces between them, each once, in order."""
    days = [read_date(word) for word in text.split()]
    twice = {day for day in days if days.count(day) > 1}
    if twice:
        raise CellFault(f"{min(twice)} står två gånger. Skriv varje datum en gång, med mellanslag emellan.")
    return tuple(sorted(days))


def read_time(text: str) -> time:
    """A time of day, ``10:00`` or ``10.00``."""
    match = _TIME.fullmatch(text)
    if match and int(match[1]) < 24 and int(match[2]) < 60:
        return time(int(match[1]), int(match[2]))
    raise CellFault(f"{quoted(text)} är inget klockslag. Skriv timme och minut så här: 13:00.")


def read_yes(text: str) -> bool:
    """``ja`` or ``nej``; an empty cell is no."""
    if text.casefold() in ("ja", "nej", ""):
        return text.casefold() == "ja"
    raise CellFault(f"{quoted(text)} går inte att tolka. Skriv ja eller nej.")


def read_word(text: str, words: Mapping[Code, str]) -> Code:
    """The code whose Swedish word stands in the cell."""
    known = {word: code for code, word in words.items()}
    if text.casefold() in known:
        return known[text.casefold()]
    raise CellFault(f"{_unknown(text, known)} Skriv något av: {_listed(known)}.")


def read_audience(text: str) -> frozenset[Audience]:
    """One or more groups of people, with a vertical bar or a comma between them."""
    parts = [part.strip() for part in re.split(r"[|,;]", text) if part.strip()]
    return frozenset(read_word(part, AUDIENCE_WORDS) for part in parts or [""])


def read_number(text: str, least: int, most: int, unit: str) -> int:
    """A whole number without unit or decimals."""
    if text.isascii() and text.isdigit() and least <= int(text[:9]) <= most and len(text) < 9:
        return int(text)
    raise CellFault(
        f"{quoted(text)} går inte att använda. Skriv {unit} som ett heltal mellan {least} och {most}."
    )


def read_deadline(text: str) -> Deadline:
    """Until when one signs up: a date, days before each date, or else the words as they stand."""
    if _DATE.fullmatch(text):
        return Deadline(day=read_date(text))
    if match := _DAY_AND_CLOCK.fullmatch(text):
        return Deadline(day=read_date(match["day"]), at=_clock(match))
    for pattern, days in ((_SAME_DAY, 0), (_DAY_BEFORE, 1), (_DAYS_BEFORE, None)):
        if match := pattern.fullmatch(text):
            return Deadline(days_before=_days(match) if days is None else days, at=_clock(match))
    return Deadline(words=text)


def read_cancelled(text: str) -> tuple[Cancelled, ...]:
    """``2026-11-19: Ledaren är sjuk.``, perhaps several, each beginning with its date."""
    found = []
    for part in remarks.split(text):
        match = _CANCELLED.fullmatch(part)
        if match is None:
            raise CellFault(f"{quoted(part)} går inte att tolka. Skriv så här: 2026-11-19: Ledaren är sjuk.")
        found.append(Cancelled(read_date(match["day"]), reason_in(remarks.told(match["reason"] or ""))))
    return tuple(found)


def read_moved(text: str) -> tuple[Moved, ...]:
    """``2026-10-30>2026-10-29 10:30: Orsak.``, perhaps several, each beginning with its old date."""
    found = []
    for part in remarks.split(text):
        match = _MOVED.fullmatch(part)
        if match is None:
            raise CellFault(
                f"{quoted(part)} går inte att tolka. Skriv gammal dag, ny dag, tid och orsak så här: "
                "2026-10-30>2026-10-29 10:30: Flyttad på grund av helgen."
            )
        start = read_time(match["time"]) if match["time"] else None
        new = read_date(match["new"])
        ends_at = end_on(read_date(match["last"]) if match["last"] else new, match["end"])
        found.append(Moved(read_date(match["old"]), new, start, remarks.told(match["reason"] or ""), ends_at))
    return tuple(found)


def end_on(day: date, text: str | None) -> datetime | None:
    """When something ends that ends at this time of day; 24:00 is midnight."""
    if text is None:
        return None
    if text in MIDNIGHT:
        return datetime.combine(day + timedelta(days=1), time.min)
    return datetime.combine(day, read_time(text))


def read_skips(text: str) -> tuple[tuple[date, str], ...]:
    """Days that never take place: ISO dates with spaces, or each with its reason, ``2026-10-29: Höstlov``."""
    if ":" not in text:
        return tuple((day, "") for day in read_dates(text))
    matches = [_CANCELLED.fullmatch(part) for part in remarks.split(text)]
    found = [(read_date(match["day"]), remarks.told(match["reason"] or "")) for match in matches if match]
    if len(found) < len(matches):
        raise CellFault(f"{quoted(text)} går inte att tolka. Skriv så här: 2026-10-29: Höstlov.")
    return tuple(sorted(found))


def reason_in(text: str) -> str:
    """Why it is called off, without the word that the page writes anyway."""
    return _CALLED_OFF.sub("", text.strip(), count=1)


def quoted(text: str) -> str:
    """The cell in a message: within quotation marks, and not more of it than one can read."""
    return f"”{text[:60]}…”" if len(text) > 60 else f"”{text}”"


def _days(match: re.Match[str]) -> int:
    word = match["number"].casefold()
    number = int(word) if word.isdigit() else _NUMBER_WORDS.index(word)
    days = number * 7 if match["unit"].casefold().startswith("veck") else number
    if days > 366:
        raise CellFault(
            f"{quoted(match[0])} är för långt före. Skriv ett datum i stället, till exempel 2026-09-17."
        )
    return days


def _clock(match: re.Match[str]) -> time | None:
    if match["hour"] is None:
        return None
    return read_time(f"{match['hour']}:{match['minute'] or '00'}")


def _unknown(text: str, known: Mapping[str, object]) -> str:
    if not text:
        return "Cellen är tom."
    close = get_close_matches(text[:60].casefold(), list(known), n=1)
    return f"{quoted(text)} är inget känt värde." + (f" Menar du ”{close[0]}”?" if close else "")


def _listed(known: Mapping[str, object]) -> str:
    return ", ".join(f"”{word}”" for word in known)
