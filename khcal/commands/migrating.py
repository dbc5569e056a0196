"""The steps of the tables: at which one a database is, and how it comes to this version's tables and words.

Only commands take steps, so only they load what takes them: a server starts a fifth of a second sooner.
"""

from __future__ import annotations

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, upgrade

from khcal.app import create_app
from khcal.config import PACKAGE, Settings
from khcal.db import db, reading
from khcal.models.bookkeeping import tell_anew
from khcal.models.sequences import is_told_otherwise

from .opening import opened

MIGRATIONS = PACKAGE / "migrations"


def add_steps(app: Flask) -> None:
    """Tell ``app`` where its steps are and how they are written."""
    Migrate(app, db, directory=str(MIGRATIONS), render_as_batch=True, compare_type=True)


def create_app_with_steps() -> Flask:
    """What ``flask db`` works on while one writes a new step, see CONTRIBUTING."""
    app = create_app()
    add_steps(app)
    return app


def bring_up_to_date(settings: Settings) -> int:
    """Take every step that the database lacks, all or none, and tell anew what this version words otherwise.

    Phones fetch a date again only when its number or stamp is higher; returns how many dates were raised. No
    server may run: one of the version before would tell the old words under the new number.
    """
    with opened(settings) as app:
        add_steps(app)
        upgrade()
        told = tell_anew(db.session())
        db.session.commit()
    return told


def is_up_to_date(settings: Settings) -> bool:
    """Whether the database has the tables and the words of this version."""
    if step_of(settings) != newest_step():
        return False
    with opened(settings), reading():
        return not is_told_otherwise(db.session())


def step_of(settings: Settings) -> str | None:
    """The step that the database is at; ``None`` for one without tables."""
    with opened(settings), db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest_step() -> str | None:
    """The newest step that this program knows."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def knows(step: str) -> bool:
    """Whether this program knows that step; those of a newer program are unknown to it."""
    known = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    return step in {script.revision for script in known}
