"""Why a date is called off, or several."""

from __future__ import annotations

from typing import Any, Self

from wtforms import HiddenField, RadioField
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
    """A ready reason with one tap, words of one's own, or both. Everybody can read it."""

    # What the date was when the form was shown; of several dates each is sent with its own.
    seen = HiddenField()
    # What is chosen is looked at below: words alone will do, so nothing chosen is no fault by itself.
    reason = RadioField(N_("Skäl"), choices=[], validate_choice=False)
    words = TextField(N_("Skälet med egna ord"), 200)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        said = [(key, _(text).rstrip(".")) for key, text in REASONS.items()]
        self.reason.choices = [*said, (OTHER, _("Något annat"))]

    @classmethod
    def showing(cls, sentence: str) -> Self:
        """The form that leads to this reason."""
        for key, text in REASONS.items():
            if sentence.startswith(_(text)):
                return cls(data={"reason": key, "words": sentence.removeprefix(_(text)).strip()})
        return cls(data={"words": sentence})

    def validate_words(self, field: TextField) -> None:
        """Another reason has to be said."""
        if self.reason.data == OTHER and not field.data:
            raise ValidationError(_("Skriv skälet. Alla som ser kalendern kan läsa det."))

    def validate_reason(self, field: RadioField) -> None:
        """Something has to be chosen or written."""
        is_known = field.data in {*REASONS, OTHER}
        if not is_known and (field.data or not self.words.data):
            raise ValidationError(_("Välj ett skäl eller skriv ett eget."))

    @property
    def sentence(self) -> str:
        """The reason as it is shown."""
        ready = REASONS.get(self.reason.data)
        return " ".join(filter(None, [_(ready) if ready else "", self.words.data]))
