"""Importing again, as pure values: what the file changes, what people changed, what is no longer there."""

from __future__ import annotations

from datetime import datetime

from khcal.calendaring.import_plan import plan_import
from khcal.calendaring.import_rooms import RoomChange
from khcal.calendaring.import_values import Stored, room_like
from tests.tables import for_each
from tests.unit.imported import BEFORE, HOUSE, again, stored_event, stored_house
from tests.unit.sheets import good_row


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


@for_each(("now", "missing"), [(BEFORE, ["SJ-01"]), (datetime(2026, 12, 1), [])])
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


@for_each(
    ("there", "rooms", "made"),
    [
        ({"Ateljé": True, "Ateljén": True}, "Ateljé; Ateljén", []),
        ({"Ateljé": True, "Ateljén": True}, "Ateljén", []),
        # Called differently in one file they are two.
        ({}, "Ateljé; Ateljén", ["Ateljé", "Ateljén"]),
        ({"Ateljé": True}, "Ateljé; Ateljén", ["Ateljén"]),
        ({"Ateljé": True}, "Ateljén", []),
    ],
)
def test_rooms_with_much_the_same_name(there: dict[str, bool], rooms: str, made: list[str]) -> None:
    house = stored_house(lambda now: now.update(rooms=there))
    plan = plan_import([], [good_row({"rum": rooms})], Stored({"sjuharad": house}), BEFORE)
    assert [(change.name, change.was) for change in plan.rooms] == [(name, "") for name in made]


@for_each(
    ("wanted", "name"),
    [
        ("köket", "Köket"),
        ("Ateljén", "Ateljé"),
        ("Salen", "Sal"),
        ("Stora rummet", "Stora rum"),
        ("Sal", "Sal"),
        ("Salongen", None),
        ("Kök", "Köket"),
    ],
)
def test_rooms_that_are_the_same(wanted: str, name: str | None) -> None:
    assert room_like(wanted, ["Köket", "Ateljé", "Sal", "Stora rum"]) == name


def test_of_rooms_in_small_letters_and_capitals_the_very_same() -> None:
    assert [room_like(name, ["Sal", "SAL"]) for name in ("Sal", "SAL")] == ["Sal", "SAL"]
