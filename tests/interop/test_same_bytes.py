"""A feed is the same bytes until something changes: twice, after a restart, in another process and zone."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from flask import Flask

from khcal.calendaring.terms import Audience
from khcal.db import db
from khcal.models import Event, Occurrence
from tests.databases import make_app
from tests.interop.feeds import FEEDS

ADDRESSES = (
    *(f"/{feed}.ics" for feed in FEEDS),
    *("/sjuharad.ics?for=narstaende", "/goteborg.ics?typ=rorelse&form=pa-plats", "/stockholm.ics?sok=yoga"),
    *("/sjuharad/diskret.ics", "/sjuharad/diskret.ics?typ=gemenskap&anmalan=utan"),
    *("/goteborg/aktivitet/mediyoga/diskret.ics", "/sjuharad/tillfalle/1.ics"),
    *("/sjuharad.json", "/goteborg.json?for=narstaende"),
)
DATES = re.compile('BEGIN:VEVENT|"uid"')
IN_ANOTHER_PROCESS = """
import sys
from pathlib import Path
from tests.databases import make_app
from tests.interop.test_same_bytes import prints
from tests.moments import MOMENT
print(*prints(make_app(Path(sys.argv[1]), Path(sys.argv[1]) / "khcal.db", now=MOMENT)))
"""


def prints(app: Flask) -> list[str]:
    """Of each file its bytes and the tag that stands for them, in short."""
    answers = [app.test_client().get(address) for address in ADDRESSES]
    assert all(answer.status_code == 200 for answer in answers)
    return [f"{sha256(answer.data).hexdigest()}:{answer.headers['ETag']}" for answer in answers]


def test_these_files_are_of_dates_and_no_two_are_the_same(sample_app: Flask) -> None:
    assert len(set(prints(sample_app))) == len(ADDRESSES)
    texts = [sample_app.test_client().get(address).text for address in ADDRESSES]
    assert [each for each, text in zip(ADDRESSES, texts, strict=True) if not DATES.search(text)] == []


def test_a_restart_changes_nothing(sample_copy: Flask, tmp_path: Path) -> None:
    before = prints(sample_copy)
    assert prints(sample_copy) == before
    assert prints(make_app(tmp_path, tmp_path / "khcal.db")) == before


def test_another_process_in_another_zone_writes_the_same(sample_copy: Flask, tmp_path: Path) -> None:
    with sample_copy.app_context():
        # The sample has no group for several: in which order they are said must not hang on the process.
        db.session.get_one(Event, 1).audience = frozenset(Audience)
        db.session.commit()
    other = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS, str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        env=other,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.split() == prints(sample_copy)


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
