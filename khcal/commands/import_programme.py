"""``khcal import``: houses and programme from files, all or nothing, with a report in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import clock
from khcal.calendaring.fault import Fault
from khcal.calendaring.import_plan import ImportPlan, plan_import
from khcal.calendaring.import_values import Stored
from khcal.calendaring.limits import BY_COMMAND
from khcal.calendaring.programme_rows import KnownHouse, ProgrammeRow, slug_now
from khcal.calendaring.reading_chapters import HouseFacts, read_chapters, read_school_breaks
from khcal.calendaring.reading_csv import read_programme
from khcal.config import PACKAGE
from khcal.db import db, reading
from khcal.i18n import _, ngettext
from khcal.models.importing import apply_import, load_stored

from .import_report import report_lines
from .opening import Refusal, load_settings, opened

SCHOOL_BREAKS = PACKAGE / "sample" / "school_breaks.json"


@dataclass
class Input:
    """What the files say: houses, rows and faults, each fault with the name of its file."""

    houses: list[HouseFacts] = field(default_factory=list)
    rows: list[ProgrammeRow] = field(default_factory=list)
    faults: list[tuple[str, Fault]] = field(default_factory=list)


@click.command("import", short_help="Läs in hus och program från filer.")
@click.argument("files", metavar="FIL…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Berätta vad som skulle hända, utan att skriva något.")
def import_programme(files: tuple[Path, ...], dry_run: bool) -> None:
    """Läs in hus (JSON) och program (CSV). Husen läses först.

    Är något fel i någon av filerna skrivs ingenting. Läser du in samma fil igen blir inget dubbelt,
    och det som någon har ändrat i kalendern står kvar.
    """
    contents = [(file, _bytes_of(file)) for file in files]
    with opened(load_settings()):
        plan = _tried(contents) if dry_run else _done(contents)
        for line in report_lines(plan, dry_run):
            click.echo(line)


def _tried(contents: Sequence[tuple[Path, bytes]]) -> ImportPlan:
    with reading():
        return prepare(db.session(), contents)


def _done(contents: Sequence[tuple[Path, bytes]]) -> ImportPlan:
    plan = prepare(db.session(), contents)
    try:
        apply_import(db.session(), plan)
        db.session.commit()
    except (IntegrityError, StaleDataError):
        raise Refusal(_("Någon ändrade i kalendern samtidigt. Inget är inläst. Läs in igen.")) from None
    return plan


def prepare(session: Session, contents: Sequence[tuple[Path, bytes]]) -> ImportPlan:
    """What the files would change. Raises :class:`Refusal`, listing every fault, if any is at fault."""
    known = load_stored(session, ())
    given = read_files(contents, known)
    if given.faults:
        raise Refusal("\n".join(_fault_lines(given.faults)))
    houses = {house for row in given.rows for house in row.houses}
    stored = load_stored(session, houses) if houses else known
    return plan_import(given.houses, given.rows, stored, clock.wall_now())


def read_files(contents: Sequence[tuple[Path, bytes]], stored: Stored) -> Input:
    """Everything in the files, houses first, so that the programme may name a house of this very import."""
    breaks = read_school_breaks(SCHOOL_BREAKS.read_bytes())
    given = Input()
    chapters = [(file, data) for file, data in contents if _is_json(file, data)]
    programmes = [(file, data) for file, data in contents if not _is_json(file, data)]
    for file, data in chapters:
        houses = read_chapters(data, breaks)
        known = stored.known_houses().values()
        given.houses.extend(replace(house, slug=slug_now(house.slug, known)) for house in houses.houses)
        given.faults.extend((file.name, fault) for fault in houses.faults)
    for file, data in programmes:
        programme = read_programme(data, _known_houses(stored, given.houses), BY_COMMAND)
        given.rows.extend(programme.rows)
        given.faults.extend((file.name, fault) for fault in programme.faults)
    given.faults.extend(_in_two_files(given))
    return given


def _bytes_of(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            return source.read(BY_COMMAND.bytes + 1)
    except OSError as error:
        raise Refusal(
            _("Det går inte att läsa {file}: {why}.").format(file=file, why=error.strerror)
        ) from None


def _is_json(file: Path, data: bytes) -> bool:
    return file.suffix.casefold() == ".json" or data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))


def _known_houses(stored: Stored, houses: Iterable[HouseFacts]) -> list[KnownHouse]:
    told = (KnownHouse(house.slug, house.short_name, house.city) for house in houses)
    return [*stored.known_houses().values(), *(house for house in told if house.slug not in stored.houses)]


def _in_two_files(given: Input) -> Iterable[tuple[str, Fault]]:
    keys = Counter((row.houses[0], row.key) for row in given.rows)
    slugs = Counter(house.slug for house in given.houses)
    for house, key in sorted(pair for pair, times in keys.items() if times > 1):
        message = _("Raden finns i två av filerna. Läs in dem var för sig, eller ge den ena ett eget id.")
        yield house, Fault(0, "id", message, key)
    for slug in sorted(slug for slug, times in slugs.items() if times > 1):
        yield slug, Fault(0, "slug", _("Huset finns i två av filerna. Läs in dem var för sig."))


def _fault_lines(faults: Sequence[tuple[str, Fault]]) -> Iterable[str]:
    for name, fault in faults:
        yield f"{name}, {fault}" if fault.where else f"{name}: {fault}"
    yield ""
    yield ngettext(
        "Inget är inläst. Rätta felet och läs in igen.",
        "Inget är inläst. Rätta de {number} felen och läs in igen.",
        len(faults),
    ).format(number=len(faults))
