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
from khcal.queries import HousePage

from .revisions import EVERY_HOUSE, revisions_of

_EXTENSION = "khcal.house_pages"


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
        day, known = clock.today(), revisions_of(current_app).known()
        if known is None:
            return queries.house_pages(day).get(slug)
        last, revision = self._last, known[EVERY_HOUSE]
        if last is None or (last.day, last.revision) != (day, revision):
            last = self._last = _Read(day, revision, queries.house_pages(day))
        return last.pages.get(slug)

    def forget(self) -> None:
        """Read them anew."""
        self._last = None


def init_app(app: Flask) -> None:
    """Let ``app`` keep what it reads."""
    app.extensions[_EXTENSION] = HousePages()


def house_pages_of(app: Flask) -> HousePages:
    """Those of ``app``."""
    found: HousePages = app.extensions[_EXTENSION]
    return found
