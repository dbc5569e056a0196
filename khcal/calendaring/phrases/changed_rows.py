"""What a change did, in words: by activity, with each value before and after, many dates as one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from khcal.calendaring.terms import Status
from khcal.i18n import gettext as _
from khcal.i18n import ngettext

from .changed_fields import Names, field_value
from .changed_row_dates import date_lines, is_one
from .changed_values import Image, Line, Part, RowChange, fields_of, when
from .words import N_, capital, dates_counted, listing

_OF_EVENTS = frozenset({"event", "occurrence", "event_shown_in", "trace"})
_TITLES = {
    "notice": N_("Anslag"),
    "break_period": N_("Uppehåll"),
    "room": N_("Rum"),
    "chapter": N_("Huset"),
    "screen": N_("Skärm"),
    "user": N_("Person"),
}


class Fate(Enum):
    """What became of that which a change is about."""

    MADE = "made"
    CHANGED = "changed"
    REMOVED = "removed"

    @property
    def reversed(self) -> Fate:
        """What it was before that change was taken back, or after it."""
        return {Fate.MADE: Fate.REMOVED, Fate.REMOVED: Fate.MADE}.get(self, self)


def fate(rows: Iterable[RowChange]) -> Fate:
    """Whether an activity, a date, a notice, a room … came or went by a change: what the first that did."""
    for row in rows:
        was, now = _is_there(row, row.before), _is_there(row, row.after)
        if was != now and (row.table in {"event", "occurrence"} or row.table in _TITLES):
            return Fate.MADE if now else Fate.REMOVED
    return Fate.CHANGED


def _is_there(row: RowChange, image: Image | None) -> bool:
    """What feeds have told of is never deleted: an activity is put away, a date withdrawn."""
    if image is None or (row.table == "event" and image.get("archived")):
        return False
    return not (row.table == "occurrence" and image.get("status") == Status.WITHDRAWN)


def tell(rows: Sequence[RowChange], names: Names) -> list[Part]:
    """Every part that has something to tell, in the order in which it was touched."""
    events = dict.fromkeys(row.event_id for row in rows if row.table in _OF_EVENTS and row.event_id)
    parts = [_event_part(number, rows, names) for number in events]
    parts += [_other_part(row, names) for row in rows if row.table in _TITLES]
    return [part for part in parts if part.lines]


def subject(rows: Sequence[RowChange], names: Names, events: int = 0, dates: int = 0) -> str:
    """``Öppet hus, torsdag 26 november 2026``, ``12 aktiviteter, 240 tillfällen``, ``Rum: Köket``.

    ``events`` and ``dates`` are how many there are when ``rows`` are only the first of them.
    """
    known = dict.fromkeys(row.event_id for row in rows if row.table in _OF_EVENTS and row.event_id)
    changed = [row for row in rows if row.table == "occurrence"]
    events, dates = events or len(known), dates or len(changed)
    if events > 1:
        told = ngettext("%(num)s aktivitet", "%(num)s aktiviteter", events) % {"num": events}
        return f"{told}, {dates_counted(dates)}" if dates else told
    if events and known:
        title = _title(next(iter(known)), rows, names)
        counted = when(changed[0].known) if len(changed) == dates == 1 else dates_counted(dates)
        return f"{title}, {counted}" if dates else title
    others = list(dict.fromkeys(filter(None, (_name(row) for row in rows if row.table in _TITLES))))
    return listing(others) if len(others) <= 2 else _("{first} med mera").format(first=others[0])


def _event_part(number: int | None, rows: Sequence[RowChange], names: Names) -> Part:
    of_event = [row for row in rows if row.event_id == number]
    itself = [row for row in of_event if row.table == "event"]
    lines = [line for row in itself for line in _event_lines(row, names)]
    if not any(row.before is None or row.after is None for row in itself):
        lines += [line for row in of_event if row.table == "event_shown_in" for line in _shown(row, names)]
    reasons = {
        row.known["occurrence_id"]: row.known["reason"] for row in rows if row.table == "trace" and row.after
    }
    dates = [row for row in of_event if row.table == "occurrence"]
    lines += date_lines(dates, reasons, names)
    title = _title(number, rows, names)
    return Part(f"{title}, {when(dates[0].known)}" if is_one(dates) else title, tuple(lines), number)


def _title(number: int | None, rows: Iterable[RowChange], names: Names) -> str:
    own = next((row.known["title"] for row in rows if row.table == "event" and row.event_id == number), "")
    return own or capital(field_value("event", "sibling_id", number, names))


def _event_lines(row: RowChange, names: Names) -> list[Line]:
    if row.before is None:
        return [Line(_("Ny aktivitet"))]
    if row.after is None:
        return [Line(_("Aktiviteten togs bort"))]
    return fields_of(row, names)


def _shown(row: RowChange, names: Names) -> list[Line]:
    house = field_value("event", "chapter_id", row.known["chapter_id"], names)
    if row.before is None or row.after is None:
        told = _("Visas också hos {house}") if row.before is None else _("Visas inte längre hos {house}")
        return [Line(told.format(house=house))]
    told = _("Doldes hos {house}") if row.after["hidden"] else _("Visas igen hos {house}")
    return [Line(told.format(house=house))]


def _other_part(row: RowChange, names: Names) -> Part:
    lines = fields_of(row, names)
    if row.after is None:
        lines = [Line(_("Togs bort")), *lines]
    elif row.before is None:
        lines = [Line(_("Nytt")), *lines]
    return Part(_other_title(row), tuple(lines))


def _other_title(row: RowChange) -> str:
    kind, name = _(_TITLES[row.table]), _name(row)
    return f"{kind}: {name}" if name else kind


def _name(row: RowChange) -> str:
    return row.known.get("name") or row.known.get("text") or ""
