"""Importing again: which stored date each date of the sheet is, and what becomes of the others."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

from khcal.calendaring.import_dates import GONE_REASON
from khcal.calendaring.import_plan import EventChange, plan_import
from khcal.calendaring.import_values import Stored, StoredEvent, values_of_row
from tests.unit.imported import BEFORE, WEDNESDAYS, again, at, dates_of, stored_house
from tests.unit.sheets import ONCE, good_row

LONGER = {"rrule": "FREQ=WEEKLY;BYDAY=TU", "slutdatum": "2026-10-06"}


def test_a_date_that_people_cancelled_stays_cancelled() -> None:
    plan = again({}, lambda now: now["dates"]["2026-09-08"].update(state=["cancelled", "Ledaren är sjuk."]))
    assert not plan.events[0].changes_something


def test_new_hours_move_every_date_but_the_one_that_people_moved() -> None:
    moved = ["2026-09-09T10:00:00", "2026-09-09T12:00:00"]
    plan = again({"starttid": "14:00"}, lambda now: now["dates"]["2026-09-08"].update(when=moved))
    assert sorted(dates_of(plan)) == ["2026-09-01", "2026-09-15", "2026-09-22", "2026-09-29"]
    assert dates_of(plan)["2026-09-01"][1] == {"when": ["2026-09-01T14:00:00", "2026-09-01T15:30:00"]}
    assert [kept.conflict.path for kept in plan.kept] == [("dates", "2026-09-08", "when")]


def test_a_longer_rule_adds_dates() -> None:
    plan = again({"rrule": "FREQ=WEEKLY;BYDAY=TU", "slutdatum": "2026-10-13"})
    assert [(key, was) for key, (was, _) in dates_of(plan).items()] == [
        ("2026-10-06", ""),
        ("2026-10-13", ""),
    ]


def test_another_weekday_keeps_every_date_in_its_week() -> None:
    pairs = {was: key for key, (was, _) in dates_of(again(WEDNESDAYS)).items()}
    assert pairs == {
        "2026-09-01": "2026-09-02",
        "2026-09-08": "2026-09-09",
        "2026-09-15": "2026-09-16",
        "2026-09-22": "2026-09-23",
        "2026-09-29": "2026-09-30",
    }


def test_a_date_that_people_cancelled_fills_its_week_but_stays_on_its_day() -> None:
    plan = again(
        WEDNESDAYS, lambda now: now["dates"]["2026-09-08"].update(state=["cancelled", "Ledaren är sjuk."])
    )
    assert dates_of(plan)["2026-09-09"] == ("2026-09-08", {"slot": "2026-09-09"})
    assert len(plan.events[0].dates) == 5


def test_another_day_of_a_single_date_is_the_same_date() -> None:
    plan = again({"startdatum": "2026-12-08", "slutdatum": ""}, first=ONCE)
    was, fields = dates_of(plan)["2026-12-08"]
    assert was == "2026-09-01"
    assert fields == {"when": ["2026-12-08T13:00:00", "2026-12-08T15:30:00"]}


def test_a_date_that_the_row_no_longer_has_is_called_off_with_the_reason_of_the_break() -> None:
    plan = again({"exdatum": "2026-09-15", "uppehåll_text": "Uppehåll v. 38 (studiedag)"})
    assert dates_of(plan) == {"2026-09-15": ("2026-09-15", {"state": ["cancelled", "Studiedag"]})}
    assert plan.events[0].fields == {}, "a day that a row fills is not skipped as well"


def test_a_shorter_row_calls_off_what_is_to_come_and_leaves_what_is_over() -> None:
    changes = {"startdatum": "2026-09-22", "rrule": "FREQ=WEEKLY;BYDAY=TU", "slutdatum": "2026-09-22"}
    plan = again(changes, now=datetime(2026, 9, 16, 12))
    assert dates_of(plan) == {"2026-09-29": ("2026-09-29", {"state": ["cancelled", GONE_REASON]})}


def test_a_date_that_was_called_off_is_remembered_and_comes_back_with_the_sheet() -> None:
    first = again({"exdatum": "2026-09-15"}).events[0]
    now = values_of_row(good_row())
    now["dates"]["2026-09-15"]["state"] = ["cancelled", GONE_REASON]
    stored = Stored({"sjuharad": stored_house()}, (StoredEvent(1, "SJ-01", first.imported, now),))
    again_gone = plan_import([], [good_row({"exdatum": "2026-09-15"})], stored, BEFORE).events[0]
    assert (again_gone.dates, again_gone.imported) == ((), first.imported)
    back = plan_import([], [good_row()], stored, BEFORE).events[0]
    assert [(change.key, dict(change.fields)) for change in back.dates] == [
        ("2026-09-15", {"state": ["planned", ""]})
    ]


def test_what_is_over_stays_as_it_was() -> None:
    plan = again({"starttid": "14:00"}, now=datetime(2026, 9, 16, 12))
    assert sorted(dates_of(plan)) == ["2026-09-22", "2026-09-29"]


def test_a_called_off_date_that_people_had_changed_stays_and_is_told() -> None:
    plan = again({"exdatum": "2026-09-15"}, lambda now: now["dates"]["2026-09-15"].update(places="few"))
    assert not plan.events[0].dates
    assert [kept.conflict.path for kept in plan.kept] == [("dates", "2026-09-15")]


def test_a_day_that_people_skip_is_not_added() -> None:
    longer = {"rrule": "FREQ=WEEKLY;BYDAY=TU", "slutdatum": "2026-10-13"}
    plan = again(longer, lambda now: now["skips"].update({"2026-10-06": "Studiedag"}))
    assert sorted(dates_of(plan)) == ["2026-10-13"]


def test_a_break_that_the_file_takes_away_gives_its_date_back() -> None:
    plan = again({"exdatum": ""}, first={"exdatum": "2026-09-15"})
    assert {key: was for key, (was, _) in dates_of(plan).items()} == {"2026-09-15": ""}
    assert plan.events[0].fields == {"skips": {}}


def test_a_date_that_people_added_becomes_the_sheets_when_it_is_the_same() -> None:
    def add_by_hand(now: dict[str, Any]) -> None:
        now["dates"]["#77"] = at("2026-10-06") | {"slot": "2026-10-06"}

    plan = again({"rrule": "FREQ=WEEKLY;BYDAY=TU", "slutdatum": "2026-10-06"}, add_by_hand)
    assert dates_of(plan) == {"2026-10-06": ("#77", {})}


def test_a_day_of_the_rule_that_another_row_fills_is_not_added() -> None:
    wednesdays_too = {"rrule": "FREQ=WEEKLY;BYDAY=TU,WE", "slutdatum": "2026-09-29"}
    plan = again(wednesdays_too, lambda now: now["dates"]["2026-09-08"].update(slot="2026-09-09"))
    assert sorted(dates_of(plan)) == ["2026-09-02", "2026-09-16", "2026-09-23"]


def test_a_date_that_people_added_does_not_become_the_sheets_moved_one() -> None:
    plan = again(
        {"startdatum": "2026-12-08", "slutdatum": ""},
        lambda now: now["dates"].update({"#77": at("2026-08-30")}),
        first=ONCE,
    )
    assert {key: was for key, (was, _) in dates_of(plan).items()} == {"2026-12-08": "2026-09-01"}


def test_a_date_that_was_called_off_before_does_not_become_a_new_one() -> None:
    imported = values_of_row(good_row(ONCE)) | {"called_off": {"2026-09-15": at("2026-09-15", "cancelled")}}
    now = deepcopy(imported)
    now["dates"]["2026-09-15"] = at("2026-09-15", "cancelled")
    stored = Stored({"sjuharad": stored_house()}, (StoredEvent(1, "SJ-01", imported, now),))
    row = good_row({**ONCE, "extra_datum": "2026-09-22", "slutdatum": ""})
    changes = plan_import([], [row], stored, BEFORE).events[0].dates
    assert [(change.key, change.was) for change in changes] == [("2026-09-22", "")]


def test_a_date_that_people_added_elsewhere_is_left_alone() -> None:
    plan = again({}, lambda now: now["dates"].update({"#77": deepcopy(now["dates"]["2026-09-01"])}))
    assert not plan.events[0].dates


def after_a_break(status: str) -> EventChange:
    """The sheet dropped 15 September and drops it still; it has this status now."""
    broken = {"exdatum": "2026-09-15"}
    first = again(broken).events[0]
    now = values_of_row(good_row())
    now["dates"]["2026-09-15"]["state"] = [status, GONE_REASON if status == "cancelled" else ""]
    stored = Stored({"sjuharad": stored_house()}, (StoredEvent(1, "SJ-01", first.imported, now),))
    plan = plan_import([], [good_row(broken)], stored, BEFORE)
    assert not plan.kept
    return plan.events[0]


def test_a_called_off_date_that_people_brought_back_stays_without_a_word() -> None:
    assert not after_a_break("planned").dates
    assert after_a_break("planned").imported == after_a_break("cancelled").imported


def test_what_both_changed_in_a_date_that_is_over_is_not_told() -> None:
    plan = again(
        {"starttid": "14:00"},
        lambda now: now["dates"]["2026-09-01"].update(when=["2026-09-01T10:00:00", "2026-09-01T12:00:00"]),
        now=datetime(2026, 9, 16, 12),
    )
    assert not plan.kept


def test_extra_dates_far_from_the_old_ones_are_new() -> None:
    plan = again(
        {"extra_datum": "2026-12-15 2026-12-22", "slutdatum": ""},
        first={**ONCE, "extra_datum": "2026-09-15 2026-09-22", "slutdatum": ""},
    )
    assert {key: was for key, (was, _) in dates_of(plan).items()} == {
        "2026-09-15": "2026-09-15",
        "2026-09-22": "2026-09-22",
        "2026-12-15": "",
        "2026-12-22": "",
    }


def test_only_one_of_two_added_dates_becomes_the_sheets() -> None:
    plan = again(LONGER, lambda now: now["dates"].update({"#77": at("2026-10-06"), "#78": at("2026-10-06")}))
    assert [was for was, _ in dates_of(plan).values()] == ["#77"]
