"""The dates of an activity → the date columns of its row, and the dates that such a row can't hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from . import clock, recurrence, remarks, rule_text
from .limits import EARLIEST_EVENING, LATEST_NIGHT_END
from .reading_dates import WEEKDAYS, with_reasons
from .reading_more import NO_TRACES, OWN_VALUES, PLACES_WORDS
from .terms import FORM_WORDS, Form, Places, Status

ONE_DAY = timedelta(days=1)
RoomInWords = Callable[[list[str]], str]
_OWN_WORDS = {name: word for word, name in OWN_VALUES.items()}


@dataclass(frozen=True, slots=True)
class Split:
    """``dates`` by the day first planned, which one row holds; those ``left_over`` need rows of their own.

    ``slots`` are all days of the ``rule``. Without ``starts`` the dates are whole days, ``days`` each.
    """

    dates: Mapping[date, Mapping[str, Any]]
    left_over: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    rule: str = ""
    slots: tuple[date, ...] = ()
    until: date | None = None
    starts: time | None = None
    ends: time | None = None
    days: int = 1

    def usual(self, day: date) -> tuple[datetime, datetime]:
        """When a date of this row is, unless it was moved."""
        if self.starts is None or self.ends is None:
            return clock.midnight(day), clock.midnight(day) + self.days * ONE_DAY
        nights = int(self.ends <= self.starts) * ONE_DAY
        return datetime.combine(day, self.starts), datetime.combine(day, self.ends) + nights


@dataclass
class _Columns:
    """What is gathered while the dates are gone through."""

    room_in_words: RoomInWords
    cancelled: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)
    own: list[str] = field(default_factory=list)


def fitting(values: Mapping[str, Any]) -> Split:
    """How the dates that are not withdrawn fit into one row."""
    shown = {key: each for key, each in values["dates"].items() if each["state"][0] != Status.WITHDRAWN}
    if not shown:
        return Split({})
    first = next(iter(sorted(shown.items(), key=lambda pair: pair[1]["when"])))[1]
    starts, ends, days = _hours(values, first)
    rule, slots, until = _rule(values)
    dates: dict[date, Mapping[str, Any]] = {}
    left_over = []
    for key, each in sorted(shown.items(), key=lambda pair: (not pair[1]["slot"], pair[1]["when"])):
        day = _first_planned(key, each)
        is_stray = day in slots and not each["slot"]
        if day in dates or is_stray or not _fits(each, starts, days if len(shown) == 1 else 1):
            left_over.append((key, each))
        else:
            dates[day] = each
    return Split(dates, tuple(left_over), rule, slots, until, starts, ends, days if len(shown) == 1 else 1)


def cells_of_dates(values: Mapping[str, Any], split: Split, room_in_words: RoomInWords) -> dict[str, str]:
    """Every column that tells of dates. ``room_in_words`` names a room of some house as a cell does."""
    if not split.dates:
        return {}
    days = sorted(split.dates)
    first = split.slots[0] if split.slots else days[0]
    columns = _Columns(room_in_words)
    for day in days:
        _tell(columns, day, split.dates[day], split)
    skipped = {day: values["skips"].get(day.isoformat(), "") for day in split.slots if day not in split.dates}
    is_all_full = all(each["places"] == Places.FULL for each in split.dates.values())
    return {
        "veckodag": WEEKDAYS[first.weekday()],
        "startdatum": first.isoformat(),
        "slutdatum": _last_day(split, first, days).isoformat(),
        **_hour_cells(split),
        "rrule": f"{split.rule};UNTIL={_end_of(split.until)}" if split.rule and split.until else "",
        **_skip_cells(skipped),
        "extra_datum": " ".join(day.isoformat() for day in days if day not in split.slots and day != first),
        "inställda_datum": " | ".join(columns.cancelled),
        "flyttade_datum": " | ".join(columns.moved),
        "fullbokad": "ja" if is_all_full else "nej",
        "platsläge": "" if is_all_full else _places(split),
        "utkast": _drafts(split),
        "spår": "\n".join(columns.traces),
        "avvikelser": "\n".join(columns.own),
    }


def _hours(values: Mapping[str, Any], first: Mapping[str, Any]) -> tuple[time | None, time | None, int]:
    """The usual hours, as the activity has them or else as its first date."""
    begins, ended = map(datetime.fromisoformat, first["when"])
    told = [time.fromisoformat(each) if each else None for each in values["times"]]
    if clock.is_all_day(begins, ended):
        return None, None, max((ended - begins).days, 1)
    starts, ends = told if len(told) == 2 and told[0] is not None else [begins.time(), ended.time()]
    if starts is None or ends is None or not _is_span(starts, ends):
        return (
            begins.time(),
            min(time(23, 59), ended.time()) if _is_span(begins.time(), ended.time()) else time(23, 59),
            1,
        )
    return starts, ends, 1


def _is_span(starts: time, ends: time) -> bool:
    """Whether a row can have these hours."""
    return starts < ends or ends == time.min or (starts >= EARLIEST_EVENING and ends <= LATEST_NIGHT_END)


def _rule(values: Mapping[str, Any]) -> tuple[str, tuple[date, ...], date | None]:
    text, first, last = values["rule"]
    if not (text and first and last):
        return "", (), None
    try:
        until = date.fromisoformat(last)
        slots = recurrence.dates(rule_text.parse(text), date.fromisoformat(first), until)
    except recurrence.RecurrenceError:
        return "", (), None
    return (text, tuple(slots), until) if slots else ("", (), None)


def _first_planned(key: str, each: Mapping[str, Any]) -> date:
    if each["slot"]:
        return date.fromisoformat(each["slot"])
    days = [key] if not key.startswith("#") else [start for start, _ in each["left"]] or [each["when"][0]]
    return date.fromisoformat(min(days)[:10])


def _fits(each: Mapping[str, Any], starts: time | None, days: int) -> bool:
    begins, ended = map(datetime.fromisoformat, each["when"])
    is_all_day = clock.is_all_day(begins, ended)
    return (
        ended - begins == days * ONE_DAY if is_all_day and starts is None else is_all_day is (starts is None)
    )


def _tell(columns: _Columns, day: date, each: Mapping[str, Any], split: Split) -> None:
    begins, ended = map(datetime.fromisoformat, each["when"])
    usual = split.usual(day)
    reasons = {start[:10]: why for start, why in each["left"]}
    if each["state"][0] == Status.CANCELLED:
        told = f"Inställt. {each['state'][1]}".rstrip()
        columns.cancelled.append(f"{day}: {remarks.written(told)}")
    if (begins, ended) != usual:
        columns.moved.append(_move(day, begins, ended, usual, reasons.get(day.isoformat(), "")))
    implied = [[usual[0].isoformat(), reasons.get(day.isoformat(), "")]] if begins.date() != day else []
    if each["left"] != implied:
        columns.traces.extend(_traces(day, each["left"]))
    columns.own.extend(f"{day} {_own(columns, name, value)}" for name, value in each.get("own", {}).items())


def _traces(day: date, left: Iterable[tuple[str, str]]) -> list[str]:
    lines = [f"{day}: {start[:10]} {start[11:16]} {remarks.written(why)}".rstrip() for start, why in left]
    return lines or [f"{day}: {NO_TRACES}"]


def _own(columns: _Columns, name: str, value: Any) -> str:
    """One value of a date's own: the word for it, and what it is."""
    if name == "form":
        return f"form: {FORM_WORDS[Form(value)]}"
    if name == "room":
        return f"rum: {columns.room_in_words(value)}"
    return f"{_OWN_WORDS[name]}: {remarks.written(value)}"


