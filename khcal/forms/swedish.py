"""The form that all forms derive from: its words in the reader's language, and the library's in Swedish."""

from __future__ import annotations

from typing import Any

from wtforms import Form

from khcal.i18n import gettext as _

# Sent along when somebody comes back to a form that she had filled in: it is shown and not saved.
RESUMED = "aterta"


class SwedishForm(Form):
    """A form whose labels are marked with ``N_`` and said when it is made."""

    class Meta:
        locales = ("sv_SE", "sv")

    def __init__(self, formdata: Any = None, *args: Any, **values: Any) -> None:
        super().__init__(formdata, *args, **values)
        self.is_resumed = formdata is not None and RESUMED in formdata
        if self.is_resumed:
            # No form that was only brought back is valid, so none is saved.
            self.form_errors = [_("Inget är sparat än.")]
        for field in self:
            field.label.text = _(field.label.text)

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether it can be saved; a form that was only brought back never can."""
        return super().validate(extra_validators) and not self.is_resumed

    def fields_in_error(self) -> set[str]:
        """Names of the fields that have a fault: also a form that was only brought back can be without."""
        return {name for name in self.errors if name}
