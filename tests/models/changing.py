"""Making changes and taking them back, as one line each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from khcal.db import db
from khcal.models import Change, Event, Occurrence
from khcal.models.bookkeeping import begin_change, current_change_id
from khcal.models.undoing import undo
from khcal.models.undone_rows import Left

MayWrite = Callable[[int], bool]


def everywhere(_house: int) -> bool:
    """The right of a national admin."""
    return True


def done(verb: str = "edit") -> int:
    """Commit what was done since the last time, as one change; its number."""
    db.session.flush()
    number = current_change_id(db.session())
    assert number is not None, f"{verb}: nothing was changed"
    db.session.commit()
    return number


@contextmanager
def changing(verb: str = "edit") -> Iterator[list[int]]:
    """One action: everything inside is one change, whose number is in the list afterwards."""
    begin_change(db.session(), verb)
    numbers: list[int] = []
    yield numbers
    numbers.append(done(verb))


def take_back(number: int, may_write: MayWrite = everywhere) -> tuple[int, list[Left]]:
    """Undo a change and commit; the number of the undo and what was left."""
    begin_change(db.session(), "undo", undoes_id=number)
    left = undo(db.session(), db.session.get_one(Change, number), may_write, may_write is everywhere)
    return done("undo"), left


def would_leave(number: int, may_write: MayWrite = everywhere) -> list[Left]:
    """What an undo would leave as it is; nothing is undone."""
    begin_change(db.session(), "undo", undoes_id=number)
    left = undo(db.session(), db.session.get_one(Change, number), may_write, may_write is everywhere)
    db.session.rollback()
    return left


def dates_of(event: Event) -> list[Occurrence]:
    """The dates of an activity as stored."""
    statement = db.select(Occurrence).filter_by(event_id=event.id).order_by(Occurrence.id)
    return list(db.session.scalars(statement))
