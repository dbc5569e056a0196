"""What holds for every plan, whatever the rules, the rows and what people did to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from khcal.calendaring.plan import Plan, PlannedDate, Schedule, Verb, plan
from khcal.calendaring.recurrence import RecurrenceRule, monthly_day, monthly_nth, weekly
from khcal.calendaring.terms import Status
from tests.tries import tries
from tests.unit.planning import AUTUMN, THREE, filled, saved

always = tries(30)
Given = tuple[list[PlannedDate], Schedule, dict[date, str], date, Schedule]


def given_by(seed: int) -> Given:
    """Everything that a plan is made from, by chance: rows, schedule, skips, first day, former schedule."""
    chance = Random(seed)
    former = any_schedule(chance)
    rows = [with_fate(row, chance) for row in filled(former)]
    if rows and chance.random() < 0.3:
        rows.append(replace(rows[0], id=999, uid="extra", slot=None))
    skips = {any_day(chance, 0, 150): "Lov" for _ in range(chance.randrange(20))}
    chance.shuffle(rows)
    return rows, any_schedule(chance), skips, any_day(chance, -10, 120), former


def any_schedule(chance: Random) -> Schedule:
    first = any_day(chance, 0, 30)
    last = first + timedelta(days=chance.randint(30, 150))
    return Schedule(any_rule(chance), first, last, time(chance.randint(9, 14)), THREE)


def any_rule(chance: Random) -> RecurrenceRule:
    interval = chance.randint(1, 3)
    return chance.choice(
        [
            weekly(chance.sample(range(7), chance.randint(1, 3)), interval),
            monthly_nth(chance.choice([1, 2, 3, 4, -1]), chance.randrange(7), interval),
            monthly_day(chance.choice([1, 15, 28, -1]), interval),
        ]
    )


def any_day(chance: Random, earliest: int, latest: int) -> date:
    return AUTUMN + timedelta(days=chance.randint(earliest, latest))


def with_fate(row: PlannedDate, chance: Random) -> PlannedDate:
    """What may have happened to a date since it was made; to most of them nothing."""
    by = timedelta(days=chance.randint(-9, 9))
    fates = [
        replace(row, published=False),
        replace(row, status=Status.CANCELLED),
        replace(row, status=Status.WITHDRAWN),
        replace(row, starts_at=row.starts_at + by, ends_at=row.ends_at + by, by_hand=True),
    ]
    return chance.choice([row, row, row, row, *fates])


seeds = st.integers(0, 2**32).map(given_by)


def begins(given: Given) -> date:
    _, schedule, _, from_day, former = given
    return max(from_day, min(schedule.rule_from, former.rule_from))


@always
@given(seeds)
def test_each_date_of_the_rule_is_filled_once_or_skipped(given: Given) -> None:
    _, schedule, _, _, _ = given
    planned = plan(*given)
    slots = [row.slot for row in saved(planned) if row.slot]
    skips = dict(planned.skips)
    assert len(slots) == len(set(slots))
    assert not set(slots) & skips.keys()
    assert {slot.day for slot in schedule.slots() if slot.day >= begins(given)} <= set(slots) | skips.keys()


@always
@given(seeds)
def test_no_date_is_lost_and_no_uid_changes(given: Given) -> None:
    planned = plan(*given)
    before = {row.uid for row in given[0]}
    entries = [entry.row.uid for entry in planned.entries if entry.row]
    assert sorted(entries) == sorted(before)
    assert not [entry for entry in planned.of(Verb.DELETE) if entry.row and entry.row.published]
    assert {entry.row for entry in planned.of(Verb.ADD)} <= {None}


@always
@given(seeds)
def test_planning_the_result_again_changes_nothing(given: Given) -> None:
    _, schedule, _, from_day, _ = given
    planned = plan(*given)
    again = plan(saved(planned), schedule, dict(planned.skips), from_day, schedule)
    assert {entry.verb for entry in again.entries} <= {Verb.KEEP}
    assert again.skips == planned.skips


@always
@given(seeds)
def test_what_people_decided_and_what_is_past_keeps_its_time(given: Given) -> None:
    former, from_day = given[4], given[3]
    known = {slot.day for slot in former.slots()}
    planned = plan(*given)
    for entry in planned.of(Verb.MOVE):
        assert entry.row
        assert entry.row.starts_at.date() >= from_day
        assert entry.starts_at.date() >= begins(given)
        assert not entry.row.by_hand
        assert entry.row.status is not Status.CANCELLED or entry.row.slot not in known


@always
@given(seeds)
def test_no_slot_is_taken_from_a_row_that_still_holds_it(given: Given) -> None:
    planned = plan(*given)
    held = {row.slot: row.uid for row in given[0] if row.slot}
    for entry in planned.entries:
        uid = entry.row.uid if entry.row else "new"
        assert entry.slot is None or held.get(entry.slot, uid) == uid


@always
@given(seeds)
def test_leftovers_keep_their_order_and_stay_within_reach(given: Given) -> None:
    planned = plan(*given)
    far = [pair for pair in pairs(planned) if pair[0].isocalendar()[:2] != pair[1].isocalendar()[:2]]
    assert [new for _, new in far] == sorted(new for _, new in far)
    assert all(abs((new - old).days) <= given[1].rule.period_days for old, new in far)


def pairs(planned: Plan) -> list[tuple[date, date]]:
    """Old slot and new slot of each row that has both, in order of the old one."""
    found = [(entry.row.slot, entry.slot) for entry in planned.entries if entry.row]
    return sorted((old, new) for old, new in found if old and new)


@always
@given(seeds)
def test_the_order_of_rows_makes_no_difference(given: Given) -> None:
    in_order = sorted(given[0], key=lambda row: row.starts_at)
    assert plan(in_order, *given[1:]).digest() == plan(*given).digest()
