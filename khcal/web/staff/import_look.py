"""Everything that the table of an import shows, worked out anew for each request; nothing is saved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from khcal import permissions
from khcal.calendaring import calendar_rows, clock, table_rows
from khcal.calendaring.column_mapping import Sheet, suggest, unknown_columns
from khcal.calendaring.fault import Fault
from khcal.calendaring.import_plan import ImportPlan, plan_import
from khcal.calendaring.import_table import IS_DONE, TableRow, digest, is_worth_planning, outcomes
from khcal.calendaring.import_values import Stored, StoredEvent, room_like
from khcal.calendaring.import_words import AS_PLACE, NEW_ROOM, Known, Word
from khcal.calendaring.place_cells import join_rooms
from khcal.calendaring.programme_rows import ProgrammeRow
from khcal.calendaring.table_rows import Cells, Reading
from khcal.calendaring.terms import (
    AUDIENCE_WORDS,
    FORM_WORDS,
    KIND_WORDS,
    SIGNUP_WORDS,
    Audience,
    Form,
    Kind,
    Signup,
)
from khcal.db import db
from khcal.forms.imports import AnswersForm, answers_form
from khcal.i18n import gettext as _
from khcal.models.importing import load_stored
from khcal.queries import HousePage

from .import_content import Content
from .people import person


@dataclass(frozen=True)
class ImportLook:
    """The table: its ``rows``, the ``form`` with what words mean, and what was left aside."""

    content: Content
    form: AnswersForm
    rows: Sequence[TableRow]
    plan: ImportPlan
    stored: Stored
    digest: str
    slug: str
    unused: Sequence[str] = ()

    def of(self, *wanted: str) -> list[TableRow]:
        """The rows with one of these outcomes."""
        return [row for row in self.rows if row.outcome in wanted]

    def plan_for(self, keys: Collection[str], taken: Collection[str]) -> ImportPlan:
        """The plan for the ticked rows alone."""
        chosen = [row.row for row in self.rows if row.row is not None and row.key and row.key in keys]
        return plan_import([], chosen, self.stored, clock.wall_now(), taken, self.slug)

    @property
    def has_work(self) -> bool:
        """Whether anything could be done."""
        return any(row.outcome in IS_DONE for row in self.rows)

    @property
    def new_rooms(self) -> list[str]:
        """Rooms that the house gets."""
        return [room.name for room in self.plan.rooms if not room.was]


def look(
    page: HousePage, content: Content, sent: Mapping[str, Any] | None, taken: Collection[str]
) -> ImportLook:
    """What becomes of the content with the answers in ``sent``, or with what is suggested."""
    stored = _own(load_stored(db.session(), [page.house.slug]), page.house.slug)
    known = _known(page, stored, content)
    form, readings = _read(content, sent, known, stored)
    there = {key for event in stored.events for key in (event.key, event.uid)}
    readings = [_without_hiding(_checked(reading, page, stored), there) for reading in readings]
    is_own = content.sheet is not None and content.sheet.is_own
    rows = [r.row for r in readings if r.row is not None and is_worth_planning(r, there, is_own)]
    now = clock.wall_now()
    plan = plan_import([], rows, stored, now, taken, page.house.slug)
    table = outcomes(readings, plan, stored, now)
    unused = unknown_columns(content.sheet.headings) if content.sheet and content.sheet.is_own else []
    return ImportLook(content, form, table, plan, stored, digest(table), page.house.slug, unused)


def _own(stored: Stored, slug: str) -> Stored:
    """Only what the house keeps itself can be changed by its import."""
    return replace(stored, events=tuple(event for event in stored.events if event.houses[0] == slug))


def _known(page: HousePage, stored: Stored, content: Content) -> Known:
    rooms = tuple(sorted(stored.houses[page.house.slug].now["rooms"]))
    is_own = content.sheet is not None and content.sheet.is_own
    return Known(page.house.slug, rooms, stored.known_houses(), NEW_ROOM if is_own else AS_PLACE)


def _read(
    content: Content, sent: Mapping[str, Any] | None, known: Known, stored: Stored
) -> tuple[AnswersForm, list[Reading]]:
    if content.sheet is None:
        words = known.unknown(calendar_rows.words_of(content.items))
        form = answers_form(sent, words, known, asks_for_all=True)
        read = calendar_rows.read_items(content.items, form.answers(), known, _earlier(stored.events))
        return form, read
    if content.sheet.is_own:
        return _read_own(content.sheet, sent, known)
    return _read_other(content.sheet, sent, known, stored)


def _read_own(
    sheet: Sheet, sent: Mapping[str, Any] | None, known: Known
) -> tuple[AnswersForm, list[Reading]]:
    columns = table_rows.own_columns(sheet)
    form = answers_form(sent, known.unknown(table_rows.words_in(sheet, columns, known)), known)
    return form, table_rows.read_own(sheet, columns, form.answers(), known)


def _read_other(
    sheet: Sheet, sent: Mapping[str, Any] | None, known: Known, stored: Stored
) -> tuple[AnswersForm, list[Reading]]:
    suggested = suggest(sheet)
    headings = [(_heading(sheet, number), meaning) for number, meaning in enumerate(suggested)]
    chosen = answers_form(sent, (), known, headings).columns(suggested)
    words: list[Word] = known.unknown(table_rows.words_in(sheet, chosen, known))
    form = answers_form(sent, words, known, headings, asks_for_all=True, asks_for_length=True)
    today = clock.today()
    return form, table_rows.read_other(sheet, chosen, form.answers(), known, _earlier(stored.events), today)


def _heading(sheet: Sheet, number: int) -> str:
    return sheet.headings[number] or _("Kolumn {number}").format(number=number + 1)


def _earlier(events: Iterable[StoredEvent]) -> dict[str, Cells]:
    """What the house has under each title, the newest last, so that it counts."""
    found: dict[str, Cells] = {}
    for event in sorted(events, key=lambda each: each.id):
        now = event.now
        found[now["title"].casefold()] = {
            "typ": KIND_WORDS[Kind(now["kind"])],
            "målgrupp": " | ".join(AUDIENCE_WORDS[Audience(code)] for code in now["audience"]),
            "form": FORM_WORDS[Form(now["form"])],
            "anmälan": SIGNUP_WORDS[Signup(now["signup"])],
            "rum": join_rooms(name for house, name in now["rooms"] if house == now["houses"][0]),
        }
    return found


def _checked(reading: Reading, page: HousePage, stored: Stored) -> Reading:
    """Refuse what is not this house's to do: rooms in other houses, and all houses at once."""
    if reading.row is None:
        return reading
    told = _not_allowed(reading.row, page, stored)
    if not told:
        return reading
    return replace(reading, row=None, faults=(Fault(reading.numbers[0], told[0], told[1]),))


