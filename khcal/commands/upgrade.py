"""``khcal upgrade``: a copy first, then the steps that a newer program's tables and words need."""

from __future__ import annotations

import click

from khcal.calendaring import clock

from .backup import make_backup
from .migrating import bring_up_to_date, is_up_to_date, knows, step_of
from .opening import Refusal, load_settings
from .running import without_servers


@click.command(short_help="Ställ om databasen till en ny version.")
def upgrade() -> None:
    """Ställ om databasen till den version av khcal som är installerad. En säkerhetskopia görs först."""
    settings = load_settings()
    clock.start_at(settings.now)
    step = step_of(settings)
    if step is not None and not knows(step):
        raise Refusal("Databasen hör till en nyare khcal. Uppgradera programmet först.")
    if is_up_to_date(settings):
        click.echo("Databasen är redan aktuell.")
        return
    with without_servers(settings):
        if step is not None:
            click.echo(f"Säkerhetskopia: {make_backup(settings, word='before-upgrade')}")
        told = bring_up_to_date(settings)
    click.echo("Databasen är omställd.")
    if told:
        click.echo(f"Tillfällen med ny text i kalenderfilerna: {told}. Telefoner och datorer hämtar den.")
