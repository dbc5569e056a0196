"""Dates as one reads them down a page: day by day, where a long span is told of once.

A house that is closed for seventeen days shall not fill seventeen headings with the same words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from . import grid
from .grid import DayBox
from .shapes import ListedDate

# A weekend or a short course is repeated on each of its days; anything longer is told of once.
LONGEST_REPEATED_IN_DAYS = 3
NOON, EVENING = 12, 17


class PartOfDay(StrEnum):
    """The columns of a week."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class AgendaDay:
    """A day under its heading: ``box.rows`` in full, ``running`` only named, since told of before."""

    box: DayBox
    running: tuple[ListedDate, ...]


def agenda(rows: Iterable[ListedDate], today: date) -> list[AgendaDay]:
    """The days that say something new, in order; ``rows`` sorted by day."""
    new: list[ListedDate] = []
    running: dict[date, list[ListedDate]] = {}
    told: set[int] = set()
    for row in rows:
        if row.days > LONGEST_REPEATED_IN_DAYS and row.id in told and not row.was_moved_away:
            running.setdefault(row.day, []).append(row)
        else:
            new.append(row)
            told.add(row.id)
    return [AgendaDay(box, tuple(running.get(box.day, ()))) for box in grid.by_day(new, today)]


def part_of_day(row: ListedDate) -> PartOfDay:
    """In which part of its day a row begins; one that goes on from the day before, in the morning."""
    starts_at = row.left_at if row.was_moved_away and row.left_at else row.starts_at
    if starts_at.date() != row.day or starts_at.hour < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if starts_at.hour < EVENING else PartOfDay.EVENING
