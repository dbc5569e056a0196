"""What a flush touches: collected row by row, with each row before and after it.

A class that is neither private nor mapped to houses here raises **all** houses: forgetting one is
harmless.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, inspect
from sqlalchemy.orm import object_session

from khcal.db import Base

from .change import Change, ChangedRow
from .chapter import BreakPeriod, Chapter, Notice, Room
from .event import Event, EventShownIn
from .images import as_json, columns_of, showing, telling
from .listing import Listing
from .occurrence import Occurrence, Trace
from .one_time_link import OneTimeLink
from .screen import Pairing, Screen, ScreenReport
from .user import Membership, SignIn, User
from .week_check import WeekCheck

TOUCHED = "khcal.touched"
PRIVATE = (
    Change,
    ChangedRow,
    Listing,
    Membership,
    OneTimeLink,
    Pairing,
    ScreenReport,
    SignIn,
    User,
    WeekCheck,
)


@dataclass
class Touched:
    """What one flush changed: ids of events and houses whose books must be put right."""

    events: set[int] = field(default_factory=set)
    occurrences: set[int] = field(default_factory=set)
    rooms: set[int] = field(default_factory=set)
    owners: set[int] = field(default_factory=set)
    houses: set[int] = field(default_factory=set)
    all_houses: bool = False
    images: list[dict[str, Any]] = field(default_factory=list)


def collector(action: str) -> Callable[[Any, Connection, Base], None]:
    def collect(mapper: Any, connection: Connection, target: Base) -> None:
        session = object_session(target)
        if session is None or isinstance(target, PRIVATE):
            return
        before, after = _images(target, action)
        if action == "update" and telling(before) == telling(after):
            return
        touched: Touched = session.info.setdefault(TOUCHED, Touched())
        if showing(before) != showing(after):
            _TOUCHES.get(type(target), _touch_everything)(touched, target)
        touched.images.append(
            {
                "table_name": target.__tablename__,
                "row_id": "/".join(str(key) for key in mapper.primary_key_from_instance(target)),
                "before": before,
                "after": after,
            }
        )

    return collect


def _touch_event(touched: Touched, row: Any) -> None:
    touched.events.add(row.id)
    touched.houses.add(row.chapter_id)


def _touch_by_event(touched: Touched, row: Any) -> None:
    touched.events.add(row.event_id)


def _touch_trace(touched: Touched, row: Any) -> None:
    touched.occurrences.add(row.occurrence_id)


def _touch_room(touched: Touched, row: Any) -> None:
    touched.rooms.add(row.id)
    touched.houses.add(row.chapter_id)


def _touch_chapter(touched: Touched, row: Any) -> None:
    # The name of a house stands in the navigation of all of them, and a new one shows what is everywhere.
    touched.owners.add(row.id)
    touched.all_houses = True


def _touch_notice(touched: Touched, row: Any) -> None:
    was_everywhere = True in inspect(row).attrs.everywhere.history.deleted
    touched.houses.add(row.chapter_id)
    touched.all_houses |= row.everywhere or was_everywhere


def _touch_nobody(touched: Touched, row: Any) -> None:
    """Visitors see nothing of it."""


def _touch_everything(touched: Touched, row: Any) -> None:
    touched.all_houses = True


_TOUCHES: dict[type[Base], Callable[[Touched, Any], None]] = {
    Event: _touch_event,
    Occurrence: _touch_by_event,
    EventShownIn: _touch_by_event,
    Trace: _touch_trace,
    Room: _touch_room,
    Chapter: _touch_chapter,
    Notice: _touch_notice,
    BreakPeriod: _touch_nobody,
    Screen: _touch_nobody,
}


def _images(target: Base, action: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """The row as JSON before and after this flush."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    state = inspect(target)
    for key in columns_of(target):
        history = state.attrs[key].history
        value = getattr(target, key)
        after[key] = as_json(value)
        # A column left out when the row was made is empty there, and has no old value to be told.
        unset = None if history.added else value
        before[key] = as_json(history.deleted[0] if history.deleted else unset)
    return (None if action == "insert" else before), (None if action == "delete" else after)