def _without_hiding(reading: Reading, there: Collection[str]) -> Reading:
    """What is there already is hidden, or shown again, by the house that hides it and nobody else."""
    row = reading.row
    if row is None or row.key not in there or "hidden" not in row.more:
        return reading
    more = {name: value for name, value in row.more.items() if name != "hidden"}
    return replace(reading, row=replace(row, more=more))


def _not_allowed(row: ProgrammeRow, page: HousePage, stored: Stored) -> tuple[str, str] | None:
    for column, house, name in _rooms_named(row):
        if house != page.house.slug and room_like(name, stored.houses[house].now["rooms"]) is None:
            return column, _("Rummet ”{room}” finns inte i det huset. Be dem lägga till det.").format(
                room=name
            )
    if row.more.get("everywhere") and not permissions.may_show_everywhere(person().grants):
        return "visas_överallt", _("Bara den som sköter alla hus kan visa något överallt. Töm cellen.")
    return None


def _rooms_named(row: ProgrammeRow) -> Iterator[tuple[str, str, str]]:
    """Column, house and name of every room in the row, those of single dates too."""
    yield from (("rum", room.house, room.name) for room in row.rooms)
    for each in row.schedule.dates:
        if room := each.more.get("own", {}).get("room"):
            yield "avvikelser", room[0], room[1]
