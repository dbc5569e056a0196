"""How full a date is, as staff tap it: four states in a ring, the last of them only today."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from .terms import Places


class Vacancy(StrEnum):
    """What staff say of the places of a date. It is stored as :class:`Places` and a day."""

    OPEN = "open"
    FEW = "few"
    FULL = "full"
    FREE_TODAY = "free_today"


def vacancy_of(places: Places, free_today_on: date | None, today: date) -> Vacancy:
    """What is true today: a place that was free on another day is free no more."""
    return Vacancy.FREE_TODAY if free_today_on == today else Vacancy(places.value)


def next_vacancy(vacancy: Vacancy, is_today: bool) -> Vacancy:
    """What one more tap makes of it. A place becomes free "today" only on the date's own day."""
    ring = [each for each in Vacancy if is_today or each is not Vacancy.FREE_TODAY]
    return ring[(ring.index(vacancy) + 1) % len(ring)] if vacancy in ring else Vacancy.OPEN
