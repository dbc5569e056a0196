"""What ``/halsa`` tells whoever watches over khcal."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from khcal.db import db
from tests.factories import make_event


def test_a_new_khcal_is_well_and_has_no_backup(client: FlaskClient) -> None:
    told = client.get("/halsa").get_json()
    assert (told["status"], told["database"], told["horizon"], told["last_backup"]) == (
        "ok",
        "ok",
        None,
        None,
    )
    assert told["now"] == "2026-11-24T13:12:00+01:00"


def test_the_horizon_is_the_last_day_with_a_date(app: Flask) -> None:
    with app.app_context():
        make_event(None, "2026-12-01 10:00", "2027-05-04 10:00")
        db.session.commit()
    assert app.test_client().get("/halsa").get_json()["horizon"] == "2027-05-04"


def test_the_newest_backup_counts(client: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    for name, stamp in (
        ("khcal-old.db", 1790000000),
        ("khcal-new.db", 1795500000),
        ("khcal-broken-off.db.part", 1796600000),
        ("other.txt", 1799999999),
    ):
        file = tmp_path / "backups" / name
        file.touch()
        os.utime(file, (stamp, stamp))
    assert client.get("/halsa").get_json()["last_backup"] == "2026-11-24T07:00:00+01:00"


def test_a_database_that_is_away_is_told(app: Flask) -> None:
    with app.app_context():
        db.session.execute(text("DROP TABLE listing"))
        db.session.commit()
    answer = app.test_client().get("/halsa")
    assert (answer.status_code, answer.get_json()["status"]) == (503, "fault")
