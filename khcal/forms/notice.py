"""A short message of the house, with the days when it is shown."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField
from wtforms.validators import DataRequired, InputRequired
from wtforms.widgets import TextArea

from khcal.calendaring.phrases.words import N_

from .fields import DayField, TextField
from .seen import SeenForm
from .span import SpanForm

LONGEST_NOTICE = 300


class NoticeForm(SeenForm, SpanForm):
    """``everywhere`` is only for those who speak for all houses."""

    kept = ("text", "first_day", "last_day", "everywhere")

    text = TextField(
        N_("Vad vill du säga"),
        LONGEST_NOTICE,
        widget=TextArea(),
        validators=[DataRequired(N_("Skriv vad det ska stå på anslaget."))],
    )
    first_day = DayField(
        N_("Visas från"), validators=[InputRequired(N_("Skriv från vilken dag anslaget ska visas."))]
    )
    last_day = DayField(
        N_("Till och med"), validators=[InputRequired(N_("Skriv vilken dag anslaget visas sist."))]
    )
    everywhere = BooleanField(N_("Visa i alla hus"))

    def values(self) -> dict[str, Any]:
        """The notice's columns by name."""
        found: dict[str, Any] = {"text": self.text.data, "first_day": self.first, "last_day": self.last}
        return found | ({"everywhere": bool(self.everywhere.data)} if "everywhere" in self else {})
