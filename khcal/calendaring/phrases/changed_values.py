"""The rows of a change and their values, as the history tells them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from khcal.i18n import gettext as _

from .. import clock
from .changed_fields import FIELDS, Names, field_name, field_value
from .moments import at_span, day_and_time, day_with_year, days

Image = Mapping[str, Any]
WHEN = ("starts_at", "ends_at")
_LONGEST_VALUE = 160


@dataclass(frozen=True)
class RowChange:
    """A row before and after; ``None`` when it was not there."""

    table: str
    row_id: str
    before: Image | None
    after: Image | None

    @property
    def known(self) -> Image:
        """The row as the change knew it last."""
        return self.after or self.before or {}

    @property
    def event_id(self) -> int | None:
        """The activity that it is a part of."""
        return self.known.get("id" if self.table == "event" else "event_id")


@dataclass(frozen=True)
class Line:
    """One thing that was done: a sentence, or a field with its value; ``items`` are dates.

    ``before`` is ``None`` where there was nothing that could have had a value.
    """

    text: str
    before: str | None = None
    after: str = ""
    items: tuple[str, ...] = ()
    is_field: bool = False

    def in_short(self) -> Line:
        """The line where there is no room for every date and every word."""
        before = self.before and _cut(self.before)
        return replace(self, before=before, after=_cut(self.after), items=())


@dataclass(frozen=True)
class Part:
    """What was done to one activity, or to one other thing of the house."""

    title: str
    lines: tuple[Line, ...]
    event_id: int | None = None

    def with_lines(self, lines: tuple[Line, ...]) -> Part:
        """The same part with only these lines."""
        return replace(self, lines=lines)


def when(image: Image) -> str:
    """``torsdag 26 november 2026 kl. 13.00–15.00``."""
    starts_at, ends_at = (datetime.fromisoformat(image[name]) for name in WHEN)
    last = ends_at - timedelta(microseconds=1)
    if clock.is_all_day(starts_at, ends_at):
        return day_with_year(starts_at) if last.date() == starts_at.date() else days(starts_at, last, True)
    if last.date() == starts_at.date():
        return f"{day_with_year(starts_at)} {at_span(starts_at, ends_at)}"
    return _("{start} till {end}").format(start=day_and_time(starts_at), end=day_and_time(ends_at))


def fields_of(row: RowChange, names: Names) -> list[Line]:
    """Each field whose words are others than before; of a new row or a deleted one what it says."""
    if row.before is None or row.after is None:
        told = [
            (name, field_value(row.table, name, row.known.get(name), names)) for name in _told_fields(row)
        ]
        return [
            Line(field_name(row.table, name), after=value, is_field=True)
            for name, value in told
            if value and row.known[name] is not False
        ]
    pairs = [(name, _values(row, name, names)) for name in _told_fields(row)]
    return [
        Line(field_name(row.table, name), before, after, is_field=True)
        for name, (before, after) in pairs
        if before != after
    ]


def _told_fields(row: RowChange) -> list[str]:
    return [name for name in FIELDS.get(row.table, {}) if name in row.known]


def _values(row: RowChange, name: str, names: Names) -> tuple[str, str]:
    before, after = (
        field_value(row.table, name, (image or {}).get(name), names) for image in (row.before, row.after)
    )
    return before, after


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE].rsplit(' ', 1)[0]} …"
