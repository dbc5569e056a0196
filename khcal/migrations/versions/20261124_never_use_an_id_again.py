"""Never give the number of a deleted row to another one: SQLite did, PostgreSQL never does."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "20261124_01"
down_revision = "20261123_01"
branch_labels = None
depends_on = None

_ID = re.compile(r'(?<=[\s(])"?id"? INTEGER NOT NULL(?=\s*,)')
_KEY = re.compile(r',\s*CONSTRAINT "?pk_\w+"? PRIMARY KEY \("?id"?\)')
_NAME = re.compile(r'\ACREATE TABLE\s+("?)(\w+)\1')


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    tables = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all()
    for name, told in tables:
        if _ID.search(told) and _KEY.search(told):
            _rebuild(connection, name, told)


def downgrade() -> None:
    # The tables work as they are, and no number is used again by it.
    pass


def _rebuild(connection: sa.Connection, name: str, told: str) -> None:
    """Copy the table row by row into one that counts on, with its checks, keys and indexes as they were."""
    beside = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL", (name,)
    ).scalars()
    indexes = list(beside)
    counting = _KEY.sub("", _ID.sub("id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", told, count=1), count=1)
    connection.exec_driver_sql(_NAME.sub(f'CREATE TABLE "new_{name}"', counting, count=1))
    connection.exec_driver_sql(f'INSERT INTO "new_{name}" SELECT * FROM "{name}"')
    connection.exec_driver_sql(f'DROP TABLE "{name}"')
    connection.exec_driver_sql(f'ALTER TABLE "new_{name}" RENAME TO "{name}"')
    for index in indexes:
        connection.exec_driver_sql(index)
    _count_from_the_highest(connection, name)


def _count_from_the_highest(connection: sa.Connection, name: str) -> None:
    """The history may know of higher numbers, of rows that are gone."""
    highest = connection.exec_driver_sql(f'SELECT coalesce(max(id), 0) FROM "{name}"').scalar_one()
    known = "SELECT coalesce(max(CAST(row_id AS INTEGER)), 0) FROM changed_row WHERE table_name = ?"
    highest = max(highest, connection.exec_driver_sql(known, (name,)).scalar_one())
    connection.exec_driver_sql("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
    connection.exec_driver_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (name, highest))
