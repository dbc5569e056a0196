"""From the first to the last day: what notices, closures and break periods have in common."""

from __future__ import annotations

from datetime import date, timedelta

from wtforms.validators import ValidationError

from khcal.i18n import gettext as _

from .fields import DayField
from .swedish import SwedishForm

LONGEST_DAYS = 366


class SpanForm(SwedishForm):
    """Has ``first_day`` and ``last_day``. Without a last day it is the first one alone."""

    first_day: DayField
    last_day: DayField

    @property
    def first(self) -> date:
        """The first day; only of a form that is valid."""
        return self.first_day.data or date.min

    @property
    def last(self) -> date:
        """The last day; only of a form that is valid."""
        return self.last_day.data or self.first

    @property
    def has_span(self) -> bool:
        """Whether both days can be used, whatever else is wrong."""
        return (
            self.first_day.data is not None
            and not self.last_day.process_errors
            and timedelta(0) <= self.last - self.first < timedelta(days=LONGEST_DAYS)
        )

    def validate_last_day(self, field: DayField) -> None:
        """Days go forward, and end within a year."""
        if field.errors or self.first_day.data is None:
            return
        if self.last < self.first:
            raise ValidationError(_("Sista dagen ligger före den första. Ändra en av dem."))
        if self.last - self.first >= timedelta(days=LONGEST_DAYS):
            raise ValidationError(_("Det är mer än ett år. Välj en tidigare sista dag."))

    def refuse_the_past(self, today: date) -> bool:
        """Say so when the last day has been already. Returns whether it can be used."""
        if self.has_span and self.last < today:
            at = self.last_day if self.last_day.data else self.first_day
            at.errors = [*at.errors, _("Den dagen har redan varit. Välj i dag eller senare.")]
            return False
        return True
