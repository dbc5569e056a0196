"""Days when the house is closed, and which of the dates on them are called off with it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from wtforms import HiddenField, SelectMultipleField
from wtforms.validators import DataRequired, InputRequired, ValidationError

from khcal.calendaring.phrases.words import N_
from khcal.i18n import gettext as _

from .fields import DayField, TextField
from .seen import SeenForm
from .span import SpanForm
from .swedish import SwedishForm

_UID = re.compile(r"[A-Za-z0-9._:-]{1,40}", re.ASCII)
TITLE = N_("Huset är stängt")
REASON = N_("Huset är stängt.")


class TicksForm(SwedishForm):
    """Which dates are called off (``off``) or take place again (``back``), of those that were shown.

    ``shown`` names the dates that a person has looked at: nothing else is ever called off. ``uid`` is
    made when the empty form is shown, so that a double click makes one closure.
    """

    uid = HiddenField()
    shown = HiddenField()
    off = SelectMultipleField(validate_choice=False, choices=[])
    back = SelectMultipleField(validate_choice=False, choices=[])
    reason = TextField(N_("Skäl som alla kan läsa"), 200)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        if not _UID.fullmatch(self.uid.data or ""):
            self.uid.data = str(uuid4())
        if not self.reason.raw_data and not self.reason.data:
            self.reason.data = _(REASON)

    def begin_anew(self) -> None:
        """Become the form of a closure that is not made yet, with all that was typed."""
        self.uid.data = str(uuid4())

    @property
    def identity(self) -> str:
        """The closure's uid as the empty form made it."""
        return str(self.uid.data)

    @property
    def shown_ids(self) -> set[int]:
        """The dates that were looked at."""
        return _numbers((self.shown.data or "").split())

    @property
    def off_ids(self) -> set[int]:
        """The dates to be called off: ticked, and looked at."""
        return _numbers(self.off.data or ()) & self.shown_ids

    @property
    def back_ids(self) -> set[int]:
        """The dates to take place again: ticked, and looked at."""
        return _numbers(self.back.data or ()) & self.shown_ids

    def validate_reason(self, field: TextField) -> None:
        """Whoever reads that a date is off wants to know why."""
        if self.off_ids and not field.data:
            raise ValidationError(_("Skriv varför de ställs in. Alla som ser kalendern kan läsa det."))


class TodayForm(TicksForm):
    """The house is closed today: nothing has to be filled in."""

    short_text = TextField(N_("Varför, om du vill säga det"), 200)

    @property
    def whole_reason(self) -> str:
        """Why today's dates are off."""
        return " ".join(filter(None, [_(REASON), self.short_text.data]))


class ClosureForm(SeenForm, TicksForm, SpanForm):
    """The whole form."""

    kept = ("first_day", "last_day", "title", "short_text")

    first_day = DayField(
        N_("Första dagen"), validators=[InputRequired(N_("Skriv vilken dag huset är stängt."))]
    )
    last_day = DayField(N_("Sista dagen"))
    title = TextField(
        N_("Rubrik"), 120, validators=[DataRequired(N_("Skriv en rubrik, till exempel Huset är stängt."))]
    )
    short_text = TextField(N_("Mer att säga"), 300)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for name in ("short_text", "title", "last_day", "first_day"):
            # Faults are told in the order of the page.
            self._fields = {name: self._fields.pop(name), **self._fields}
        if self.title.raw_data is None and not self.title.data:
            self.title.data = _(TITLE)


def _numbers(texts: Iterable[str]) -> set[int]:
    return {int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 10}
