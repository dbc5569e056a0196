"""What single dates say otherwise than their activity: title, short text, room, leader, form.

A date that says nothing of its own follows the activity. So a change that is only for some of the dates
is written to the activity, and the others are told to stay as they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from khcal.calendaring.terms import AWAY

from .event import Event
from .occurrence import Occurrence

OWN_LOOKS = ("title", "short_text", "room_id", "leader", "form")


def looks_of(event: Event) -> dict[str, Any]:
    """How dates of the activity look that say nothing themselves."""
    return {name: getattr(event, name) for name in OWN_LOOKS}


def changed_looks(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What looks otherwise now, as it was."""
    return {name: was[name] for name in OWN_LOOKS if was[name] != now[name]}


def has_own_look(row: Occurrence, names: Iterable[str]) -> bool:
    """Whether the date says any of these itself."""
    return any(getattr(row, name) is not None for name in names)


def keep_looks(event: Event, was: Mapping[str, Any], before: date) -> None:
    """Let the dates that begin before that day look as they did: ``was``.

    A date can say that it has no room while its activity has one only by being held online or outdoors.
    """
    for row in event.occurrences:
        if row.starts_at.date() < before:
            for name, value in was.items():
                if getattr(row, name) is None and value is not None:
                    setattr(row, name, value)


def follow_looks(event: Event, names: Iterable[str], followers: Iterable[int]) -> None:
    """Let these dates say nothing of it themselves any more."""
    chosen = set(followers)
    for row in event.occurrences:
        if row.id in chosen:
            for name in names:
                setattr(row, name, None)


def change_alone(row: Occurrence, looks: Mapping[str, Any], starts_at: datetime, ends_at: datetime) -> None:
    """Give one date a look and a time of its own; what is as the activity has it is not its own.

    A date that somebody changed stays so when the others change. One that is like the rest again follows.
    """
    usual = looks_of(row.event)
    form = looks.get("form")
    if form in AWAY and form != usual["form"]:
        # Held elsewhere it is in no room of the activity's, unless it says so itself.
        usual["room_id"] = None
    own = {name: value if value != usual[name] else None for name, value in looks.items()}
    for name, value in own.items():
        if getattr(row, name) != value:
            setattr(row, name, value)
    if (row.starts_at, row.ends_at) != (starts_at, ends_at):
        row.move(starts_at, ends_at)
    is_own = has_own_look(row, OWN_LOOKS) or not _is_at_the_usual_time(row)
    if row.by_hand != is_own:
        row.by_hand = is_own


def _is_at_the_usual_time(row: Occurrence) -> bool:
    event = row.event
    if event.start_time is None or event.end_time is None:
        return len(event.standing_dates) == 1
    usual = datetime.combine(row.slot or row.starts_at.date(), event.start_time)
    return (row.starts_at, row.ends_at.time()) == (usual, event.end_time)
