"""Databases for tests, each made once and then copied, and apps on them."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, select

from khcal.app import create_app
from khcal.config import Settings
from khcal.db import Base, db

PUBLIC_URL = "https://kalender.example.org"
SETTINGS = Settings(
    database_url="sqlite://",
    secret_key=secrets.token_hex(32),
    public_url=PUBLIC_URL,
    data_dir=Path("/nonexistent"),
)


def make_app(folder: Path, database: Path | str, **settings: object) -> Flask:
    """An app on ``database`` (a file or an address) that keeps what it keeps in ``folder``."""
    address = f"sqlite:///{database}" if isinstance(database, Path) else database
    return create_app(replace(SETTINGS, database_url=address, data_dir=folder, **settings))  # type: ignore[arg-type]


def close_app(app: Flask) -> None:
    """Give back every connection of ``app``."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def migrate(app: Flask) -> None:
    """Bring an empty database to today's tables, as ``khcal init`` does."""
    with app.app_context():
        upgrade()
    close_app(app)


def copy_of(file: Path, folder: Path) -> Path:
    """A copy of a database file that nobody has open."""
    copy = folder / "khcal.db"
    copyfile(file, copy)
    return copy


def copy_rows(source: Flask, target: Flask) -> None:
    """Put every row of ``source``'s database into ``target``'s empty one."""
    tables = Base.metadata.sorted_tables
    with source.app_context(), db.engine.connect() as connection:
        rows = {
            table: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables
        }
    with target.app_context(), db.engine.begin() as connection:
        for table in tables:
            for row in sorted(rows[table], key=lambda row: row.get("sibling_id") is not None):
                connection.execute(insert(table), row)
