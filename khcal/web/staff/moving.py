"""The form that moves one date, and what it leads to: shared by showing, previewing and saving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from khcal.calendaring.terms import Status
from khcal.forms.move import MoveForm, tell
from khcal.i18n import gettext as _
from khcal.models import Occurrence
from khcal.queries import HousePage, staff

from .chosen import stamp_of
from .new_times import NewTime, look_around


def make_move_form(page: HousePage, row: Occurrence, sent: Mapping[str, Any] | None = None) -> MoveForm:
    """The form of one date: as ``sent``, otherwise as the date is now."""
    stored = {
        "seen": stamp_of(row),
        "day": row.starts_at.date(),
        "starts": row.starts_at.time(),
        "ends": row.ends_at.time(),
        "room_id": row.room_id,
    }
    form = MoveForm(sent, data=stored, was=(row.starts_at, row.ends_at))
    form.room_id.offer(own_rooms(page))
    if row.room is not None:
        form.room_id.offer_too(row.room.id, row.room.name)
    return form


def own_rooms(page: HousePage) -> list[tuple[int, str]]:
    """The rooms of the house that are in use, number and name."""
    return [(room.id, room.name) for room in staff.rooms() if room.house_id == page.house.id]


def new_time_of(page: HousePage, row: Occurrence, form: MoveForm) -> NewTime | None:
    """What the form leads to, with what is in its way; ``None`` while it can't be read."""
    if form.span is None or form.room_id.errors:
        return None
    found = NewTime(row, *form.span, form.room_id.data)
    look_around(page, [found])
    return found


def is_too_late(row: Occurrence) -> bool:
    """Whether visitors know of it and it has been: it stays where it was."""
    return row.is_published and row.is_over


def fault_of(new: NewTime, form: MoveForm) -> bool:
    """Say at its field what speaks against saving, if anything does."""
    if not new.is_changed and new.row.status is not Status.CANCELLED:
        tell(form.day, _("Välj en annan dag, en annan tid eller ett annat rum."))
    elif new.is_past and not form.past_ok.data:
        tell(form.past_ok, _("Den nya tiden har redan varit. Ändra datumet, eller kryssa i här."))
    return bool(form.errors)


def move_row(new: NewTime, reason: str) -> None:
    """Give a date its new time and room. One that was called off is to be held there."""
    row = new.row
    if row.status is Status.CANCELLED:
        row.restore()
    if new.has_new_time:
        row.move(new.starts_at, new.ends_at, reason)
    if row.room_id != new.room_id:
        row.room_id = new.room_id
