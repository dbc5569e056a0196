"""One date of an event: a row of its own, with a uid that never changes."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, inspect
from sqlalchemy.orm import Mapped, mapped_column, relationship

from khcal.calendaring import clock
from khcal.calendaring.terms import AWAY, Form, Places, Status
from khcal.calendaring.vacancy import Vacancy
from khcal.db import Base, Stamp, code_column

from .chapter import Room
from .event import Event


class DateError(ValueError):
    """What was asked of a date can't be done; the message is a Swedish sentence."""


class Occurrence(Base):
    """A date. Times are naive Swedish wall time, the end exclusive, all-day from midnight to midnight.

    ``sequence``, ``changed_at`` (epoch seconds) and ``feed_digest`` are kept by bookkeeping alone.
    A title, text, room, leader or form of its own overrides the event's; empty means the event's.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("event_id", "slot"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index("ix_occurrence_starts_at", "starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(60), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    slot: Mapped[date | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    status: Mapped[Status] = mapped_column(code_column(Status, "status"), default=Status.PLANNED)
    reason: Mapped[str] = mapped_column(String(300), default="")
    published_at: Mapped[Stamp | None]
    by_hand: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str | None] = mapped_column(String(120))
    short_text: Mapped[str | None] = mapped_column(Text)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    leader: Mapped[str | None] = mapped_column(String(120))
    form: Mapped[Form | None] = mapped_column(code_column(Form, "form"))
    places: Mapped[Places] = mapped_column(code_column(Places, "places"), default=Places.OPEN)
    free_today_on: Mapped[date | None]
    import_key: Mapped[str | None] = mapped_column(String(160))
    sequence: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[Stamp] = mapped_column(default=0)
    feed_digest: Mapped[str] = mapped_column(String(64), default="")
    version: Mapped[int] = mapped_column(default=1)

    event: Mapped[Event] = relationship(back_populates="occurrences")
    room: Mapped[Room | None] = relationship()
    traces: Mapped[list[Trace]] = relationship(back_populates="occurrence", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_in_usual_place(self) -> bool:
        """Whether its activity's rooms are its own too; not when it is held online or outdoors instead."""
        return self.form is None or self.form == self.event.form or self.form not in AWAY

    @property
    def is_published(self) -> bool:
        """Whether anybody outside the staff may know of it."""
        return self.published_at is not None

    @property
    def is_over(self) -> bool:
        """Whether it has been, or would have been, had it not been called off."""
        return self.ends_at <= clock.wall_now()

    def publish(self) -> None:
        """Show it. The first time stays: a date once published is never deleted."""
        if self.published_at is None:
            self.published_at = clock.epoch_seconds()
        elif self.status is Status.WITHDRAWN:
            self.status = Status.PLANNED

    def withdraw(self) -> None:
        """Undo its publication: subscribers are told that it is off, lists and wall are silent."""
        if self.is_published:
            self.status = Status.WITHDRAWN

    def cancel(self, reason: str) -> None:
        """Call it off. It keeps its place in list, wall and feed, with the reason."""
        self.status = Status.CANCELLED
        self.reason = reason

    def restore(self) -> None:
        """Take back that it was called off."""
        self.status = Status.PLANNED
        self.reason = ""

    def is_on(self, day: date) -> bool:
        """Whether any of it is on ``day``."""
        return self.starts_at.date() <= day and self.ends_at > clock.midnight(day)

    def say_vacancy(self, vacancy: Vacancy, today: date) -> None:
        """Say how full it is. A place that is free today is so until midnight; then it is full again."""
        is_free_today = vacancy is Vacancy.FREE_TODAY
        if is_free_today and not self.is_on(today):
            raise DateError("Plats ledig i dag går bara att visa samma dag.")
        self.places = Places.FULL if is_free_today else Places(vacancy.value)
        self.free_today_on = today if is_free_today else None

    def move(self, starts_at: datetime, ends_at: datetime, reason: str = "") -> None:
        """Give it another time. A published date leaves a trace on each day that it leaves."""
        self._go(starts_at, ends_at, reason)
        self.by_hand = True

    def follow(self, slot: date | None, starts_at: datetime, ends_at: datetime) -> None:
        """Take the place and the time that its event's rule has now."""
        self.slot = slot
        if (self.starts_at, self.ends_at) != (starts_at, ends_at):
            self._go(starts_at, ends_at, "")
            self.by_hand = False

    def _go(self, starts_at: datetime, ends_at: datetime, reason: str) -> None:
        if ends_at <= starts_at:
            raise DateError("Sluttiden måste ligga efter starttiden.")
        left = self.starts_at
        self.starts_at, self.ends_at = starts_at, ends_at
        if self.is_published and not clock.stands_on(starts_at, ends_at, left.date()):
            self._leave_trace(left, reason)
        self.traces = [each for each in self.traces if not clock.stands_on(starts_at, ends_at, each.day)]

    def _leave_trace(self, left: datetime, reason: str) -> None:
        """A day has one trace: one that is there already tells of the last time it was left."""
        taken_back = inspect(self).attrs.traces.history.deleted
        known = (trace for trace in (*self.traces, *taken_back) if trace.day == left.date())
        trace = next(known, None)
        if trace is None:
            trace = Trace(day=left.date())
        if trace not in self.traces:
            self.traces.append(trace)
        trace.starts_at, trace.reason = left, reason


class Trace(Base):
    """That a published date stood on ``day`` before it was moved to another."""

    __tablename__ = "trace"
    __table_args__ = (UniqueConstraint("occurrence_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("occurrence.id", ondelete="CASCADE"))
    day: Mapped[date]
    starts_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(300), default="")

    occurrence: Mapped[Occurrence] = relationship(back_populates="traces")
