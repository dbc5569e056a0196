"""The date columns of one row → its schedule, with a fault for each column that can't be right."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from . import clock, recurrence, red_days, rule_text
from .programme_rows import SheetDate, SheetSchedule
from .reading_cells import (
    Cancelled,
    Moved,
    read_cancelled,
    read_date,
    read_dates,
    read_moved,
    read_skips,
    read_yes,
)
from .reading_hours import Hours, read_hours
from .reading_row_cells import RowCells
from .reading_text import reasons_of_breaks

WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MOST_EXTRA_DATES = 4_000
LONGEST_BREAKS = 500
_RULE_HELP = {
    recurrence.Fault.FREQUENCY: "Skriv FREQ=WEEKLY eller FREQ=MONTHLY.",
    recurrence.Fault.INTERVAL: "Skriv INTERVAL som ett heltal från 1.",
    recurrence.Fault.WEEKDAYS: "Skriv veckodagarna som MO, TU, WE, TH, FR, SA eller SU med komma emellan.",
    recurrence.Fault.NTH: "Skriv till exempel BYDAY=1TH för första torsdagen eller BYDAY=-1TH för den sista.",
    recurrence.Fault.MONTH_DAY: "Skriv BYMONTHDAY som ett tal från 1 till 28, eller -1 för sista dagen.",
    recurrence.Fault.UNTIL: "Skriv UNTIL så här: UNTIL=20261214T225959Z.",
    recurrence.Fault.TOO_LONG: "Upprepningen får vara högst tre år lång. Skriv en tidigare sista dag.",
    recurrence.Fault.TOO_MANY: f"Det blir över {recurrence.MOST_DATES} datum. Skriv en tidigare sista dag.",
    recurrence.Fault.BACKWARDS: "Sista dagen ligger före startdatum. Skriv en senare sista dag.",
}
# Where a row names days; a draft that names none has no dates yet.
_DAYS = ("startdatum", "slutdatum", "rrule", "extra_datum", "exdatum", "inställda_datum", "flyttade_datum")
_RULE_EXAMPLE = "Skriv till exempel FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;UNTIL=20261124T225959Z."


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a row: those of its rule with its bounds, and others."""

    slots: tuple[date, ...]
    others: tuple[date, ...]
    rule: str = ""
    until: date | None = None

    @property
    def all(self) -> set[date]:
        return {*self.slots, *self.others}


def read_schedule(cells: RowCells, all_cancelled: bool, cancel_reason: str) -> SheetSchedule | None:
    """When the activity is; ``None`` when a fault, now noted in ``cells``, makes that unknowable.

    ``all_cancelled`` says that the row as a whole is called off. Only a draft may have no dates yet.
    """
    if _is_draft(cells) and not any(cells.text(column) for column in _DAYS):
        hours = read_hours(cells, None)
        return SheetSchedule("", None, None, hours.start, hours.end, (), ()) if hours else None
    first = cells.needed("startdatum", read_date, "Skriv första dagen så här: 2026-09-17.")
    hours = read_hours(cells, first)
    if first is None or hours is None:
        return None
    _check_weekday(cells, first)
    days = _read_days(cells, first, hours)
    if days is None:
        return None
    skipped = _read_skipped(cells, days)
    is_full = cells.read("fullbokad", read_yes, False)
    planned = {
        day.isoformat(): _planned(day, day if day in days.slots else None, hours, is_full)
        for day in sorted(days.all - {day for day, _ in skipped})
    }
    if all_cancelled:
        planned = {key: replace(row, is_cancelled=True, reason=cancel_reason) for key, row in planned.items()}
    _mark_cancelled(cells, planned)
    _mark_moved(cells, planned, hours)
    return SheetSchedule(
        days.rule,
        first if days.rule else None,
        days.until,
        hours.start,
        hours.end,
        with_reasons(cells.short("uppehåll_text", LONGEST_BREAKS), skipped),
        tuple(planned.values()),
    )


