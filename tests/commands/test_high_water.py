"""Nothing that is put back counts from below what was published before."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine

from khcal.calendaring import clock
from khcal.commands.high_water import HighWater, above, high_water_of

DAY = 24 * 3600


def water(sequence: int, uids: str = "a", age: int = DAY, revision: int = 5) -> HighWater:
    """Numbers of a database whose last change is ``age`` seconds old."""
    return HighWater(sequence, clock.epoch_seconds() - age, revision, frozenset(uids))


def test_the_replaced_database_tells_the_highest() -> None:
    assert above(water(3), water(7, "ab")).sequence == 8
    assert above(water(9), water(7, "ab")).sequence == 10


@pytest.mark.parametrize("replaced", [None, water(7, "b"), water(0, "")])
def test_else_it_is_bounded_by_the_seconds_since(replaced: HighWater | None) -> None:
    assert above(water(3, "a"), replaced).sequence > 3 + DAY


def test_a_date_changed_every_second_stays_below_the_bound(frozen_clock: time_machine.Traveller) -> None:
    copy = water(3, age=0)
    published = copy.sequence
    for _ in range(50):
        frozen_clock.shift(timedelta(seconds=1))
        published += 1
    assert above(copy, None).sequence > published


def test_stamps_and_revisions_are_above_both_and_not_in_the_past() -> None:
    ahead = water(1, age=-DAY, revision=10**15)
    for raised in (above(water(1), ahead), above(ahead, water(1)), above(ahead, None)):
        assert raised.changed_at == ahead.changed_at + 1
        assert raised.revision == ahead.revision + 1
    assert above(water(1), None).changed_at == clock.epoch_seconds()
    assert above(water(1), None).revision == clock.epoch_milliseconds()


def test_a_sequence_stays_within_what_calendars_can_count() -> None:
    ten_years = water(1000, age=3650 * DAY)
    assert above(ten_years, None).sequence < 2**31


def test_numbers_are_read_from_rows_as_any_engine_writes_them() -> None:
    dates = [
        {"uid": "a", "published_at": "100", "sequence": "4", "changed_at": "200"},
        {"uid": "b", "published_at": r"\N", "sequence": "9", "changed_at": "100"},
        {"uid": "c", "published_at": None, "sequence": 1, "changed_at": 50},
    ]
    houses = [{"revision": "77", "changed_at": "300"}]
    assert high_water_of(dates, houses) == HighWater(9, 300, 77, frozenset("a"))
