"""The dates of an activity → the date columns of its row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from . import clock, recurrence, remarks, rule_text
from .limits import EARLIEST_EVENING, LATEST_NIGHT_END
from .reading_dates import LONGEST_BREAKS, WEEKDAYS, with_reasons
from .reading_more import NO_TRACES, OWN_VALUES, PLACES_WORDS
from .terms import FORM_WORDS, Form, Places, Status

ONE_DAY = timedelta(days=1)
RoomInWords = Callable[[list[str]], str]
_OWN_WORDS = {name: word for word, name in OWN_VALUES.items()}


@dataclass(frozen=True, slots=True)
class Split:
    """``dates`` by the day that stands for them, as a rule the one first planned.

    ``slots`` are all days of the ``rule``. Without ``starts`` the dates are whole days, ``days`` each.
    """

    dates: Mapping[date, Mapping[str, Any]]
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
    """How the dates that stand fit into one row.

    A day can stand for one date: of two on one day the other is written as if it had been moved there.
    """
    shown = _standing(values["dates"])
    starts, ends, days = _hours(values, list(shown.values()))
    rule, slots, until = _rule(values)
    dates: dict[date, Mapping[str, Any]] = {}
    waiting = []
    for key, each in sorted(shown.items(), key=lambda pair: (not pair[1]["slot"], pair[1]["when"])):
        day = _first_planned(key, each)
        if day in dates or (day in slots and not each["slot"]):
            waiting.append((day, each))
        else:
            dates[day] = each
    for day, each in waiting:
        dates[_free_after(day, {*dates, *slots})] = each
    return Split(dates, rule, slots, until, starts, ends, days)


def _free_after(day: date, taken: Collection[date]) -> date:
    return next(later for number in count(1) if (later := day + number * ONE_DAY) not in taken)


def _standing(dates: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The dates that are not withdrawn. While nobody sees any, these wait to be published, as drafts do."""
    shown = {key: each for key, each in dates.items() if each["state"][0] != Status.WITHDRAWN}
    if any(not each.get("draft") for each in shown.values()):
        return shown
    waiting = {"state": [str(Status.PLANNED), ""], "draft": True}
    return {key: each if key in shown else {**each, **waiting} for key, each in dates.items()}


def cells_of_dates(values: Mapping[str, Any], split: Split, room_in_words: RoomInWords) -> dict[str, str]:
    """Every column that tells of dates. ``room_in_words`` names a room of some house as a cell does."""
    if not split.dates and not split.slots:
        # Nothing is public of what has no dates yet.
        return {**_hour_cells(split), "utkast": "ja"}
    days = sorted(split.dates)
    first = split.slots[0] if split.slots else days[0]
    columns = _Columns(room_in_words)
    for day in days:
        _tell(columns, day, split.dates[day], split)
    skipped = {day: values["skips"].get(day.isoformat(), "") for day in split.slots if day not in split.dates}
    is_all_full = bool(days) and all(each["places"] == Places.FULL for each in split.dates.values())
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


def _hours(
    values: Mapping[str, Any], dates: Iterable[Mapping[str, Any]]
) -> tuple[time | None, time | None, int]:
    """The usual hours, as the activity has them or else as its first date that is no whole day."""
    whens = sorted(tuple(map(datetime.fromisoformat, each["when"])) for each in dates)
    told = [time.fromisoformat(each) if each else None for each in values["times"]]
    timed = [when for when in whens if not clock.is_all_day(*when)]
    if whens and not timed:
        return None, None, (whens[0][1] - whens[0][0]).days if len(whens) == 1 else 1
    if not timed:
        return (*_told_hours(told), 1)
    begins, ended = timed[0]
    starts, ends = told if len(told) == 2 and told[0] is not None else [begins.time(), ended.time()]
    if starts is None or ends is None or not _is_span(starts, ends):
        return (
            begins.time(),
            min(time(23, 59), ended.time()) if _is_span(begins.time(), ended.time()) else time(23, 59),
            1,
        )
    return starts, ends, 1


def _told_hours(told: list[time | None]) -> tuple[time | None, time | None]:
    """The hours of an activity that has no dates yet, if a row can have them."""
    starts, ends = told if len(told) == 2 else (None, None)
    is_told = starts is not None and ends is not None and _is_span(starts, ends)
    return (starts, ends) if is_told else (None, None)


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


def _tell(columns: _Columns, day: date, each: Mapping[str, Any], split: Split) -> None:
    begins, ended = map(datetime.fromisoformat, each["when"])
    usual = split.usual(day)
    reasons = {start[:10]: why for start, why in each["left"]}
    if each["state"][0] == Status.CANCELLED:
        told = f"Inställt. {each['state'][1]}".rstrip()
        columns.cancelled.append(f"{day}: {remarks.written(told)}")
    if (begins, ended) != usual:
        columns.moved.append(_move(day, begins, ended, usual, reasons.get(day.isoformat(), "")))
    implied = (
        [[usual[0].isoformat(), reasons.get(day.isoformat(), "")]]
        if not clock.stands_on(begins, ended, day)
        else []
    )
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
        return f"rum: {remarks.written(columns.room_in_words(value))}"
    return f"{_OWN_WORDS[name]}: {remarks.written(value)}"


def _move(day: date, begins: datetime, ended: datetime, usual: tuple[datetime, datetime], reason: str) -> str:
    hours = ""
    if not clock.is_all_day(begins, ended) or ended - begins != usual[1] - usual[0]:
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
        if len(told) <= LONGEST_BREAKS and dict(with_reasons(told, plain)) == dict(skipped):
            return {"exdatum": days, "uppehåll_text": told}
    return {"exdatum": " | ".join(f"{day}: {remarks.written(why)}".rstrip() for day, why in skipped.items())}


def _places(split: Split) -> str:
    told = ((day, Places(each["places"])) for day, each in sorted(split.dates.items()))
    return "; ".join(f"{day}: {PLACES_WORDS[places]}" for day, places in told if places is not Places.OPEN)


def _drafts(split: Split) -> str:
    drafts = [day.isoformat() for day, each in sorted(split.dates.items()) if each.get("draft")]
    return "ja" if len(drafts) == len(split.dates) else " ".join(drafts)
