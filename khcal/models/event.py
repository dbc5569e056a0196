"""What is planned: a single date, a series or a course, and the houses that show it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from khcal.calendaring.shapes import Deadline
from khcal.calendaring.terms import (
    AUDIENCE_WORDS,
    KIND_WORDS,
    LANGUAGE_WORDS,
    Audience,
    Fact,
    Form,
    Kind,
    Signup,
    Status,
    WallRule,
)
from khcal.db import Base, CodeSet, code_column

from .chapter import Chapter, Room

if TYPE_CHECKING:
    from .occurrence import Occurrence

_SEARCHED = ("title", "short_text", "text", "leader", "place", "kind", "audience", "language")


class Event(Base):
    """An activity. It is a draft while none of its dates is published.

    ``rule`` is RFC 5545 RRULE text without UNTIL; ``skips`` maps ISO dates of the rule that never
    take place to the reason. ``uid`` is made by the form, so that a double click makes one event.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_chapter_id_slug", "chapter_id", "slug"),
        UniqueConstraint("chapter_id", "import_key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(40), unique=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    slug: Mapped[str] = mapped_column(String(120))
    kind: Mapped[Kind] = mapped_column(code_column(Kind, "kind"))
    title: Mapped[str] = mapped_column(String(120))
    short_text: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text, default="")
    language: Mapped[str] = mapped_column(String(10), default="sv")
    audience: Mapped[frozenset[Audience]] = mapped_column(
        CodeSet(Audience), default=frozenset({Audience.EVERYONE})
    )
    form: Mapped[Form] = mapped_column(code_column(Form, "form"), default=Form.ONSITE)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    second_room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    online_link: Mapped[str] = mapped_column(String(500), default="")
    link_is_open: Mapped[bool] = mapped_column(default=False)
    online_info: Mapped[str] = mapped_column(String(300), default="")
    signup: Mapped[Signup] = mapped_column(code_column(Signup, "signup"), default=Signup.DROP_IN)
    signup_contact: Mapped[str] = mapped_column(String(300), default="")
    signup_until_day: Mapped[date | None]
    signup_days_before: Mapped[int | None]
    signup_time: Mapped[time | None]
    signup_until_words: Mapped[str] = mapped_column(String(120), default="")
    price: Mapped[int] = mapped_column(default=0)
    capacity: Mapped[int | None]
    leader: Mapped[str] = mapped_column(String(120), default="")
    facts: Mapped[frozenset[Fact]] = mapped_column(CodeSet(Fact), default=frozenset())
    access: Mapped[str] = mapped_column(Text, default="")
    status_note: Mapped[str] = mapped_column(String(300), default="")
    neutral_title: Mapped[str] = mapped_column(String(80), default="")
    wall: Mapped[WallRule] = mapped_column(code_column(WallRule, "wall"), default=WallRule.SHOW)
    sibling_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    everywhere: Mapped[bool] = mapped_column(default=False)
    internal_note: Mapped[str] = mapped_column(Text, default="")
    rule: Mapped[str] = mapped_column(String(200), default="")
    rule_from: Mapped[date | None]
    rule_until: Mapped[date | None]
    start_time: Mapped[time | None]
    end_time: Mapped[time | None]
    skips: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    import_key: Mapped[str | None] = mapped_column(String(120))
    imported: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    archived: Mapped[bool] = mapped_column(default=False)
    search_text: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    chapter: Mapped[Chapter] = relationship(foreign_keys=chapter_id)
    room: Mapped[Room | None] = relationship(foreign_keys=room_id)
    second_room: Mapped[Room | None] = relationship(foreign_keys=second_room_id)
    sibling: Mapped[Event | None] = relationship(remote_side="Event.id", post_update=True)
    occurrences: Mapped[list[Occurrence]] = relationship(
        back_populates="event", order_by="Occurrence.starts_at", cascade="all, delete-orphan"
    )
    shown_in: Mapped[list[EventShownIn]] = relationship(back_populates="event", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    @validates("title", "short_text", "text", "leader", "place", "kind", "audience", "language")
    def _keep_search_text(self, name: str, value: Any) -> Any:
        """Keep what a search looks in: the texts, and the words that stand beside them on the page."""
        now = {key: getattr(self, key) for key in _SEARCHED} | {name: value}
        words = [now[key] or "" for key in ("title", "short_text", "text", "leader", "place")]
        words += [KIND_WORDS[Kind(now["kind"])]] if now["kind"] else []
        words += [AUDIENCE_WORDS[Audience(audience)] for audience in sorted(now["audience"] or ())]
        words += [LANGUAGE_WORDS.get(now["language"] or "", "")]
        self.search_text = " ".join(word.casefold() for word in words if word)
        return value

    @property
    def deadline(self) -> Deadline:
        """Until when one signs up."""
        return Deadline(
            self.signup_until_day, self.signup_days_before, self.signup_time, self.signup_until_words
        )

    @deadline.setter
    def deadline(self, deadline: Deadline) -> None:
        self.signup_until_day = deadline.day
        self.signup_days_before = deadline.days_before
        self.signup_time = deadline.at
        self.signup_until_words = deadline.words

    @property
    def is_draft(self) -> bool:
        """Whether nothing of it was ever published."""
        return not any(occurrence.is_published for occurrence in self.occurrences)

    @property
    def is_unseen(self) -> bool:
        """Whether nobody outside the staff sees any of it: a draft, or its publication was undone."""
        return not any(each.is_published and each.status is not Status.WITHDRAWN for each in self.occurrences)

    @property
    def standing_dates(self) -> list[Occurrence]:
        """The dates that staff know of.

        One whose publication was undone is none any more, unless nobody sees anything of the event: then it
        waits to be published again, as a draft does.
        """
        is_unseen = self.is_unseen
        return [each for each in self.occurrences if is_unseen or each.status is not Status.WITHDRAWN]

    def add_date(
        self, uid: str, starts_at: datetime, ends_at: datetime, slot: date | None = None
    ) -> Occurrence:
        """Add a date as a draft; ``slot`` is the date of the rule that it fills, none for an extra date."""
        from .occurrence import Occurrence

        occurrence = Occurrence(uid=uid, starts_at=starts_at, ends_at=ends_at, slot=slot)
        self.occurrences.append(occurrence)
        return occurrence

    def publish(self) -> None:
        """Show every date that is still a draft; of an activity that nobody sees also those withdrawn."""
        brings_back = self.is_unseen
        for occurrence in self.occurrences:
            if brings_back or not occurrence.is_published:
                occurrence.publish()

    def show_in(self, chapters: Iterable[Chapter]) -> None:
        """Show the event in these houses too; the owner always shows it.

        That a house hides what is shown everywhere is that house's own business, and stays.
        """
        wanted = {self.chapter, *chapters}
        known = {shown.chapter for shown in self.shown_in}
        self.shown_in = [
            shown for shown in self.shown_in if shown.chapter in wanted or (self.everywhere and shown.hidden)
        ]
        self.shown_in.extend(EventShownIn(chapter=chapter) for chapter in wanted - known)

    def skip(self, day: date, reason: str) -> None:
        """Say that the rule's date ``day`` never takes place."""
        self.skips = {**self.skips, day.isoformat(): reason}


class EventShownIn(Base):
    """That a house shows an event; the owner has a row as well."""

    __tablename__ = "event_shown_in"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), primary_key=True)
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"), primary_key=True, index=True)
    hidden: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship(back_populates="shown_in")
    chapter: Mapped[Chapter] = relationship()
