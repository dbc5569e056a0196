"""The wall screens: what they are, what they last reported, and codes waiting to be paired."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from khcal.db import Base, Stamp


class Screen(Base):
    """One screen, paired with a house. The key itself is never kept, only its hash."""

    __tablename__ = "screen"

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    name: Mapped[str] = mapped_column(String(80))
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    settings: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    made_at: Mapped[Stamp]
    revoked_at: Mapped[Stamp | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class ScreenReport(Base):
    """What a screen said last about what it shows."""

    __tablename__ = "screen_report"

    screen_id: Mapped[int] = mapped_column(ForeignKey("screen.id", ondelete="CASCADE"), primary_key=True)
    seen_at: Mapped[Stamp]
    revision: Mapped[Stamp | None]
    shell: Mapped[str] = mapped_column(String(64), default="")
    page_day: Mapped[date | None]
    rendered_at: Mapped[Stamp | None]


class Pairing(Base):
    """A code shown on a new screen, waiting for staff to type it."""

    __tablename__ = "pairing"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device_hash: Mapped[str] = mapped_column(String(64))
    screen_id: Mapped[int | None] = mapped_column(ForeignKey("screen.id", ondelete="CASCADE"))
    expires_at: Mapped[Stamp]
