"""What one line of Swedish came to: values for the form, and what is worth telling about how it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from ..recurrence import Fault, RecurrenceRule, dates, days_of_weeks, last_day
from ..shapes import Deadline
from ..terms import Audience, Form, Kind, Signup

# As far ahead as the form looks for pauses when only a number of times is known.
PAUSES_AHEAD = timedelta(days=366)


class Assumed(StrEnum):
    """What was inferred: right most of the time, and therefore shown."""

    SPELLING = "spelling"
    YEAR = "year"
    THAT_DAY = "that_day"
    FIRST_DAY = "first_day"
    STARTS_ON = "starts_on"
    TERM = "term"
    KIND = "kind"
    AUDIENCE = "audience"
    FORM = "form"
    LANGUAGE = "language"
    ROOM = "room"
    PLACE = "place"
    EARLIER = "earlier"
    TITLE = "title"
    ENDS_AS_BEFORE = "ends_as_before"
    HOURS_AS_BEFORE = "hours_as_before"
    TIME = "time"
    WHOLE_DAY = "whole_day"
    WEEKLY = "weekly"
    EACH_DAY = "each_day"
    ONE_BY_ONE = "one_by_one"
    LONG_YEAR = "long_year"
    PARITY_LATER = "parity_later"
    NO_EFFECT = "no_effect"
    FEAST = "feast"
    CAPACITY = "capacity"
    RED_DAY = "red_day"


class Conflict(StrEnum):
    """What does not hold together, or that khcal refuses."""

    WEEKDAY = "weekday"
    START_WEEKDAY = "start_weekday"
    NO_SUCH_DAY = "no_such_day"
    OTHER_WEEK = "other_week"
    PAST = "past"
    BACKWARDS = "backwards"
    PARITY = "parity"
    TIMES = "times"
    RULE = "rule"
    NO_DATES = "no_dates"
    SKIP_OUTSIDE = "skip_outside"
    VAGUE_TIME = "vague_time"
    CLOCK_CHANGE = "clock_change"
    END_BEFORE_START = "end_before_start"
    SECOND_VALUE = "second_value"
    DEADLINE_LATE = "deadline_late"
    DEADLINE_PAST = "deadline_past"
    ROOMS = "rooms"
    TOO_LONG = "too_long"


class Lack(StrEnum):
    """What the form still needs."""

    TITLE = "title"
    DAY = "day"
    WEEKDAY = "weekday"
    DAYS = "days"
    START = "start"
    STARTS = "starts"
    ENDS = "ends"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Unread:
    """A piece that was not understood: ``text`` is the line from ``start`` to ``end`` (exclusive)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to tell about the line, with the values that the sentence needs.

    ``piece`` is what was typed, ``word`` what it was read as, or a name.
    """

    code: Assumed | Conflict
    piece: str = ""
    word: str = ""
    day: date | None = None
    last: date | None = None
    at: time | None = None
    number: int | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An ISO week or a day without a date; ``reason`` is Swedish, as visitors would read it, or empty."""

    week: int | None = None
    day: date | None = None
    reason: str = ""

    def __str__(self) -> str:
        """As it stands in the form's field: ``v. 44`` or ``2026-12-24``."""
        return f"v. {self.week}" if self.day is None else self.day.isoformat()


@dataclass(frozen=True, slots=True)
class When:
    """The days, in one of the shapes that the form has.

    - nothing: ``first_day`` is ``None`` and ``days`` empty;
    - once: ``first_day``, and ``last_day`` when it goes on for several days;
    - by a rule: ``rule``, ``first_day`` (the rule's first date), ``until`` or ``times``, ``skips``. So many
      times are those that take place; without a bound the rule has no end yet;
    - day by day: ``days``, sorted.

    A rule with further days beside it is a shape that neither form nor plan has, so it becomes day by day.
    """

    first_day: date | None = None
    last_day: date | None = None
    rule: RecurrenceRule | None = None
    until: date | None = None
    times: int | None = None
    skips: tuple[LeftOut, ...] = ()
    days: tuple[date, ...] = ()

    @property
    def is_bounded(self) -> bool:
        """Whether the dates are known to the last."""
        return self.rule is None or self.until is not None or self.times is not None

    def dates(self) -> tuple[date, ...]:
        """The day of every date that takes place; none while a rule has no end. Raises RecurrenceError."""
        if self.days or self.first_day is None:
            return self.days
        if self.rule is None:
            # An end without a rule waits for a weekday.
            return () if self.until or self.times else (self.first_day,)
        if not self.is_bounded:
            return ()
        skipped = self.skipped_days()
        until = self.until or last_day(self.rule, self.first_day, self.times or 1, skipped)
        return tuple(dates(self.rule, self.first_day, until, skips=skipped))

    def skipped_days(self) -> frozenset[date]:
        """Every day that the skips cover, those of a week included."""
        if self.first_day is None:
            return frozenset()
        weeks = {skip.week for skip in self.skips if skip.week is not None}
        until = self.until or self.first_day + PAUSES_AHEAD
        in_weeks = days_of_weeks(weeks, self.first_day, until) if weeks else []
        return frozenset({*in_weeks, *(skip.day for skip in self.skips if skip.day)})


@dataclass(frozen=True, slots=True)
class Entry:
    """A filled form. What the line did not say is ``None`` or empty, for the form's own defaults.

    ``starts``/``ends`` are wall time, ``ends`` at 00.00 is midnight after; ``earlier`` is the id of the
    known activity with the same title, whose other values the caller fills in. Room numbers are those
    of :class:`.known.Room`. ``assumptions``, ``conflicts`` and ``lacks`` become sentences in
    :mod:`khcal.calendaring.phrases`.
    """

    title: str = ""
    earlier: int | None = None
    kind: Kind | None = None
    when: When = field(default_factory=When)
    starts: time | None = None
    ends: time | None = None
    all_day: bool = False
    room_id: int | None = None
    second_room_id: int | None = None
    place: str = ""
    form: Form | None = None
    audience: frozenset[Audience] = frozenset()
    language: str | None = None
    signup: Signup | None = None
    deadline: Deadline = field(default_factory=Deadline)
    signup_contact: str = ""
    price: int | None = None
    capacity: int | None = None
    assumptions: tuple[Remark, ...] = ()
    conflicts: tuple[Remark, ...] = ()
    not_understood: tuple[Unread, ...] = ()
    lacks: tuple[Lack, ...] = ()

    @property
    def pauses(self) -> str:
        """What is left out, as the form's field "Uppehåll" takes it: ``v. 44, 2026-12-24``."""
        return ", ".join(map(str, self.when.skips))
