"""One date that is otherwise than the rest: what it is called, where, who leads, from when to when."""

from __future__ import annotations

from datetime import time
from typing import Any

from wtforms import HiddenField, SelectField
from wtforms.widgets import TextArea

from khcal.calendaring import clock, phrases
from khcal.calendaring.phrases.words import N_
from khcal.calendaring.terms import Form
from khcal.i18n import gettext as _

from .fields import EndTimeField, RowField, TextField, TimeField
from .move import Span, new_span, refuse_night_hour, tell
from .seen import SeenForm

LOOK_FIELDS = ("title", "short_text", "room_id", "leader", "form")


class OneDateForm(SeenForm):
    """What is left empty is as the activity has it. ``shown`` are the warnings that have been looked at."""

    kept = (*LOOK_FIELDS, "starts", "ends")

    shown = HiddenField()
    title = TextField(N_("Titel"), 120)
    short_text = TextField(N_("Kort beskrivning"), 300, widget=TextArea())
    starts = TimeField(N_("Börjar"))
    ends = EndTimeField(N_("Slutar"))
    room_id = RowField(N_("Rum"), N_("Samma rum som vanligt"))
    leader = TextField(N_("Ledare"), 120)
    form = SelectField(N_("Hur deltar man"))

    span: Span | None = None

    def __init__(self, *args: Any, was: Span, **values: Any) -> None:
        super().__init__(*args, **values)
        self.was = was
        self.form.choices = [
            ("", _("Som vanligt")),
            *((code.value, phrases.form_label(code)) for code in Form),
        ]
        if clock.is_all_day(*was):
            del self.starts
            del self.ends

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all can be read; ``span`` is when it is then."""
        super().validate(extra_validators)
        if not self.errors:
            self._read_span()
        return not self.errors

    def validate_starts(self, field: TimeField) -> None:
        """No start in the hour that the clock changes can skip or repeat."""
        refuse_night_hour(field.data)

    def looks(self) -> dict[str, Any]:
        """What the date says itself, by column; nothing where it is as the activity."""
        found = {name: self[name].data or None for name in LOOK_FIELDS}
        return found | {"form": Form(found["form"]) if found["form"] else None}

    def _read_span(self) -> None:
        if clock.is_all_day(*self.was):
            self.span = self.was
            return
        for field, message in (
            (self.starts, _("Skriv när det börjar.")),
            (self.ends, _("Skriv när det slutar.")),
        ):
            if field.data is None:
                tell(field, message)
        if self.errors:
            return
        starts, ends = self.starts.data or time.min, self.ends.data or time.min
        try:
            self.span = new_span(self.was, self.was[0].date(), starts, ends)
        except ValueError as error:
            tell(self.ends, str(error))
