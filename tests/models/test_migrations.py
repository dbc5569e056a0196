"""The steps lead to the tables of the models, on both engines, and back."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import Column, Engine, Integer, func, inspect, select

from khcal.commands.migrating import add_steps
from khcal.db import db
from khcal.migrations.rebuilding import OrphanError, refuse_orphans, without_cascades


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
