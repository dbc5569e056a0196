"""What staff read after an action: one sentence, and the way to take it back."""

from __future__ import annotations

from flask import flash

from khcal.db import db
from khcal.models.bookkeeping import current_change_id
from khcal.queries import HousePage

from .taking_back import kept_from_person

# Flask keeps what is told until the next page; the layout shows these with their button "Ångra".
UNDOABLE = "undoable"


def commit_and_tell(page: HousePage, sentence: str, is_undo: bool = False) -> int | None:
    """Commit; ``sentence`` stands on the next page, with "Ångra" if anything was changed
    that the person may take back.

    Returns the number of the change. Raises what the commit raises, and then tells nothing.
    """
    db.session.flush()
    number = current_change_id(db.session())
    db.session.commit()
    tell(page, sentence, number, is_undo)
    return number


def tell(page: HousePage, sentence: str, number: int | None, is_undo: bool = False) -> None:
    """Let ``sentence`` stand on the next page, with "Ångra" for the change with that number.

    What was taken back is not "Ångra" again but "Gör om".
    """
    if number is None or kept_from_person([number]):
        flash(sentence)
    else:
        told = {"text": sentence, "house": page.house.slug, "change": number, "is_undo": is_undo}
        flash(told, UNDOABLE)  # type: ignore[arg-type]
