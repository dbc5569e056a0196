"""The steps lead to the tables of the models, on both engines, and back."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from khcal.db import db


def test_an_upgraded_empty_database_has_the_tables_of_the_models(any_engine_app: Flask) -> None:
    with any_engine_app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_the_first_step_can_be_taken_back(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert "listing" in inspect(db.engine).get_table_names()
