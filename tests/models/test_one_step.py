"""A house takes one step an action, however many flushes it consists of (on both engines)."""

from __future__ import annotations

import pytest

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
    before = owner.revision
    other.phone = "0"
    db.session.flush()
    with db.session.begin_nested() as savepoint:
        event.title = "Ett"
        db.session.flush()
        savepoint.rollback()
    event.title = "Två"
    db.session.commit()
    db.session.expire_all()
    assert owner.revision == before + 1
