"""The form that all forms derive from: its words in the reader's language, and the library's in Swedish."""

from __future__ import annotations

from typing import Any

from wtforms import Form

from khcal.i18n import gettext as _


class SwedishForm(Form):
    """A form whose labels are marked with ``N_`` and said when it is made."""

    class Meta:
        locales = ("sv_SE", "sv")

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        for field in self:
            field.label.text = _(field.label.text)
