"""Another day, time or room: for one date, or for several at once."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import ValidationError

from khcal.calendaring import clock, phrases
from khcal.calendaring.limits import LATEST_NIGHT_END
from khcal.calendaring.phrases.words import N_
from khcal.calendaring.recurrence import RecurrenceError, check_start
from khcal.i18n import gettext as _
from khcal.i18n import ngettext

from .fields import DayField, EndTimeField, RowField, TextField, TimeField
from .swedish import SwedishForm

Span = tuple[datetime, datetime]
# Days later, most usual first.
SHIFTS = (0, 1, 2, 3, 4, 5, 6, 7, 14, 21, 28, -1, -2, -3, -4, -5, -6, -7, -14)
A_DAY = timedelta(days=1)


class MoveForm(SwedishForm):
    """When and where one date takes place instead.

    ``seen`` is what the date was when the form was shown, ``shown`` the warnings that have been looked at.
    """

    seen = HiddenField()
    shown = HiddenField()
    day = DayField(N_("Datum"))
    starts = TimeField(N_("Börjar"))
    ends = EndTimeField(N_("Slutar"))
    room_id = RowField(N_("Rum"), N_("Samma rum som vanligt"))
    words = TextField(N_("Varför"), 200)
    past_ok = BooleanField(N_("Ja, det ska vara en dag som har varit"))

    span: Span | None = None

    def __init__(self, *args: Any, was: Span, **values: Any) -> None:
        super().__init__(*args, **values)
        self.was = was
        if clock.is_all_day(*was):
            del self.starts
            del self.ends

    def validate_starts(self, field: TimeField) -> None:
        """No start in the hour that the clock changes can skip or repeat."""
        refuse_night_hour(field.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all can be read; ``span`` is the new time then."""
        super().validate(extra_validators)
        if not self.errors:
            self._read()
        return not self.errors

    def read_span(self) -> bool:
        """Like :meth:`validate`, but what is not typed yet is no fault worth telling."""
        is_read = self.validate()
        for field in self:
            if field.errors and not any(field.raw_data or ()):
                field.errors = []
        return is_read

    def _read(self) -> None:
        for name, message in (
            ("day", _("Skriv vilken dag det blir.")),
            ("starts", _("Skriv när det börjar.")),
            ("ends", _("Skriv när det slutar.")),
        ):
            if name in self and self[name].data is None:
                tell(self[name], message)
        if self.errors:
            return
        try:
            self.span = self._span()
        except ValueError as error:
            tell(self.ends, str(error))

    def _span(self) -> Span:
        day = self.day.data or date.min
        if clock.is_all_day(*self.was):
            starts_at = clock.midnight(day)
            return starts_at, starts_at + (self.was[1] - self.was[0])
        starts, ends = self.starts.data or time.min, self.ends.data or time.min
        length = self.was[1] - self.was[0]
        if ends == self.was[1].time() and ends <= starts and length < A_DAY:
            # Only the start was typed, and it is past the old end: it takes as long as before.
            return datetime.combine(day, starts), datetime.combine(day, starts) + length
        return new_span(self.was, day, starts, ends)


class MoveManyForm(SwedishForm):
    """How far several dates go, to which hours and to which room; what is left empty stays as it is."""

    shift = SelectField(N_("Dag"), coerce=int, default=0)
    starts = TimeField(N_("Ny starttid"))
    ends = EndTimeField(N_("Ny sluttid"))
    room_id = SelectField(N_("Rum"), default="")
    words = TextField(N_("Varför"), 200)
    past_ok = BooleanField(N_("Ja, flytta till dagar som har varit"))
    seen = SelectMultipleField(validate_choice=False, choices=[])
    shown = HiddenField()
    tillfalle = SelectMultipleField(validate_choice=False, choices=[])

    def __init__(self, *args: Any, rooms: list[tuple[int, str]], **values: Any) -> None:
        super().__init__(*args, **values)
        self.shift.choices = [(days, shift_in_words(days)) for days in SHIFTS]
        named = [(str(number), name) for number, name in rooms]
        self.room_id.choices = [("", _("Samma rum som nu")), ("0", _("Gruppens vanliga rum")), *named]

    def validate_starts(self, field: TimeField) -> None:
        """No start in the hour that the clock changes can skip or repeat."""
        refuse_night_hour(field.data)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for."""
        times = self.starts.data is None and self.ends.data is None
        return not self.shift.data and times and not self.room_id.data

    def span_for(self, was: Span) -> Span:
        """The new time of a date. Raises ValueError with a sentence when it would end before it starts."""
        day = was[0].date() + timedelta(days=self.shift.data or 0)
        if clock.is_all_day(*was) or (self.starts.data is None and self.ends.data is None):
            starts_at = datetime.combine(day, was[0].time())
            return starts_at, starts_at + (was[1] - was[0])
        starts = self.starts.data if self.starts.data is not None else was[0].time()
        if self.ends.data is not None:
            return new_span(was, day, starts, self.ends.data)
        starts_at = datetime.combine(day, starts)
        return starts_at, starts_at + (was[1] - was[0])

    def room_for(self, room_id: int | None) -> int | None:
        """The room of its own that a date gets, of one that has ``room_id`` now."""
        return (int(self.room_id.data) or None) if self.room_id.data else room_id


def new_span(was: Span, day: date, starts: time, ends: time) -> Span:
    """From ``starts`` to ``ends`` on ``day``, over as many nights as before when it was several days.

    Raises ValueError with a sentence for an end before the start.
    """
    starts_at = datetime.combine(day, starts)
    last = day
    if was[1] - was[0] >= A_DAY:
        last += (was[1] - timedelta(microseconds=1)).date() - was[0].date()
    # An end at midnight, or in the night after an evening, belongs to the day before.
    into_the_night = ends == time.min or (last == day and ends < starts and ends <= LATEST_NIGHT_END)
    ends_at = datetime.combine(last + (A_DAY if into_the_night else timedelta(0)), ends)
    if ends_at <= starts_at:
        raise ValueError(_("Sluttiden ligger före starttiden. Ändra en av dem."))
    return starts_at, ends_at


def refuse_night_hour(moment: time | None) -> None:
    """Raise ValidationError, with a sentence, for a start that the clock changes can skip or repeat."""
    try:
        check_start(moment or time.min)
    except RecurrenceError as error:
        raise ValidationError(phrases.rule_fault(error)) from None


def shift_in_words(days: int) -> str:
    """``2 dagar senare``, ``En vecka tidigare``."""
    if not days:
        return _("Samma dag som nu")
    number, later = abs(days), days > 0
    if number % 7 == 0:
        number //= 7
        told = (
            ngettext("%(num)s vecka senare", "%(num)s veckor senare", number)
            if later
            else ngettext("%(num)s vecka tidigare", "%(num)s veckor tidigare", number)
        )
    else:
        told = (
            ngettext("%(num)s dag senare", "%(num)s dagar senare", number)
            if later
            else ngettext("%(num)s dag tidigare", "%(num)s dagar tidigare", number)
        )
    return told % {"num": number}


def tell(field: Field, message: str) -> None:
    """Say at ``field`` what is wrong there."""
    field.errors = [*field.errors, message]
