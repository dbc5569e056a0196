"""The steps of the tables: at which one a database is, and how it comes to the newest."""

from __future__ import annotations

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import upgrade

from khcal.app import MIGRATIONS
from khcal.config import Settings
from khcal.db import db

from .opening import opened


def bring_up_to_date(settings: Settings) -> None:
    """Take every step that the database lacks, all or none."""
    with opened(settings):
        upgrade()


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
