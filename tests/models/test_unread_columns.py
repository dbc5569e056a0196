"""A column that is set without having been read first is a change like any other."""

from __future__ import annotations

from flask import Flask

from khcal.db import db
from khcal.models import ChangedRow, Event, Listing
from tests.factories import make_chapter, make_event


def test_publishing_in_a_second_flush_lists_the_date(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        event = make_event(make_chapter(), "2026-11-24 13:00", published=False)
        event.publish()
        db.session.commit()
        assert len(db.session.scalars(db.select(Listing)).all()) == 1


def test_history_knows_a_title_that_was_never_read(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        key = make_event(title="Öppet hus").id
        db.session.commit()
        db.session.get_one(Event, key).title = "Stängt hus"
        db.session.commit()
        row = db.session.scalars(db.select(ChangedRow).filter_by(table_name="event")).all()[-1]
        assert row.before
        assert row.after
        assert (row.before["title"], row.after["title"]) == ("Öppet hus", "Stängt hus")
