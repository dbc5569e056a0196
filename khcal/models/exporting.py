"""The programme of houses as the file that khcal itself imports."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from khcal.calendaring.programme_csv import programme_csv

from .importing import load_stored


def export_programme(session: Session, houses: Collection[str]) -> bytes:
    """Every activity that one of ``houses`` (slugs) keeps, drafts and notes too."""
    stored = load_stored(session, houses)
    own = [event for event in stored.events if event.houses[0] in houses]
    return programme_csv(own, stored.known_houses().values())