def _move(day: date, begins: datetime, ended: datetime, usual: tuple[datetime, datetime], reason: str) -> str:
    hours = ""
    if begins.time() != time.min or ended.time() != time.min:
        hours = f" {begins:%H:%M}"
        if ended - begins != usual[1] - usual[0]:
            hours += f"–{ended:%H:%M}" if ended.date() == begins.date() else f"–{ended:%Y-%m-%d %H:%M}"
    return f"{day}>{begins.date()}{hours}" + (f": {remarks.written(reason)}" if reason else "")


def _last_day(split: Split, first: date, days: list[date]) -> date:
    if split.until is not None:
        return split.until
    return first + (split.days - 1) * ONE_DAY if split.starts is None and len(days) == 1 else max(days)


def _hour_cells(split: Split) -> dict[str, str]:
    if split.starts is None or split.ends is None:
        return {"heldag": "ja"}
    ends = "24:00" if split.ends == time.min else f"{split.ends:%H:%M}"
    return {"heldag": "nej", "starttid": f"{split.starts:%H:%M}", "sluttid": ends}


def _end_of(until: date) -> str:
    """The last moment of the day, as rules tell it."""
    return f"{clock.to_utc(datetime.combine(until, time(23, 59, 59))):%Y%m%dT%H%M%SZ}"


def _skip_cells(skipped: Mapping[date, str]) -> dict[str, str]:
    """Skipped days; their reasons in words for people where these come back as they were."""
    days = " ".join(day.isoformat() for day in skipped)
    weeks = dict.fromkeys(
        f"v. {clock.week_of(day)[1]} ({why[:1].lower()}{why[1:]})" for day, why in skipped.items() if why
    )
    text = f"Uppehåll {', '.join(weeks)}" if weeks else ""
    plain = tuple((day, "") for day in skipped)
    for told in (text, ""):
        if dict(with_reasons(told, plain)) == dict(skipped):
            return {"exdatum": days, "uppehåll_text": told}
    return {"exdatum": " | ".join(f"{day}: {remarks.written(why)}".rstrip() for day, why in skipped.items())}


def _places(split: Split) -> str:
    told = ((day, Places(each["places"])) for day, each in sorted(split.dates.items()))
    return "; ".join(f"{day}: {PLACES_WORDS[places]}" for day, places in told if places is not Places.OPEN)


def _drafts(split: Split) -> str:
    drafts = [day.isoformat() for day, each in sorted(split.dates.items()) if each.get("draft")]
    return "ja" if drafts and len(drafts) == len(split.dates) else " ".join(drafts)
