"""What subscribers rely on: uids, publication, traces, slots (on both engines)."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.models import DateError, Occurrence
from khcal.models.bookkeeping import BookkeepingError
from tests.factories import make_chapter, make_event

pytestmark = pytest.mark.usefixtures("inside_app")


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_moving_cancelling_and_sharing_keep_the_uid() -> None:
    event = make_event(None, "2026-12-01 13:00")
    date = event.occurrences[0]
    uid = date.uid
    date.move(wall("2026-12-02 13:00"), wall("2026-12-02 15:00"))
    date.cancel("Ledaren är sjuk.")
    event.show_in([make_chapter()])
    db.session.commit()
    assert db.session.scalars(select(Occurrence.uid)).all() == [uid]


def test_a_published_date_is_never_deleted() -> None:
    event = make_event(None, "2026-12-01 13:00")
    db.session.delete(event.occurrences[0])
    with pytest.raises(BookkeepingError):
        db.session.flush()


def test_a_draft_date_may_be_deleted() -> None:
    event = make_event(None, "2026-12-01 13:00", published=False)
    event.occurrences.clear()
    db.session.commit()
    assert db.session.scalar(select(func.count(Occurrence.id))) == 0


def test_publishing_again_keeps_the_first_moment(frozen_clock) -> None:
    date = make_event(None, "2026-12-01 13:00").occurrences[0]
    first = date.published_at
    date.withdraw()
    frozen_clock.shift(60)
    date.publish()
    assert (date.published_at, date.status) == (first, Status.PLANNED)


def test_two_moves_leave_two_traces_and_coming_back_removes_one() -> None:
    date = make_event(None, "2026-12-01 13:00").occurrences[0]
    date.move(wall("2026-12-02 13:00"), wall("2026-12-02 15:00"), "Salen är upptagen.")
    date.move(wall("2026-12-03 13:00"), wall("2026-12-03 15:00"))
    db.session.commit()
    assert [f"{trace.day}" for trace in date.traces] == ["2026-12-01", "2026-12-02"]
    date.move(wall("2026-12-01 13:00"), wall("2026-12-01 15:00"))
    db.session.commit()
    assert sorted(f"{trace.day}" for trace in date.traces) == ["2026-12-02", "2026-12-03"]


def test_a_new_time_on_the_same_day_leaves_no_trace() -> None:
    date = make_event(None, "2026-12-01 13:00").occurrences[0]
    date.move(wall("2026-12-01 14:00"), wall("2026-12-01 16:00"))
    assert date.traces == []


def test_a_draft_leaves_no_trace() -> None:
    date = make_event(None, "2026-12-01 13:00", published=False).occurrences[0]
    date.move(wall("2026-12-02 14:00"), wall("2026-12-02 16:00"))
    assert date.traces == []


def test_a_date_ends_after_it_starts() -> None:
    date = make_event(None, "2026-12-01 13:00").occurrences[0]
    with pytest.raises(DateError, match="Sluttiden"):
        date.move(wall("2026-12-02 14:00"), wall("2026-12-02 14:00"))


def test_one_slot_is_filled_by_one_row() -> None:
    event = make_event(None, "2026-12-01 13:00", "2026-12-08 13:00")
    for date in event.occurrences:
        date.slot = wall("2026-12-01 00:00").date()
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_form_sent_twice_makes_one_event() -> None:
    chapter = make_chapter()
    make_event(chapter, uid="samma-formular")
    with pytest.raises(IntegrityError):
        make_event(chapter, uid="samma-formular")


def test_two_moves_in_one_flush_are_kept() -> None:
    date = make_event(None, "2026-12-01 13:00").occurrences[0]
    date.move(wall("2026-12-02 13:00"), wall("2026-12-02 15:00"))
    db.session.commit()
    date.move(wall("2026-12-01 13:00"), wall("2026-12-01 15:00"))
    date.move(wall("2026-12-03 13:00"), wall("2026-12-03 15:00"), "Igen.")
    db.session.commit()
    assert sorted((f"{trace.day}", trace.reason) for trace in date.traces) == [
        ("2026-12-01", "Igen."),
        ("2026-12-02", ""),
    ]
