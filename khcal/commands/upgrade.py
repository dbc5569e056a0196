"""``khcal upgrade``: a copy first, then the steps that a newer program's tables and words need."""

from __future__ import annotations

import click

from khcal.calendaring import clock
from khcal.config import Settings
from khcal.db import db
from khcal.models.bookkeeping import tell_anew

from .backup import make_backup
from .migrating import bring_up_to_date, knows, newest_step, step_of
from .opening import Refusal, load_settings, opened
from .running import without_servers


@click.command(short_help="Ställ om databasen till en ny version.")
def upgrade() -> None:
    """Ställ om databasen till den version av khcal som är installerad. En säkerhetskopia görs först."""
    settings = load_settings()
    clock.start_at(settings.now)
    step = step_of(settings)
    if step == newest_step():
        click.echo("Databasen är redan aktuell.")
    else:
        _take_steps(settings, step)
    if told := _tell_anew(settings):
        click.echo(f"Tillfällen som kalenderfilerna nu skriver med andra ord: {told}. De hämtas på nytt.")


def _take_steps(settings: Settings, step: str | None) -> None:
    """Raises :class:`Refusal` when the database is newer than the program."""
    if step is not None:
        if not knows(step):
            raise Refusal("Databasen hör till en nyare khcal. Uppgradera programmet först.")
        click.echo(f"Säkerhetskopia: {make_backup(settings, word='before-upgrade')}")
    with without_servers(settings):
        bring_up_to_date(settings)
    click.echo("Databasen är omställd.")


def _tell_anew(settings: Settings) -> int:
    """Phones fetch a date again only when its number is higher; returns how many got one."""
    with opened(settings):
        told = tell_anew(db.session())
        db.session.commit()
    return told
