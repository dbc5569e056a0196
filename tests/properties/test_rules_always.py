"""What holds for every rule: its dates are those of a walk through the calendar, its text is read back."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from khcal.calendaring import recurrence, rule_text
from khcal.calendaring.recurrence import (
    Fault,
    RecurrenceError,
    RecurrenceRule,
    monthly_day,
    monthly_nth,
    weekly,
)
from tests.tries import tries
from tests.unit.stepping import ONE_DAY, step_by_step

MO, TU, WE, TH, FR, SA, SU = range(7)
TUESDAY = datetime(2026, 9, 15, 13)

intervals = st.integers(1, 5)
weekly_rules = st.builds(weekly, st.sets(st.integers(0, 6), min_size=1), intervals)
nth_rules = st.builds(monthly_nth, st.sampled_from([1, 2, 3, 4, -1]), st.integers(0, 6), intervals)
day_rules = st.builds(monthly_day, st.sampled_from([*range(1, 29), -1]), intervals)
rules = st.one_of(weekly_rules, nth_rules, day_rules)
first_days = st.dates(date(2026, 8, 1), date(2028, 3, 1))


@tries(40)
@given(rules, first_days, st.integers(0, 400))
@example(weekly([WE], 2), date(2026, 12, 16), 60)  # over week 53 and New Year
@example(weekly([SU], 1), date(2026, 10, 18), 14)  # the clocks go back on 25 October
@example(weekly([SA, SU], 1), date(2027, 3, 20), 15)  # and forward on Easter Day
@example(weekly([MO, SU], 2), date(2026, 12, 27), 30)  # begins on a Sunday
@example(monthly_nth(-1, TH), date(2026, 9, 24), 245)
@example(monthly_day(-1), date(2028, 1, 31), 60)  # a leap year
def test_dates_are_those_of_every_day_asked(rule: RecurrenceRule, first: date, days: int) -> None:
    last = first + days * ONE_DAY
    assert recurrence.dates(rule, first, last) == step_by_step(rule, first, last)


@tries(10)
@given(rules, first_days, st.integers(1, 30))
def test_a_count_gives_the_first_of_the_endless_dates(rule: RecurrenceRule, first: date, count: int) -> None:
    endless = step_by_step(rule, first, first + recurrence.LONGEST_SPAN)[:count]
    if len(endless) == count:
        assert recurrence.dates(rule, first, count=count) == endless
    else:
        with pytest.raises(RecurrenceError, match=Fault.TOO_LONG):
            recurrence.dates(rule, first, count=count)


@tries(30)
@given(rules)
def test_stored_text_is_read_back(rule: RecurrenceRule) -> None:
    assert rule_text.parse(str(rule)) == rule
    assert rule_text.read_foreign(f"RRULE:{rule};WKST=MO", TUESDAY).rule == rule
