"""The highest numbers ever published, so that a restored copy never counts from below them again.

A phone that has seen sequence 7 of a date may ignore 5. What was published after the copy was made is
known from the database that the copy replaces, if that one has lived on from the copy. Otherwise (the
disk is gone, or another copy was restored in between) it is bounded: each step of a sequence takes its
date's stamp at least one second further, so no sequence can have risen by more than the seconds since.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from khcal.calendaring import clock

# Several changes within one second let stamps run ahead of the clock a little.
_LEEWAY = 1000


@dataclass(frozen=True, slots=True)
class HighWater:
    """The highest sequence, stamp (epoch seconds) and revision of a database, and what it published."""

    sequence: int
    changed_at: int
    revision: int
    published: frozenset[str]


def read_high_water(connection: Connection) -> HighWater:
    """Read them from a database at any step of its tables since the first."""
    dates = connection.execute(text("SELECT uid, published_at, sequence, changed_at FROM occurrence"))
    houses = connection.execute(text("SELECT revision, changed_at FROM chapter"))
    return high_water_of(dates.mappings(), houses.mappings())


def high_water_of(dates: Iterable[Mapping[Any, Any]], houses: Iterable[Mapping[Any, Any]]) -> HighWater:
    """The same from rows that name the columns; a time of publication is a number or nothing."""
    sequence = changed_at = revision = 0
    published = set()
    for row in dates:
        sequence = max(sequence, int(row["sequence"]))
        changed_at = max(changed_at, int(row["changed_at"]))
        if str(row["published_at"]).isdigit():
            published.add(str(row["uid"]))
    for row in houses:
        revision = max(revision, int(row["revision"]))
        changed_at = max(changed_at, int(row["changed_at"]))
    return HighWater(sequence, changed_at, revision, frozenset(published))


def above(copy: HighWater, replaced: HighWater | None) -> HighWater:
    """What every date and house of ``copy`` is raised to when it takes the place of ``replaced``."""
    known = replaced or copy
    now = clock.epoch_seconds()
    sequence = max(copy.sequence, known.sequence)
    if replaced is None or not copy.published <= replaced.published:
        sequence = max(sequence, copy.sequence + max(0, now - copy.changed_at) + _LEEWAY)
    return HighWater(
        sequence=sequence + 1,
        changed_at=max(copy.changed_at + 1, known.changed_at + 1, now),
        revision=max(copy.revision + 1, known.revision + 1, clock.epoch_milliseconds()),
        published=copy.published,
    )


def raising(numbers: HighWater) -> list[str]:
    """The statements that lift a restored copy to ``numbers`` and end every log-in in it."""
    return [
        f"UPDATE occurrence SET sequence = {numbers.sequence:d}, changed_at = {numbers.changed_at:d}",
        f"UPDATE chapter SET revision = {numbers.revision:d}, changed_at = {numbers.changed_at:d}",
        # A log-in or a link that was ended after the copy was made must not come to life again.
        f"UPDATE sign_in SET ended_at = {numbers.changed_at:d} WHERE ended_at IS NULL",
        f"UPDATE one_time_link SET used_at = {numbers.changed_at:d} WHERE used_at IS NULL",
    ]
