"""Importing again, as pure values: what the file changes, what people changed, what is no longer there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

import pytest

from khcal.calendaring.import_dates import GONE_REASON
from khcal.calendaring.import_plan import ImportPlan, RoomChange, plan_import
from khcal.calendaring.import_values import (
    Stored,
    StoredEvent,
    StoredHouse,
    room_like,
    values_of_house,
    values_of_row,
)
from khcal.calendaring.reading_chapters import HouseFacts
from tests.unit.sheets import ONCE, good_row

BEFORE = datetime(2026, 8, 25, 12)
HOUSE = HouseFacts("sjuharad", "Kraftens hus Sjuhärad", "Sjuhärad", rooms=("Målarverkstad",))
WEDNESDAYS = {
    "startdatum": "2026-09-02",
    "veckodag": "",
    "rrule": "FREQ=WEEKLY;BYDAY=WE",
    "slutdatum": "2026-09-30",
}
Edit = Callable[[dict[str, Any]], object]


def nothing(values: dict[str, Any]) -> None:
    """People changed nothing."""


def stored_house(edit: Edit = nothing) -> StoredHouse:
    now = deepcopy(values_of_house(HOUSE))
    edit(now)
    return StoredHouse(values_of_house(HOUSE), now)


def stored_event(edit: Edit = nothing, first: Mapping[str, str] | None = None) -> StoredEvent:
    """The good row as it was imported first, and as people ``edit`` it since."""
    imported = values_of_row(good_row(first))
    now = deepcopy(imported)
    edit(now)
    return StoredEvent(1, "SJ-01", imported, now)


def again(
    changes: Mapping[str, str],
    edit: Edit = nothing,
    first: Mapping[str, str] | None = None,
    now: datetime = BEFORE,
) -> ImportPlan:
    """Import the row anew, with these cells otherwise than at first."""
    stored = Stored({"sjuharad": stored_house()}, (stored_event(edit, first),))
    return plan_import([HOUSE], [good_row({**(first or {}), **changes})], stored, now)


def at(day: str, status: str = "planned") -> dict[str, Any]:
    """A date beside the rule."""
    when = [f"{day}T13:00:00", f"{day}T15:30:00"]
    return {"slot": None, "when": when, "state": [status, ""], "places": "open", "left": []}


def dates_of(plan: ImportPlan) -> dict[str, tuple[str, dict[str, Any]]]:
    return {change.key: (change.was, dict(change.fields)) for change in plan.events[0].dates}


def test_a_first_import_adds_houses_rooms_and_dates() -> None:
    plan = plan_import([HOUSE], [good_row({"rum": "Köket"})], Stored({}), BEFORE)
    assert [(house.slug, house.is_new) for house in plan.houses] == [("sjuharad", True)]
    assert plan.rooms == (RoomChange("sjuharad", "Målarverkstad"), RoomChange("sjuharad", "Köket"))
    assert plan.events[0].is_new
    assert [change.is_new for change in plan.events[0].dates] == [True] * 5


def test_the_same_file_again_changes_nothing() -> None:
    plan = again({})
    assert not plan.houses[0].changes_something
    assert not plan.events[0].changes_something
    assert (plan.rooms, plan.kept, plan.missing) == ((), (), ())


def test_what_only_the_file_changed_is_taken() -> None:
    plan = again({"pris_kr": "50", "titel": "Måleri"})
    assert plan.events[0].fields == {"price": 50, "title": "Måleri", "slug": "maleri"}
    assert plan.events[0].imported["price"] == 50


def test_what_only_people_changed_stays_and_is_not_told() -> None:
    plan = again({}, lambda now: now.update(title="Måleri", price=20))
    assert not plan.events[0].changes_something
    assert not plan.kept


def test_what_both_changed_stays_and_is_told() -> None:
    plan = again({"pris_kr": "50", "platser": "9"}, lambda now: now.update(price=20))
    assert plan.events[0].fields == {"capacity": 9}
    assert [(kept.row, kept.key, kept.conflict.path) for kept in plan.kept] == [(2, "SJ-01", ("price",))]
    assert (plan.kept[0].conflict.mine, plan.kept[0].conflict.theirs) == (20, 50)


def test_a_house_that_people_changed_stays() -> None:
    stored = Stored({"sjuharad": stored_house(lambda now: now.update(street="Nygatan 1", breaks={}))})
    plan = plan_import([HOUSE], [], stored, BEFORE)
    assert not plan.houses[0].changes_something


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


@pytest.mark.parametrize(("now", "missing"), [(BEFORE, ["SJ-01"]), (datetime(2026, 12, 1), [])])
def test_a_row_that_is_gone_is_told_while_it_has_dates_to_come(now: datetime, missing: list[str]) -> None:
    stored = Stored({"sjuharad": stored_house()}, (stored_event(),))
    plan = plan_import([], [good_row({"id": "SJ-02"})], stored, now)
    assert [each.key for each in plan.missing] == missing
    assert [event.key for event in plan.events] == ["SJ-02"]


def test_another_houses_rows_are_not_missing() -> None:
    stored = Stored({"sjuharad": stored_house()}, (stored_event(),))
    assert not plan_import([], [good_row({"avdelning": "goteborg"})], stored, BEFORE).missing


def test_the_same_id_in_another_house_is_another_activity() -> None:
    stored = Stored({"sjuharad": stored_house()}, (stored_event(),))
    assert plan_import([], [good_row({"avdelning": "goteborg"})], stored, BEFORE).events[0].is_new


def test_a_shared_activity_may_change_its_owner() -> None:
    both = {"avdelning": "sjuharad|goteborg"}
    plan = again({"avdelning": "goteborg|sjuharad"}, first=both)
    assert plan.events[0].fields == {"houses": ["goteborg", "sjuharad"]}


def test_a_room_of_the_houses_file_takes_the_form_of_the_programme() -> None:
    row = good_row({"rum": "Målarverkstaden"})
    at_once = plan_import([HOUSE], [row], Stored({}), BEFORE)
    later = plan_import([], [row], Stored({"sjuharad": stored_house()}), BEFORE)
    assert at_once.rooms == (RoomChange("sjuharad", "Målarverkstaden"),)
    assert later.rooms == (RoomChange("sjuharad", "Målarverkstaden", was="Målarverkstad"),)


def test_a_room_that_people_named_keeps_its_name() -> None:
    house = stored_house(lambda now: now.update(rooms={"Kök": True}))
    assert plan_import([], [good_row({"rum": "Köket"})], Stored({"sjuharad": house}), BEFORE).rooms == ()


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("köket", "Köket"),
        ("Ateljén", "Ateljé"),
        ("Salen", "Sal"),
        ("Sal", "Sal"),
        ("Salongen", None),
        ("Kök", "Köket"),
    ],
)
def test_rooms_that_are_the_same(wanted: str, name: str | None) -> None:
    assert room_like(wanted, ["Köket", "Ateljé", "Sal"]) == name
