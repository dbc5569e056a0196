"""When: the part of the form that says on which dates an activity takes place."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from wtforms import BooleanField, Field, SelectField

from khcal.calendaring import clock, phrases
from khcal.calendaring.limits import LATEST_NIGHT_END, LONGEST_STAY_DAYS
from khcal.calendaring.phrases.words import N_
from khcal.calendaring.plan import Schedule, Slot
from khcal.calendaring.proposal import Pause, Wanted, pause_on
from khcal.calendaring.recurrence import (
    LAST_SAFE_MONTH_DAY,
    Fault,
    RecurrenceError,
    RecurrenceRule,
    check_start,
    first_day,
    last_day,
    monthly_day,
    monthly_nth,
    weekly,
)
from khcal.calendaring.red_days import named_day
from khcal.calendaring.rule_text import read_skips
from khcal.i18n import gettext as _

from .extra_days import ExtraDaysField
from .fields import CodesField, DayField, DaysField, EndTimeField, TextField, TimeField, WholeNumberField
from .swedish import SwedishForm

MOST_OWN_DAYS = 200


class Repeat(StrEnum):
    """The ways to say on which dates."""

    ONCE = "once"
    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    EVERY_WEEKS = "every_weeks"
    MONTHLY_WEEKDAY = "monthly_weekday"
    MONTHLY_DAY = "monthly_day"
    OWN_DAYS = "own_days"


REPEATS = (
    (Repeat.ONCE, N_("En gång")),
    (Repeat.WEEKLY, N_("Varje vecka")),
    (Repeat.FORTNIGHTLY, N_("Varannan vecka")),
    (Repeat.EVERY_WEEKS, N_("Med flera veckor emellan")),
    (Repeat.MONTHLY_WEEKDAY, N_("Varje månad, samma veckodag")),
    (Repeat.MONTHLY_DAY, N_("Varje månad, samma datum")),
    (Repeat.OWN_DAYS, N_("Datum som jag väljer själv")),
)
NTHS = (
    (1, N_("Första")),
    (2, N_("Andra")),
    (3, N_("Tredje")),
    (4, N_("Fjärde")),
    (-1, N_("Sista")),
)
SCHEDULE_FIELDS = (
    *("first_day", "starts", "ends", "all_day", "last_day", "repeat", "every", "weekdays"),
    *("nth", "until", "times", "pauses", "days", "extra_days"),
)
A_MONDAY = date(2024, 1, 1)


class ScheduleForm(SwedishForm):
    """Reads the dates; after :meth:`validate`, ``wanted`` holds what they lead to."""

    first_day = DayField(N_("Datum"))
    starts = TimeField(N_("Börjar"))
    ends = EndTimeField(N_("Slutar"))
    all_day = BooleanField(N_("Hela dagen"))
    last_day = DayField(N_("Sista dagen"))
    repeat = SelectField(N_("Upprepas"), coerce=Repeat, default=Repeat.ONCE)
    every = WholeNumberField(N_("Hur ofta"), 1, 52, default=1)
    weekdays = CodesField(N_("Veckodagar"), int)
    nth = SelectField(N_("Vilken i månaden"), coerce=int, default=1)
    until = DayField(N_("Till och med"))
    times = WholeNumberField(N_("Antal gånger"), 1, 400)
    pauses = TextField(N_("Uppehåll"), 500)
    days = DaysField(N_("Dina datum"))
    extra_days = ExtraDaysField(N_("Extra datum"))

    wanted: Wanted | None = None

    def __init__(self, *args: Any, breaks: Collection[Pause] = (), **values: Any) -> None:
        super().__init__(*args, **values)
        self.breaks = breaks
        self.repeat.choices = [(repeat.value, _(label)) for repeat, label in REPEATS]
        self.nth.choices = [(number, _(label)) for number, label in NTHS]
        week = [A_MONDAY + timedelta(days=number) for number in range(7)]
        self.weekdays.choices = [(day.weekday(), phrases.capital(phrases.weekday(day))) for day in week]

    def process(self, *args: Any, **values: Any) -> None:
        """Read the fields; a day without a year lies after the first one."""
        super().process(*args, **values)
        self.extra_days.read_after(self.first_day.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything can be used; faults stand at their fields."""
        super().validate(extra_validators)
        for name in SCHEDULE_FIELDS:
            # What the chosen way of repeating does not need may hold anything.
            if self[name] not in self._parts():
                self[name].errors = []
        return self.read_wanted() and not self.errors

    def read_wanted(self) -> bool:
        """Put together ``wanted``, or say at the field why it can't be."""
        self._tell_process_errors()
        self._tell_what_is_missing()
        if any(field.errors for field in self._parts()):
            return False
        try:
            self.wanted = self._read()
        except _FieldFault as fault:
            _tell(getattr(self, fault.field), fault.message)
        except RecurrenceError as error:
            _tell(self._field_of(error), phrases.rule_fault(error))
        return self.wanted is not None

    @property
    def schedule_fault(self) -> Field | None:
        """The first field of "när" with a fault, once :meth:`read_wanted` has looked.

        A date or a time that nobody has typed yet is no fault worth telling while one fills in the form.
        """
        return next(
            (self[name] for name in SCHEDULE_FIELDS if self[name].errors and not self._waits(name)), None
        )

    def forgive_what_is_empty(self) -> None:
        """Tell no fault of what is not typed yet."""
        for name in SCHEDULE_FIELDS:
            if self._waits(name) or (name == "until" and not self.until.data):
                self[name].errors = []

    def _waits(self, name: str) -> bool:
        return name in {"first_day", "starts", "ends", "days"} and not any(self[name].raw_data or ())

    def _parts(self) -> list[Field]:
        always = [self.repeat, *([] if self.all_day.data else [self.starts, self.ends])]
        if self.repeat.data is Repeat.OWN_DAYS:
            return [*always, self.days]
        if self.repeat.data is Repeat.ONCE:
            return [*always, self.first_day, self.last_day]
        repeated = [self.every, self.weekdays, self.nth, self.until, self.times, self.pauses, self.extra_days]
        return [*always, self.first_day, *repeated]

    def _tell_process_errors(self) -> None:
        for field in self._parts():
            if not field.errors:
                field.errors = list(field.process_errors)

    def _tell_what_is_missing(self) -> None:
        needed: list[tuple[Field, str]] = []
        if self.repeat.data is Repeat.OWN_DAYS:
            needed.append((self.days, _("Skriv minst ett datum.")))
        else:
            needed.append((self.first_day, _("Skriv vilket datum det är.")))
        if not self.all_day.data:
            needed.append((self.starts, _("Skriv när det börjar, eller välj hela dagen.")))
            needed.append((self.ends, _("Skriv när det slutar.")))
        for field, message in needed:
            if not field.data and not isinstance(field.data, time) and not field.errors:
                _tell(field, message)

    def _read(self) -> Wanted:
        starts, ends = self._hours()
        check_start(starts)
        if self.repeat.data is Repeat.ONCE:
            return Wanted(slots=(self._once(starts, ends),))
        if self.repeat.data is Repeat.OWN_DAYS:
            return Wanted(slots=tuple(_slot(day, starts, ends) for day in self._own_days()))
        return self._repeated(starts, ends)

    def _hours(self) -> tuple[time, time]:
        if self.all_day.data:
            return time.min, time.min
        starts, ends = self.starts.data or time.min, self.ends.data or time.min
        is_several_days = self.repeat.data is Repeat.ONCE and self._stay() > timedelta(0)
        if ends == time.min or is_several_days or starts < ends:
            return starts, ends
        if ends <= LATEST_NIGHT_END and starts != ends:
            return starts, ends
        raise _FieldFault("ends", _("Sluttiden ligger före starttiden. Ändra en av dem."))

    def _stay(self) -> timedelta:
        first, last = self.first_day.data, self.last_day.data
        return last - first if first and last else timedelta(0)

    def _once(self, starts: time, ends: time) -> Slot:
        stay = self._stay()
        if not timedelta(0) <= stay < timedelta(days=LONGEST_STAY_DAYS):
            raise _FieldFault("last_day", _("Sista dagen ska ligga efter den första, inom två månader."))
        first = self.first_day.data or date.min
        if not stay:
            return _slot(first, starts, ends)
        # An end at midnight is the end of the last day.
        end = datetime.combine(first + stay, ends) + timedelta(days=int(ends == time.min))
        return Slot(first, datetime.combine(first, starts), end)

    def _own_days(self) -> tuple[date, ...]:
        days = self.days.data or ()
        if len(days) > MOST_OWN_DAYS:
            raise _FieldFault("days", _("Det är för många datum. Skriv högst 200."))
        return days

    def _repeated(self, starts: time, ends: time) -> Wanted:
        wished = self.first_day.data or date.min
        rule = self._rule(wished)
        rule_from = first_day(rule, wished)
        if self.until.data is None and self.times.data is None:
            raise _FieldFault("until", phrases.rule_fault(RecurrenceError(Fault.UNBOUNDED)))
        pauses = self._pauses(rule_from, self.until.data or rule_from + timedelta(days=366))
        until = self.until.data or self._last_of_times(rule, rule_from, set(pauses))
        schedule = Schedule(rule, rule_from, until, starts, ends)
        if not schedule.slots():
            raise _FieldFault("until", _("Det blir inga datum. Välj ett senare slutdatum."))
        extras = tuple(each.slot(starts, ends) for each in self.extra_days.data or ())
        return Wanted(schedule, pauses=tuple(sorted(pauses.items())), extras=extras)

    def _last_of_times(self, rule: RecurrenceRule, rule_from: date, pauses: set[date]) -> date:
        """The last day of so many meetings: those in a break do not count."""
        in_breaks = {
            day
            for each in self.breaks
            for day in clock.days_between(max(each.first_day, rule_from), each.last_day)
        }
        return last_day(rule, rule_from, self.times.data or 1, pauses | in_breaks)

    def _rule(self, day: date) -> RecurrenceRule:
        weeks = {Repeat.WEEKLY: 1, Repeat.FORTNIGHTLY: 2, Repeat.EVERY_WEEKS: self.every.data or 1}
        if self.repeat.data in weeks:
            return weekly(self.weekdays.data or [day.weekday()], weeks[self.repeat.data])
        if self.repeat.data is Repeat.MONTHLY_WEEKDAY:
            return monthly_nth(self.nth.data, day.weekday(), self.every.data or 1)
        is_last = (day + clock.ONE_DAY).day == 1
        month_day = -1 if is_last and day.day > LAST_SAFE_MONTH_DAY else day.day
        return monthly_day(month_day, self.every.data or 1)

    def _pauses(self, first: date, last: date) -> dict[date, str]:
        try:
            days = read_skips(self.pauses.data or "", first, last)
        except RecurrenceError as error:
            if error.fault is Fault.WEEK:
                raise _FieldFault("pauses", phrases.rule_fault(error)) from None
            told = _("Vi förstår inte ”{text}”. Skriv veckor och datum så här: v. 44, 2026-12-24.")
            raise _FieldFault("pauses", told.format(text=error.value)) from None
        return {day: _reason(day, self.breaks) for day in days}

    def _field_of(self, error: RecurrenceError) -> Field:
        names = {
            Fault.CLOCK_CHANGE: "starts",
            Fault.INTERVAL: "every",
            Fault.MONTH_DAY: "first_day",
            Fault.COUNT: "times",
            Fault.WEEK: "pauses",
        }
        until = "until" if self.until.data else "times"
        return self[names.get(error.fault, until)]


class _FieldFault(ValueError):
    """What is wrong at one field; the message is a Swedish sentence."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field, self.message = field, message


def _slot(day: date, starts: time, ends: time) -> Slot:
    nights = timedelta(days=int(ends <= starts))
    return Slot(day, datetime.combine(day, starts), datetime.combine(day + nights, ends))


def _reason(day: date, breaks: Collection[Pause]) -> str:
    named = named_day(day)
    return pause_on(day, breaks) or (phrases.capital(named.name) if named else "")


def _tell(field: Field, message: str) -> None:
    field.errors = [*field.errors, message]
