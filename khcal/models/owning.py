"""Giving an activity to another house: the same dates, the same subscribers, other people who keep it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from .chapter import Chapter
from .event import Event
from .group_addresses import move_group


def give(session: Session, events: Sequence[Event], house: Chapter, slug: str, keeps_showing: bool) -> None:
    """Let ``house`` keep these activities of one group at the address ``slug``. Flushes.

    Uids stay, old addresses lead on. The house that gave them away goes on showing them if
    ``keeps_showing``. They keep their rooms, whoever's these are: a room stays booked, and visitors go where
    they went. As an address is told only of a house's own rooms, it is written down.
    """
    giver = events[0].chapter
    others = {event: _shown_elsewhere(event) - {house, giver} for event in events}
    for event in events:
        _write_down_address(event, giver)
        if event.import_key is not None and _is_key_taken(session, house, event.import_key):
            event.import_key = None
    move_group(session, events, house, slug)
    for event in events:
        event.show_in(others[event] | ({giver} if keeps_showing else set()))
        for shown in event.shown_in:
            # What a house hid of another's is its own now.
            if shown.chapter is house and shown.hidden:
                shown.hidden = False
    session.flush()


def _shown_elsewhere(event: Event) -> set[Chapter]:
    return {shown.chapter for shown in event.shown_in}


def _write_down_address(event: Event, giver: Chapter) -> None:
    room = event.room
    if room is None or room.chapter_id != giver.id or room.address or event.address or event.place:
        return
    event.address = ", ".join(part for part in (giver.street, giver.city) if part)[:200]


def _is_key_taken(session: Session, house: Chapter, key: str) -> bool:
    known = select(Event.id).where(Event.chapter_id == house.id, Event.import_key == key)
    return session.scalar(known.limit(1)) is not None
