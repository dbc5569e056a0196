"""What the reader of a line knows of the day and the house. Values only; whoever calls has fetched them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from ..proposal import Pause


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the house, by the number and name that the form offers."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A title that the house has used; ``id`` is whatever the caller finds the activity by.

    ``starts`` and ``ends`` are its hours last time, wall time; ``None`` when it had none.
    """

    id: int
    title: str
    starts: time | None = None
    ends: time | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the house, both days included. ``is_spring`` tells which of the two names fits."""

    first_day: date
    last_day: date

    @property
    def is_spring(self) -> bool:
        """Whether it ends before the summer."""
        return self.last_day.month < 8


@dataclass(frozen=True, slots=True)
class Known:
    """``today`` is the day on which the line is typed. Of two earlier titles alike the first one counts,
    so give the most recent first.

    ``breaks`` are those of the house, by the names that one may write ("sportlov"). Without ``terms``
    the usual ones are assumed, see :mod:`.terms_of_year`.
    """

    today: date
    rooms: tuple[Room, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    breaks: tuple[Pause, ...] = ()
    terms: tuple[Term, ...] = ()
