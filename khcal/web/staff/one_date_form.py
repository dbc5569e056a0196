"""The form of one date that is otherwise than the rest, and how it stands to what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from khcal.forms.one_date import OneDateForm
from khcal.models import Occurrence
from khcal.models.own_looks import OWN_LOOKS, looks_of
from khcal.queries import HousePage

from .moving import own_rooms


def make_one_date_form(
    page: HousePage, row: Occurrence, sent: Mapping[str, Any] | None = None
) -> OneDateForm:
    """The form of one date: as ``sent``, otherwise as the date is now."""
    stored = {name: getattr(row, name) for name in OWN_LOOKS}
    hours = {"starts": row.starts_at.time(), "ends": row.ends_at.time()}
    form = OneDateForm(sent, data=stored | hours, was=(row.starts_at, row.ends_at))
    form.room_id.offer(own_rooms(page))
    for room in (row.room, row.event.room):
        if room is not None:
            form.room_id.offer_too(room.id, room.name)
    return form.remember(str(row.version)) if sent is None else form


def is_stored(row: Occurrence, form: OneDateForm) -> bool:
    """Whether the date already is as the form says: the same request came twice."""
    usual = looks_of(row.event)
    own = {name: value if value != usual[name] else None for name, value in form.looks().items()}
    return form.span == (row.starts_at, row.ends_at) and own == {name: getattr(row, name) for name in own}
