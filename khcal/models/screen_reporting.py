"""Writing down what a screen reported; no change of the house, and nobody's history."""

from __future__ import annotations

from sqlalchemy.orm import Session

from khcal.calendaring.screen_health import ScreenReport as Said

from .pairing import end_pairings
from .screen import ScreenReport


def write_report(session: Session, screen_id: int, said: Said) -> None:
    """Keep the latest report of a screen. With the first one after a key was fetched nothing waits any more.

    A later one may come from the device that another one is about to replace. Flushes.
    """
    row = session.get(ScreenReport, screen_id)
    if row is None:
        end_pairings(session, screen_id)
        row = ScreenReport(screen_id=screen_id)
        session.add(row)
    row.seen_at, row.revision, row.shell = said.seen_at, said.revision, said.shell
    row.page_day, row.rendered_at = said.page_day, said.rendered_at
    session.flush()


def said_in(row: ScreenReport) -> Said:
    """What a stored report says."""
    return Said(row.seen_at, row.revision, row.shell, row.page_day, row.rendered_at)
