"""Whether a draft has been deleted: a second tap on the same button finds it gone."""

from __future__ import annotations

from sqlalchemy import select

from khcal.db import LARGEST_ID, db
from khcal.models import Change, ChangedRow, Event


def was_deleted(house_id: int, number: int) -> bool:
    """Whether this house had an activity with that number, deleted it, and has not brought it back."""
    if number >= LARGEST_ID or db.session.get(Event, number) is not None:
        return False
    statement = (
        select(ChangedRow.id)
        .join(Change, Change.id == ChangedRow.change_id)
        .where(
            ChangedRow.table_name == Event.__tablename__,
            ChangedRow.row_id == str(number),
            Change.chapter_id == house_id,
            Change.verb == "delete-draft",
        )
    )
    return db.session.scalar(statement.limit(1)) is not None
