"""Taking changes of values back: what returns, what is left, and who changed it since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from flask import Flask

from khcal.calendaring.terms import Places, Status
from khcal.db import db
from khcal.models import Change, EventShownIn, Notice, OldAddress
from khcal.models.bookkeeping import begin_change, listing_differences
from khcal.models.house_addresses import move_house
from khcal.models.undoing import undo
from khcal.models.undone_rows import Why
from tests.factories import make_break, make_chapter, make_event, make_notice, make_occurrence, make_room
from tests.models.changing import changing, take_back, would_leave


@pytest.fixture(autouse=True)
def _inside(any_engine_app: Flask) -> Iterator[None]:
    with any_engine_app.app_context():
        yield


def test_a_cancellation() -> None:
    event = make_event(None, "2026-12-01 13:00")
    db.session.commit()
    row = event.occurrences[0]
    with changing("cancel") as change:
        row.cancel("Storm.")
    before = row.sequence
    undone, left = take_back(change[0])
    assert (row.status, row.reason, left) == (Status.PLANNED, "", [])
    assert row.sequence == before + 1
    _again, left = take_back(undone)
    assert (row.status, row.reason, left) == (Status.CANCELLED, "Storm.", [])


def test_a_move_takes_its_trace_along() -> None:
    row = make_event(None, "2026-12-01 13:00").occurrences[0]
    db.session.commit()
    with changing("move") as change:
        row.move(datetime(2026, 12, 3, 10), datetime(2026, 12, 3, 12), "Lokalen är upptagen.")
    undone, left = take_back(change[0])
    assert (row.starts_at, row.by_hand, row.traces, left) == (datetime(2026, 12, 1, 13), False, [], [])
    take_back(undone)
    assert row.starts_at == datetime(2026, 12, 3, 10)
    assert [(trace.day, trace.reason) for trace in row.traces] == [
        (date(2026, 12, 1), "Lokalen är upptagen.")
    ]
    assert listing_differences(db.session()) == (set(), set())


def test_a_move_that_was_moved_on_stays_with_its_trace() -> None:
    row = make_event(None, "2026-12-01 13:00").occurrences[0]
    db.session.commit()
    with changing("move") as first:
        row.move(datetime(2026, 12, 3, 10), datetime(2026, 12, 3, 12))
    with changing("move") as second:
        row.move(datetime(2026, 12, 5, 10), datetime(2026, 12, 5, 12))
    begin_change(db.session(), "undo", undoes_id=first[0])
    left = undo(db.session(), db.session.get_one(Change, first[0]), lambda _house: True)
    assert [(each.table, each.why, each.since) for each in left] == [
        ("occurrence", Why.CHANGED, (second[0],))
    ]
    assert left[0].columns >= {"starts_at", "ends_at"}
    db.session.rollback()
    assert {trace.day.day for trace in row.traces} == {1, 3}


def test_only_what_nobody_changed_since_goes_back() -> None:
    event = make_event(None, "2026-12-01 13:00", title="Ett", price=0, leader="kurator")
    db.session.commit()
    with changing() as first:
        event.title, event.price, event.leader = "Två", 20, "volontär"
    with changing() as second:
        event.price = 40
    undone, left = take_back(first[0])
    assert (event.title, event.price, event.leader) == ("Ett", 40, "kurator")
    assert [
        (each.row_id, each.columns, each.now["price"], each.wanted["price"], each.since) for each in left
    ] == [(str(event.id), frozenset({"price"}), 40, 0, (second[0],))]
    take_back(undone)
    assert (event.title, event.price, event.leader) == ("Två", 40, "volontär")


def test_what_belongs_together_stays_together() -> None:
    row = make_event(None, "2026-12-01 13:00").occurrences[0]
    db.session.commit()
    with changing("move") as first:
        row.move(datetime(2026, 12, 1, 10), datetime(2026, 12, 1, 12))
    with changing("move"):
        row.ends_at = datetime(2026, 12, 1, 11)
    left = would_leave(first[0])
    assert left[0].columns >= {"starts_at", "ends_at"}


def test_skipped_dates_are_merged_one_by_one() -> None:
    event = make_event(None, "2026-12-01 13:00", skips={"2026-12-08": "Lov"})
    db.session.commit()
    with changing() as first:
        event.skips = {"2026-12-08": "Lov", "2026-12-15": "Storm"}
    with changing():
        event.skip(date(2026, 12, 22), "Jul")
    _undone, left = take_back(first[0])
    assert (event.skips, left) == ({"2026-12-08": "Lov", "2026-12-22": "Jul"}, [])


def test_a_room_that_is_gone_cannot_be_chosen_again() -> None:
    house = make_chapter()
    room = make_room(house)
    event = make_event(house, "2026-12-01 13:00", room=room)
    db.session.commit()
    with changing() as change:
        event.room = None
    db.session.delete(room)
    db.session.commit()
    left = would_leave(change[0])
    assert [(each.table, each.columns) for each in left] == [("event", frozenset({"room_id"}))]


def test_what_belongs_to_another_house_now_is_left_alone() -> None:
    mine, theirs = make_chapter(), make_chapter()
    event = make_event(mine, "2026-12-01 13:00", title="Ett")
    db.session.commit()
    with changing() as edit:
        event.title = "Två"
    with changing("owner") as owner:
        event.chapter = theirs
    left = would_leave(edit[0], lambda house: house == mine.id)
    assert ([each.why for each in left], event.title) == ([Why.OTHER_HOUSE], "Två")
    _undone, left = take_back(owner[0], lambda house: house == mine.id)
    assert (left, event.chapter) == ([], mine)


def test_sharing_and_hiding() -> None:
    owner, guest = make_chapter(), make_chapter()
    event = make_event(owner, "2026-12-01 13:00")
    db.session.commit()
    with changing("share") as share:
        event.show_in([guest])
    with changing("hide") as hide:
        shown = db.session.get_one(EventShownIn, (event.id, guest.id))
        shown.hidden = True
    assert take_back(hide[0], lambda house: house == guest.id)[1] == []
    assert not shown.hidden
    assert take_back(share[0])[1] == []
    assert db.session.get(EventShownIn, (event.id, guest.id)) is None
    assert listing_differences(db.session()) == (set(), set())


def test_notices_breaks_and_facts_of_the_house() -> None:
    house = make_chapter(phone="1")
    notice = make_notice(house)
    db.session.commit()
    with changing("notice") as changes:
        db.session.delete(notice)
        make_break(house, "2026-12-21", "2027-01-06")
        house.phone = "2"
    assert take_back(changes[0])[1] == []
    assert db.session.scalars(db.select(Notice.text)).one() == "Hissen är trasig."
    assert (house.phone, house.breaks) == ("1", [])


def test_slots_that_changed_places_change_back() -> None:
    event = make_event(None, rule="FREQ=WEEKLY;BYDAY=TU", rule_from=date(2026, 12, 1))
    first, second = (
        make_occurrence(event, f"2026-12-0{day} 13:00", slot=date(2026, 12, day)) for day in (1, 8)
    )
    db.session.commit()
    with changing() as change:
        first.slot, second.slot = None, date(2026, 12, 1)
        db.session.flush()
        first.slot = date(2026, 12, 8)
    assert take_back(change[0])[1] == []
    assert (first.slot, second.slot) == (date(2026, 12, 1), date(2026, 12, 8))


def test_places_are_put_back_beside_a_later_cancellation() -> None:
    row = make_event(None, "2026-12-01 13:00").occurrences[0]
    db.session.commit()
    with changing("places") as change:
        row.places = Places.FULL
    with changing("cancel"):
        row.cancel("Storm.")
    assert take_back(change[0])[1] == []
    assert (row.places, row.status) == (Places.OPEN, Status.CANCELLED)


def test_only_who_manages_all_houses_opens_closes_and_renames_one_by_undoing() -> None:
    house = make_chapter("har", name="Här", phone="1")
    db.session.commit()
    with changing("house-rename") as change:
        house.name, house.closed_on, house.phone = "Där", date(2026, 11, 24), "2"
        move_house(db.session(), house, "dar")
    _undone, left = take_back(change[0], lambda _house: True)
    assert [(each.table, each.why, each.columns) for each in left] == [
        ("chapter", Why.NOT_ALLOWED, frozenset({"name", "slug", "closed_on"}))
    ]
    assert (house.name, house.slug, house.closed_on, house.phone) == ("Där", "dar", date(2026, 11, 24), "1")
    assert db.session.scalars(db.select(OldAddress.slug)).all() == ["har"]


def test_an_editor_closes_no_new_house_by_undoing() -> None:
    with changing("house-create") as change:
        house = make_chapter()
    assert [each.why for each in would_leave(change[0], lambda _house: True)] == [Why.NOT_ALLOWED]
    assert house.closed_on is None


def test_an_editor_shows_nothing_everywhere_by_undoing() -> None:
    house = make_chapter()
    event = make_event(house, "2026-12-01 13:00", everywhere=True, leader="kurator")
    notice = make_notice(house, everywhere=True)
    db.session.commit()
    with changing() as change:
        event.everywhere, event.leader = False, "volontär"
        db.session.delete(notice)
    _undone, left = take_back(change[0], lambda _house: True)
    assert {(each.table, each.why, each.columns) for each in left} == {
        (table, Why.NOT_ALLOWED, frozenset({"everywhere"})) for table in ("event", "notice")
    }
    assert (event.everywhere, event.leader) == (False, "kurator")
    assert [row.everywhere for row in db.session.scalars(db.select(Notice))] == [False]
    with changing() as again:
        event.everywhere = True
    assert take_back(again[0], lambda _house: True)[1] == []
    assert not event.everywhere


def test_the_address_that_a_house_had_in_between_leads_to_it() -> None:
    house = make_chapter("har")
    db.session.commit()
    with changing("house-rename") as change:
        move_house(db.session(), house, "dar")
    undone, left = take_back(change[0])
    assert (left, house.slug, db.session.scalars(db.select(OldAddress.slug)).all()) == ([], "har", ["dar"])
    _again, left = take_back(undone)
    assert (left, house.slug, db.session.scalars(db.select(OldAddress.slug)).all()) == ([], "dar", ["har"])
