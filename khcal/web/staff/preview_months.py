"""How the dates of a preview are laid out: by month, with the hours that most of them share said once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Generic, Protocol, TypeVar

# More than these are folded together, month by month.
MOST_UNFOLDED = 30


class Dated(Protocol):
    """A date of a preview."""

    starts_at: datetime
    ends_at: datetime

    @property
    def takes_place(self) -> bool:
        """Whether it will be held."""

    @property
    def is_remarkable(self) -> bool:
        """Whether there is something to tell of it."""


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Month(Generic[D]):
    """The dates of one month. ``is_folded`` when there are many and nothing to tell of these."""

    first_day: date
    dates: list[D]
    is_folded: bool

    @property
    def number(self) -> int:
        """How many will be held."""
        return sum(each.takes_place for each in self.dates)


def by_month(dates: Sequence[D]) -> list[Month[D]]:
    """The months in order."""
    is_long = len(dates) > MOST_UNFOLDED
    found = groupby(dates, key=lambda each: each.starts_at.date().replace(day=1))
    months = [(first, list(group)) for first, group in found]
    return [
        Month(first, group, is_long and not any(each.is_remarkable for each in group))
        for first, group in months
    ]


def with_usual_hours(dates: Iterable[D]) -> D | None:
    """The first of several dates that has the hours of more than half of them."""
    known: dict[tuple[time, time], list[D]] = defaultdict(list)
    for each in dates:
        known[each.starts_at.time(), each.ends_at.time()].append(each)
    most = max(known.values(), key=len, default=[])
    return most[0] if len(most) > 1 and 2 * len(most) > sum(map(len, known.values())) else None
