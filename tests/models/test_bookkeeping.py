"""The books follow every kind of change, in the same transaction (on both engines)."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise

import pytest
from sqlalchemy import func, select, update

from khcal.calendaring.terms import Appearance
from khcal.db import db
from khcal.models import Change, ChangedRow, Chapter, Event, Listing, Occurrence, User
from khcal.models.bookkeeping import (
    BookkeepingError,
    begin_change,
    current_change_id,
    listing_differences,
    recompute_listing,
)
from tests.factories import make_break, make_chapter, make_event, make_notice, make_room

pytestmark = pytest.mark.usefixtures("inside_app")


def shown(chapter: Chapter) -> list[tuple[str, str]]:
    rows = db.session.execute(
        select(Listing.day, Listing.kind).filter_by(chapter_id=chapter.id).order_by(Listing.day)
    )
    return [(row.day.isoformat(), row.kind.value) for row in rows]


def test_a_published_date_stands_on_its_day_in_every_house_that_shows_it() -> None:
    owner, guest, other = make_chapter(), make_chapter(), make_chapter()
    make_event(owner, "2026-12-01 13:00", shown_in=(guest,))
    db.session.commit()
    assert (shown(owner), shown(guest), shown(other)) == (
        [("2026-12-01", "start")],
        [("2026-12-01", "start")],
        [],
    )


def test_a_draft_stands_nowhere() -> None:
    owner = make_chapter()
    make_event(owner, "2026-12-01 13:00", published=False)
    db.session.commit()
    assert shown(owner) == []


def test_several_days_a_trace_and_a_withdrawal() -> None:
    owner = make_chapter()
    moment = make_event(owner, "2026-12-01").occurrences[0]
    moment.move(datetime(2026, 12, 10), datetime(2026, 12, 12))
    db.session.commit()
    assert shown(owner) == [("2026-12-01", "left"), ("2026-12-10", "start"), ("2026-12-11", "through")]
    moment.withdraw()
    db.session.commit()
    assert shown(owner) == [("2026-12-10", Appearance.GONE)]


def test_everywhere_means_every_house_and_hidden_means_not_here() -> None:
    owner, guest, third = make_chapter(), make_chapter(), make_chapter()
    event = make_event(owner, "2026-12-01 13:00", everywhere=True, shown_in=(guest,))
    next(shown for shown in event.shown_in if shown.chapter is guest).hidden = True
    db.session.commit()
    assert [bool(shown(house)) for house in (owner, guest, third)] == [True, False, True]


@pytest.mark.parametrize(
    "change",
    [
        lambda date: setattr(date.event, "title", "Ett annat namn"),
        lambda date: setattr(date.event, "short_text", "Ta med en mugg."),
        lambda date: setattr(date.event.room, "name", "Salen"),
        lambda date: setattr(date.event.room, "address", "Nya gatan 1"),
        lambda date: date.cancel("Storm."),
        lambda date: date.withdraw(),
        lambda date: date.move(datetime(2026, 12, 2, 13), datetime(2026, 12, 2, 15)),
        lambda date: setattr(date, "title", "Bara i dag"),
        lambda date: setattr(date, "places", "full"),
    ],
    ids=["title", "text", "room", "address", "cancel", "withdraw", "move", "override", "full"],
)
def test_what_changes_the_feed_raises_sequence_and_revision(change, frozen_clock) -> None:
    owner = make_chapter()
    date = make_event(owner, "2026-12-01 13:00", room=make_room(owner)).occurrences[0]
    db.session.commit()
    before = (date.sequence, date.changed_at, owner.revision, owner.changed_at)
    change(date)
    db.session.commit()
    after = (date.sequence, date.changed_at, owner.revision, owner.changed_at)
    assert after[0] == before[0] + 1
    assert all(new > old for new, old in zip(after, before, strict=True))


def test_only_the_touched_date_gets_a_higher_sequence() -> None:
    event = make_event(None, "2026-12-01 13:00", "2026-12-08 13:00", "2026-12-15 13:00")
    db.session.commit()
    event.occurrences[1].cancel("Storm.")
    db.session.commit()
    assert [date.sequence for date in event.occurrences] == [0, 1, 0]


def test_an_overridden_title_is_deaf_to_the_events() -> None:
    event = make_event(None, "2026-12-01 13:00", "2026-12-08 13:00")
    event.occurrences[0].title = "Egen rubrik"
    db.session.commit()
    own = event.occurrences[0].sequence
    event.title = "Ny rubrik"
    db.session.commit()
    assert (event.occurrences[0].sequence - own, event.occurrences[1].sequence) == (0, 1)


def test_what_staff_alone_see_changes_neither_feeds_nor_houses() -> None:
    event = make_event(None, "2026-12-01 13:00")
    db.session.commit()
    before = event.chapter.revision
    event.internal_note, event.import_key, event.imported = "Ring vaktmästaren.", "fika-1", {"title": "Fika"}
    event.occurrences[0].import_key = "fika-1-1"
    event.chapter.imported = {"name": "Huset"}
    pause = make_break(event.chapter, "2026-12-21", "2027-01-06")
    db.session.commit()
    db.session.delete(pause)
    db.session.commit()
    assert (event.occurrences[0].sequence, event.chapter.revision) == (0, before)


def test_with_a_note_of_staff_the_rest_is_seen() -> None:
    event = make_event(None, "2026-12-01 13:00")
    db.session.commit()
    before = event.chapter.revision
    event.internal_note, event.price = "Ring vaktmästaren.", 40
    db.session.commit()
    assert event.chapter.revision > before


def test_stamps_rise_even_when_the_clock_stands_still_or_falls(frozen_clock) -> None:
    owner = make_chapter()
    event = make_event(owner, "2026-12-01 13:00")
    db.session.commit()
    seen = [(event.occurrences[0].changed_at, owner.revision, owner.changed_at)]
    for title in ("Ett", "Två", "Tre"):
        frozen_clock.shift(-3600)
        event.title = title
        db.session.commit()
        seen.append((event.occurrences[0].changed_at, owner.revision, owner.changed_at))
    assert all(new > old for old, new in pairwise(seen) for old, new in zip(old, new, strict=True))


def test_a_house_that_no_longer_shows_an_event_is_told() -> None:
    owner, guest = make_chapter(), make_chapter()
    event = make_event(owner, "2026-12-01 13:00", shown_in=(guest,))
    db.session.commit()
    before = guest.revision
    event.show_in([])
    db.session.commit()
    assert guest.revision > before
    assert shown(guest) == []


def test_a_change_in_one_house_leaves_the_others_alone() -> None:
    owner, other = make_chapter(), make_chapter()
    event = make_event(owner, "2026-12-01 13:00")
    db.session.commit()
    before = other.revision
    event.title = "Nytt"
    db.session.commit()
    assert other.revision == before


def test_notices_raise_their_house_or_all() -> None:
    first, second = make_chapter(), make_chapter()
    db.session.commit()
    before = (first.revision, second.revision)
    notice = make_notice(first)
    db.session.commit()
    assert (first.revision > before[0], second.revision) == (True, before[1])
    notice.everywhere = True
    db.session.commit()
    assert second.revision > before[1]
    before = (first.revision, second.revision)
    notice.everywhere = False
    db.session.commit()
    assert second.revision > before[1]


def test_a_user_is_no_matter_of_the_houses() -> None:
    house = make_chapter()
    db.session.commit()
    before = house.revision
    db.session.add(User(name="redaktor"))
    db.session.commit()
    assert house.revision == before


def test_bulk_writing_is_refused() -> None:
    make_event(None, "2026-12-01 13:00")
    with pytest.raises(BookkeepingError, match="one by one"):
        db.session.execute(update(Event).values(title="Alla"))


def test_a_rolled_back_change_leaves_no_books() -> None:
    owner = make_chapter()
    db.session.commit()
    before = owner.revision
    make_event(owner, "2026-12-01 13:00")
    db.session.rollback()
    db.session.add(User(name="redaktor"))
    db.session.commit()
    assert (shown(owner), owner.revision) == ([], before)
    assert db.session.scalar(select(func.count(Occurrence.id))) == 0


def test_one_action_is_one_change_with_rows_before_and_after() -> None:
    owner = make_chapter()
    event = make_event(owner, "2026-12-01 13:00")
    db.session.commit()
    begin_change(db.session, "cancel", chapter_id=owner.id)
    event.occurrences[0].cancel("Storm.")
    db.session.flush()
    event.internal_note = "Ring alla."
    db.session.flush()
    change_id = current_change_id(db.session)
    db.session.commit()
    change = db.session.get_one(Change, change_id)
    assert (change.verb, [row.table_name for row in change.rows]) == ("cancel", ["occurrence", "event"])
    image = change.rows[0]
    assert (image.before["status"], image.after["status"]) == ("planned", "cancelled")


def test_what_does_not_change_writes_no_history() -> None:
    event = make_event(None, "2026-12-01 13:00")
    db.session.commit()
    before = db.session.scalar(select(func.count(ChangedRow.id)))
    event.title = str(event.title)
    db.session.commit()
    assert db.session.scalar(select(func.count(ChangedRow.id))) == before


def test_doctor_finds_and_mends_a_false_listing() -> None:
    owner = make_chapter()
    date_ = make_event(owner, "2026-12-01 13:00").occurrences[0]
    db.session.commit()
    row = db.session.scalars(select(Listing)).one()
    db.session.delete(row)
    db.session.add(Listing(chapter_id=owner.id, day=date(2026, 1, 1), occurrence_id=date_.id, kind="start"))
    db.session.commit()
    missing, needless = listing_differences(db.session)
    assert (len(missing), len(needless)) == (1, 1)
    recompute_listing(db.session)
    db.session.commit()
    assert listing_differences(db.session) == (set(), set())


def test_a_new_house_shows_what_is_everywhere() -> None:
    make_event(None, "2026-12-01 13:00", everywhere=True)
    db.session.commit()
    newcomer = make_chapter()
    db.session.commit()
    assert shown(newcomer) == [("2026-12-01", "start")]


def test_mending_tells_the_houses() -> None:
    owner = make_chapter()
    make_event(owner, "2026-12-01 13:00")
    db.session.commit()
    db.session.delete(db.session.scalars(select(Listing)).one())
    db.session.commit()
    before = owner.revision
    recompute_listing(db.session)
    db.session.commit()
    assert owner.revision > before


def test_a_savepoint_does_not_end_the_action() -> None:
    event = make_event(None, "2026-12-01 13:00")
    db.session.commit()
    begin_change(db.session, "cancel")
    with db.session.begin_nested():
        event.title = "Ett"
    event.title = "Två"
    db.session.commit()
    verbs = db.session.scalars(select(Change.verb).order_by(Change.id)).all()
    assert verbs[-2:] == ["edit", "cancel"]


def test_the_house_of_a_parallel_group_is_told() -> None:
    guest, owner = make_chapter(), make_chapter()
    pointing = make_event(owner, "2026-12-01 13:00", shown_in=(guest,))
    pointing.sibling = make_event(make_chapter(), "2026-12-01 13:00", title="Sida vid sida")
    db.session.commit()
    before = guest.revision
    pointing.sibling.title = "Bredvid"
    db.session.commit()
    assert guest.revision > before