def _is_draft(cells: RowCells) -> bool:
    """Whether nothing of it is to be public."""
    return cells.text("utkast").casefold() == "ja"


def _check_weekday(cells: RowCells, first: date) -> None:
    right = WEEKDAYS[first.weekday()]
    if cells.text("veckodag") and cells.text("veckodag").casefold() != right:
        cells.fault("veckodag", f"{first} är en {right}. Skriv ”{right}”, eller rätta startdatum.")


def _read_days(cells: RowCells, first: date, hours: Hours) -> _Days | None:
    extra = cells.read("extra_datum", read_dates, ())
    if len(extra) > MOST_EXTRA_DATES:
        cells.fault(
            "extra_datum", f"Det är {len(extra)} datum. Skriv högst {MOST_EXTRA_DATES}, eller en rrule."
        )
    if cells.text("rrule"):
        return _read_rule(cells, first, hours, extra)
    last = cells.read("slutdatum", read_date, None)
    ends = max(first, *extra) if extra else first
    if hours.start is not None and last is not None and last != ends:
        cells.fault(
            "slutdatum",
            f"Utan rrule är den sista dagen {ends}. Skriv det datumet, eller fyll i rrule eller extra_datum.",
        )
    if first in extra:
        cells.fault("extra_datum", f"{first} är redan startdatum. Ta bort det här.")
    return _Days((), (first, *(day for day in extra if day != first)))


def _read_rule(cells: RowCells, first: date, hours: Hours, extra: tuple[date, ...]) -> _Days | None:
    last = cells.read("slutdatum", read_date, None)
    try:
        foreign = rule_text.read_foreign(
            cells.text("rrule"), datetime.combine(first, hours.start or time.min)
        )
        until = foreign.until or last
        if until is None and foreign.count is None:
            cells.fault(
                "rrule", "Upprepningen har inget slut. Lägg till UNTIL, eller skriv sista dagen i slutdatum."
            )
            return None
        slots = recurrence.dates(foreign.rule, first, until, foreign.count)
    except recurrence.RecurrenceError as error:
        piece = f"”{error.value}” går inte att använda. " if error.value else ""
        cells.fault("rrule", piece + _RULE_HELP.get(error.fault, _RULE_EXAMPLE))
        return None
    _check_rule(cells, first, last, foreign.until or (slots or [first])[-1], slots)
    for day in set(extra) & set(slots):
        cells.fault("extra_datum", f"{day} ingår redan i upprepningen. Ta bort det här.")
    return _Days(
        tuple(slots), tuple(day for day in extra if day not in slots), str(foreign.rule), until or slots[-1]
    )


def _check_rule(cells: RowCells, first: date, last: date | None, until: date, slots: list[date]) -> None:
    if first not in slots:
        hint = f"Skriv {slots[0]}, som är det första datum den ger." if slots else "Rätta upprepningen."
        cells.fault("startdatum", f"{first} är inget datum i upprepningen i rrule. {hint}")
    if last is not None and last != until:
        cells.fault(
            "slutdatum", f"Upprepningen i rrule slutar {until}. Skriv det datumet, eller rätta UNTIL."
        )


def _read_skipped(cells: RowCells, days: _Days) -> tuple[tuple[date, str], ...]:
    """Each skipped day, with its reason where the cell gives one."""
    named = cells.read("exdatum", read_skips, ())
    skipped = [day for day, _ in named]
    if skipped and not days.slots:
        cells.fault(
            "exdatum", "Det finns ingen upprepning att hoppa över datum i. Töm cellen, eller fyll i rrule."
        )
        return ()
    for day in skipped:
        if day not in days.slots:
            cells.fault("exdatum", f"{day} är inget datum i upprepningen. {_nearest(day, set(days.slots))}")
    if days.slots and set(days.all) <= set(skipped) and not _is_draft(cells):
        cells.fault("exdatum", "Alla datum hoppas över. Ta bort raden, eller lämna kvar något datum.")
    return named


