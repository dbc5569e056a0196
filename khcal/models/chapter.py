"""A house with its rooms, breaks and notices, and the addresses it had before."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from khcal.db import Base, Stamp


class Chapter(Base):
    """A house, or the national association. ``revision`` and both stamps are kept by bookkeeping."""

    __tablename__ = "chapter"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    short_name: Mapped[str] = mapped_column(String(60))
    street: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[str] = mapped_column(String(80), default="")
    municipality: Mapped[str] = mapped_column(String(80), default="")
    directions: Mapped[str] = mapped_column(Text, default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    hours: Mapped[str] = mapped_column(Text, default="")
    greeting: Mapped[str] = mapped_column(String(200), default="")
    colour: Mapped[str] = mapped_column(String(20), default="teal")
    access: Mapped[str] = mapped_column(Text, default="")
    national: Mapped[bool] = mapped_column(default=False)
    closed_on: Mapped[date | None] = mapped_column(default=None)
    # The values as last imported, by name: what people changed since is known by comparing.
    imported: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    revision: Mapped[Stamp] = mapped_column(default=0)
    changed_at: Mapped[Stamp] = mapped_column(default=0)
    # When one of its feeds last lost a date.
    dropped_at: Mapped[Stamp] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    rooms: Mapped[list[Room]] = relationship(back_populates="chapter", order_by="Room.name")
    breaks: Mapped[list[BreakPeriod]] = relationship(
        back_populates="chapter", order_by="BreakPeriod.first_day"
    )

    __mapper_args__ = {"version_id_col": version}


class Room(Base):
    """A room of a house, or a place outside that it uses again and again."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("chapter_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    name: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200), default="")
    directions: Mapped[str] = mapped_column(Text, default="")
    access: Mapped[str] = mapped_column(Text, default="")
    outside: Mapped[bool] = mapped_column(default=False)
    archived: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    chapter: Mapped[Chapter] = relationship(back_populates="rooms")

    __mapper_args__ = {"version_id_col": version}


class OldAddress(Base):
    """A slug that a house or a group had before; its address goes on working."""

    __tablename__ = "old_address"
    __table_args__ = (UniqueConstraint("chapter_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # Without a chapter the slug was a house's own.
    chapter_id: Mapped[int | None] = mapped_column(ForeignKey("chapter.id"))
    slug: Mapped[str] = mapped_column(String(120))
    new_chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    new_slug: Mapped[str] = mapped_column(String(120), default="")


class BreakPeriod(Base):
    """Days when groups usually pause (a school break); only staff see it, when they plan."""

    __tablename__ = "break_period"
    __table_args__ = (UniqueConstraint("chapter_id", "first_day", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    name: Mapped[str] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(default=1)

    chapter: Mapped[Chapter] = relationship(back_populates="breaks")

    __mapper_args__ = {"version_id_col": version}


class Notice(Base):
    """A short message of a house, shown from its first to its last day."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_chapter_id_last_day", "chapter_id", "last_day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    text: Mapped[str] = mapped_column(String(300))
    first_day: Mapped[date]
    last_day: Mapped[date]
    everywhere: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}
