"""The ring of four states that staff tap through."""

from __future__ import annotations

from datetime import date

from khcal.calendaring import phrases
from khcal.calendaring.terms import Places
from khcal.calendaring.vacancy import Vacancy, next_vacancy, vacancy_of
from tests.tables import for_each

TODAY = date(2026, 11, 24)
YESTERDAY = date(2026, 11, 23)


@for_each(
    ("places", "free_on", "seen"),
    [
        (Places.OPEN, None, Vacancy.OPEN),
        (Places.FEW, None, Vacancy.FEW),
        (Places.FULL, None, Vacancy.FULL),
        (Places.FULL, TODAY, Vacancy.FREE_TODAY),
        (Places.FULL, YESTERDAY, Vacancy.FULL),
    ],
)
def test_a_free_place_is_free_until_midnight(places: Places, free_on: date | None, seen: Vacancy) -> None:
    assert vacancy_of(places, free_on, TODAY) is seen


@for_each(
    ("is_today", "words"),
    [
        (True, ["Platser finns", "Få kvar", "Fullt", "Plats ledig i dag", "Platser finns"]),
        (False, ["Platser finns", "Få kvar", "Fullt", "Platser finns", "Få kvar"]),
    ],
)
def test_round_and_round(is_today: bool, words: list[str]) -> None:
    vacancy, said = Vacancy.OPEN, []
    for _ in words:
        said.append(phrases.vacancy_label(vacancy))
        vacancy = next_vacancy(vacancy, is_today)
    assert said == words


def test_a_ring_left_at_midnight_begins_anew() -> None:
    assert next_vacancy(Vacancy.FREE_TODAY, is_today=False) is Vacancy.OPEN
