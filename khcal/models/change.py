"""Who changed what: one change per action, with each row before and after it. Staff only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from khcal.db import Base, Stamp


class Change(Base):
    """One action of one person, or of a command when nobody is named."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    chapter_id: Mapped[int | None] = mapped_column(ForeignKey("chapter.id"))
    verb: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[Stamp]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"))

    rows: Mapped[list[ChangedRow]] = relationship(order_by="ChangedRow.id", cascade="all, delete-orphan")


class ChangedRow(Base):
    """A row as it was (``None`` when it did not exist) and as it became (``None`` when it was deleted)."""

    __tablename__ = "changed_row"
    __table_args__ = (Index("ix_changed_row_table_name_row_id", "table_name", "row_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id", ondelete="CASCADE"), index=True)
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[str] = mapped_column(String(60))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
