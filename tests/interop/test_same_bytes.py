"""A feed is the same bytes until something changes: twice, after a restart, in another process and zone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from flask import Flask

from khcal.db import db
from khcal.models import Occurrence
from tests.databases import make_app
from tests.interop.feeds import FEEDS

IN_ANOTHER_PROCESS = """
import hashlib, sys
from pathlib import Path
from tests.databases import make_app
from tests.interop.feeds import FEEDS
from tests.moments import MOMENT
client = make_app(Path(sys.argv[1]), Path(sys.argv[1]) / "khcal.db", now=MOMENT).test_client()
print(*(client.get(f"/{feed}.ics").headers["ETag"] for feed in FEEDS))
"""


def etags(app: Flask) -> list[str]:
    return [app.test_client().get(f"/{feed}.ics").headers["ETag"] for feed in FEEDS]


def test_a_restart_changes_nothing(sample_copy: Flask, tmp_path: Path) -> None:
    before = etags(sample_copy)
    assert etags(sample_copy) == before
    assert etags(make_app(tmp_path, tmp_path / "khcal.db")) == before


def test_another_process_in_another_zone_writes_the_same(sample_copy: Flask, tmp_path: Path) -> None:
    other = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS, str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        env=other,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.split() == etags(sample_copy)


def test_one_changed_date_changes_one_entry(sample_copy: Flask) -> None:
    client = sample_copy.test_client()
    before = client.get("/sjuharad.ics").text.split("BEGIN:VEVENT")
    with sample_copy.app_context():
        date = db.session.scalars(db.select(Occurrence).filter_by(id=_id_in(before[3]))).one()
        date.title = "Något annat"
        db.session.commit()
    after = client.get("/sjuharad.ics").text.split("BEGIN:VEVENT")
    changed = [number for number, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    assert changed == [0, 3]
    assert "SEQUENCE:1" in after[3]


def _id_in(entry: str) -> int:
    return int(entry.replace("\r\n ", "").split("/tillfalle/")[1].split("\r\n")[0])
