"""What the history keeps only for a time: how rows were before and after. Who did what and when stays."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from khcal.calendaring import clock

from .change import Change, ChangedRow

# Two years, one of them a leap year.
IMAGES_KEPT_DAYS = 731
_DAY_SECONDS = 24 * 3600


def are_images_kept(made_at: int) -> bool:
    """Whether the rows of a change of that moment are still kept."""
    return made_at >= _limit()


def purge_images(session: Session) -> int:
    """Forget the rows of changes older than 24 months; returns how many. The changes themselves stay."""
    old = select(Change.id).where(Change.made_at < _limit())
    return session.execute(delete(ChangedRow).where(ChangedRow.change_id.in_(old))).rowcount  # type: ignore[attr-defined, no-any-return]


def _limit() -> int:
    return clock.epoch_seconds() - IMAGES_KEPT_DAYS * _DAY_SECONDS
