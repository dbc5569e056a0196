"""Whether a row has been deleted: a second tap on the same button, or a colleague, finds it gone."""

from __future__ import annotations

from sqlalchemy import select

from khcal.db import LARGEST_ID, Base, db
from khcal.models import Change, ChangedRow


def was_deleted(house_id: int | None, model: type[Base], number: int) -> bool:
    """Whether this house had such a row with that number, deleted it, and has not brought it back.

    Without a house: whether anybody had.
    """
    if number >= LARGEST_ID or db.session.get(model, number) is not None:
        return False
    statement = (
        select(ChangedRow)
        .join(Change, Change.id == ChangedRow.change_id)
        .where(ChangedRow.table_name == model.__tablename__, ChangedRow.row_id == str(number))
        .order_by(ChangedRow.id.desc())
    )
    if house_id is not None:
        statement = statement.where(Change.chapter_id == house_id)
    last = db.session.scalar(statement.limit(1))
    return last is not None and last.after is None
