"""The terms of a year: those that a house has told, otherwise the usual ones.

Nothing in Swedish law says when a term of a house begins. The usual ones are taken from Swedish
practice as the sample programme shows it: spring is ISO weeks 2-23 (middle of January to middle of
June), autumn weeks 35-50 (end of August to middle of December). They are always told as an assumption.
"""

from __future__ import annotations

from datetime import date, timedelta

from .known import Known, Term

SPRING_WEEKS = (2, 23)
AUTUMN_WEEKS = (35, 50)
# "The whole term", said in its last weeks, means the next one.
TOO_LATE = timedelta(weeks=4)


def term_meant(known: Known, is_spring: bool | None, year: int | None) -> Term | None:
    """The term somebody means: of a season and perhaps a year, or the one that can still be whole."""
    fitting = [
        term
        for term in _terms(known, year or known.today.year)
        if is_spring in (None, term.is_spring) and year in (None, term.first_day.year)
    ]
    if year is not None:
        return fitting[0] if fitting else None
    enough = TOO_LATE if is_spring is None else timedelta(0)
    return next((term for term in fitting if term.last_day >= known.today + enough), None)


def _terms(known: Known, year: int) -> list[Term]:
    if known.terms:
        return sorted(known.terms, key=lambda term: term.first_day)
    return [_usual(each, weeks) for each in (year, year + 1) for weeks in (SPRING_WEEKS, AUTUMN_WEEKS)]


def _usual(year: int, weeks: tuple[int, int]) -> Term:
    first, last = weeks
    return Term(date.fromisocalendar(year, first, 1), date.fromisocalendar(year, last, 7))
