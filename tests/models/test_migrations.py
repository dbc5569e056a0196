"""The steps lead to the tables of the models, on both engines, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Column, Engine, Integer, func, inspect, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from khcal.commands.migrating import add_steps
from khcal.db import db
from khcal.migrations.rebuilding import OrphanError, refuse_orphans, without_cascades
from khcal.models import Chapter, Event
from tests.databases import close_app, copy_rows, make_app
from tests.factories import make_chapter, make_event, make_notice


def test_an_upgraded_empty_database_has_the_tables_of_the_models(any_engine_app: Flask) -> None:
    with any_engine_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_first_step_can_be_taken_back(any_engine_app: Flask) -> None:
    add_steps(any_engine_app)
    with any_engine_app.app_context():
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert "listing" in inspect(db.engine).get_table_names()


def count_all(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in db.metadata.sorted_tables
        }


@pytest.mark.parametrize("table", ["chapter", "event", "occurrence", "room"])
def test_rebuilding_a_table_keeps_every_row_that_points_at_it(sample_copy: Flask, table: str) -> None:
    with sample_copy.app_context():
        before = count_all(db.engine)
        with db.engine.connect() as connection, without_cascades(connection):
            context = MigrationContext.configure(connection, opts={"transactional_ddl": True})
            with (
                context.begin_transaction(),
                Operations(context).batch_alter_table(table, recreate="always") as batch,
            ):
                batch.add_column(Column("added", Integer, nullable=True))
            refuse_orphans(connection)
        assert count_all(db.engine) == before
        assert before["occurrence"] == 579


def test_the_number_of_a_deleted_row_is_never_used_again(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        house = make_chapter()
        gone = make_notice(house)
        db.session.commit()
        was = gone.id
        db.session.delete(gone)
        db.session.commit()
        assert make_notice(house, "Ett nytt anslag.").id > was


def test_every_table_with_numbers_counts_on(app: Flask) -> None:
    with app.app_context(), db.engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
        made = {name: sql for name, sql in told if name in db.metadata.tables}
    numbered = {name for name, table in db.metadata.tables.items() if "id" in table.primary_key.columns}
    assert {name for name, sql in made.items() if "PRIMARY KEY AUTOINCREMENT" in sql} == numbered
    assert {"event", "occurrence", "room", "notice", "change"} < numbered
    for name in numbered:
        assert "AUTOINCREMENT" in str(CreateTable(db.metadata.tables[name]).compile(dialect=sqlite.dialect()))


def test_counting_on_keeps_every_row_key_and_check(sample_copy: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "older"
    folder.mkdir()
    older = make_app(folder, folder / "khcal.db")
    add_steps(older)
    with older.app_context():
        upgrade(revision="20261123_01")
        # Rows of today have a column that later steps add.
        db.session.execute(text("ALTER TABLE chapter ADD COLUMN dropped_at BIGINT"))
        db.session.commit()
    copy_rows(sample_copy, older)
    with older.app_context():
        db.session.execute(text("ALTER TABLE chapter DROP COLUMN dropped_at"))
        db.session.commit()
        rows, shape = whole(db.engine), shape_of(db.engine)
        highest = db.session.scalars(db.select(func.max(Event.id))).one()
        gone = {"gone": str(highest + 7), "number": str(highest)}
        history = "UPDATE changed_row SET row_id = :gone WHERE table_name = 'event' AND row_id = :number"
        db.session.execute(text(history), gone)
        db.session.commit()
        rows |= {"changed_row": whole(db.engine)["changed_row"]}
        upgrade(revision="20261124_01")
        assert whole(db.engine) == rows
        assert shape_of(db.engine) == shape
        upgrade()
        with pytest.raises(IntegrityError):
            db.session.execute(text("UPDATE event SET kind = 'ingenting'"))
        db.session.rollback()
        assert make_event(db.session.get(Chapter, 1)).id == highest + 8
        db.session.rollback()
    close_app(older)


def whole(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}" ORDER BY 1, 2'))]
            for name in db.metadata.tables
        }


def shape_of(engine: Engine) -> dict[str, Any]:
    """Columns, keys, checks and indexes of every table."""
    known = inspect(engine)
    return {
        name: [
            [(each["name"], str(each["type"]), each["nullable"]) for each in known.get_columns(name)],
            known.get_pk_constraint(name)["constrained_columns"],
            *(sorted(map(repr, ask(name))) for ask in (known.get_foreign_keys, known.get_indexes)),
            *(
                sorted(map(repr, ask(name)))
                for ask in (known.get_check_constraints, known.get_unique_constraints)
            ),
        ]
        for name in db.metadata.tables
    }


def test_rows_that_would_point_at_nothing_stop_the_step(sample_copy: Flask) -> None:
    with sample_copy.app_context(), db.engine.connect() as connection, without_cascades(connection):
        connection.exec_driver_sql("DELETE FROM event")
        with pytest.raises(OrphanError):
            refuse_orphans(connection)


def test_foreign_keys_are_kept_again_after_the_steps(sample_copy: Flask) -> None:
    with sample_copy.app_context(), db.engine.connect() as connection:
        with without_cascades(connection):
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 0
            connection.rollback()
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
