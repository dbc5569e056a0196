"""What a browser sends of a form, and which of its fields somebody has changed by hand."""

from __future__ import annotations

from collections.abc import Iterable

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form, SelectField, SelectMultipleField

Sent = MultiDict[str, str]


def as_sent(form: Form) -> Sent:
    """Every field as a browser would send it, untouched; a box that is not ticked is not there."""
    return MultiDict([(field.name, value) for field in form for value in _values(field)])


def changed_by_hand(sent: Form, filled: Sent, names: Iterable[str]) -> frozenset[str]:
    """Which of these fields say something else than what they were filled with."""
    now = as_sent(sent)
    return frozenset(
        name
        for name in names
        if name in sent and (_plain(now, name) != _plain(filled, name) or sent[name].process_errors)
    )


def with_filled(sent: Sent, filled: Sent, names: Iterable[str]) -> Sent:
    """What was sent, with these fields filled anew."""
    whole = sent.copy()
    for name in names:
        whole.setlist(name, filled.getlist(name))
    return MultiDict([(name, value) for name in whole for value in whole.getlist(name)])


def _values(field: Field) -> list[str]:
    if isinstance(field, BooleanField):
        return ["y"] if field.data else []
    if isinstance(field, SelectMultipleField):
        return [str(value) for value in field.data or ()]
    if isinstance(field, SelectField):
        return [] if field.data is None else [str(field.data)]
    return [str(field._value())]  # type: ignore[attr-defined]


def _plain(sent: Sent, name: str) -> list[str]:
    """Without what a browser does to a text, and without what says nothing."""
    texts = [text.replace("\r\n", "\n").strip() for text in sent.getlist(name)]
    return sorted(text for text in texts if text)
