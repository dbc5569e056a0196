"""What staff read after an action: one sentence, and the way to take it back."""

from __future__ import annotations

from flask import flash

from khcal.db import db
from khcal.models.bookkeeping import current_change_id
from khcal.queries import HousePage

# Flask keeps what is told until the next page; the layout shows these with their button "Ångra".
UNDOABLE = "undoable"


def commit_and_tell(page: HousePage, sentence: str) -> int | None:
    """Commit; ``sentence`` stands on the next page, with "Ångra" if anything was changed.

    Returns the number of the change. Raises what the commit raises, and then tells nothing.
    """
    db.session.flush()
    number = current_change_id(db.session())
    db.session.commit()
    tell(page, sentence, number)
    return number


def tell(page: HousePage, sentence: str, number: int | None) -> None:
    """``sentence`` stands on the next page, with "Ångra" for change ``number`` if there is one."""
    if number is None:
        flash(sentence)
    else:
        flash({"text": sentence, "house": page.house.slug, "change": number}, UNDOABLE)  # type: ignore[arg-type]
