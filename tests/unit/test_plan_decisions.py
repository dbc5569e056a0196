"""What people decided survives a change of rule, and what is saved is what was shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from khcal.calendaring.plan import PlannedDate, Schedule, Verb, plan
from khcal.calendaring.recurrence import Fault, RecurrenceError, weekly
from khcal.calendaring.terms import Status
from tests.tables import for_each
from tests.unit.planning import (
    AUTUMN,
    NO_SKIPS,
    SU,
    TH,
    TU,
    WE,
    cancelled,
    changed,
    days,
    entry_of,
    filled,
    moved,
    saved,
    schedule,
    verbs,
)


def test_a_date_changed_by_hand_keeps_its_time_and_gets_no_twin() -> None:
    old, new = schedule(weekly([TU])), schedule(weekly([WE]))
    rows = changed(filled(old), date(2026, 11, 24), moved(hours=3))
    planned = plan(rows, new, NO_SKIPS, AUTUMN, old)
    (kept,) = planned.of(Verb.KEEP)
    assert (kept.slot, kept.starts_at) == (date(2026, 11, 25), datetime(2026, 11, 24, 16))
    assert kept.offered is not None
    assert kept.offered.starts_at == datetime(2026, 11, 25, 13)
    assert not planned.of(Verb.ADD)


def test_a_cancelled_date_stays_cancelled_and_gets_no_twin() -> None:
    old, new = schedule(weekly([TU])), schedule(weekly([WE]))
    planned = plan(changed(filled(old), date(2026, 11, 24), cancelled), new, NO_SKIPS, AUTUMN, old)
    (kept,) = planned.of(Verb.KEEP)
    assert (kept.slot, kept.starts_at.day, kept.restores) == (date(2026, 11, 25), 24, False)
    assert verbs(planned) == {"keep": 1, "move": len(old.slots()) - 1}


@for_each(("change", "restores"), [(moved(3), False), (cancelled, True)])
def test_a_ticked_date_follows_the_rule(change: Callable[[PlannedDate], PlannedDate], restores: bool) -> None:
    old, new = schedule(weekly([TU])), schedule(weekly([WE]))
    rows = changed(filled(old), date(2026, 11, 24), change)
    (ticked,) = [row for row in rows if row.slot == date(2026, 11, 24)]
    entry = entry_of(plan(rows, new, NO_SKIPS, AUTUMN, old, {ticked.id}), ticked.uid)
    assert (entry.verb, entry.starts_at, entry.restores) == (Verb.MOVE, datetime(2026, 11, 25, 13), restores)


def test_what_is_as_the_rule_wants_offers_no_tick() -> None:
    old = schedule(weekly([TU]))
    rows = changed(filled(old), date(2026, 11, 24), lambda row: replace(row, by_hand=True))
    assert not any(entry.offered for entry in plan(rows, old, NO_SKIPS, AUTUMN, old).entries)


def test_a_withdrawn_date_takes_the_new_time_and_stays_withdrawn() -> None:
    old, new = schedule(weekly([TU])), schedule(weekly([WE]))
    rows = [replace(row, status=Status.WITHDRAWN) for row in filled(old)]
    planned = plan(rows, new, NO_SKIPS, AUTUMN, old)
    assert verbs(planned) == {"move": len(rows)}
    assert not any(entry.restores for entry in planned.entries)


def test_a_withdrawn_date_that_the_rule_drops_gives_up_its_slot() -> None:
    old, break_day = schedule(weekly([TU])), date(2026, 10, 27)
    rows = changed(filled(old), break_day, lambda row: replace(row, status=Status.WITHDRAWN))
    planned = plan(rows, old, {break_day: "Höstlov"}, AUTUMN, old)
    assert verbs(planned) == {"keep": len(rows)}
    assert [entry.starts_at.date() for entry in planned.entries if entry.slot is None] == [break_day]
    assert dict(planned.skips) == {break_day: "Höstlov"}


def test_what_a_rule_cancelled_a_rule_brings_back() -> None:
    every, second = schedule(weekly([TU])), schedule(weekly([TU], 2))
    halved = saved(plan(filled(every), second, NO_SKIPS, AUTUMN, every))
    planned = plan(halved, every, NO_SKIPS, AUTUMN, second)
    assert verbs(planned) == {"keep": len(second.slots()), "move": len(every.slots()) - len(second.slots())}
    assert all(entry.restores for entry in planned.of(Verb.MOVE))


def test_what_a_rule_cancelled_comes_back_on_its_own_date_alone() -> None:
    every, second = schedule(weekly([TU])), schedule(weekly([TU], 2))
    halved = saved(plan(filled(every), second, NO_SKIPS, AUTUMN, every))
    planned = plan(halved, schedule(weekly([WE])), NO_SKIPS, AUTUMN, second)
    assert {entry.row.status for entry in planned.of(Verb.KEEP) if entry.row} == {Status.CANCELLED}
    assert not any(entry.restores for entry in planned.entries)
    assert len(planned.of(Verb.ADD)) == len(planned.of(Verb.KEEP))


def test_changing_from_odd_to_even_weeks_by_halving_never_ends_with_all_cancelled() -> None:
    every, odd = schedule(weekly([TU])), schedule(weekly([TU], 2))
    even = replace(odd, rule_from=AUTUMN + timedelta(days=7))
    halved = saved(plan(filled(every), odd, NO_SKIPS, AUTUMN, every))
    rows = saved(plan(halved, even, NO_SKIPS, AUTUMN, odd))
    assert [row.slot for row in rows if row.status is Status.PLANNED] == [slot.day for slot in even.slots()]


def test_what_a_rule_cancelled_takes_no_slot_from_a_living_date() -> None:
    both, thursday = schedule(weekly([TU, TH])), schedule(weekly([TH]))
    rows = saved(plan(filled(both), thursday, NO_SKIPS, AUTUMN, both))
    planned = plan(rows, schedule(weekly([WE])), NO_SKIPS, AUTUMN, thursday)
    assert {entry.row.starts_at.weekday() for entry in planned.of(Verb.MOVE) if entry.row} == {TH}
    assert not planned.of(Verb.CANCEL)


@for_each("weaker", [cancelled, lambda row: replace(row, published=False)])
def test_in_a_full_week_the_date_people_count_on_comes_first(
    weaker: Callable[[PlannedDate], PlannedDate],
) -> None:
    old = schedule(weekly([TU, TH]), date(2026, 11, 23), date(2026, 11, 29))
    rows = changed(filled(old), date(2026, 11, 24), weaker)
    planned = plan(rows, replace(old, rule=weekly([WE])), NO_SKIPS, old.rule_from, old)
    assert days(planned.of(Verb.MOVE)) == ["11-26>11-25"]


def test_a_skipped_week_cancels_its_published_date_which_keeps_the_slot() -> None:
    old, break_day = schedule(weekly([TU])), date(2026, 10, 27)
    skips = {break_day: "Höstlov", date(2026, 12, 22): "Jul", date(2026, 12, 23): "Jul"}
    rows = changed(filled(old), date(2026, 12, 22), lambda row: replace(row, published=False))
    planned = plan(rows, old, skips, AUTUMN, old)
    assert [entry.slot for entry in planned.of(Verb.CANCEL)] == [break_day]
    assert [entry.slot for entry in planned.of(Verb.DELETE)] == [date(2026, 12, 22)]
    assert planned.skips == ((date(2026, 12, 22), "Jul"), (date(2026, 12, 23), "Jul"))


def test_a_single_date_becomes_the_first_of_a_series() -> None:
    single = PlannedDate(1, "first", None, datetime(2026, 11, 24, 10), datetime(2026, 11, 24, 11))
    new = schedule(weekly([TU]), date(2026, 11, 24))
    planned = plan([single], new, NO_SKIPS, AUTUMN)
    entry = entry_of(planned, "first")
    assert (entry.verb, entry.slot, entry.starts_at.hour) == (Verb.MOVE, date(2026, 11, 24), 13)
    assert len(planned.of(Verb.ADD)) == len(new.slots()) - 1


@for_each(("hour", "is_twin"), [(14, True), (18, False)])
def test_an_extra_date_becomes_the_rules_only_where_they_would_meet(hour: int, is_twin: bool) -> None:
    starts_at = datetime(2026, 11, 25, hour)
    extra = PlannedDate(99, "extra", None, starts_at, starts_at + timedelta(hours=1), by_hand=True)
    old, new = schedule(weekly([TU])), schedule(weekly([WE]))
    planned = plan([*filled(old), extra], new, NO_SKIPS, AUTUMN, old)
    entry = entry_of(planned, "extra")
    assert (entry.verb, entry.starts_at) == (Verb.KEEP, starts_at)
    assert (entry.slot == date(2026, 11, 25)) is is_twin


def test_all_day_and_past_midnight() -> None:
    (all_day,) = Schedule(weekly([TU]), AUTUMN, AUTUMN, time.min, time.min).slots()
    (late,) = Schedule(weekly([TU]), AUTUMN, AUTUMN, time(22), time(1)).slots()
    assert (all_day.starts_at, all_day.ends_at) == (datetime(2026, 9, 1), datetime(2026, 9, 2))
    assert (late.starts_at, late.ends_at) == (datetime(2026, 9, 1, 22), datetime(2026, 9, 2, 1))


def test_a_schedule_does_not_start_in_the_hour_of_the_clock_changes() -> None:
    with pytest.raises(RecurrenceError, match=Fault.CLOCK_CHANGE):
        schedule(weekly([SU]), start=time(2, 30))


def test_the_digest_is_the_plans_and_not_the_orders() -> None:
    old, new = schedule(weekly([TU])), schedule(weekly([WE]))
    rows = filled(old)
    shown = plan(rows, new, NO_SKIPS, AUTUMN, old).digest()
    assert plan(reversed(rows), new, NO_SKIPS, AUTUMN, old).digest() == shown


@for_each(
    "change",
    [cancelled, moved(1), lambda row: replace(row, published=False), lambda row: replace(row, uid="other")],
)
def test_the_digest_tells_that_somebody_changed_a_date_meanwhile(
    change: Callable[[PlannedDate], PlannedDate],
) -> None:
    old, new = schedule(weekly([TU])), schedule(weekly([WE]))
    rows = filled(old)
    shown = plan(rows, new, NO_SKIPS, AUTUMN, old).digest()
    assert plan(changed(rows, date(2026, 11, 24), change), new, NO_SKIPS, AUTUMN, old).digest() != shown


def test_the_digest_tells_of_other_skips() -> None:
    old = schedule(weekly([TU]))
    digests = {plan([], old, {AUTUMN: reason}, AUTUMN).digest() for reason in ("Lov", "Sjuk")}
    assert len(digests) == 2
