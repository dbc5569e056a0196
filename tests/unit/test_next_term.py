"""A term again: the same weekday and rhythm in other weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from khcal.calendaring.next_term import (
    Group,
    NextTerm,
    Span,
    as_days,
    continuing,
    in_next_term,
    left_out,
    usual_hours,
    usual_terms,
)
from khcal.calendaring.plan import Schedule, Slot
from khcal.calendaring.proposal import Pause
from khcal.calendaring.recurrence import monthly_day, monthly_nth, weekly
from tests.tables import for_each

MO, TU, TH = 0, 1, 3
AUTUMN = Span(date(2026, 8, 31), date(2026, 12, 13))
SPRING = Span(date(2027, 1, 11), date(2027, 6, 13))


def group(rule: object, first: str, last: str) -> Group:
    schedule = Schedule(rule, date.fromisoformat(first), date.fromisoformat(last), time(13), time(15))  # type: ignore[arg-type]
    return Group(tuple(schedule.slots()), schedule)


@for_each(
    ("today", "old", "new"),
    [
        ("2026-11-24", "2026-08-24", "2027-01-11"),
        ("2027-01-05", "2026-08-24", "2027-01-11"),
        ("2027-01-11", "2027-01-11", "2027-08-30"),
        ("2027-07-01", "2027-01-11", "2027-08-30"),
    ],
)
def test_the_running_term_is_copied_to_the_next(today: str, old: str, new: str) -> None:
    found = usual_terms(date.fromisoformat(today))
    assert tuple(term.first_day.isoformat() for term in found) == (old, new)


def test_a_group_that_met_to_the_end_meets_to_the_end() -> None:
    coming = in_next_term(group(weekly([TU]), "2026-09-01", "2026-12-08"), AUTUMN, SPRING)
    days = as_days(coming.slots)
    assert (days[0], days[-1], len(days)) == (date(2027, 1, 12), date(2027, 6, 8), 22)
    assert {day.weekday() for day in days} == {TU}


def test_a_course_keeps_its_number_of_weeks() -> None:
    coming = in_next_term(group(weekly([TU]), "2026-09-15", "2026-10-20"), AUTUMN, SPRING)
    assert as_days(coming.slots) == [date(2027, 1, 26) + n * timedelta(weeks=1) for n in range(6)]


def test_every_other_week_keeps_its_rhythm_from_the_first_week() -> None:
    even = in_next_term(group(weekly([TH], 2), "2026-09-10", "2026-12-03"), AUTUMN, SPRING)
    assert as_days(even.slots)[:3] == [date(2027, 1, 21), date(2027, 2, 4), date(2027, 2, 18)]


def test_the_second_tuesday_stays_the_second_tuesday() -> None:
    coming = in_next_term(group(monthly_nth(2, TU), "2026-09-08", "2026-12-08"), AUTUMN, SPRING)
    assert all(8 <= day.day <= 14 and day.weekday() == TU for day in as_days(coming.slots))
    assert len(coming.slots) == 6


def test_every_other_week_keeps_its_rhythm_when_the_term_begins_after_its_day() -> None:
    begins_on_tuesday = Span(date(2027, 1, 12), SPRING.last_day)
    coming = in_next_term(group(weekly([MO], 2), "2026-08-31", "2026-12-07"), AUTUMN, begins_on_tuesday)
    assert as_days(coming.slots)[:2] == [date(2027, 1, 25), date(2027, 2, 8)]
    assert coming.schedule is not None
    assert coming.schedule.rule_from == date(2027, 1, 25)


@for_each(
    ("rule", "first", "last", "days"),
    [
        (monthly_day(-1), "2026-08-31", "2026-09-30", "2027-01-31 2027-02-28"),
        (monthly_day(15, 3), "2026-09-15", "2026-12-15", "2027-01-15 2027-04-15"),
        (
            monthly_nth(3, TH),
            "2026-09-17",
            "2026-11-19",
            "2027-01-21 2027-02-18 2027-03-18 2027-04-15 2027-05-20",
        ),
        (monthly_day(15, 2), "2026-10-15", "2026-12-15", "2027-02-15 2027-04-15"),
        (monthly_day(1), "2026-09-01", "2026-10-01", "2027-02-01 2027-03-01"),
    ],
)
def test_a_group_of_the_month_begins_in_the_month_that_answers_to_its_first(
    rule: object, first: str, last: str, days: str
) -> None:
    coming = in_next_term(group(rule, first, last), AUTUMN, SPRING)
    assert " ".join(map(str, as_days(coming.slots))) == days


def test_named_days_move_by_whole_weeks_and_stay_within_the_term() -> None:
    slots = tuple(
        Slot(day, datetime.combine(day, time(18)), datetime.combine(day, time(20)))
        for day in (date(2026, 9, 5), date(2026, 12, 12))
    )
    coming = in_next_term(Group(slots), AUTUMN, Span(date(2027, 1, 11), date(2027, 3, 1)))
    assert [slot.starts_at for slot in coming.slots] == [datetime(2027, 1, 16, 18)]
    assert coming.schedule is None


def test_nothing_is_left_when_the_new_term_is_too_short() -> None:
    day = Span(date(2027, 1, 11), date(2027, 1, 11))
    assert in_next_term(group(weekly([TU]), "2026-09-01", "2026-12-08"), AUTUMN, day) == NextTerm(())


def test_other_hours_leave_the_days_alone() -> None:
    coming = in_next_term(group(weekly([TU]), "2026-09-01", "2026-12-08"), AUTUMN, SPRING)
    late = coming.at(time(22), time(0, 30))
    assert as_days(late.slots) == as_days(coming.slots)
    assert late.slots[0].ends_at == datetime(2027, 1, 13, 0, 30)
    assert usual_hours(late) == (time(22), time(0, 30))


def test_breaks_and_red_days_start_unticked() -> None:
    coming = in_next_term(group(weekly([TU]), "2026-09-01", "2026-12-08"), AUTUMN, SPRING)
    sport = Pause("Sportlov", date(2027, 2, 15), date(2027, 2, 21))
    assert left_out(coming.slots, (sport,)) == {date(2027, 2, 16): "Sportlov"}


def former(rule: object = weekly([TU])) -> Schedule:
    schedule = group(rule, "2026-09-01", "2026-12-08").schedule
    assert schedule is not None
    return schedule


def test_the_same_rule_only_goes_on() -> None:
    coming = in_next_term(Group(tuple(former().slots()), former()), AUTUMN, SPRING)
    longer = continuing(former(), coming)
    assert longer == replace(former(), rule_until=SPRING.last_day)


@pytest.mark.parametrize("change", ["hours", "rhythm", "days", "too long"])
def test_what_is_not_the_same_is_a_new_activity_of_the_group(change: str) -> None:
    every_other = former(weekly([TU], 2))
    coming = in_next_term(Group(tuple(former().slots()), former()), AUTUMN, SPRING)
    # Nineteen weeks on: an odd number.
    odd = in_next_term(Group(tuple(every_other.slots()), every_other), AUTUMN, SPRING)
    cases = {
        "hours": (former(), coming.at(time(14), time(16))),
        "rhythm": (every_other, odd),
        "days": (former(), NextTerm(coming.slots)),
        "too long": (replace(former(), rule_from=date(2023, 9, 5)), coming),
    }
    assert continuing(*cases[change]) is None
