"""Days when the groups of a house usually pause."""

from __future__ import annotations

from typing import Any

from wtforms.validators import DataRequired, InputRequired

from khcal.calendaring.phrases.words import N_

from .fields import DayField, TextField
from .seen import SeenForm
from .span import SpanForm


class BreakForm(SeenForm, SpanForm):
    """What it is called, and when it is."""

    kept = ("name", "first_day", "last_day")

    name = TextField(
        N_("Vad det heter"),
        80,
        validators=[DataRequired(N_("Skriv vad det heter, till exempel Sportlov."))],
    )
    first_day = DayField(N_("Första dagen"), validators=[InputRequired(N_("Skriv första dagen."))])
    last_day = DayField(N_("Sista dagen"))

    def values(self) -> dict[str, Any]:
        """The period's columns by name."""
        return {"name": self.name.data, "first_day": self.first, "last_day": self.last}
