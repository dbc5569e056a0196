"""``khcal doctor``: looks for what is unsafe or untrue and says each finding in one sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import click

from khcal.config import Settings
from khcal.db import db, reading, wal_is_safe
from khcal.models.bookkeeping import listing_differences, recompute_listing
from khcal.models.purging import purge_images

from .certificate import certificate_faults
from .migrating import is_up_to_date
from .opening import Refusal, database_file, load_settings, opened
from .sqlite_copy import COMPANIONS, CopyError, connect, sound_census


@click.command(short_help="Kontrollera att allt är säkert och rätt.")
@click.option("--mend", is_flag=True, help="Rätta det som kan räknas fram på nytt.")
@click.option("--certificate", is_flag=True, help="Kontrollera certifikatet på den publika adressen också.")
def doctor(mend: bool, certificate: bool) -> None:
    """Kontrollera att allt är säkert och rätt. Slutar med 1 om något är fel."""
    settings = load_settings()
    if mend:
        mend_listing(settings)
    findings = examine(settings) + (list(certificate_faults(settings)) if certificate else [])
    for finding in findings:
        click.echo(finding)
    if findings:
        raise SystemExit(1)
    click.echo("Allt är i ordning.")


def examine(settings: Settings) -> list[str]:
    """Every finding, as Swedish sentences; empty when all is well."""
    found = [*_key(settings), *_address(settings), *_clock(settings), *_modes(settings)]
    database = [*_database_file(settings)]
    return found + (database or [*_tables(settings)])


def mend_listing(settings: Settings) -> None:
    """Compute anew what is derived; forget what was kept long enough.

    Raises :class:`Refusal` if the database does not answer.
    """
    with opened(settings):
        recompute_listing(db.session())
        purge_images(db.session())
        db.session.commit()


def _key(settings: Settings) -> Iterator[str]:
    if fault := settings.key_fault():
        yield fault


def _address(settings: Settings) -> Iterator[str]:
    if not settings.is_secure and not settings.is_loopback:
        yield (
            f"KHCAL_PUBLIC_URL är {settings.public_url}. Utan https kan andra läsa inloggningen: "
            "kakan skickas oskyddad."
        )


def _clock(settings: Settings) -> Iterator[str]:
    if settings.now is not None and not settings.demo:
        yield "KHCAL_NOW är satt, så klockan går fel. Den är bara till för prov och demonstrationer."
    if settings.demo and not settings.is_loopback:
        yield "KHCAL_DEMO är satt, så sidorna säger att programmet är påhittat."


def _modes(settings: Settings) -> Iterator[str]:
    """Folders and files with what must not be read by others on the machine."""
    if not settings.data_dir.is_dir():
        yield f"Mappen {settings.data_dir} finns inte. Kör khcal init."
        return
    database = database_file(settings)
    files = [database.with_name(database.name + ending) for ending in ("", *COMPANIONS)] if database else []
    for path in (settings.data_dir, settings.secret_key_file, *files):
        if path.exists() and path.stat().st_mode & 0o077:
            yield f"Andra på datorn kommer åt {path}. Skriv: chmod go= {path}"


def _database_file(settings: Settings) -> Iterator[str]:
    """Whether a SQLite file is there, whole, and kept in a way that this SQLite is safe with."""
    file = database_file(settings)
    if file is None:
        return
    if not file.is_file():
        yield f"Det finns ingen databas i {file}. Kör khcal init."
        return
    try:
        sound_census(file)
        with closing(connect(file)) as database:
            mode = database.execute("PRAGMA journal_mode").fetchone()[0]
    except CopyError as fault:
        yield f"Databasen är skadad. Läs in en säkerhetskopia med khcal restore. ({fault})"
        return
    if mode == "wal" and not wal_is_safe():
        yield (
            f"Databasen använder WAL, och SQLite {sqlite3.sqlite_version} kan då skada den. "
            "Starta om khcal, så byts det."
        )


def _tables(settings: Settings) -> Iterator[str]:
    try:
        if not is_up_to_date(settings):
            yield "Databasen hör till en annan version av khcal. Kör khcal upgrade."
            return
        with opened(settings), reading():
            missing, wrong = listing_differences(db.session())
    except Refusal as fault:
        yield str(fault)
        return
    if missing or wrong:
        yield (
            f"Listan över dagar stämmer inte: {len(missing)} rader saknas och {len(wrong)} är för många. "
            "Kör khcal doctor --mend."
        )
