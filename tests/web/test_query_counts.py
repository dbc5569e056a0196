"""A page asks at most three questions, as many with ten times the rows, and none reads a table whole."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, func, insert, select, text

from khcal.db import Base, db
from khcal.models import Listing, Occurrence
from tests import databases
from tests.postgres import Postgres
from tests.samples import filled
from tests.web.addresses import PUBLIC
from tests.web.statements import Statement, asked_of, full_scans

MOST = 3
TIMES = 10
SAME_DAYS = 4
PAGES = [address for rule, samples in PUBLIC.items() for address in samples]
# All houses together tell of most of what is to come: there PostgreSQL rightly reads it all.
ALL = ("/alla.ics", "/sitemap.xml")
# The last day of a house is the end of its index, which SQLite explains as if it were all of it.
WHOLE = {"grown_app": (*ALL, "/halsa"), "grown_postgres_app": (*ALL, "/")}
GROWING = ("event", "event_shown_in", "occurrence", "trace", "listing")
UNIQUE = ("uid", "import_key")


def grow(app: Flask) -> None:
    """Put every activity and date there nine times more: four on the same days, five in years gone by."""
    with app.app_context(), db.engine.begin() as connection:
        for table in (Base.metadata.tables[name] for name in GROWING):
            rows = [dict(row) for row in connection.execute(select(table)).mappings()]
            copies = [copy_of(table, row, n) for n in range(1, TIMES) for row in rows]
            if copies:
                connection.execute(insert(table), copies)
        connection.execute(text("ANALYZE"))


def copy_of(table: Table, row: dict[str, Any], number: int) -> dict[str, Any]:
    step = 100_000 * number
    keys = {"id", "event_id", "occurrence_id"}
    changed = {name: value + step for name, value in row.items() if name in keys}
    changed |= {name: f"{row[name]}-{number}" for name in UNIQUE if row.get(name)}
    if number > SAME_DAYS:
        back = timedelta(weeks=52 * number)
        changed |= {
            name: row[name] - back for name in ("day", "slot", "starts_at", "ends_at") if row.get(name)
        }
    return row | changed


@pytest.fixture(scope="module")
def grown_app(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("grown")
    app = databases.make_app(folder, databases.copy_of(sample_file, folder))
    grow(app)
    yield app
    databases.close_app(app)


@pytest.fixture(scope="module")
def grown_postgres_app(
    grown_app: Flask, postgres: Postgres, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    app = databases.make_app(tmp_path_factory.mktemp("pg"), postgres.create("khcal_grown", "khcal_template"))
    databases.copy_rows(grown_app, app)
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    yield app
    databases.close_app(app)
    postgres.drop("khcal_grown")


def statements_of(app: Flask, address: str) -> list[Statement]:
    path = filled(app, address)
    with asked_of(app) as statements:
        answer = app.test_client().get(path)
    assert answer.status_code in {200, 302}
    return statements


def test_there_are_ten_times_the_rows(sample_app: Flask, grown_app: Flask) -> None:
    counts = []
    for app in (sample_app, grown_app):
        with app.app_context():
            rows = [db.session.scalar(select(func.count()).select_from(t)) for t in (Listing, Occurrence)]
            counts.append(rows)
    assert counts[1] == [TIMES * n for n in counts[0] if n]


@pytest.mark.parametrize("address", PAGES)
def test_few_questions_however_many_rows(sample_app: Flask, grown_app: Flask, address: str) -> None:
    few, many = len(statements_of(sample_app, address)), len(statements_of(grown_app, address))
    assert few <= MOST
    assert many == few


@pytest.mark.parametrize(
    ("engine", "address"),
    [(engine, page) for engine, whole in WHOLE.items() for page in PAGES if page not in whole],
)
def test_no_question_reads_a_table_whole(request: pytest.FixtureRequest, engine: str, address: str) -> None:
    app: Flask = request.getfixturevalue(engine)
    scans = {s.text: found for s in statements_of(app, address) if (found := full_scans(app, s))}
    assert not scans


@pytest.mark.parametrize("engine", ["grown_app", "grown_postgres_app"])
def test_a_full_scan_is_found(request: pytest.FixtureRequest, engine: str) -> None:
    app: Flask = request.getfixturevalue(engine)
    assert full_scans(app, Statement("SELECT count(*) FROM occurrence WHERE reason = 'x'", ()))
    assert not full_scans(app, Statement("SELECT reason FROM occurrence WHERE id = 7", ()))
