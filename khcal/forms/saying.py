"""What a field says: in words for a person, and in one text for comparing."""

from __future__ import annotations

from wtforms import BooleanField, Field, SelectField, SelectMultipleField

from khcal.i18n import gettext as _


def say(field: Field) -> str:
    """What a field says, in words."""
    if isinstance(field, BooleanField):
        return _("Ja") if field.data else _("Nej")
    if isinstance(field, SelectMultipleField | SelectField):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        labels = {str(value): str(label) for value, label, *_rest in field.iter_choices()}
        return ", ".join(labels.get(str(value) if value is not None else "", str(value)) for value in chosen)
    return str(field._value())  # type: ignore[attr-defined]


def compared(field: Field) -> str:
    """One text for what is the same: nothing typed is nothing stored, and the order of ticks is no matter."""
    if field.process_errors:
        return f"? {field.raw_data}"
    if isinstance(field.data, list):
        return " ".join(sorted(str(each) for each in field.data))
    return str(field.data or "")
