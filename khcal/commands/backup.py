"""``khcal backup``: a copy of the whole database from one moment, proven by reading it back."""

from __future__ import annotations

import stat
from pathlib import Path

import click

from khcal.calendaring import clock
from khcal.config import Settings

from .opening import Refusal, database_file, load_settings
from .postgresql_copy import dump
from .sqlite_copy import CopyError, copy_database

FOLDER = "backups"


@click.command(short_help="Gör en säkerhetskopia.")
@click.argument("file", metavar="[FIL]", required=False, type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path | None) -> None:
    """Gör en säkerhetskopia av hela databasen, också medan khcal är igång.

    Utan FIL läggs den i mappen backups bland khcals data.
    """
    settings = load_settings()
    clock.start_at(settings.now)
    made = make_backup(settings, file)
    click.echo(f"Säkerhetskopian är gjord och kontrollerad: {made}")


def make_backup(settings: Settings, file: Path | None = None, word: str = "khcal") -> Path:
    """Write and prove a copy, in ``backups`` unless ``file`` says where. Raises :class:`Refusal`."""
    source = database_file(settings)
    target = file.absolute() if file else unused_name(settings, word, ".dump" if source is None else ".db")
    if target.exists():
        raise Refusal(f"{target} finns redan. Välj ett annat namn.")
    if source is not None and not source.is_file():
        raise Refusal(f"Det finns ingen databas i {source}. Kör khcal init först.")
    try:
        if source is None:
            dump(settings.database_url, target)
        else:
            copy_database(source, target)
    except CopyError as fault:
        raise Refusal(str(fault)) from fault
    except OSError as fault:
        raise Refusal(f"Det går inte att skriva {target}: {fault.strerror}.") from fault
    return target


def unused_name(settings: Settings, word: str, ending: str) -> Path:
    """A name in ``backups`` with this moment's time. Raises :class:`Refusal` if the folder can't be made."""
    folder = settings.data_dir / FOLDER
    try:
        folder.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    except OSError as fault:
        raise Refusal(f"Det går inte att skriva i mappen {folder}: {fault.strerror}.") from fault
    stem = f"{word}-{clock.wall_now():%Y-%m-%d-%H%M%S}"
    names = (folder / f"{stem}{mark}{ending}" for mark in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(name for name in names if not name.exists())
