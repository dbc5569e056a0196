"""Times and dates as people type them."""

from __future__ import annotations

from datetime import date, time

import pytest

from khcal.forms.typed import TypedError, read_day, read_days, read_time, say_time
from tests.tables import for_each


@for_each(
    ("text", "expected"),
    [
        *(("9", "09.00"), ("09", "09.00"), ("9.30", "09.30"), ("09:30", "09.30"), ("0930", "09.30")),
        *(("930", "09.30"), ("13", "13.00"), ("1315", "13.15"), (" 9,30 ", "09.30"), ("kl. 9", "09.00")),
        *(
            ("kl 14.15", "14.15"),
            ("klockan 8", "08.00"),
            ("Kl.10", "10.00"),
            ("0", "00.00"),
            ("23.59", "23.59"),
        ),
        *(("24", "00.00"), ("24.00", "00.00")),
    ],
)
def test_a_time_is_understood(text: str, expected: str) -> None:
    assert say_time(read_time(text)) == expected


@for_each("text", ["", "25", "9.60", "24.01", "nio", "9.3", "12345", "9-10", "-9", "٩", "9.30.00", "kl."])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(TypedError, match="till exempel 9"):
        read_time(text)


@for_each(
    "text", ["2026-11-24", "20261124", " 2026-11-24 ", "24/11 2026", "24.11.2026", "24/11-2026", "24/11/2026"]
)
def test_a_day_is_understood(text: str) -> None:
    assert read_day(text) == date(2026, 11, 24)


@for_each(
    ("text", "told"),
    [
        *(
            ("", "2026-11-24"),
            ("24/11", "2026-11-24"),
            ("i morgon", "2026-11-24"),
            ("2026-1-4", "2026-11-24"),
        ),
        *(("2026-02-30", "almanackan"), ("31/4 2026", "almanackan"), ("2026-00-10", "almanackan")),
        *(("1926-11-24", "1926"), ("2206-11-24", "2206"), ("0001-01-01", "1")),
    ],
)
def test_what_is_no_day_is_refused(text: str, told: str) -> None:
    with pytest.raises(TypedError, match=told):
        read_day(text)


@for_each(
    "text",
    [
        "2026-12-03\n2026-12-10",
        "2026-12-10, 2026-12-03",
        "2026-12-03 2026-12-10",
        "2026-12-03 och 2026-12-10;",
        "3/12 2026\r\n10/12 2026\r\n\r\n3/12 2026",
    ],
)
def test_several_days_are_read_in_order_and_once(text: str) -> None:
    assert read_days(text) == (date(2026, 12, 3), date(2026, 12, 10))


def test_one_bad_day_among_several_is_told() -> None:
    with pytest.raises(TypedError):
        read_days("2026-12-03, torsdag")


def test_no_time_is_nothing() -> None:
    assert say_time(None) == ""
    assert say_time(time.min) == "00.00"
