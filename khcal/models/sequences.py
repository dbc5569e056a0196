"""How often a date was changed: its sequence and stamp rise when the text of it in any feed does.

Known by a digest of that text, so that no list of columns can be forgotten.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, cast

from sqlalchemy import Row, Table, bindparam, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from khcal.calendaring import clock
from khcal.calendaring.feed_text import feed_key
from khcal.db import Base

from .listed import houses_of_rooms, listed_from, select_published, to_listed
from .occurrence import Occurrence

_OCCURRENCE = cast(Table, Occurrence.__table__)
_STEPS, _NOW = "khcal.steps", "khcal.now"


def raise_sequences(session: Session, events: set[int]) -> None:
    """Raise the dates of these events that feeds tell otherwise than before: one step an action.

    Between the flushes of one nobody has seen them, and stamps would run ahead of the clock.
    """
    if not events:
        return
    raised = list(_raised(session, events))
    if raised:
        # All in one: a term has hundreds of dates.
        session.connection().execute(
            update(_OCCURRENCE).where(_OCCURRENCE.c.id == bindparam("row_id")), raised
        )
    for values in raised:
        refresh(session, Occurrence, values.pop("row_id"), values)


def action_time(session: Session) -> int:
    """One moment for all that an action changes, in seconds since 1970: no date gets ahead of its house."""
    moment: int = session.info.setdefault(_NOW, clock.epoch_seconds())
    return moment


def forget_steps(session: Session) -> None:
    """The action is over."""
    session.info.pop(_STEPS, None)
    session.info.pop(_NOW, None)


def _raised(session: Session, events: set[int]) -> Iterator[dict[str, Any]]:
    """What is new in the rows whose feed text changed."""
    connection, now = session.connection(), action_time(session)
    # A step that a savepoint took back is taken again from where the row is.
    steps = session.info.setdefault(_STEPS, {})
    digests = select(Occurrence.id, Occurrence.feed_digest).where(Occurrence.event_id.in_(events))
    stored = {row.id: row.feed_digest for row in connection.execute(digests)}
    for row in connection.execute(select_published().where(Occurrence.event_id.in_(events))).all():
        digest, was = feed_digest(_told(row)), stored[row.id]
        if digest == was:
            continue
        if steps.get(row.id) != (row.sequence, row.changed_at):
            steps[row.id] = row.sequence + bool(was), max(row.changed_at + 1, now)
        sequence, changed_at = steps[row.id]
        yield {"row_id": row.id, "feed_digest": digest, "sequence": sequence, "changed_at": changed_at}


def feed_digest(values: tuple[Any, ...]) -> str:
    """What is kept to see whether the feed text of a date changed."""
    return hashlib.sha256(repr(values).encode()).hexdigest()


def _told(row: Row[Any]) -> tuple[Any, ...]:
    """What feeds tell of a date; of one with rooms in two houses also what each of these tells."""
    told = feed_key(to_listed(row))
    of_houses = [feed_key(listed_from(row, house_id=house_id)) for house_id in houses_of_rooms(row)]
    return (told, *of_houses) if of_houses else told


def refresh(session: Session, model: type[Base], key: int, values: dict[str, Any]) -> None:
    """Let an object that is loaded already tell what the books say now."""
    loaded = session.identity_map.get(session.identity_key(model, key))
    for name, value in values.items() if loaded is not None else ():
        set_committed_value(loaded, name, value)
