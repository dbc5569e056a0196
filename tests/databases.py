"""Databases for tests, each made once and then copied, and apps on them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copyfile
from typing import Any

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import insert, select
from werkzeug.test import TestResponse

from khcal.app import create_app
from khcal.commands.import_programme import prepare
from khcal.commands.migrating import add_steps
from khcal.config import PACKAGE, Settings
from khcal.db import Base, db
from khcal.models.importing import apply_import
from khcal.queries import fed
from khcal.web.house_pages import house_pages_of
from khcal.web.kept import kept_answers_of
from khcal.web.limits import forget_counted
from khcal.web.wall.reports import reports_of
from tests.made_once import FOLDER
from tests.moments import INSTANT

PUBLIC_URL = "https://kalender.example.org"
SETTINGS = Settings(
    database_url="sqlite://",
    secret_key=secrets.token_hex(32),
    public_url=PUBLIC_URL,
    data_dir=Path("/nonexistent"),
)


class Browser(FlaskClient):
    """A visitor that comes by the public address, so over https."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        kwargs.setdefault("base_url", self.application.extensions["khcal"].public_url)
        return super().open(*args, **kwargs)


def make_app(folder: Path, database: Path | str, **settings: object) -> Flask:
    """An app on ``database`` (a file or an address) that keeps what it keeps in ``folder``."""
    address = f"sqlite:///{database}" if isinstance(database, Path) else database
    app = create_app(replace(SETTINGS, database_url=address, data_dir=folder, **settings))  # type: ignore[arg-type]
    app.test_client_class = Browser
    # Hundreds of apps, each template compiled once; Jinja sees itself when one has changed.
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(FOLDER))
    return app


def forget_kept(app: Flask) -> None:
    """Let ``app`` build every answer anew and look at its database: it may be another one."""
    layer = kept_answers_of(app)
    layer.shelf.clear()
    layer.revisions.forget()
    reports_of(app).forget()
    fed.KNOWN.clear()
    house_pages_of(app).forget()


def at_the_moment() -> time_machine.travel:
    """Freeze time for what a shared fixture does, before a test's own clock is frozen."""
    return time_machine.travel(INSTANT, tick=False)


def close_app(app: Flask) -> None:
    """Give back every connection of ``app``."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


class SharedApp:
    """One app for many tests, one after the other, each with a database and a folder of its own.

    Making an app costs more than most tests do with it. Nobody may change it: that is checked.
    """

    def __init__(self, folder: Path, database: str = "", **settings: object) -> None:
        # The app keeps what it keeps behind this link, which leads to the folder of the test at hand.
        self._link = folder / "current"
        self.app = make_app(self._link, database or self._link / "khcal.db", **settings)
        self._set = _settings_of(self.app)

    @contextmanager
    def lent(self, folder: Path) -> Iterator[Flask]:
        """The app for one test that owns ``folder`` and has put its database there."""
        self._link.unlink(missing_ok=True)
        self._link.symlink_to(folder)
        # An answer that nobody waited for may have opened the database of the test before once more.
        close_app(self.app)
        forget_counted()
        forget_kept(self.app)
        yield self.app
        close_app(self.app)
        assert _settings_of(self.app) == self._set, "A test changed the shared app: use make_app."


def _settings_of(app: Flask) -> tuple[object, ...]:
    """All that a test could leave behind in an app."""
    hooks = (app.before_request_funcs, app.after_request_funcs, app.teardown_request_funcs)
    counted = [sum(map(len, hook.values())) for hook in hooks]
    return dict(app.config), list(app.url_map.iter_rules()), dict(app.view_functions), counted


def migrate(app: Flask) -> None:
    """Bring an empty database to today's tables, as ``khcal init`` does."""
    add_steps(app)
    with app.app_context():
        upgrade()
    close_app(app)


def make_empty(folder: Path) -> Path:
    """A migrated database with no rows, in ``folder``."""
    migrate(make_app(folder, folder / "khcal.db"))
    return folder / "khcal.db"


def make_sample(empty: Path, folder: Path) -> Path:
    """A copy of ``empty`` in ``folder`` with the whole sample programme, imported at the tests' moment."""
    file = copy_of(empty, folder)
    app = make_app(folder, file)
    with at_the_moment():
        import_sample(app)
    close_app(app)
    return file


def import_sample(app: Flask) -> None:
    """Read the sample programme into ``app``'s empty database, as ``khcal import`` does."""
    files = [PACKAGE / "sample" / name for name in ("chapters.json", "programme.csv")]
    with app.app_context():
        plan = prepare(db.session(), [(file, file.read_bytes()) for file in files])
        apply_import(db.session(), plan)
        db.session.commit()


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
            if rows[table]:
                in_order = sorted(rows[table], key=lambda row: row.get("sibling_id") is not None)
                connection.execute(insert(table), in_order)
