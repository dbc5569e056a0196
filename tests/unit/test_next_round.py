"""A group goes on as before, in the term that follows, unless the line says otherwise."""

from __future__ import annotations

from datetime import date, time

from khcal.calendaring.next_round import next_round
from khcal.calendaring.plan import Schedule
from khcal.calendaring.quick_entry import When
from khcal.calendaring.recurrence import RecurrenceRule, monthly_nth, weekly
from tests.tables import for_each

TODAY = date(2026, 11, 24)
THURSDAYS = weekly([3])
LAST_FRIDAYS = monthly_nth(-1, 4)


def autumn(rule: RecurrenceRule = THURSDAYS, until: date = date(2026, 12, 10)) -> Schedule:
    return Schedule(rule, date(2026, 9, 3), until, time(12), time(13))


@for_each(
    ("former", "said", "expected"),
    [
        (autumn(), When(), (date(2027, 1, 14), date(2027, 6, 13), None)),
        (autumn(until=date(2026, 10, 29)), When(), (date(2027, 1, 14), None, 6)),
        (autumn(until=date(2027, 3, 4)), When(), (date(2027, 3, 11), None, 6)),
        (autumn(LAST_FRIDAYS), When(), (date(2027, 1, 29), date(2027, 6, 13), None)),
        (autumn(), When(times=4), (date(2027, 1, 14), None, 4)),
        (autumn(), When(until=date(2027, 3, 1)), (date(2027, 1, 14), date(2027, 3, 1), None)),
        (autumn(), When(until=date(2026, 12, 20)), (date(2026, 11, 26), date(2026, 12, 20), None)),
        (autumn(), When(first_day=date(2027, 2, 1), times=3), (date(2027, 2, 4), None, 3)),
    ],
)
def test_the_rhythm_goes_on(former: Schedule, said: When, expected: tuple[object, ...]) -> None:
    when = next_round(former, 6, said, TODAY)
    assert when is not None
    assert when.rule == former.rule
    assert (when.first_day, when.until, when.times) == expected


@for_each(
    "said",
    [
        When(first_day=date(2027, 2, 1)),
        When(days=(date(2027, 2, 1), date(2027, 2, 3))),
        When(first_day=date(2027, 2, 1), rule=weekly([0]), until=date(2027, 3, 1)),
    ],
)
def test_a_line_that_tells_the_days_is_left_alone(said: When) -> None:
    assert next_round(autumn(), 6, said, TODAY) is None
