"""What becomes of dates when a rule changes: who keeps a uid, who moves, who is called off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from khcal.calendaring.plan import Schedule, Verb, extend, plan
from khcal.calendaring.recurrence import RecurrenceRule, monthly_nth, weekly
from tests.tables import for_each
from tests.unit.planning import (
    AUTUMN,
    FR,
    MO,
    NO_SKIPS,
    ONE,
    SU,
    TH,
    THREE,
    TU,
    WE,
    changed,
    days,
    filled,
    moved,
    schedule,
    verbs,
)


@for_each(
    ("before", "after"),
    [
        (weekly([TU]), weekly([WE])),
        (weekly([SU]), weekly([MO])),
        (weekly([MO, FR]), weekly([TU, TH])),
        (monthly_nth(2, WE), monthly_nth(-1, TH)),
        (monthly_nth(-1, TH), monthly_nth(2, WE)),
        (monthly_nth(1, MO), monthly_nth(4, SU)),
    ],
)
def test_a_new_weekday_keeps_every_uid(before: RecurrenceRule, after: RecurrenceRule) -> None:
    first, last = date(2026, 11, 2), date(2027, 1, 31)
    old, new = schedule(before, first, last), schedule(after, first, last)
    rows = filled(old)
    planned = plan(rows, new, NO_SKIPS, first, old)
    kept = [entry.row.uid for entry in planned.entries if entry.row and entry.verb is Verb.MOVE]
    assert kept == [row.uid for row in rows]
    assert len(new.slots()) == len(rows) + len(planned.of(Verb.ADD))


def test_a_weekday_change_stays_in_its_week_over_week_53() -> None:
    old = schedule(weekly([TU]), date(2026, 12, 15), date(2027, 1, 10))
    new = schedule(weekly([SU]), date(2026, 12, 15), date(2027, 1, 10))
    planned = plan(filled(old), new, NO_SKIPS, old.rule_from, old)
    assert days(planned.entries) == ["12-15>12-20", "12-22>12-27", "12-29>01-03", "01-05>01-10"]


@for_each(("before", "after"), [(8, 1), (1, 8)])
def test_odd_to_even_weeks_keeps_every_uid(before: int, after: int) -> None:
    old = schedule(weekly([WE], 2), date(2026, 11, 3) + timedelta(days=before))
    new = schedule(weekly([WE], 2), date(2026, 11, 3) + timedelta(days=after))
    rows = filled(old)
    planned = plan(rows, new, NO_SKIPS, date(2026, 11, 1), old)
    moves = planned.of(Verb.MOVE)
    assert [entry.row for entry in moves] == rows[: len(moves)]
    assert len(moves) == min(len(rows), len(new.slots()))
    assert {abs(entry.starts_at - row.starts_at).days for entry, row in zip(moves, rows, strict=False)} == {7}


def test_a_new_time_moves_every_date_and_nothing_else() -> None:
    old, new = schedule(weekly([TU])), schedule(weekly([TU]), start=time(12))
    rows = filled(old)
    planned = plan(rows, new, NO_SKIPS, AUTUMN, old)
    assert verbs(planned) == {"move": len(rows)}
    assert [(entry.slot, entry.starts_at.hour) for entry in planned.entries] == [
        (row.slot, 12) for row in rows
    ]


def test_the_same_rule_keeps_everything() -> None:
    old = schedule(weekly([TU, TH]))
    assert verbs(plan(filled(old), old, NO_SKIPS, AUTUMN, old)) == {"keep": len(old.slots())}


def test_a_rarer_rule_cancels_what_was_published_and_deletes_drafts() -> None:
    old = schedule(weekly([TU]), last=date(2026, 9, 30))
    rows = changed(filled(old), date(2026, 9, 8), lambda row: replace(row, published=False))
    planned = plan(rows, replace(old, rule=weekly([TU], 2)), NO_SKIPS, AUTUMN, old)
    assert [entry.verb for entry in planned.entries] == [
        Verb.KEEP,
        Verb.DELETE,
        Verb.KEEP,
        Verb.CANCEL,
        Verb.KEEP,
    ]


def test_nothing_before_the_day_of_change_is_touched() -> None:
    old, new = schedule(weekly([TU])), schedule(weekly([WE]), start=time(9))
    planned = plan(filled(old), new, NO_SKIPS, date(2026, 11, 24), old)
    past = [entry for entry in planned.entries if entry.starts_at < datetime(2026, 11, 24)]
    assert {entry.verb for entry in past} == {Verb.KEEP}
    assert {entry.starts_at.weekday() for entry in past} == {TU}
    assert {entry.starts_at.weekday() for entry in planned.of(Verb.MOVE)} == {WE}


def test_what_has_already_begun_is_not_cancelled() -> None:
    old = schedule(weekly([TU]), last=date(2026, 12, 1))
    rows = changed(filled(old), date(2026, 12, 1), moved(hours=-10 * 24))
    planned = plan(rows, replace(old, rule_until=date(2026, 11, 24)), NO_SKIPS, date(2026, 11, 24), old)
    assert verbs(planned) == {"keep": len(rows)}


def test_a_later_term_leaves_the_dates_before_it_alone() -> None:
    autumn = schedule(weekly([TU]), last=date(2026, 12, 15))
    spring = schedule(weekly([WE]), date(2027, 1, 13), date(2027, 4, 1))
    rows = filled(autumn) + [replace(row, id=row.id + 100) for row in filled(spring)]
    planned = plan(rows, replace(spring, rule=weekly([TH])), NO_SKIPS, date(2026, 11, 24), spring)
    assert verbs(planned) == {"keep": len(autumn.slots()), "move": len(spring.slots())}


def test_extending_only_adds() -> None:
    old = schedule(weekly([TU], 2), last=date(2026, 12, 15))
    new = replace(old, rule_until=date(2027, 5, 25))
    planned = extend(filled(old), new, {date(2027, 2, 16): "Sportlov"}, old)
    assert verbs(planned) == {"keep": len(old.slots()), "add": len(new.slots()) - len(old.slots()) - 1}
    assert min(entry.starts_at for entry in planned.of(Verb.ADD)) == datetime(2026, 12, 22, 13)


def test_the_next_term_may_have_another_rule() -> None:
    old = schedule(weekly([TU]), last=date(2026, 12, 15))
    new = Schedule(weekly([WE]), date(2027, 1, 13), date(2027, 5, 26), ONE, THREE)
    assert verbs(extend(filled(old), new, NO_SKIPS, old)) == {
        "keep": len(old.slots()),
        "add": len(new.slots()),
    }


def test_leftovers_never_pass_a_date_that_stays() -> None:
    old = schedule(weekly([TU]), date(2026, 11, 17), date(2026, 11, 24))
    new = schedule(weekly([TU, TH], 2), date(2026, 11, 24), date(2026, 11, 30))
    planned = plan(filled(old), new, NO_SKIPS, old.rule_from, old)
    assert [entry.verb for entry in planned.entries] == [Verb.CANCEL, Verb.KEEP, Verb.ADD]


def test_leftovers_go_no_further_than_one_period() -> None:
    old = schedule(weekly([TU]), date(2026, 11, 3), date(2026, 11, 10))
    new = schedule(weekly([TU]), date(2026, 11, 17), date(2026, 11, 24))
    planned = plan(filled(old), new, NO_SKIPS, old.rule_from, old)
    assert days(planned.of(Verb.MOVE)) == ["11-10>11-17"]
    assert verbs(planned) == {"move": 1, "add": 1, "cancel": 1}
