"""Wall time in Sweden: the clock of khcal, the edges to UTC, and days, weeks and months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from khcal.calendaring import clock
from tests.tables import for_each


@pytest.fixture
def true_clock_after() -> Iterator[None]:
    yield
    clock.start_at(None)


def test_now_is_swedish_time() -> None:
    assert clock.now().isoformat() == "2026-11-24T13:12:00+01:00"
    assert clock.wall_now() == datetime(2026, 11, 24, 13, 12)
    assert clock.today() == date(2026, 11, 24)


def test_the_day_changes_at_swedish_midnight(frozen_clock: time_machine.Traveller) -> None:
    frozen_clock.move_to(datetime(2026, 11, 24, 22, 59, 59, tzinfo=UTC))
    assert clock.today() == date(2026, 11, 24)
    frozen_clock.shift(1)
    assert clock.today() == date(2026, 11, 25)


@for_each(
    "day", [date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 25), date(2026, 12, 31), date(1969, 12, 31)]
)
def test_the_day_is_that_of_the_wall_at_every_half_hour(
    frozen_clock: time_machine.Traveller, day: date
) -> None:
    frozen_clock.move_to(datetime.combine(day, time(), UTC))
    days = []
    for _ in range(60):
        assert clock.today() == clock.now().date()
        days.append(clock.today())
        frozen_clock.shift(timedelta(minutes=30))
    assert len(set(days)) > 1


@pytest.mark.usefixtures("true_clock_after")
@for_each("true_now", [datetime(2026, 11, 22, 1, tzinfo=UTC), datetime(2027, 7, 1, 10, tzinfo=UTC)])
@for_each("local", [datetime(2026, 11, 24, 13, 12), datetime(2026, 8, 25, 9)])
def test_the_clock_starts_where_it_is_told_and_runs_on(
    frozen_clock: time_machine.Traveller, true_now: datetime, local: datetime
) -> None:
    frozen_clock.move_to(true_now)
    clock.start_at(local)
    assert clock.wall_now() == local
    frozen_clock.shift(90)
    assert clock.wall_now() == local + timedelta(seconds=90)


def test_epochs_are_of_the_same_moment() -> None:
    assert clock.epoch_milliseconds() == 1000 * clock.epoch_seconds()
    assert clock.from_epoch_seconds(clock.epoch_seconds()) == clock.now()


@for_each(
    ("wall", "utc"),
    [
        (datetime(2026, 11, 24, 13), datetime(2026, 11, 24, 12, tzinfo=UTC)),
        (datetime(2026, 10, 24, 13), datetime(2026, 10, 24, 11, tzinfo=UTC)),
        (datetime(2026, 10, 25, 2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 17), datetime(2026, 10, 25, 16, tzinfo=UTC)),
        (datetime(2027, 3, 28, 1, 59), datetime(2027, 3, 28, 0, 59, tzinfo=UTC)),
        (datetime(2027, 3, 28, 3), datetime(2027, 3, 28, 1, tzinfo=UTC)),
    ],
)
def test_wall_time_in_utc(wall: datetime, utc: datetime) -> None:
    assert clock.to_utc(wall) == utc
    assert clock.to_epoch_milliseconds(wall) == utc.timestamp() * 1000


@for_each(
    ("moment", "ambiguous"), [(time(1, 59), False), (time(2), True), (time(2, 59), True), (time(3), False)]
)
def test_the_hour_of_the_clock_changes(moment: time, ambiguous: bool) -> None:
    assert clock.is_ambiguous_hour(moment) is ambiguous


@for_each(
    ("day", "week", "monday"),
    [
        (date(2026, 11, 22), (2026, 47), date(2026, 11, 16)),
        (date(2026, 12, 31), (2026, 53), date(2026, 12, 28)),
        (date(2027, 1, 3), (2026, 53), date(2026, 12, 28)),
        (date(2027, 1, 4), (2027, 1), date(2027, 1, 4)),
    ],
)
def test_weeks_are_iso_weeks(day: date, week: tuple[int, int], monday: date) -> None:
    assert clock.week_of(day) == week
    assert clock.monday_of(day) == monday
    assert clock.days_of_week(*week)[0] == monday
    assert day in clock.days_of_week(*week)


def test_a_week_the_year_does_not_have() -> None:
    with pytest.raises(ValueError, match="week"):
        clock.days_of_week(2027, 53)


@for_each("day", [date(2026, 12, 1), date(2026, 12, 31)])
def test_the_months_around(day: date) -> None:
    assert clock.previous_month(day) == date(2026, 11, 1)
    assert clock.first_of_month(day) == date(2026, 12, 1)
    assert clock.next_month(day) == date(2027, 1, 1)


def test_days_between_have_both_ends() -> None:
    assert list(clock.days_between(date(2026, 12, 31), date(2027, 1, 1))) == [
        date(2026, 12, 31),
        date(2027, 1, 1),
    ]
    assert not list(clock.days_between(date(2027, 1, 1), date(2026, 12, 31)))


def test_midnight_begins_the_day() -> None:
    assert clock.midnight(date(2026, 11, 24)) == datetime(2026, 11, 24)
