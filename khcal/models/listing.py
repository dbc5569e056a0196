"""The derived table that lists, weeks, feeds and the wall read: what appears where on which day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from khcal.calendaring.terms import Appearance
from khcal.db import Base, code_column


class Listing(Base):
    """One row for each house and day where a date appears. Drafts and hidden events have no row.

    Only bookkeeping writes it; ``khcal doctor`` recomputes and compares it.
    """

    __tablename__ = "listing"
    __table_args__ = (Index("ix_listing_occurrence_id", "occurrence_id"),)

    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(
        ForeignKey("occurrence.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[Appearance] = mapped_column(code_column(Appearance, "kind"), primary_key=True)
