"""Copies of a SQLite database: made from one moment while others write, and proven by reading back."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

MAGIC = b"SQLite format 3\0"
# What SQLite keeps beside a database; played back into another one it would ruin it.
COMPANIONS = ("-wal", "-shm", "-journal")

Census = dict[str, str]


class CopyError(RuntimeError):
    """A copy could not be made or is not sound; the message is a Swedish sentence."""


def connect(file: Path) -> sqlite3.Connection:
    """Open an existing database file, without beginning anything."""
    address = f"file:{quote(str(file))}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=10, isolation_level=None)


def copy_database(source: Path, target: Path) -> Census:
    """Write what ``source`` holds at one moment to the new file ``target`` (mode 0600), one file alone.

    Returns the census that the copy was proven against. Raises :class:`CopyError`.
    """
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(connect(source)) as live, closing(connect(part)) as copy:
            live.execute("BEGIN")
            before = census(live)
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        if sound_census(part) != before:
            raise CopyError("Kopian stämmer inte med databasen. Försök igen.")
        keep_on_disk(part)
        part.rename(target)
        keep_on_disk(target.parent)
    except sqlite3.Error as fault:
        raise CopyError(f"Databasen går inte att kopiera: {fault}.") from fault
    finally:
        part.unlink(missing_ok=True)
    return before


def sound_census(file: Path) -> Census:
    """The census of a database that is whole. Raises :class:`CopyError` when it is damaged."""
    try:
        with closing(connect(file)) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check")]
            loose = database.execute("PRAGMA foreign_key_check").fetchall()
            if said != ["ok"] or loose:
                raise CopyError(f"Filen {file.name} är skadad.")
            return census(database)
    except sqlite3.Error as fault:
        raise CopyError(f"Filen {file.name} är skadad: {fault}.") from fault


def census(database: sqlite3.Connection) -> Census:
    """For each table how many rows it has and a digest of all of them, and one of the tables themselves."""
    schema = database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()
    names = [name for kind, name, _ in schema if kind == "table"]
    return {name: _rows(database, name) for name in names} | {
        "": hashlib.sha256(repr(schema).encode()).hexdigest()
    }


def _rows(database: sqlite3.Connection, table: str) -> str:
    count, digest = 0, hashlib.sha256()
    for row in database.execute(f'SELECT * FROM "{table}" ORDER BY rowid'):
        count += 1
        digest.update(repr(row).encode())
    return f"{count} {digest.hexdigest()}"


def keep_on_disk(path: Path) -> None:
    """Wait until a file, or what a folder lists, is on the disk itself."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
