"""``khcal init``: the data folder, the secret key and the newest tables. Harmless to run again."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import click

from khcal.config import Settings

from .migrating import bring_up_to_date, is_up_to_date, step_of
from .opening import Refusal, load_settings


@click.command(short_help="Gör i ordning mapp, nyckel och databas.")
def init() -> None:
    """Gör i ordning datamappen, den hemliga nyckeln och en tom databas."""
    settings = load_settings()
    make_folder(settings.data_dir)
    if not settings.secret_key:
        make_key(settings)
    # Read again: now with the key.
    settings = load_settings()
    if step_of(settings) is not None and not is_up_to_date(settings):
        raise Refusal("Databasen finns redan och hör till en annan version. Kör khcal upgrade.")
    bring_up_to_date(settings)
    click.echo(f"Klart. Allt ligger i {settings.data_dir}")


def make_folder(folder: Path) -> None:
    """Make the data folder for its owner's eyes only. Raises :class:`Refusal`."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    except OSError as fault:
        raise Refusal(f"Det går inte att skriva i mappen {folder}: {fault.strerror}.") from fault


def make_key(settings: Settings) -> None:
    """Make a secret key, once. Raises :class:`Refusal`."""
    try:
        file = os.open(settings.secret_key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as fault:
        raise Refusal(f"Det går inte att skriva {settings.secret_key_file}: {fault.strerror}.") from fault
    with open(file, "w", encoding="ascii") as key:
        key.write(secrets.token_urlsafe(48) + "\n")
