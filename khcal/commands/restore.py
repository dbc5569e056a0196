"""``khcal restore``: put a copy back, keep what it replaces, and count on from the highest numbers."""

from __future__ import annotations

import dataclasses
import os
import shutil
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from khcal.calendaring import clock
from khcal.config import Settings
from khcal.db import db

from . import postgresql_copy, sqlite_copy
from .backup import make_backup, unused_name
from .high_water import HighWater, above, high_water_of, raising, read_high_water
from .migrating import bring_up_to_date, knows, step_of
from .opening import Refusal, database_file, load_settings, opened
from .postgresql_copy import restore as put_back
from .postgresql_copy import rows_of_dump
from .running import without_servers
from .sqlite_copy import COMPANIONS, CopyError, connect, keep_on_disk, sound_census

_COUNTED = ("chapter", "occurrence", "alembic_version")


@click.command(short_help="Läs in en säkerhetskopia.")
@click.argument("file", metavar="FIL", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def restore(file: Path) -> None:
    """Läs in en säkerhetskopia i stället för den databas som finns. Stoppa khcal först.

    Den databas som fanns sparas i mappen backups.
    """
    settings = load_settings()
    clock.start_at(settings.now)
    with without_servers(settings):
        kept = restore_copy(settings, file)
    click.echo(f"Säkerhetskopian {file} är inläst.")
    if kept:
        click.echo(f"Det som fanns före ligger kvar i {kept}")


def restore_copy(settings: Settings, file: Path) -> Path | None:
    """Put ``file`` in place of the database; what it replaced lies where the answer says.

    Raises :class:`Refusal` with the database untouched.
    """
    target = database_file(settings)
    try:
        _expect(file, postgresql_copy.MAGIC if target is None else sqlite_copy.MAGIC)
        if target is None:
            return _restore_postgresql(settings, file)
        return _restore_sqlite(settings, target, file)
    except CopyError as fault:
        raise Refusal(str(fault)) from fault
    except OSError as fault:
        raise Refusal(f"Det gick inte att läsa in {file}: {fault.strerror}.") from fault


def _restore_sqlite(settings: Settings, target: Path, file: Path) -> Path | None:
    """Make the new database ready beside the old one; only then exchange them."""
    replaced = _read_numbers(settings) if target.exists() else None
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".restore-", dir=target.parent) as folder:
        new = Path(folder, target.name)
        shutil.copyfile(file, new)
        new.chmod(0o600)
        sound_census(new)
        staged = dataclasses.replace(settings, database_url=f"sqlite:///{new}")
        _check_step(step_of(staged))
        _raise_numbers(staged, replaced)
        _take_into_use(staged)
        _make_one_file(new)
        sound_census(new)
        keep_on_disk(new)
        kept = _set_aside(settings, target)
        new.replace(target)
        keep_on_disk(target.parent)
    return kept


def _make_one_file(file: Path) -> None:
    """Take up into the database what may lie beside it, so that it can be moved alone."""
    with closing(connect(file)) as database:
        database.execute("PRAGMA journal_mode=DELETE")


def _set_aside(settings: Settings, database: Path) -> Path | None:
    """Keep the old database and take away what SQLite has beside it, which is not the new one's.

    The old one stays in its place until the new one takes it, so that there always is a database.
    """
    beside = [database.with_name(database.name + ending) for ending in COMPANIONS]
    found = [file for file in (database, *beside) if file.exists()]
    if not found:
        return None
    folder = unused_name(settings, "before-restore", "")
    folder.mkdir(mode=0o700)
    for file in found:
        os.link(file, folder / file.name)
        if file != database:
            file.unlink()
    return folder


def _restore_postgresql(settings: Settings, file: Path) -> Path:
    rows = [(table, row) for table, row in rows_of_dump(file) if table in _COUNTED]
    houses, dates, steps = ([row for table, row in rows if table == name] for name in _COUNTED)
    _check_step(next((row["version_num"] for row in steps), None))
    kept = make_backup(settings, word="before-restore")
    numbers = above(high_water_of(dates, houses), _read_numbers(settings))
    put_back(settings.database_url, file, raising(numbers))
    _take_into_use(settings)
    return kept


def _take_into_use(settings: Settings) -> None:
    """Take what the copy lacks of tables and words; feeds have lost what was published since."""
    bring_up_to_date(settings)
    with opened(settings), db.engine.begin() as connection:
        connection.execute(text("UPDATE chapter SET dropped_at = changed_at"))


def _check_step(step: str | None) -> None:
    if step is None:
        raise Refusal("Filen är ingen säkerhetskopia från khcal.")
    if not knows(step):
        raise Refusal("Säkerhetskopian är gjord av en nyare khcal. Uppgradera programmet först.")


def _read_numbers(settings: Settings) -> HighWater | None:
    """The highest numbers of a database; ``None`` when it is not there, empty or can't be read."""
    try:
        with opened(settings), db.engine.connect() as connection:
            return read_high_water(connection)
    except (Refusal, DatabaseError):
        return None


def _raise_numbers(staged: Settings, replaced: HighWater | None) -> None:
    with opened(staged), db.engine.begin() as connection:
        for statement in raising(above(read_high_water(connection), replaced)):
            connection.execute(text(statement))


def _expect(file: Path, magic: bytes) -> None:
    with file.open("rb") as lines:
        if lines.read(len(magic)) != magic:
            raise Refusal(f"{file} är ingen säkerhetskopia av en sådan databas som khcal använder här.")
