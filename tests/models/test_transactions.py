"""A transaction that only reads is held to it, whatever its connection did before (on both engines)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from khcal.db import db, reading
from khcal.models import Chapter, Notice
from tests.factories import make_chapter


@pytest.fixture
def house(any_engine_app: Flask):
    with any_engine_app.app_context():
        house = make_chapter()
        db.session.commit()
        yield house


def say(house: Chapter) -> None:
    day = date(2026, 1, 1)
    db.session.add(Notice(chapter_id=house.id, text="x", first_day=day, last_day=day))
    db.session.flush()


def test_who_only_reads_may_not_write_before_or_after_somebody_who_may(house: Chapter) -> None:
    for _ in range(2):
        with reading(), pytest.raises(Exception, match=r"(?i)read.?only"):
            say(house)
        db.session.rollback()
        say(house)
        db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(Notice)) == 2


def test_reading_again_leaves_what_is_prepared_as_it_is(app: Flask) -> None:
    said: list[str] = []

    def note(connection: Any, cursor: Any, text: str, *rest: Any) -> None:
        said.append(text)

    with app.app_context(), reading():
        event.listen(db.engine, "before_cursor_execute", note)
        for _ in range(3):
            db.session.scalars(select(Chapter.slug)).all()
            db.session.rollback()
        event.remove(db.engine, "before_cursor_execute", note)
    # Each such setting makes SQLite prepare every statement anew.
    assert [text for text in said if text.startswith("PRAGMA")] == ["PRAGMA query_only=ON"]
