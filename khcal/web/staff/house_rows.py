"""What the pages of a house's own facts share: its rows, and saving them without overwriting anybody's."""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from flask import Response, abort, url_for
from sqlalchemy.orm.exc import StaleDataError

from khcal.db import LARGEST_ID, db
from khcal.models import BreakPeriod, Notice, Room, Screen
from khcal.models.bookkeeping import begin_change
from khcal.queries import HousePage

from ..access import redirect_to
from .done import commit_and_tell
from .people import person

Row = TypeVar("Row", Notice, BreakPeriod, Room, Screen)


class RowForm(Protocol):
    """A form with the columns of a row."""

    def values(self) -> dict[str, Any]: ...


def load_row(page: HousePage, model: type[Row], number: int) -> Row:
    """The house's own row with this number. 404 otherwise."""
    row = db.session.get(model, number) if number < LARGEST_ID else None
    if row is None or row.chapter_id != page.house.id:
        abort(404)
    return row


def save_row(page: HousePage, verb: str, row: Any, form: RowForm, sentence: str) -> bool:
    """Write what was changed, as one action. False when somebody else was first, and nothing is written."""
    begin_change(db.session(), verb, person().id, page.house.id)
    write(row, form.values())
    return tell_unless_stale(page, sentence)


def write(row: Any, values: dict[str, Any]) -> None:
    """Set the columns that differ."""
    for name, value in values.items():
        if getattr(row, name) != value:
            setattr(row, name, value)


def tell_unless_stale(page: HousePage, sentence: str) -> bool:
    """Commit and tell; false when somebody else was first, and nothing is written."""
    try:
        commit_and_tell(page, sentence)
    except StaleDataError:
        db.session.rollback()
        return False
    return True


def back_to_house(page: HousePage, anchor: str | None = None) -> Response:
    """To the house's page, at the row that one came from."""
    return redirect_to(url_for("staff.house", chapter=page.house.slug, _anchor=anchor))
