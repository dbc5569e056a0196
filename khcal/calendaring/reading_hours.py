"""The times of day of one row, or how many days a date lasts that has none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from . import clock
from .fault import CellFault
from .limits import EARLIEST_EVENING, LATEST_NIGHT_END, LONGEST_STAY_DAYS
from .reading_cells import MIDNIGHT, read_date, read_time, read_yes
from .reading_row_cells import RowCells


@dataclass(frozen=True, slots=True)
class Hours:
    """Times of day; none means all day. ``days`` is on how many days one date is."""

    start: time | None = None
    end: time | None = None
    days: int = 1

    def on(self, day: date, start: time | None = None) -> tuple[datetime, datetime]:
        """When it begins and ends on ``day``, perhaps at another time but as long as usual."""
        if self.start is None or self.end is None:
            return clock.midnight(day), clock.midnight(day + timedelta(days=self.days))
        begins = datetime.combine(day, self.start)
        nights = timedelta(days=int(self.end <= self.start))
        length = datetime.combine(day, self.end) + nights - begins
        moved = datetime.combine(day, start or self.start)
        return moved, moved + length


def read_hours(cells: RowCells, first: date | None) -> Hours | None:
    """The times of day of a row whose first day is ``first``; ``None`` when they can't be known."""
    if cells.read("heldag", read_yes, False):
        for column in ("starttid", "sluttid"):
            if cells.text(column):
                cells.fault(
                    column, "Heldag är ja, så cellen ska vara tom. Ta bort tiden, eller skriv nej i heldag."
                )
        return Hours(days=_days_of_stay(cells, first))
    start = cells.needed(
        "starttid", _read_start, "Skriv när det börjar, till exempel 13:00, eller ja i heldag."
    )
    end = cells.needed("sluttid", _read_end, "Skriv när det slutar, till exempel 15:00, eller ja i heldag.")
    if start is None or end is None:
        return None
    if end <= start and not (end <= LATEST_NIGHT_END and start >= EARLIEST_EVENING):
        cells.fault(
            "sluttid", f"Sluttiden är inte efter starttiden {start:%H:%M}. Skriv en senare tid samma dag."
        )
        return None
    return Hours(start, end)


def _read_start(text: str) -> time:
    start = read_time(text)
    if clock.is_ambiguous_hour(start):
        raise CellFault("Mellan 02.00 och 02.59 ställs klockan om. Skriv en tid före 02.00 eller från 03.00.")
    return start


def _read_end(text: str) -> time:
    return time.min if text in MIDNIGHT else read_time(text)


def _days_of_stay(cells: RowCells, first: date | None) -> int:
    if first is None or cells.text("rrule") or cells.text("extra_datum"):
        return 1
    last = cells.read("slutdatum", read_date, first)
    if last < first:
        cells.fault(
            "slutdatum", f"Slutdatum ligger före startdatum {first}. Skriv samma dag eller en senare."
        )
    elif (last - first).days >= LONGEST_STAY_DAYS:
        cells.fault(
            "slutdatum", f"Det är {(last - first).days + 1} dagar i sträck. Skriv högst {LONGEST_STAY_DAYS}."
        )
    return max((last - first).days + 1, 1)
