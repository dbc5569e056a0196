"""One line of Swedish → what the form of an activity would hold, if somebody had filled it in so."""

from __future__ import annotations

from datetime import time
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import HiddenField

from khcal.calendaring.phrases.words import N_
from khcal.calendaring.quick_entry import Entry, When
from khcal.calendaring.recurrence import Frequency

from .fields import TextField
from .schedule import SCHEDULE_FIELDS, Repeat
from .sent_values import Sent
from .swedish import SwedishForm
from .typed import say_time

LONGEST_LINE = 1000
_EVERY = {1: Repeat.WEEKLY, 2: Repeat.FORTNIGHTLY}
_DEADLINE_FIELDS = ("signup_until_day", "signup_days_before", "signup_time", "signup_until_words")


class LineForm(SwedishForm):
    """The line as it stands, and what filled the form the last time: a line, and an earlier activity.

    What the form holds besides that, somebody has changed by hand.
    """

    line = TextField(N_("Skriv som du säger det"), LONGEST_LINE)
    filled_line = HiddenField()
    filled_earlier = HiddenField()

    @property
    def text(self) -> str:
        """The line, in one even where a browser has broken it."""
        return " ".join((self.line.data or "").splitlines())

    @property
    def last_text(self) -> str:
        """The line that filled the form."""
        return (self.filled_line.data or "")[:LONGEST_LINE]

    @property
    def earlier(self) -> int | None:
        """The number of the earlier activity whose values fill the form."""
        text = self.filled_earlier.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    @property
    def is_read(self) -> bool:
        """Whether the form is filled by the line as it stands."""
        return self.text == self.last_text


def typed(entry: Entry) -> Sent:
    """All that an entry says, as a browser would send it; what it does not say is not there."""
    filled = _sent({**_details(entry), **_deadline(entry), **_hours(entry)})
    for each in sorted(entry.audience):
        filled.add("audience", each.value)
    if _says_when(entry.when):
        filled.update(typed_when(entry.when))
    return filled


def typed_when(when: When) -> Sent:
    """The days as a browser would send them."""
    pauses = ", ".join(map(str, when.skips))
    days: dict[str, Any] = {"first_day": when.first_day, "last_day": when.last_day}
    filled = _sent({**days, "until": when.until, "times": when.times, "pauses": pauses[:500]})
    filled.update(_sent(_repeat_of(when)))
    rule = when.rule
    if rule and rule.frequency is Frequency.WEEKLY and not _is_same_weekday(when):
        filled.setlist("weekdays", [str(day) for day in rule.weekdays])
    return filled


def fields_told(filled: Sent) -> frozenset[str]:
    """Names of the fields that have a say in what was filled; those of "när" hang together."""
    told = set(filled)
    if told & {"first_day", "days", "repeat"}:
        told |= {*SCHEDULE_FIELDS} - {"starts", "ends", "all_day"}
    if told & {"starts", "ends", "all_day"}:
        told |= {"starts", "ends", "all_day"}
    if told & {*_DEADLINE_FIELDS}:
        told |= {*_DEADLINE_FIELDS}
    return frozenset(told)


def _details(entry: Entry) -> dict[str, Any]:
    names = ("title", "kind", "form", "room_id", "second_room_id", "place", "language")
    return {name: getattr(entry, name) for name in (*names, "signup", "signup_contact", "price", "capacity")}


def _deadline(entry: Entry) -> dict[str, Any]:
    """At most one of the three ways to say it: the form takes no more."""
    said = entry.deadline
    if said.day is not None:
        return {"signup_until_day": said.day, "signup_time": said.at}
    if said.days_before is not None:
        return {"signup_days_before": said.days_before, "signup_time": said.at}
    return {"signup_until_words": said.words[:120]}


def _hours(entry: Entry) -> dict[str, Any]:
    if entry.all_day:
        return {"all_day": "y"}
    ends = "24.00" if entry.ends == time.min else entry.ends
    return {"starts": entry.starts, "ends": ends}


def _sent(values: dict[str, Any]) -> Sent:
    said = {name: value for name, value in values.items() if value not in (None, "")}
    return MultiDict(
        {name: say_time(value) if isinstance(value, time) else str(value) for name, value in said.items()}
    )


def _says_when(when: When) -> bool:
    return bool(when.first_day or when.days or when.rule or when.until or when.times)


def _repeat_of(when: When) -> dict[str, Any]:
    if when.days:
        return {"repeat": Repeat.OWN_DAYS, "days": "\n".join(map(str, when.days))}
    if when.rule is None:
        # An end without a rule waits for a weekday.
        return {"repeat": Repeat.WEEKLY if when.until or when.times else Repeat.ONCE}
    interval = when.rule.interval
    if when.rule.frequency is Frequency.WEEKLY:
        return {"repeat": _EVERY.get(interval, Repeat.EVERY_WEEKS), "every": interval}
    if when.rule.nth is not None:
        return {"repeat": Repeat.MONTHLY_WEEKDAY, "nth": when.rule.nth, "every": interval}
    return {"repeat": Repeat.MONTHLY_DAY, "every": interval}


def _is_same_weekday(when: When) -> bool:
    """Whether the form finds the weekday by the first date, so that none need be ticked."""
    rule, first = when.rule, when.first_day
    return rule is not None and first is not None and rule.weekdays == (first.weekday(),)
