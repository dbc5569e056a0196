"""Groups that meet at the same time, of patients and of those close to them, point at each other."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from .event import Event


def keep_pairs(
    session: Session, event: Event, former_id: int | None, may_write: Callable[[int], bool]
) -> None:
    """Let both sides say the same after ``event`` points elsewhere than at ``former_id``.

    The group that it left lets go of it, and the one that it points at points back unless it has another
    already. A group of a house that the person (``may_write``, by the house's number) does not keep
    is left alone: that house decides.
    """
    if event.sibling_id == former_id:
        return
    former = session.get(Event, former_id) if former_id else None
    if former is not None and former.sibling_id == event.id and may_write(former.chapter_id):
        former.sibling_id = None
    other = session.get(Event, event.sibling_id) if event.sibling_id else None
    if other is not None and other.sibling_id is None and may_write(other.chapter_id):
        other.sibling_id = event.id
