"""A group that goes on: its rhythm of last time in the term that follows, when a line says no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from . import clock
from .plan import Schedule
from .quick_entry import Known, When
from .quick_entry.terms_of_year import AUTUMN_WEEKS, SPRING_WEEKS, term_meant
from .recurrence import first_day

# A group that ended so near the end of a term went on for the whole of it.
NEAR_THE_END = timedelta(weeks=3)


def next_round(former: Schedule, held: int, said: When, today: date) -> When | None:
    """The days after ``former``, with its rule; ``None`` when ``said`` tells the days by itself.

    Whatever ``said`` tells of first day, last day or number of times is kept. Otherwise it begins in the
    next term, and lasts the term out or, as a course, as many times as the ``held`` ones of last time.
    """
    if said.rule or said.days or (said.first_day and not said.until and not said.times):
        return None
    free = max(today, former.rule_until + clock.ONE_DAY)
    term = term_meant(Known(said.first_day or free), None, None)
    start = said.first_day or max(free, term.first_day if term else free)
    if said.until and said.until < start:
        start = today
    begins = first_day(former.rule, start)
    if said.until or said.times:
        return replace(said, first_day=begins, rule=former.rule)
    if term and _lasted_the_term(former.rule_until):
        return replace(said, first_day=begins, rule=former.rule, until=term.last_day)
    return replace(said, first_day=begins, rule=former.rule, times=max(held, 1))


def _lasted_the_term(until: date) -> bool:
    """Whether the last day was near the end of a term."""
    ends = [
        date.fromisocalendar(until.isocalendar().year, week, 7) for _, week in (SPRING_WEEKS, AUTUMN_WEEKS)
    ]
    return any(abs(end - until) <= NEAR_THE_END for end in ends)
