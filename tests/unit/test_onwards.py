"""This date and those that follow: where a changed rule begins, and dates beside a rule."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from khcal.calendaring.extra_dates import extra_rows
from khcal.calendaring.onwards import first_day, wanted_from
from khcal.calendaring.plan import Plan, PlannedDate, Schedule, Slot
from khcal.calendaring.proposal import Wanted, propose
from khcal.calendaring.recurrence import monthly_nth, weekly
from khcal.calendaring.terms import Status
from tests.tables import for_each

TODAY = date(2026, 11, 24)
THURSDAYS = Schedule(weekly([3]), date(2026, 12, 3), date(2026, 12, 31), time(18), time(19))
FORTNIGHTS = Schedule(weekly([3], 2), date(2026, 11, 5), date(2026, 12, 31), time(18), time(19))
MONTHLY = Schedule(monthly_nth(2, 2), date(2026, 11, 11), date(2027, 6, 30), time(18), time(19))


def slot(day: str, hour: int = 18) -> Slot:
    start = datetime.fromisoformat(f"{day} {hour}:00")
    return Slot(start.date(), start, start + timedelta(hours=1))


def row(number: int, day: str, hour: int = 18, **values: Any) -> PlannedDate:
    at = slot(day, hour)
    return PlannedDate(number, f"uid-{number}", values.pop("slot", None), at.starts_at, at.ends_at, **values)


def said(plan: Plan) -> list[str]:
    return [
        f"{entry.verb} {entry.row.id if entry.row else '-'} {entry.starts_at:%m-%d %H}"
        for entry in plan.entries
    ]


@for_each(
    ("rows", "day", "schedule", "expected"),
    [
        (["2026-12-03", "2026-12-10"], "2026-12-10", THURSDAYS, "2026-12-07"),
        (["2026-12-08", "2026-12-10"], "2026-12-10", THURSDAYS, "2026-12-09"),
        (["2026-12-09", "2027-01-13"], "2027-01-13", MONTHLY, "2027-01-01"),
        (["2027-01-05", "2027-01-13"], "2027-01-13", MONTHLY, "2027-01-06"),
        (["2026-11-26"], "2026-11-26", THURSDAYS, "2026-11-24"),
        (["2026-11-17", "2026-12-10"], "2026-11-17", THURSDAYS, "2026-11-24"),
        (["2026-12-03", "2026-12-10"], "2026-12-10", None, "2026-12-07"),
    ],
)
def test_where_it_begins(rows: list[str], day: str, schedule: Schedule | None, expected: str) -> None:
    stored = [row(number, each, slot=date.fromisoformat(each)) for number, each in enumerate(rows)]
    found = first_day(stored, date.fromisoformat(day), schedule, TODAY)
    assert found == date.fromisoformat(expected)


def test_a_moved_date_before_it_holds_its_place() -> None:
    moved = row(1, "2026-12-08", slot=date(2026, 12, 9))
    later = row(2, "2026-12-10", slot=date(2026, 12, 10))
    assert first_day([moved, later], date(2026, 12, 10), THURSDAYS, TODAY) == date(2026, 12, 10)


@for_each(
    ("schedule", "day", "expected"),
    [
        (THURSDAYS, "2026-12-07", "2026-12-10"),
        (THURSDAYS, "2026-11-30", "2026-12-03"),
        (FORTNIGHTS, "2026-12-07", "2026-12-17"),
        (FORTNIGHTS, "2026-12-17", "2026-12-17"),
    ],
)
def test_the_rule_goes_on_in_step(schedule: Schedule, day: str, expected: str) -> None:
    wanted = wanted_from(Wanted(schedule), date.fromisoformat(day)).schedule
    assert wanted is not None
    assert wanted.rule_from == date.fromisoformat(expected)


def test_a_rule_that_is_over_by_then() -> None:
    with pytest.raises(ValueError, match="2027"):
        wanted_from(Wanted(THURSDAYS), date(2027, 1, 1))


@for_each(
    ("rows", "extras", "former", "expected"),
    [
        ([], ["2026-12-05"], None, ["add - 12-05 18"]),
        ([row(1, "2026-12-05")], ["2026-12-05"], THURSDAYS, ["keep 1 12-05 18"]),
        ([row(1, "2026-12-05", 12)], ["2026-12-05"], THURSDAYS, ["move 1 12-05 18"]),
        ([row(1, "2026-12-05")], [], THURSDAYS, ["cancel 1 12-05 18"]),
        ([row(1, "2026-12-05")], [], None, ["keep 1 12-05 18"]),
        ([row(1, "2026-12-05", published=False)], [], THURSDAYS, ["delete 1 12-05 18"]),
        ([row(1, "2026-12-05", status=Status.CANCELLED)], [], THURSDAYS, ["keep 1 12-05 18"]),
        ([row(1, "2026-11-05")], [], THURSDAYS, ["keep 1 11-05 18"]),
        ([], ["2026-12-10"], None, []),
    ],
)
def test_dates_beside_a_rule(
    rows: list[PlannedDate], extras: list[str], former: Schedule | None, expected: list[str]
) -> None:
    wanted = Wanted(THURSDAYS, extras=tuple(slot(day) for day in extras))
    found = said(propose(rows, wanted, TODAY, former).plan)
    thursdays = [f"add - 12-{day:02} 18" for day in (3, 10, 17, 24, 31)]
    assert [each for each in found if each not in thursdays] == expected
    assert set(thursdays) <= set(found)


def test_an_extra_date_and_a_pause_on_one_day_can_both_be_ticked() -> None:
    wanted = Wanted(THURSDAYS, pauses=((date(2026, 12, 24), "Jul"),), extras=(slot("2026-12-24", 10),))
    shown = propose([], wanted, TODAY)
    both = shown.chosen(lambda key, start: True)
    assert [each for each in said(both) if "12-24" in each] == ["add - 12-24 10", "add - 12-24 18"]


def test_extra_dates_that_nobody_typed_are_left_alone() -> None:
    found = propose([row(1, "2026-12-05")], Wanted(THURSDAYS), TODAY, THURSDAYS)
    assert "keep 1 12-05 18" in said(found.plan)


def test_a_stay_of_several_days_is_no_line_to_type() -> None:
    stay = PlannedDate(1, "u", None, datetime(2026, 12, 5), datetime(2026, 12, 8))
    assert extra_rows([stay, row(2, "2026-12-05")], TODAY) == [row(2, "2026-12-05")]
    wanted = Wanted(THURSDAYS, extras=())
    assert "keep 1 12-05 00" in said(propose([stay], wanted, TODAY, THURSDAYS).plan)
