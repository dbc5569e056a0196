"""Why a date is called off."""

from __future__ import annotations

from typing import Any

from wtforms import RadioField
from wtforms.validators import ValidationError

from khcal.calendaring.phrases.words import N_
from khcal.i18n import gettext as _

from .fields import TextField
from .swedish import SwedishForm

OTHER = "other"
REASONS = {
    "ill": N_("Ledaren är sjuk."),
    "few": N_("För få har anmält sig."),
    "room": N_("Lokalen går inte att använda."),
}


class CancelForm(SwedishForm):
    """A ready reason with one tap, or words of one's own. Everybody can read it."""

    reason = RadioField(N_("Skäl"), choices=[])
    words = TextField(N_("Skälet med egna ord"), 200)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        said = [(key, _(text).rstrip(".")) for key, text in REASONS.items()]
        self.reason.choices = [*said, (OTHER, _("Något annat"))]

    def validate_words(self, field: TextField) -> None:
        """Another reason has to be said."""
        if self.reason.data == OTHER and not field.data:
            raise ValidationError(_("Skriv skälet. Alla som ser kalendern kan läsa det."))

    def validate_reason(self, field: RadioField) -> None:
        """Something has to be chosen; words alone will do."""
        if not field.data and not self.words.data:
            raise ValidationError(_("Välj ett skäl."))

    @property
    def sentence(self) -> str:
        """The reason as it is shown."""
        if self.words.data and self.reason.data in {OTHER, None, ""}:
            return self.words.data
        return _(REASONS[self.reason.data])
