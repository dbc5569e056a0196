"""One state of a page: how somebody comes to it and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.people import Person

Steps = Callable[[Page], None]


@dataclass(frozen=True)
class State:
    """A page as somebody may meet it.

    ``address`` may name a date of the sample as ``{SJ-05 2026-11-19}``; ``person`` is who is logged
    in; ``steps`` is what she does on the page before it is looked at; ``status`` is its last answer's.
    """

    name: str
    address: str
    status: int = 200
    person: Person | None = None
    steps: Steps | None = None

    @property
    def is_wall(self) -> bool:
        """Whether it is shown on a large screen on a wall."""
        return self.name.startswith("wall-")
