"""What an undo could not take back, in words: how it is now, how it was to be, and who came between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khcal.calendaring.phrases.changed_fields import FIELDS, Names, field_name, field_value
from khcal.calendaring.phrases.changed_rows import subject
from khcal.calendaring.phrases.changed_values import RowChange
from khcal.i18n import gettext as _
from khcal.models.undone_rows import Left, Why
from khcal.queries import HousePage
from khcal.queries.staff import history

from .told_changes import Told, tell_changes


@dataclass(frozen=True)
class ToldLeft:
    """One thing that stays as it is. ``fields`` are name, value now, and the value it was to have again."""

    title: str
    why: str
    fields: list[tuple[str, str, str]]
    since: list[Told]


def tell_left(page: HousePage, left: Sequence[Left]) -> list[ToldLeft]:
    """Everything that was left, once each."""
    rows = [RowChange(each.table, each.row_id, each.wanted or None, each.now or each.wanted) for each in left]
    names = history.names_in(rows)
    later = history.changes_by_id({number for each in left for number in each.since})
    own = [change for change in later.values() if change.house_id == page.house.id]
    told = {change.id: change for change in tell_changes(page, sorted(own, key=lambda change: change.id))}
    return [_told(each, row, names, told) for each, row in zip(left, rows, strict=True)]


def _told(left: Left, row: RowChange, names: Names, told: Mapping[int, Told]) -> ToldLeft:
    return ToldLeft(
        title=subject([row], names) or _("En uppgift om huset"),
        why=_why(left),
        fields=_fields(left, names),
        since=[told[number] for number in left.since if number in told],
    )


def _fields(left: Left, names: Names) -> list[tuple[str, str, str]]:
    if not left.now or not left.wanted:
        return []
    return [
        (
            field_name(left.table, name),
            field_value(left.table, name, left.now.get(name), names),
            field_value(left.table, name, left.wanted.get(name), names),
        )
        for name in FIELDS.get(left.table, {})
        if name in left.columns and left.now.get(name) != left.wanted.get(name)
    ]


def _why(left: Left) -> str:
    if left.why is Why.CHANGED:
        return _("Har ändrats igen sedan dess.") if left.since else _("Går inte att få tillbaka som det var.")
    words = {
        Why.GONE: _("Finns inte längre, eller hör till något som inte finns längre."),
        Why.IN_USE: _("Används av annat som har kommit till sedan dess."),
        Why.OTHER_HOUSE: _("Hör till ett annat hus nu."),
        Why.NOT_ALLOWED: _("Det får bara den som sköter alla hus ändra tillbaka."),
    }
    return words[left.why]
