"""Red days and eves as pauses: a weekly group does not meet on them, unless somebody says so."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from .proposal import Pause
from .red_days import Level, named_days

# As long as the longest rule, from last year on.
YEARS = range(-1, 5)


def red_pauses(today: date) -> tuple[Pause, ...]:
    """The red days and the eves of the years that one can plan, each by its name."""
    return tuple(pause for year in YEARS for pause in _of_year(today.year + year))


@lru_cache(maxsize=16)
def _of_year(year: int) -> tuple[Pause, ...]:
    return tuple(
        Pause(each.name[:1].upper() + each.name[1:], day, day)
        for day, each in named_days(year).items()
        if each.level is not Level.SHORT
    )
