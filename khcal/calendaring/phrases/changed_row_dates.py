"""What a change did to dates, in words: those to which the same was done share a line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from khcal.i18n import gettext as _

from .changed_fields import Names, field_name
from .changed_values import WHEN, Line, RowChange, fields_of, when
from .words import dates_counted


def date_lines(rows: Sequence[RowChange], reasons: Mapping[int, str], names: Names) -> list[Line]:
    """Dates to which the same was done share a line."""
    alike: dict[tuple[Any, ...], list[RowChange]] = {}
    for row in rows:
        alike.setdefault(_done_to(row, names), []).append(row)
    lines: list[Line] = []
    for (what, fields), some in alike.items():
        several = sorted(some, key=lambda row: row.known["starts_at"])
        lines += _SAY[what](several)
        if what in {"moved", "changed"}:
            lines += [_field_of(several, *each, is_named=is_one(rows)) for each in fields]
        lines += _reasons_of(several, reasons)
    return lines


def is_one(dates: Sequence[RowChange]) -> bool:
    """Whether all is about one date that was there before and after: its part is named after it."""
    return len(dates) == 1 and dates[0].before is not None and dates[0].after is not None


def _done_to(row: RowChange, names: Names) -> tuple[str, tuple[tuple[str, str | None, str], ...]]:
    if row.before is None:
        return ("new" if row.known["published_at"] else "draft"), ()
    if row.after is None:
        return "gone", ()
    fields = tuple(
        (line.text, line.before, line.after)
        for line in fields_of(row, names)
        if line.text not in {field_name("occurrence", name) for name in WHEN}
    )
    is_moved = any(row.before[name] != row.after[name] for name in WHEN)
    return ("moved" if is_moved else "changed"), fields


def _new(rows: Sequence[RowChange]) -> list[Line]:
    return [_counted(rows, _("Nytt tillfälle: {when}"), _("{dates}, nya"))]


def _draft(rows: Sequence[RowChange]) -> list[Line]:
    return [_counted(rows, _("Nytt utkast: {when}"), _("{dates}, nya utkast"))]


def _gone(rows: Sequence[RowChange]) -> list[Line]:
    return [_counted(rows, _("Togs bort: {when}"), _("{dates} togs bort"))]


def _moved(rows: Sequence[RowChange]) -> list[Line]:
    pairs = [(when(row.before or {}), when(row.after or {})) for row in rows]
    if len(pairs) == 1:
        return [Line(_("Flyttat"), *pairs[0], is_field=True)]
    told = _("{before} blev {after}")
    items = tuple(told.format(before=before, after=after) for before, after in pairs)
    return [Line(_("{dates} flyttades").format(dates=dates_counted(len(rows))), items=items)]


def _changed(rows: Sequence[RowChange]) -> list[Line]:
    return []


def _counted(rows: Sequence[RowChange], one: str, several: str) -> Line:
    if len(rows) == 1:
        return Line(one.format(when=when(rows[0].known)))
    items = tuple(when(row.known) for row in rows)
    return Line(several.format(dates=dates_counted(len(rows))), items=items)


def _field_of(
    rows: Sequence[RowChange], label: str, before: str | None, after: str, *, is_named: bool
) -> Line:
    if is_named:
        return Line(label, before, after, is_field=True)
    if len(rows) == 1:
        return Line(f"{label}, {when(rows[0].known)}", before, after, is_field=True)
    items = tuple(when(row.known) for row in rows)
    return Line(f"{label}, {dates_counted(len(rows))}", before, after, items, is_field=True)


def _reasons_of(rows: Sequence[RowChange], reasons: Mapping[int, str]) -> list[Line]:
    """Why they were moved: it is told where they were before."""
    told = dict.fromkeys(reasons[row.known["id"]] for row in rows if reasons.get(row.known["id"]))
    return [Line(_("Skäl till flytten"), after=reason, is_field=True) for reason in told]


_SAY: dict[str, Callable[[Sequence[RowChange]], list[Line]]] = {
    "new": _new,
    "draft": _draft,
    "gone": _gone,
    "moved": _moved,
    "changed": _changed,
}
