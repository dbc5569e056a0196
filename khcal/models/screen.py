"""The wall screens: what they are, what they last reported, and codes waiting to be paired."""

from __future__ import annotations

from datetime import date

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from khcal.calendaring import clock
from khcal.calendaring.screen_settings import whole
from khcal.db import Base, Stamp

from .chapter import Chapter


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

    chapter: Mapped[Chapter] = relationship()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_revoked(self) -> bool:
        """Whether its key opens nothing any more."""
        return self.revoked_at is not None

    def rename(self, name: str) -> None:
        """What staff call it; nobody else sees that."""
        self.name = name

    def set_up(self, settings: dict[str, str]) -> None:
        """How it shows what it shows; see ``screen_settings``."""
        if settings != whole(self.settings):
            self.settings = settings

    def move_to(self, chapter: Chapter) -> None:
        """Let it show another house. It goes there by itself."""
        self.chapter = chapter

    def revoke(self) -> None:
        """Let its key open nothing any more. What it shows is public: it may go on, unpaired."""
        self.revoked_at = self.revoked_at or clock.epoch_seconds()


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
