"""Two who accept one code at the same moment, on PostgreSQL, where they do not wait by themselves."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from khcal.db import db
from khcal.models import Chapter, Screen
from khcal.models.pairing import PairingError, ask_for_code, pair_new
from tests import databases
from tests.factories import make_chapter
from tests.postgres import Postgres


def test_one_code_makes_one_screen(postgres: Postgres, tmp_path: Path) -> None:
    app = databases.make_app(tmp_path, postgres.create("khcal_pairing", "khcal_template"))
    with app.app_context():
        key = make_chapter().id
        code = ask_for_code(db.session(), "d" * 32)[0]
        db.session.commit()
        engine, found = db.engine, []

        def accept_too() -> None:
            with Session(engine) as other:
                try:
                    pair_new(other, code, other.get_one(Chapter, key), "Köket")
                    other.commit()
                except PairingError as fault:
                    found.append(fault.screen_id)

        screen = pair_new(db.session(), code, db.session.get_one(Chapter, key), "Entrén")
        second = threading.Thread(target=accept_too)
        second.start()
        second.join(0.5)
        assert second.is_alive(), "the second has to wait for the first"
        number = screen.id
        db.session.commit()
        second.join()
        assert found == [number]
        assert db.session.scalar(select(func.count()).select_from(Screen)) == 1
    databases.close_app(app)
    postgres.drop("khcal_pairing")
