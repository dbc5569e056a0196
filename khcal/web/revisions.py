"""Which state of each house this process saw last: by it a kept answer is known to be still true."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from math import inf
from threading import Lock

from flask import Flask, current_app
from sqlalchemy import Engine, event, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from khcal.calendaring import clock
from khcal.db import db, reading
from khcal.models import Chapter

# The name under which the state of all houses together stands; no house can have it.
EVERY_HOUSE = ""
# Seconds. What another process saves is seen after the first; without a database the second is the end.
LOOKED_AT_AGAIN = 0.5
LONGEST_HELD = 15 * 60
_EXTENSION = "khcal.revisions"


class Revisions:
    """The revision of each house by its slug: read at most twice a second, and after each save of our own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._one_reads, self._one_writes = Lock(), Lock()
        self._known: Mapping[str, int] = {}
        self._read_at = self._due_at = -inf
        self._saves = 0
        self.unread_since: datetime | None = None

    def known(self) -> Mapping[str, int] | None:
        """Every house and its revision; ``None`` when they could not be read for a quarter of an hour."""
        # While the database is away one of us asks it, and the others answer from what they hold.
        waits, now = self.unread_since is None, clock.monotonic()
        if now >= self._due_at and self._one_reads.acquire(blocking=waits):
            try:
                self._read_when_due()
            finally:
                self._one_reads.release()
        return self._known if now - self._read_at <= LONGEST_HELD else None

    def forget(self) -> None:
        """Something was saved: what was read before may not be true any more."""
        with self._one_writes:
            self._saves += 1
            self._due_at = -inf

    def _read_when_due(self) -> None:
        began, saves = clock.monotonic(), self._saves
        if began < self._due_at:
            return
        try:
            self._known, self._read_at = self._read(), began
            self.unread_since = None
        except SQLAlchemyError:
            self.unread_since = self.unread_since or clock.now()
        with self._one_writes:
            if self._saves == saves:
                self._due_at = began + LOOKED_AT_AGAIN

    def _read(self) -> Mapping[str, int]:
        with reading(), self._engine.connect() as connection:
            found = {row.slug: row.revision for row in connection.execute(_QUESTION)}
        # A revision only rises, so their sum is another one after every change.
        return found | {EVERY_HOUSE: sum(found.values())}


_QUESTION = select(Chapter.slug, Chapter.revision)


def init_app(app: Flask) -> None:
    """Let ``app`` know the revisions of its database."""
    with app.app_context():
        app.extensions[_EXTENSION] = Revisions(db.engine)


def revisions_of(app: Flask) -> Revisions:
    """Those of ``app``."""
    found: Revisions = app.extensions[_EXTENSION]
    return found


@event.listens_for(db.session, "after_commit")
def _look_again(session: Session) -> None:
    if _EXTENSION in current_app.extensions:
        revisions_of(current_app).forget()
