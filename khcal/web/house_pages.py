"""What every page of a house begins with: read once for each state of the houses and each day.

A page that is not kept, as a search, needs it as well; it changes far less often than it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import Flask, current_app

from khcal import queries
from khcal.calendaring import clock
from khcal.db import db
from khcal.queries import HousePage

from .revisions import EVERY_HOUSE, revisions_of

EXTENSION = "khcal.house_pages"


@dataclass(frozen=True, slots=True)
class _Read:
    """The houses by slug, and what was true before they were read: they may be newer, but never older."""

    day: date
    revision: int
    pages: Mapping[str, HousePage]


class HousePages:
    """The beginnings of pages as this process read them last."""

    def __init__(self) -> None:
        self._last: _Read | None = None

    def get(self, slug: str) -> HousePage | None:
        """That of the house at ``slug``, or ``None``."""
        # Who has asked something already may go on seeing what was true then.
        sees_the_newest = not db.session().in_transaction()
        day, known = clock.today(), revisions_of(current_app).known()
        last, revision = self._last, known[EVERY_HOUSE] if known else None
        if last is not None and (last.day, last.revision) == (day, revision):
            return last.pages.get(slug)
        pages = queries.house_pages(day)
        if revision is not None and sees_the_newest:
            self._last = _Read(day, revision, pages)
        return pages.get(slug)

    def forget(self) -> None:
        """Read them anew."""
        self._last = None


def init_app(app: Flask) -> None:
    """Let ``app`` keep what it reads."""
    app.extensions[EXTENSION] = HousePages()


def house_pages_of(app: Flask) -> HousePages:
    """Those of ``app``."""
    found: HousePages = app.extensions[EXTENSION]
    return found
