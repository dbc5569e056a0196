"""The part "när" of the form: from what was typed to dates, and back."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from khcal.calendaring.plan import Schedule, Slot
from khcal.calendaring.proposal import Pause
from khcal.calendaring.recurrence import RecurrenceRule, monthly_day, monthly_nth, weekly
from khcal.forms.extra_days import ExtraDay
from khcal.forms.schedule import ScheduleForm
from khcal.forms.stored_schedule import typed_schedule
from tests.tables import for_each

HOURS = {"starts": "13", "ends": "15"}
TUESDAY = {"first_day": "2027-01-12", "repeat": "weekly", **HOURS}
BREAKS = [Pause("Sportlov", date(2027, 2, 15), date(2027, 2, 21))]


def form_of(breaks: Any = (), **typed: Any) -> ScheduleForm:
    return ScheduleForm(MultiDict({"repeat": "once"} | typed), breaks=breaks)


def starts(form: ScheduleForm) -> list[str]:
    assert form.validate(), form.errors
    assert form.wanted
    return [f"{slot.starts_at:%m-%d %H.%M}" for slot in form.wanted.all_slots()]


def faults(form: ScheduleForm) -> dict[str, list[str]]:
    assert not form.validate()
    return {str(name): list(messages) for name, messages in form.errors.items()}


def test_one_date() -> None:
    form = form_of(first_day="2026-12-03", **HOURS)
    assert starts(form) == ["12-03 13.00"]
    assert form.wanted
    assert form.wanted.slots[0].ends_at == datetime(2026, 12, 3, 15)


@pytest.mark.parametrize(
    ("typed", "first", "end"),
    [
        ({"starts": "18", "ends": "24"}, "12-03 18.00", datetime(2026, 12, 4)),
        ({"starts": "22", "ends": "1.30"}, "12-03 22.00", datetime(2026, 12, 4, 1, 30)),
        ({"all_day": "y"}, "12-03 00.00", datetime(2026, 12, 4)),
        ({"all_day": "y", "last_day": "2026-12-05"}, "12-03 00.00", datetime(2026, 12, 6)),
        ({"all_day": "y", "last_day": "2027-02-02"}, "12-03 00.00", datetime(2027, 2, 3)),
        ({"starts": "18", "ends": "12", "last_day": "2026-12-05"}, "12-03 18.00", datetime(2026, 12, 5, 12)),
        ({"starts": "18", "ends": "24", "last_day": "2026-12-05"}, "12-03 18.00", datetime(2026, 12, 6)),
    ],
)
def test_nights_days_and_several_days(typed: dict[str, str], first: str, end: datetime) -> None:
    form = form_of(first_day="2026-12-03", **typed)
    assert starts(form) == [first]
    assert form.wanted
    assert form.wanted.slots[0].ends_at == end


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"until": "2027-01-26"}, ["01-12", "01-19", "01-26"]),
        ({"times": "3"}, ["01-12", "01-19", "01-26"]),
        ({"weekdays": ["0", "3"], "times": "3"}, ["01-14", "01-18", "01-21"]),
        ({"repeat": "fortnightly", "times": "3"}, ["01-12", "01-26", "02-09"]),
        ({"repeat": "every_weeks", "every": "3", "times": "2"}, ["01-12", "02-02"]),
        ({"repeat": "monthly_weekday", "nth": "-1", "times": "2"}, ["01-26", "02-23"]),
        ({"repeat": "monthly_weekday", "nth": "2", "until": "2027-03-30"}, ["01-12", "02-09", "03-09"]),
        ({"repeat": "monthly_day", "times": "3"}, ["01-12", "02-12", "03-12"]),
        ({"repeat": "monthly_day", "first_day": "2027-01-31", "times": "3"}, ["01-31", "02-28", "03-31"]),
        ({"repeat": "monthly_day", "every": "2", "times": "2"}, ["01-12", "03-12"]),
        ({"repeat": "own_days", "days": "2027-02-01 2027-01-20", "first_day": ""}, ["01-20", "02-01"]),
        # 2026 has a week 53: every second week goes on counting weeks, not their numbers.
        ({"repeat": "fortnightly", "first_day": "2026-12-22", "times": "3"}, ["12-22", "01-05", "01-19"]),
    ],
)
def test_the_ways_to_repeat(typed: dict[str, Any], expected: list[str]) -> None:
    assert starts(form_of(**TUESDAY | typed)) == [f"{day} 13.00" for day in expected]


def test_what_another_way_of_repeating_needs_is_not_asked_for() -> None:
    assert starts(form_of(first_day="2026-12-03", until="skräp", pauses="skräp", days="skräp", **HOURS))


def test_pauses_are_kept_with_their_reason() -> None:
    form = form_of(BREAKS, **TUESDAY | {"until": "2027-03-30", "pauses": "v. 7 och 2027-03-30"})
    assert form.validate()
    assert form.wanted
    assert form.wanted.pauses == ((date(2027, 2, 15), "Sportlov"), *form.wanted.pauses[1:])
    reasons = dict(form.wanted.pauses)
    assert reasons[date(2027, 2, 16)] == "Sportlov"
    assert reasons[date(2027, 3, 30)] == ""


def test_so_many_times_means_meetings_that_take_place() -> None:
    form = form_of(BREAKS, **TUESDAY | {"times": "6", "pauses": "2027-01-19"})
    assert form.validate()
    assert form.wanted
    assert form.wanted.schedule
    assert form.wanted.schedule.rule_until == date(2027, 3, 2)


@pytest.mark.parametrize(
    ("typed", "field", "told"),
    [
        ({"first_day": ""}, "first_day", "vilket datum"),
        ({"first_day": "2027-02-30"}, "first_day", "almanackan"),
        ({"starts": ""}, "starts", "när det börjar"),
        ({"ends": ""}, "ends", "när det slutar"),
        ({"starts": "kvart i nio"}, "starts", "9.30"),
        ({"starts": "2", "ends": "3"}, "starts", "ställs klockan om"),
        ({"starts": "2.59", "ends": "3"}, "starts", "02.59"),
        ({"starts": "15", "ends": "13"}, "ends", "före starttiden"),
        ({"starts": "15", "ends": "15"}, "ends", "före starttiden"),
        ({}, "until", "när upprepningen slutar"),
        ({"until": "2027-01-11"}, "until", "före den första"),
        ({"until": "2040-01-11"}, "until", "tre år"),
        ({"times": "0"}, "times", "mellan 1 och 400"),
        ({"times": "400"}, "times", "tre år"),
        ({"times": "²"}, "times", "mellan"),
        ({"repeat": "every_weeks", "every": "53", "times": "2"}, "every", "mellan 1 och 52"),
        ({"repeat": "monthly_weekday", "every": "13", "times": "2"}, "every", "12"),
        ({"repeat": "monthly_day", "first_day": "2027-01-30", "times": "2"}, "first_day", "28"),
        ({"until": "2027-03-01", "pauses": "v. 40"}, "pauses", "Vecka 40"),
        ({"until": "2027-03-01", "pauses": "påsk"}, "pauses", "påsk"),
        ({"repeat": "own_days", "days": ""}, "days", "minst ett"),
        ({"repeat": "once", "last_day": "2027-01-11"}, "last_day", "efter den första"),
        ({"repeat": "once", "last_day": "2027-12-11"}, "last_day", "två månader"),
        ({"repeat": "once", "last_day": "2027-03-15"}, "last_day", "två månader"),
    ],
)
def test_a_fault_stands_at_its_field(typed: dict[str, str], field: str, told: str) -> None:
    found = faults(form_of(**TUESDAY | typed))
    assert list(found) == [field]
    assert told in " ".join(found[field])


def test_what_was_typed_is_shown_back() -> None:
    form = form_of(first_day="24/11 2026", starts="930", ends="24")
    assert form.validate()
    assert [form.starts._value(), form.ends._value(), form.first_day._value()] == [
        "09.30",
        "24.00",
        "24/11 2026",
    ]
    bad = form_of(first_day="snart", starts="930x", ends="9")
    assert not bad.validate()
    assert [bad.starts._value(), bad.first_day._value()] == ["930x", "snart"]


@pytest.mark.parametrize(
    "rule",
    [
        *(weekly([1]), weekly([0, 2]), weekly([1], 2), weekly([1], 5)),
        *(monthly_nth(-1, 1), monthly_nth(2, 1, 3), monthly_day(12), monthly_day(12, 2)),
    ],
)
def test_a_stored_rule_comes_back_the_same(rule: RecurrenceRule) -> None:
    first = {-1: date(2027, 1, 26), 2: date(2027, 1, 12)}.get(rule.nth or 0, date(2027, 1, 12))
    if 0 in rule.weekdays:
        first = date(2027, 1, 11)
    schedule = Schedule(rule, first, date(2027, 12, 1), time(13), time(0))
    form = ScheduleForm(data=typed_schedule(schedule, []))
    assert form.read_wanted(), form.errors
    assert form.wanted
    assert form.wanted.schedule == schedule


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (datetime(2026, 12, 3, 13), datetime(2026, 12, 3, 15)),
        (datetime(2026, 12, 3, 22), datetime(2026, 12, 4, 1)),
        (datetime(2026, 12, 3, 22), datetime(2026, 12, 4)),
        (datetime(2026, 12, 3, 22), datetime(2026, 12, 4, 12)),
        (datetime(2026, 12, 3), datetime(2026, 12, 4)),
        (datetime(2026, 12, 3), datetime(2026, 12, 5)),
        (datetime(2026, 12, 3), datetime(2026, 12, 20)),
    ],
)
def test_a_stored_date_comes_back_the_same(first: datetime, last: datetime) -> None:
    slot = Slot(first.date(), first, last)
    form = ScheduleForm(data=typed_schedule(None, [slot]))
    assert form.read_wanted(), form.errors
    assert form.wanted
    assert form.wanted.slots == (slot,)


def test_nothing_stored_is_nothing_typed() -> None:
    assert typed_schedule(None, []) == {}


@for_each(
    ("typed", "said"),
    [
        ("11/12 14-16", ["2026-12-11 14.00–16.00"]),
        ("11 dec 14–16", ["2026-12-11 14.00–16.00"]),
        ("fre 11 december kl 14-16", ["2026-12-11 14.00–16.00"]),
        ("den 11:e december kl. 14.30 till 16", ["2026-12-11 14.30–16.00"]),
        ("11/12", ["2026-12-11"]),
        ("11/12 och 14/12 20-22", ["2026-12-11 20.00–22.00", "2026-12-14 20.00–22.00"]),
        ("20261211\n14/1\n15.12.2026 22–02", ["2026-12-11", "2026-12-15 22.00–02.00", "2027-01-14"]),
    ],
)
def test_extra_dates_as_one_writes_them(typed: str, said: list[str]) -> None:
    form = form_of(first_day="2026-12-03", extra_days=typed)
    assert form.extra_days._value().split("\n") == said


@for_each(
    ("first", "year"),
    [("", 2026), ("2026-12-11", 2026), ("2026-12-12", 2027), ("2020-01-01", 2026), ("2027-09-01", 2027)],
)
def test_an_extra_date_without_a_year_is_the_next_one(first: str, year: int) -> None:
    form = form_of(extra_days="11/12 14-16", first_day=first)
    assert [each.day.year for each in form.extra_days.data or ()] == [year]


def test_extra_dates_are_read_again_as_they_are_said() -> None:
    hours = [
        (None, None),
        (time(1), time(3)),
        (time(12), time(13, 5)),
        (time(15), time(1)),
        (time(22), time()),
    ]
    days = tuple(ExtraDay(date(2026, 12, day), *each) for day, each in enumerate(hours, 1))
    field = form_of().extra_days
    assert field.read(field.say(days)) == days
