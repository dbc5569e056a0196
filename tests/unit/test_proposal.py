"""What is shown before saving, what is ticked, and dates that somebody names one by one."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from khcal.calendaring.plan import Plan, PlannedDate, Schedule, Slot, Verb
from khcal.calendaring.plan_days import plan_days
from khcal.calendaring.proposal import Pause, Proposal, Wanted, propose
from khcal.calendaring.recurrence import weekly
from khcal.calendaring.terms import Status
from tests.tables import for_each

TODAY = date(2026, 11, 24)
THURSDAYS = Schedule(weekly([3]), date(2026, 12, 3), date(2026, 12, 31), time(18), time(19))
BREAKS = [Pause("Jullov", date(2026, 12, 21), date(2027, 1, 6))]


def slot(day: str, hour: int = 18) -> Slot:
    start = datetime.fromisoformat(f"{day} {hour}:00")
    return Slot(start.date(), start, start.replace(hour=hour + 1))


def row(number: int, day: str, hour: int = 18, **values: Any) -> PlannedDate:
    at = slot(day, hour)
    return PlannedDate(number, f"uid-{number}", values.pop("slot", None), at.starts_at, at.ends_at, **values)


def said(plan: Plan) -> list[str]:
    return [
        f"{entry.verb} {entry.row.id if entry.row else '-'} {entry.starts_at:%m-%d}" for entry in plan.entries
    ]


def by_itself(key: str, start: bool) -> bool:
    return start


def only(*keys: str) -> Any:
    return lambda key, start: key in keys


@for_each(
    ("rows", "days", "expected"),
    [
        ([], ["2026-12-03"], ["add - 12-03"]),
        ([row(1, "2026-12-03")], ["2026-12-03"], ["keep 1 12-03"]),
        ([row(1, "2026-12-03", 12)], ["2026-12-03"], ["move 1 12-03"]),
        ([row(1, "2026-12-03")], ["2027-02-03"], ["move 1 02-03"]),
        ([row(1, "2026-12-03"), row(2, "2026-12-10")], ["2026-12-09"], ["cancel 1 12-03", "move 2 12-09"]),
        ([row(1, "2026-12-03", published=False)], [], ["delete 1 12-03"]),
        ([row(1, "2026-11-03"), row(2, "2026-12-03")], ["2026-12-03"], ["keep 1 11-03", "keep 2 12-03"]),
        ([row(1, "2026-12-03", status=Status.CANCELLED)], ["2026-12-03"], ["keep 1 12-03"]),
        ([row(1, "2026-12-03", status=Status.WITHDRAWN)], [], ["keep 1 12-03"]),
        ([row(1, "2026-12-03", 12, by_hand=True)], ["2026-12-03"], ["keep 1 12-03"]),
        (
            [row(1, "2026-12-03"), row(2, "2026-12-10")],
            ["2027-01-03", "2027-01-10"],
            ["cancel 1 12-03", "cancel 2 12-10", "add - 01-03", "add - 01-10"],
        ),
    ],
)
def test_named_days(rows: list[PlannedDate], days: list[str], expected: list[str]) -> None:
    assert said(plan_days(rows, [slot(day) for day in days], TODAY)) == expected


def test_what_somebody_changed_is_offered_the_new_time() -> None:
    plan = plan_days([row(1, "2026-12-03", 12, by_hand=True)], [slot("2026-12-03")], TODAY)
    assert plan.entries[0].offered == slot("2026-12-03")


def proposal(*rows: PlannedDate, wanted: Wanted | None = None, **values: Any) -> Proposal:
    return propose(rows, wanted or Wanted(THURSDAYS), TODAY, **values)


def test_a_break_starts_unticked() -> None:
    shown = proposal(breaks=BREAKS)
    assert said(shown.chosen(by_itself)) == ["add - 12-03", "add - 12-10", "add - 12-17"]
    assert [(f"{each.day}", why) for each, why in shown.left_out] == [
        ("2026-12-24", "Jullov"),
        ("2026-12-31", "Jullov"),
    ]


def test_a_break_takes_no_date_that_was_planned_there() -> None:
    shown = proposal(row(1, "2026-12-24", slot=date(2026, 12, 24)), breaks=BREAKS, former=THURSDAYS)
    assert "keep 1 12-24" in said(shown.chosen(by_itself))


def test_ticks_decide_and_the_rest_is_a_pause() -> None:
    plan = proposal(breaks=BREAKS).chosen(only("2026-12-10", "2026-12-24"))
    assert said(plan) == ["add - 12-10", "add - 12-24"]
    assert [f"{day}" for day, _ in plan.skips] == ["2026-12-03", "2026-12-17", "2026-12-31"]


def test_a_draft_can_be_unticked_and_leaves_a_pause() -> None:
    draft = row(1, "2026-12-03", slot=date(2026, 12, 3), published=False)
    plan = proposal(draft, former=THURSDAYS).chosen(only())
    assert said(plan) == ["delete 1 12-03"]
    assert date(2026, 12, 3) in dict(plan.skips)


def test_a_published_date_cannot_be_unticked() -> None:
    known = row(1, "2026-12-03", slot=date(2026, 12, 3))
    assert said(proposal(known, former=THURSDAYS).chosen(only())) == ["keep 1 12-03"]


def test_ticks_do_not_change_what_was_shown() -> None:
    shown = proposal(breaks=BREAKS)
    shown.chosen(only("2026-12-24"))
    assert shown.digest() == proposal(breaks=BREAKS).digest()
    assert shown.digest() != proposal().digest()


def test_a_cancelled_date_comes_back_when_it_shall_follow() -> None:
    cancelled = row(1, "2026-12-03", status=Status.CANCELLED)
    wanted = Wanted(slots=(slot("2026-12-03"),))
    assert not any(entry.restores for entry in proposal(cancelled, wanted=wanted).plan.entries)
    (entry,) = proposal(cancelled, wanted=wanted, followers={1}).plan.entries
    assert (entry.verb, entry.restores) == (Verb.MOVE, True)


def test_stored_pauses_stay() -> None:
    shown = proposal(skips={date(2026, 12, 10): "Studiebesök"}, former=THURSDAYS)
    assert [(f"{each.day}", why) for each, why in shown.left_out] == [("2026-12-10", "Studiebesök")]
