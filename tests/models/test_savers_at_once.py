"""Two that save at the same moment, on PostgreSQL, where they do not wait for each other by themselves."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from khcal.db import db
from khcal.models import Chapter, Event, Listing, Occurrence
from khcal.models.bookkeeping import listing_differences
from tests import databases
from tests.factories import make_chapter, make_event, make_room
from tests.postgres import Postgres


@pytest.fixture
def app(postgres: Postgres, tmp_path: Path) -> Iterator[Flask]:
    app = databases.make_app(tmp_path, postgres.create("khcal_savers", "khcal_template"))
    yield app
    databases.close_app(app)
    postgres.drop("khcal_savers")


def save_during(first: Session, change_first, change_second) -> None:
    """The second saver begins and changes its row while the first is at the end of its flush."""
    second = threading.Thread(target=change_second)

    def begin_second(*_: object) -> None:
        if not second.ident:
            second.start()
            second.join(0.5)

    event.listen(first, "after_flush", begin_second)
    change_first()
    first.commit()
    second.join()


def test_a_shared_event_and_its_new_date_reach_the_other_house(app: Flask) -> None:
    with app.app_context():
        guest = make_chapter()
        key = make_event(make_chapter(), "2026-12-01 13:00", published=False).id
        db.session.commit()

        engine = db.engine

        def publish() -> None:
            with Session(engine) as other:
                other.get_one(Event, key).publish()
                other.commit()

        shared = db.session.get_one(Event, key)
        save_during(db.session(), lambda: shared.show_in([guest]), publish)
        assert db.session.scalar(select(func.count()).select_from(Listing)) == 2
        assert listing_differences(db.session()) == (set(), set())


def test_of_two_houses_each_has_a_stamp_of_its_own(app: Flask, frozen_clock: time_machine.Traveller) -> None:
    """Who asks by time alone for all houses must not miss the one that was saved last."""
    with app.app_context():
        keys = [make_event(make_chapter(), "2026-12-01 13:00").id for _ in range(2)]
        db.session.commit()
        frozen_clock.shift(60)
        engine = db.engine

        def rename() -> None:
            with Session(engine) as other:
                other.get_one(Event, keys[1]).title = "Ett annat namn"
                other.commit()

        event = db.session.get_one(Event, keys[0])
        save_during(db.session(), lambda: setattr(event, "title", "Nytt"), rename)
        first, second = db.session.scalars(select(Chapter.changed_at).order_by(Chapter.id))
        assert first < second


def test_two_changes_of_one_date_are_two_steps_of_its_sequence(app: Flask) -> None:
    with app.app_context():
        house = make_chapter()
        room = make_room(house)
        key = make_event(house, "2026-12-01 13:00", room=room).id
        db.session.commit()

        engine = db.engine

        def rename() -> None:
            with Session(engine) as other:
                other.get_one(Event, key).title = "Ett annat namn"
                other.commit()

        save_during(db.session(), lambda: setattr(room, "name", "Salen"), rename)
        assert db.session.scalars(select(Occurrence.sequence)).all() == [2]
