"""The slots of dates while a change is taken back: let go of first, and every rule whole again afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, TypeGuard

from sqlalchemy.orm import Session

from khcal.calendaring.terms import Status

from .applying import schedule_of
from .event import Event
from .images import from_json, image_of
from .occurrence import Occurrence
from .undone_rows import is_taken


class Slots:
    """The slots of the activities that an undo may change; those of other houses stay as they are."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.held: dict[int, str | None] = {}
        self._lacking: dict[int, set[str]] = {}

    def let_go(self, events: Collection[int], rows: Iterable[Occurrence]) -> None:
        """Let these dates go of their slots: two that change places would meet on the way. Flushes."""
        self._lacking = {number: rule_gaps(self.session, number)[1] for number in events}
        for row in rows:
            if row.event_id in events:
                self.held[row.id] = image_of(row)["slot"]
                row.slot = None
        self.session.flush()

    def holds(self, row: Any) -> TypeGuard[Occurrence]:
        """Whether a row is a date that let go of its slot for a moment."""
        return isinstance(row, Occurrence) and row.id in self.held

    def is_free(self, row: Occurrence, slot: str | None) -> bool:
        """Whether no date of the activity has this slot."""
        wanted = from_json(Occurrence, "slot", slot)
        return not is_taken(self.session, Occurrence, {"event_id": row.event_id, "slot": wanted})

    def give(self, row: Occurrence, slot: str | None) -> None:
        """Give a date a slot again, unless another has it meanwhile."""
        row.slot = from_json(Occurrence, "slot", slot) if self.is_free(row, slot) else None

    def give_back(self, row: Any) -> None:
        """Give a date that is left as it is the slot that it had."""
        if self.holds(row):
            self.give(row, self.held[row.id])

    def keep_rules_whole(self, may_write: Callable[[int], bool]) -> None:
        """A date of the rule is filled by one row or named as skipped, never both. Flushes."""
        self.session.expire_all()
        events = [event for event in self._events() if may_write(event.chapter_id)]
        for event in events:
            _release(event)
        self.session.flush()
        self.session.expire_all()
        for event in events:
            self._skip_what_lacks(event)
        self.session.flush()

    def _events(self) -> Iterator[Event]:
        found = (self.session.get(Event, number) for number in self._lacking)
        return (event for event in found if event is not None)

    def _skip_what_lacks(self, event: Event) -> None:
        held, lacking = rule_gaps(self.session, event.id)
        skips = {day: why for day, why in event.skips.items() if day not in held}
        # What was lacking before is none of this undo's business.
        skips |= dict.fromkeys(sorted(lacking - self._lacking[event.id]), "")
        if skips != event.skips:
            event.skips = skips


def _release(event: Event) -> None:
    """A date that was withdrawn stands for none of the rule, unless nobody sees the others either."""
    for row in event.occurrences if not event.is_unseen else ():
        if row.status is Status.WITHDRAWN and row.slot is not None:
            row.slot = None


def rule_gaps(session: Session, number: int) -> tuple[set[str], set[str]]:
    """The dates of an activity's rule that rows fill, and those that nothing accounts for."""
    event = session.get(Event, number)
    schedule = schedule_of(event) if event is not None else None
    if event is None or schedule is None:
        return set(), set()
    held = {each.slot.isoformat() for each in event.occurrences if each.slot}
    wanted = {slot.day.isoformat() for slot in schedule.slots()}
    return held, wanted - held - set(event.skips)
