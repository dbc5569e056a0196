"""``khcal upgrade``: a copy first, then the steps that a newer program's tables and words need."""

from __future__ import annotations

import click

from khcal.calendaring import clock
from khcal.config import Settings

from .backup import make_backup
from .migrating import bring_up_to_date, knows, newest_step, step_of
from .opening import Refusal, load_settings
from .rewording import count_reworded, tell_reworded
from .running import without_servers


@click.command(short_help="Ställ om databasen till en ny version.")
def upgrade() -> None:
    """Ställ om databasen till den version av khcal som är installerad. En säkerhetskopia görs först."""
    settings = load_settings()
    clock.start_at(settings.now)
    step = step_of(settings)
    if step is not None and not knows(step):
        raise Refusal("Databasen hör till en nyare khcal. Uppgradera programmet först.")
    if step == newest_step() and not count_reworded(settings):
        click.echo("Databasen är redan aktuell.")
        return
    with without_servers(settings):
        told = _bring_up_to_date(settings, is_new=step is None)
    click.echo("Databasen är omställd.")
    if told:
        click.echo(f"Tillfällen med ny text i kalenderfilerna: {told}. Telefoner och datorer hämtar den.")


def _bring_up_to_date(settings: Settings, *, is_new: bool) -> int:
    """Returns how many dates are told anew. A server of the version before would tell them in old words."""
    if not is_new:
        click.echo(f"Säkerhetskopia: {make_backup(settings, word='before-upgrade')}")
    bring_up_to_date(settings)
    return tell_reworded(settings)
