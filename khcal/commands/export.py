"""``khcal export``: the programme of one house or of all as a file that ``khcal import`` reads again."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from sqlalchemy import select

from khcal.db import db, reading
from khcal.i18n import gettext as _
from khcal.models import Chapter
from khcal.models.exporting import export_programme

from .opening import Refusal, load_settings, opened


@click.command("export", short_help="Skriv programmet till en fil.")
@click.argument("houses", metavar="[HUS…]", nargs=-1)
@click.option(
    "--out", metavar="FIL", type=click.Path(path_type=Path), help="Filen att skriva, annars skärmen."
)
def export(houses: tuple[str, ...], out: Path | None) -> None:
    """Skriv programmet för ett eller flera hus, eller för alla, som en csv-fil.

    Filen har anteckningar och utkast med, så den är bara för personalen. Den går att läsa in igen med
    khcal import, och att öppna i Excel. Husets egna uppgifter står inte i den, inte heller ”Plats ledig i
    dag”, som bara gäller den dagen.
    """
    with opened(load_settings()), reading():
        data = export_programme(db.session(), _known(houses))
    if out is None:
        sys.stdout.buffer.write(data)
        return
    try:
        with out.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise Refusal(_("{file} finns redan. Välj ett annat namn.").format(file=out)) from None
    except OSError as error:
        raise Refusal(
            _("Det går inte att skriva {file}: {why}.").format(file=out, why=error.strerror)
        ) from None
    click.echo(_("{file} är skriven.").format(file=out))


def _known(wanted: tuple[str, ...]) -> list[str]:
    slugs = list(db.session.scalars(select(Chapter.slug).order_by(Chapter.id)))
    for slug in wanted:
        if slug not in slugs:
            told = _("{slug} är inget hus. De som finns är: {slugs}.")
            raise Refusal(told.format(slug=slug, slugs=", ".join(slugs)))
    return list(wanted) or slugs
