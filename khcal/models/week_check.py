"""That somebody looked at a house's week and found it right."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from khcal.db import Base, Stamp


class WeekCheck(Base):
    """The answer "Allt stämmer" for the week that begins on ``monday``, at one revision of the house."""

    __tablename__ = "week_check"
    __table_args__ = (UniqueConstraint("chapter_id", "monday"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    monday: Mapped[date]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    revision: Mapped[Stamp]
    checked_at: Mapped[Stamp]
