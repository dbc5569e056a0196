"""Taking back that rows were made or deleted: drafts go and come, published dates are withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.models import BreakPeriod, Change, Event, Notice, Occurrence, Room, Trace
from khcal.models.bookkeeping import begin_change, listing_differences
from khcal.models.undoing import undo
from khcal.models.undone_rows import Why
from tests.factories import (
    make_break,
    make_chapter,
    make_event,
    make_notice,
    make_occurrence,
    make_room,
)
from tests.models.changing import changing, dates_of, take_back, would_leave


@pytest.fixture(autouse=True)
def _inside(any_engine_app: Flask) -> Iterator[None]:
    with any_engine_app.app_context():
        yield


def test_new_drafts_go_and_come_back_as_they_were() -> None:
    house = make_chapter()
    db.session.commit()
    with changing("create") as change:
        event = make_event(
            house, "2026-12-01 13:00", "2026-12-08 13:00", published=False, room=make_room(house)
        )
    number, uids = event.id, [(row.id, row.uid) for row in dates_of(event)]
    undone, left = take_back(change[0])
    assert (left, db.session.scalar(db.select(db.func.count(Occurrence.id)))) == ([], 0)
    assert db.session.get(Event, number) is None
    assert db.session.scalar(db.select(db.func.count(Room.id))) == 0
    _again, left = take_back(undone)
    event = db.session.get_one(Event, number)
    assert ([(row.id, row.uid) for row in dates_of(event)], left) == (uids, [])
    assert [shown.chapter_id for shown in event.shown_in] == [house.id]
    assert event.room is not None
    assert "målarkväll" in event.search_text


def test_what_was_deleted_comes_back_beside_what_was_made_since() -> None:
    house = make_chapter()
    notices, breaks = [make_notice(house)], [make_break(house, "2027-02-15", "2027-02-21")]
    db.session.commit()
    with changing("delete") as change:
        db.session.delete(notices[0])
        db.session.delete(breaks[0])
    make_notice(house, "Ett nytt anslag.")
    make_break(house, "2027-03-29", "2027-04-04", "Påsklov")
    db.session.commit()
    _undone, left = take_back(change[0])
    assert left == []
    assert set(db.session.scalars(db.select(Notice.text))) == {"Hissen är trasig.", "Ett nytt anslag."}
    assert set(db.session.scalars(db.select(BreakPeriod.name))) == {"Sportlov", "Påsklov"}


def test_new_published_dates_are_withdrawn_never_deleted() -> None:
    house, guest = make_chapter(), make_chapter()
    db.session.commit()
    with changing("create") as change:
        event = make_event(house, "2026-12-01 13:00", shown_in=(guest,), import_key="X-1")
    row = event.occurrences[0]
    undone, left = take_back(change[0])
    assert (left, row.status, row.sequence, event.archived) == ([], Status.WITHDRAWN, 1, True)
    assert {shown.chapter_id for shown in event.shown_in} == {house.id, guest.id}
    assert event.import_key is None
    _again, left = take_back(undone)
    assert (left, row.status, row.sequence, event.archived) == ([], Status.PLANNED, 2, False)
    assert (event.import_key, listing_differences(db.session())) == ("X-1", (set(), set()))


def test_a_publication_is_withdrawn() -> None:
    event = make_event(None, "2026-12-01 13:00", "2026-12-08 13:00", published=False)
    db.session.commit()
    with changing("publish") as change:
        event.publish()
    stamps = [row.published_at for row in event.occurrences]
    undone, left = take_back(change[0])
    assert (left, {row.status for row in event.occurrences}) == ([], {Status.WITHDRAWN})
    assert [row.published_at for row in event.occurrences] == stamps
    take_back(undone)
    assert {row.status for row in event.occurrences} == {Status.PLANNED}


def test_what_was_cancelled_since_it_was_published_is_told() -> None:
    event = make_event(None, "2026-12-01 13:00", published=False)
    db.session.commit()
    with changing("publish") as change:
        event.publish()
    with changing("cancel") as later:
        event.occurrences[0].cancel("Storm.")
    left = would_leave(change[0])
    assert [(each.why, each.columns, each.since) for each in left] == [
        (Why.CHANGED, frozenset({"status"}), (later[0],))
    ]


def test_deleted_drafts_are_there_again_with_their_uids() -> None:
    event = make_event(None, "2026-12-01 13:00", "2026-12-08 13:00", published=False)
    other = make_event(event.chapter, "2026-12-01 13:00", title="Vid sidan av", published=False)
    other.sibling_id, event.sibling_id = event.id, other.id
    db.session.commit()
    uids, number = [row.uid for row in event.occurrences], event.id
    with changing("delete-draft") as change:
        other.sibling_id = None
        db.session.flush()
        db.session.delete(event)
    newcomer = make_event(None, title="Ett nytt som får numret", published=False)
    db.session.commit()
    _undone, left = take_back(change[0])
    again = db.session.scalars(db.select(Event).filter_by(title="Målarkväll")).one()
    assert ([row.uid for row in dates_of(again)], left) == (uids, [])
    assert (again.sibling, other.sibling) == (other, again)
    assert newcomer.title == "Ett nytt som får numret"
    assert (again.id == number) == (newcomer.id != number)


def test_a_row_with_the_number_of_one_that_is_gone_is_another() -> None:
    house = make_chapter()
    db.session.commit()
    with changing("create") as change:
        event = make_event(house, "2026-12-01 13:00", published=False)
    take_back(change[0])
    with changing("create"):
        event = make_event(house, "2026-12-02 13:00", title="En annan", published=False)
    begin_change(db.session(), "undo")
    assert undo(db.session(), db.session.get_one(Change, change[0]), lambda _house: True) == []
    db.session.commit()
    assert [row.starts_at.day for row in dates_of(event)] == [2]
    assert [shown.chapter for shown in event.shown_in] == [house]


def test_a_new_row_that_others_changed_since_is_left() -> None:
    house = make_chapter()
    db.session.commit()
    with changing("copy-term") as change:
        event = make_event(house, "2026-12-01 13:00", "2026-12-08 13:00", published=False)
    with changing() as later:
        event.occurrences[0].leader = "kurator"
    _undone, left = take_back(change[0])
    assert [(each.table, each.columns, each.since) for each in left] == [
        ("occurrence", frozenset({"leader"}), (later[0],))
    ]
    assert [row.leader for row in dates_of(event)] == ["kurator"]


def test_an_activity_with_dates_added_since_is_left() -> None:
    house = make_chapter()
    db.session.commit()
    with changing("create") as change:
        event = make_event(house, "2026-12-01 13:00", published=False)
    with changing("extend"):
        added = make_occurrence(event, "2026-12-08 13:00", published=False)
    _undone, left = take_back(change[0])
    assert [(each.table, each.why) for each in left] == [("event", Why.IN_USE)]
    assert dates_of(event) == [added]


def test_a_room_in_use_is_left() -> None:
    house = make_chapter()
    db.session.commit()
    with changing("room") as change:
        room = make_room(house)
    make_event(house, "2026-12-01 13:00", room=room)
    db.session.commit()
    left = would_leave(change[0])
    assert [(each.table, each.why) for each in left] == [("room", Why.IN_USE)]


def test_a_room_of_what_was_withdrawn_is_put_away_with_it() -> None:
    house = make_chapter()
    db.session.commit()
    with changing("import") as change:
        room = make_room(house)
        make_event(house, "2026-12-01 13:00", room=room)
    undone, left = take_back(change[0])
    assert (left, room.archived) == ([], True)
    take_back(undone)
    assert not room.archived


def test_what_is_shared_again_meanwhile_is_shared_once() -> None:
    owner, guest = make_chapter(), make_chapter()
    event = make_event(owner, "2026-12-01 13:00", shown_in=(guest,))
    db.session.commit()
    with changing("share") as change:
        event.show_in([])
    with changing("share"):
        event.show_in([guest])
    begin_change(db.session(), "undo", undoes_id=change[0])
    assert undo(db.session(), db.session.get_one(Change, change[0]), lambda _house: True) == []
    db.session.commit()
    assert {shown.chapter for shown in event.shown_in} == {owner, guest}


def test_a_new_house_is_closed() -> None:
    with changing("house-create") as change:
        house = make_chapter()
    undone, left = take_back(change[0])
    assert (house.closed_on, left) == (date(2026, 11, 24), [])
    take_back(undone)
    assert house.closed_on is None


def test_a_slot_that_another_date_has_now_stays_with_it() -> None:
    event = make_event(None, published=False)
    draft = make_occurrence(event, "2026-12-01 13:00", slot=date(2026, 12, 1), published=False)
    db.session.commit()
    with changing("delete-draft") as change:
        event.occurrences.remove(draft)
    newer = make_occurrence(event, "2026-12-01 15:00", slot=date(2026, 12, 1))
    db.session.commit()
    assert take_back(change[0])[1] == []
    assert [row.slot for row in dates_of(event)].count(None) == 1
    assert newer.slot == date(2026, 12, 1)


def test_each_date_of_the_rule_is_filled_or_skipped() -> None:
    event = make_event(None, published=False)
    for name, value in _rule(date(2026, 12, 1)).items():
        setattr(event, name, value)
    make_occurrence(event, "2026-12-01 13:00", slot=date(2026, 12, 1), published=False)
    db.session.commit()
    with changing("extend") as extend:
        event.rule_until = date(2026, 12, 8)
        make_occurrence(event, "2026-12-08 13:00", slot=date(2026, 12, 8), published=False)
    with changing("extend"):
        event.rule_until = date(2026, 12, 15)
        make_occurrence(event, "2026-12-15 13:00", slot=date(2026, 12, 15), published=False)
    _undone, left = take_back(extend[0])
    assert [each.columns for each in left] == [frozenset({"rule_until"})]
    assert event.skips == {"2026-12-08": ""}


def _rule(until: date) -> dict[str, object]:
    times = (datetime(2026, 12, 1, 13).time(), datetime(2026, 12, 1, 15).time())
    rule = {"rule": "FREQ=WEEKLY;BYDAY=TU", "rule_from": date(2026, 12, 1), "rule_until": until}
    return rule | {"start_time": times[0], "end_time": times[1]}


def test_hundreds_of_rows_are_one_undo() -> None:
    house = make_chapter()
    db.session.commit()
    with changing("copy-term") as change:
        for _number in range(10):
            event = make_event(house, published=False)
            for day in range(30):
                event.add_date(f"{event.uid}-{day}", *_hour(day))
    assert take_back(change[0])[1] == []
    assert db.session.scalar(db.select(db.func.count(Occurrence.id))) == 0


def _hour(day: int) -> tuple[datetime, datetime]:
    start = datetime(2027, 1, 1, 10) + timedelta(days=day)
    return start, start + timedelta(hours=1)


def test_traces_of_a_new_date_stay_with_it() -> None:
    house = make_chapter()
    db.session.commit()
    with changing("import") as change:
        row = make_event(house, "2026-12-01 13:00").occurrences[0]
        row.move(datetime(2026, 12, 3, 10), datetime(2026, 12, 3, 12))
    assert take_back(change[0])[1] == []
    assert db.session.scalars(db.select(Trace.day)).all() == [date(2026, 12, 1)]
    assert row.status is Status.WITHDRAWN


def test_the_rule_of_an_activity_given_away_since_stays_as_it_is() -> None:
    mine, theirs = make_chapter(), make_chapter()
    event = make_event(mine, **_rule(date(2026, 12, 8)))
    dates = [make_occurrence(event, f"2026-12-0{day} 13:00", slot=date(2026, 12, day)) for day in (1, 8)]
    db.session.commit()
    with changing() as change:
        event.rule, event.rule_from = "FREQ=WEEKLY;BYDAY=WE", date(2026, 12, 2)
        event.rule_until = date(2026, 12, 9)
        for row in dates:
            row.follow(*(each + timedelta(days=1) for each in (row.slot, row.starts_at, row.ends_at)))
    with changing("owner"):
        event.chapter = theirs
    slots = [row.slot for row in dates]
    begin_change(db.session(), "undo", undoes_id=change[0])
    left = undo(db.session(), db.session.get_one(Change, change[0]), lambda house: house == mine.id)
    db.session.commit()
    assert {each.why for each in left} == {Why.OTHER_HOUSE}
    assert ([row.slot for row in dates], event.skips) == (slots, {})