def with_reasons(text: str, skipped: tuple[tuple[date, str], ...]) -> tuple[tuple[date, str], ...]:
    """Each skipped day with what the sheet says of it, or else the name of the red day that it is."""
    told = {day: reason for day, reason in skipped if reason}
    reasons = reasons_of_breaks(text, [day for day, _ in skipped]) | told
    return tuple((day, reason or _name_of_red_day(day)) for day, reason in reasons.items())


def _name_of_red_day(day: date) -> str:
    named = red_days.named_day(day)
    return named.name[:1].upper() + named.name[1:] if named and red_days.is_red(day) else ""


def _planned(day: date, slot: date | None, hours: Hours, is_full: bool) -> SheetDate:
    starts_at, ends_at = hours.on(day)
    return SheetDate(day.isoformat(), slot, starts_at, ends_at, is_full=is_full)


def _mark_cancelled(cells: RowCells, planned: dict[str, SheetDate]) -> None:
    for remark in cells.read("inställda_datum", read_cancelled, ()):
        if _is_planned(cells, "inställda_datum", remark.day, planned):
            was = planned[remark.day.isoformat()]
            planned[was.key] = replace(
                was, is_cancelled=True, reason=_fitting(cells, "inställda_datum", remark)
            )


def _mark_moved(cells: RowCells, planned: dict[str, SheetDate], hours: Hours) -> None:
    for remark in cells.read("flyttade_datum", read_moved, ()):
        if not _is_planned(cells, "flyttade_datum", remark.old, planned):
            continue
        was = planned[remark.old.isoformat()]
        starts_at, ends_at = hours.on(remark.new, remark.start)
        ends_at = remark.ends_at or ends_at
        if problem := _problem_of_move(was, remark, starts_at, hours):
            cells.fault("flyttade_datum", problem)
        reason = _fitting(cells, "flyttade_datum", remark)
        planned[was.key] = replace(
            was, starts_at=starts_at, ends_at=ends_at, moved_from=was.starts_at, moved_reason=reason
        )


def _problem_of_move(was: SheetDate, remark: Moved, starts_at: datetime, hours: Hours) -> str:
    if was.moved_from is not None:
        return f"{remark.old} flyttas två gånger. Skriv bara den sista flytten."
    if hours.start is None and remark.start is not None and not _is_whole_days(remark):
        return "Aktiviteten är heldag, så flytten har ingen tid. Ta bort klockslaget."
    if remark.start is not None and clock.is_ambiguous_hour(remark.start):
        return "Mellan 02.00 och 02.59 ställs klockan om. Skriv en tid före 02.00 eller från 03.00."
    if remark.ends_at is not None and remark.ends_at <= starts_at:
        return f"{remark.old} slutar inte efter att den börjar. Skriv en senare sluttid."
    if starts_at == was.starts_at and remark.ends_at is None:
        return f"{remark.old} flyttas till samma tid. Skriv den nya dagen eller tiden, eller töm cellen."
    return ""


def _is_whole_days(remark: Moved) -> bool:
    return remark.start == time.min and remark.ends_at is not None and remark.ends_at.time() == time.min


def _is_planned(cells: RowCells, column: str, day: date, planned: dict[str, SheetDate]) -> bool:
    if day.isoformat() in planned:
        return True
    known = {date.fromisoformat(key) for key in planned}
    cells.fault(column, f"{day} är inget datum för aktiviteten. {_nearest(day, known)}")
    return False


def _fitting(cells: RowCells, column: str, remark: Cancelled | Moved) -> str:
    if len(remark.reason) > 300:
        cells.fault(column, f"Orsaken är {len(remark.reason)} tecken. Skriv högst 300.")
    return remark.reason


def _nearest(day: date, known: set[date]) -> str:
    if not known:
        return "Töm cellen."
    nearest = min(known, key=lambda other: (abs(other - day), other))
    return f"Närmast ligger {nearest}. Skriv ett datum som finns."
