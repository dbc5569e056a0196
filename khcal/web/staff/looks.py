"""What a changed form does to how each date looks: which get the new words, which keep their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from khcal.calendaring import phrases
from khcal.forms.event import COLUMNS, EventForm
from khcal.i18n import gettext as _
from khcal.models import Event, Occurrence
from khcal.models.own_looks import OWN_LOOKS, changed_looks, has_own_look, looks_of

from .scope import Scope

_SETS = ("audience", "facts")


@dataclass(frozen=True)
class Look:
    """What becomes of one date's look.

    ``stays`` tells that the change is not for it. ``changed`` are the labels of what is new on it. ``own``
    is what somebody gave this date alone, as label and words; it stays unless the date ``follows``.
    """

    rooms: list[int] = field(default_factory=list)
    stays: bool = False
    changed: list[str] = field(default_factory=list)
    own: list[tuple[str, str]] = field(default_factory=list)
    follows: bool = False


def looks_after(event: Event | None, form: EventForm, scope: Scope) -> dict[int, Look]:
    """The look of each stored date after saving, by its number."""
    if event is None:
        return {}
    changed = changed_looks(looks_of(event), typed_looks(form))
    return {row.id: _look(event, row, form, scope, list(changed)) for row in event.occurrences}


def typed_looks(form: EventForm) -> dict[str, Any]:
    """How dates look that say nothing themselves, as the form has it."""
    return {name: form[name].data for name in OWN_LOOKS}


def changed_for_all(event: Event, form: EventForm) -> list[str]:
    """Labels of changed fields that are the same for all dates of an activity."""
    names = [name for name in COLUMNS if name not in OWN_LOOKS]
    changed = [form[name].label.text for name in names if _typed(form, name) != getattr(event, name)]
    if event.deadline != form.deadline:
        changed.append(form.signup_until_day.label.text)
    return changed


def _typed(form: EventForm, name: str) -> Any:
    value = form[name].data
    return frozenset(value or ()) if name in _SETS else value


def _look(event: Event, row: Occurrence, form: EventForm, scope: Scope, changed: list[str]) -> Look:
    if not scope.changes(row):
        usual = [event.room_id, event.second_room_id] if row.is_in_usual_place else []
        rooms = [row.room_id] if row.room_id else [number for number in usual if number]
        return Look(rooms, stays=True)
    follows = row.id in form.look_followers()
    kept = [name for name in changed if has_own_look(row, [name])]
    has_own_room = row.room_id is not None and not (follows and "room_id" in kept)
    return Look(
        rooms=[row.room_id] if has_own_room and row.room_id else form.rooms,
        changed=[form[name].label.text for name in changed if follows or name not in kept],
        own=[(form[name].label.text, _words(row, name)) for name in kept],
        follows=follows,
    )


def _words(row: Occurrence, name: str) -> str:
    if name == "room_id":
        return row.room.name if row.room else ""
    if name == "form":
        return phrases.form_label(row.form) if row.form else ""
    return getattr(row, name) or _("(tomt)")
