"""A house and a date take one step an action, however many flushes it consists of (on both engines)."""

from __future__ import annotations

import pytest
import time_machine

from khcal.db import db
from tests.factories import make_chapter, make_event

pytestmark = pytest.mark.usefixtures("inside_app")


def test_the_next_action_is_the_next_step() -> None:
    owner = make_chapter()
    event = make_event(owner, "2026-12-01 13:00")
    db.session.commit()
    before = (owner.revision, owner.changed_at)
    for title in ("Ett", "Två", "Tre"):
        event.title = title
        db.session.flush()
    db.session.commit()
    assert (owner.revision, owner.changed_at) == (before[0] + 1, before[1] + 1)
    event.title = "Fyra"
    db.session.commit()
    assert (owner.revision, owner.changed_at) == (before[0] + 2, before[1] + 2)


def test_what_a_savepoint_raised_and_took_back_is_raised_again() -> None:
    owner, other = make_chapter(), make_chapter()
    event = make_event(owner, "2026-12-01 13:00")
    db.session.commit()
    row = event.occurrences[0]
    before = (owner.revision, row.sequence)
    other.phone = "0"
    db.session.flush()
    with db.session.begin_nested() as savepoint:
        event.title = "Ett"
        db.session.flush()
        savepoint.rollback()
    event.title = "Två"
    db.session.commit()
    db.session.expire_all()
    assert (owner.revision, row.sequence) == (before[0] + 1, before[1] + 1)


def test_a_date_takes_one_step_and_is_never_ahead_of_its_house() -> None:
    owner = make_chapter()
    event = make_event(owner, "2026-12-01 13:00")
    row = event.occurrences[0]
    db.session.commit()
    digest, before = row.feed_digest, (row.sequence, row.changed_at)
    for title in ("Ett", "Två", "Tre"):
        event.title = title
        db.session.flush()
    assert row.feed_digest != digest
    db.session.commit()
    assert (row.sequence, row.changed_at) == (before[0] + 1, before[1] + 1)
    assert row.changed_at <= owner.changed_at
    event.title = "Fyra"
    db.session.commit()
    assert (row.sequence, row.changed_at) == (before[0] + 2, before[1] + 2)


def test_what_an_action_changes_late_is_not_ahead_of_its_house(frozen_clock: time_machine.Traveller) -> None:
    owner = make_chapter()
    first, second = make_event(owner, "2026-12-01 13:00"), make_event(owner, "2026-12-02 13:00")
    db.session.commit()
    frozen_clock.shift(60)
    first.title = "Ett"
    db.session.flush()
    frozen_clock.shift(5)
    second.title = "Två"
    db.session.commit()
    assert second.occurrences[0].changed_at == owner.changed_at
