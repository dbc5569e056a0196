"""What keeps rows safe while SQLite rebuilds a table: there, a step copies a table and drops the old one.

With foreign keys on, the drop would take every row that points at the table with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection


class OrphanError(RuntimeError):
    """A step would leave rows that point at nothing; the database is left as it was."""


@contextmanager
def without_cascades(connection: Connection) -> Iterator[None]:
    """Switch foreign keys off for the steps, on SQLite; the setting heeds no call inside a transaction."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver: Any = connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def refuse_orphans(connection: Connection) -> None:
    """Look for rows that lost what they point at. Raises :class:`OrphanError` before anything is kept."""
    if connection.dialect.name != "sqlite":
        return
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise OrphanError(f"{len(orphans)} rows of {orphans[0][0]} and others would point at nothing.")
