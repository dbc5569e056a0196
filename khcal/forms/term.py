"""A term's programme again: which weeks are copied to which, and each group of the table that follows."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import NAMESPACE_OID, uuid4, uuid5

from wtforms import BooleanField, HiddenField, SelectMultipleField
from wtforms.validators import ValidationError

from khcal.calendaring import phrases
from khcal.calendaring.next_term import NextTerm, Span, usual_hours
from khcal.calendaring.phrases.words import N_
from khcal.calendaring.recurrence import RecurrenceError, check_start
from khcal.i18n import gettext as _

from .fields import DayField, EndTimeField, RowField, TimeField
from .swedish import SwedishForm
from .ticks import is_ticked

LONGEST_TERM = timedelta(days=366)


class TermForm(SwedishForm):
    """From when to when the old term is, and the new one.

    ``digest`` is what the table showed. ``uid`` is made with each table, so that a double click copies once.
    """

    digest = HiddenField()
    uid = HiddenField()
    old_first = DayField(N_("Kopiera från och med"))
    old_last = DayField(N_("till och med"))
    new_first = DayField(N_("Nya terminen börjar"))
    new_last = DayField(N_("och slutar"))

    def uid_of_copy(self, number: int) -> str:
        """The identity that a copy of the activity ``number`` gets: the same whenever this form is sent."""
        return str(uuid5(NAMESPACE_OID, f"{self.uid.data or uuid4()} {number}"))

    def renew(self) -> None:
        """What is shown now is a form of its own."""
        self.uid.data = str(uuid4())

    @property
    def source(self) -> Span:
        """The days that are copied; only of a valid form."""
        return Span(self.old_first.data or date.min, self.old_last.data or date.min)

    @property
    def target(self) -> Span:
        """The days that are planned; only of a valid form."""
        return Span(self.new_first.data or date.min, self.new_last.data or date.min)

    def validate_old_last(self, field: DayField) -> None:
        """Forward, and within a year."""
        _check_span(self.old_first, field)

    def validate_new_first(self, field: DayField) -> None:
        """After the old term has begun: it is copied forward."""
        if field.data and self.old_first.data and field.data <= self.old_first.data:
            raise ValidationError(_("Den nya terminen måste börja efter den gamla. Välj en senare dag."))

    def validate_new_last(self, field: DayField) -> None:
        """Forward, and within a year."""
        _check_span(self.new_first, field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Every day is needed."""
        is_valid: bool = super().validate(extra_validators)
        for field in (self.old_first, self.old_last, self.new_first, self.new_last):
            if field.data is None and not field.errors:
                field.errors = [_("Skriv ett datum.")]
        return is_valid and not self.errors


class TermGroupForm(SwedishForm):
    """One group of the table: whether it comes along, its hours and room, and the days that are ticked.

    A group whose dates share no hours ``has_hours`` not to be asked for.
    """

    chosen = BooleanField(N_("Ta med"))
    starts = TimeField(N_("Börjar"))
    ends = EndTimeField(N_("Slutar"))
    room_id = RowField(N_("Rum"), N_("Inget rum"))
    days = SelectMultipleField(N_("Dagar"), choices=[], validate_choice=False)
    has_hours = True

    def validate_starts(self, field: TimeField) -> None:
        """Needed, and not in the hour that the clock changes can skip or repeat."""
        if field.process_errors or not self.has_hours:
            return
        if field.data is None:
            raise ValidationError(_("Skriv när det börjar."))
        try:
            check_start(field.data)
        except RecurrenceError as fault:
            raise ValidationError(phrases.rule_fault(fault)) from None

    def validate_ends(self, field: EndTimeField) -> None:
        """Needed."""
        if field.data is None and not field.process_errors and self.has_hours:
            raise ValidationError(_("Skriv när det slutar."))

    def refuse_without_days(self) -> None:
        """Say that a group comes along with at least one date."""
        told = _("Inget datum är ikryssat. Kryssa i minst ett, eller ta bort krysset för gruppen.")
        self.chosen.errors = [told]

    def hours_of(self, coming: NextTerm) -> NextTerm:
        """The coming dates at the hours typed, if they can be read; all-day dates have none."""
        usual = usual_hours(coming)
        typed = (self.starts.data, self.ends.data)
        if usual is None or None in typed or typed == usual:
            return coming
        starts, ends = typed
        return coming.at(starts or time.min, ends or time.min)


class ExtendForm(SwedishForm):
    """Until when a series goes on, and which of its new dates are ticked."""

    digest = HiddenField()
    shown = HiddenField()
    until = DayField(N_("Till och med"))
    days = SelectMultipleField(N_("Dagar"), choices=[], validate_choice=False)

    def __init__(self, *args: Any, former_until: date, **values: Any) -> None:
        super().__init__(*args, **values)
        self.former_until = former_until

    def is_ticked(self, key: str, by_itself: bool) -> bool:
        """Whether a date is ticked: as somebody changed it, otherwise as it starts by itself."""
        return is_ticked(self.shown.data, self.days.data, key, by_itself)

    def validate_until(self, field: DayField) -> None:
        """Later than now."""
        if field.data is None:
            raise ValidationError(_("Skriv det nya slutdatumet."))
        if field.data <= self.former_until:
            told = _("Serien går redan till och med {day}. Välj ett senare datum.")
            raise ValidationError(told.format(day=phrases.day_with_year(self.former_until)))


def _check_span(first: DayField, last: DayField) -> None:
    if first.data is None or last.data is None:
        return
    if last.data < first.data:
        raise ValidationError(_("Sista dagen ligger före den första. Ändra en av dem."))
    if last.data - first.data > LONGEST_TERM:
        raise ValidationError(_("Det är mer än ett år. Välj en tidigare sista dag."))
