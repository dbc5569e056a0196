"""Dates that this version words otherwise in calendar files than the one that wrote them last.

Phones fetch a date again only when its number or its stamp is higher.
"""

from __future__ import annotations

from khcal.config import Settings
from khcal.db import db, reading
from khcal.models.bookkeeping import tell_anew
from khcal.models.sequences import told_otherwise

from .opening import opened


def count_reworded(settings: Settings) -> int:
    """How many there are, of activities that some calendar tells."""
    with opened(settings), reading():
        return told_otherwise(db.session())


def tell_reworded(settings: Settings) -> int:
    """Raise each; returns how many."""
    with opened(settings):
        raised = tell_anew(db.session())
        db.session.commit()
    return raised
