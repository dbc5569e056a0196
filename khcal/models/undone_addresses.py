"""The pages of groups while a change is taken back: the address that one leaves leads to where it is then."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from .event import Event
from .group_addresses import group_of, lead_on, take_into_use
from .undone_rows import Net


class Addresses:
    """Where activities had their pages before an undo gave them others.

    Former addresses are not taken back row by row: as after any other move the address in between goes on
    working, and one in use is never an old one at the same time.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._left: dict[Event, tuple[int, str]] = {}
        self._new: list[Event] = []

    def leave(self, event: Event) -> None:
        """Note where an activity is, before it may get another place."""
        self._left[event] = (event.chapter_id, event.slug)

    def come(self, event: Event) -> None:
        """Note that an activity is there again."""
        self._new.append(event)

    def follow(self) -> None:
        """Let the addresses that were left lead on. Flushes."""
        for event in self._new:
            take_into_use(self.session, event.chapter_id, event.slug)
        moves: dict[tuple[int, str, int, str], list[Event]] = {}
        for event, place in self._left.items():
            moves.setdefault((*place, event.chapter_id, event.slug), []).append(event)
        for (house_id, slug, *_new), events in moves.items():
            lead_on(self.session, events, house_id, slug)
        self.session.flush()

    def points_back(self, net: Net, row: Any) -> bool:
        """Whether a former address led to another group before, which is still there."""
        if row is None or net.before is None or net.after is None or net.before["chapter_id"] is None:
            return False
        return bool(group_of(self.session, net.before["new_chapter_id"], net.before["new_slug"]))
