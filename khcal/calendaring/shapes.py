"""The row shapes that pages, feeds and the wall share: frozen values, never database objects.

Only what the public may see is in them. What is not in a shape cannot leak through a template.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from . import clock
from .terms import Appearance, Audience, Fact, Form, Kind, Places, Signup, Status, WallRule


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when one signs up: a day, or days before each date, perhaps with a time; else words."""

    day: date | None = None
    days_before: int | None = None
    at: time | None = None
    words: str = ""

    def for_date(self, starts_at: datetime) -> date | None:
        """The last day to sign up for the date that starts then; ``None`` when only words tell."""
        if self.day is not None:
            return self.day
        if self.days_before is not None:
            return starts_at.date() - timedelta(days=self.days_before)
        return None

    def __bool__(self) -> bool:
        return bool(self.day or self.days_before is not None or self.words)


@dataclass(frozen=True, slots=True)
class House:
    """A chapter as every page needs it. ``colour`` is a CSS name, ``revision`` rises at each change.

    ``dropped_at`` is when a feed of it last lost a date, in seconds since 1970.
    """

    id: int
    slug: str
    name: str
    short_name: str
    street: str
    city: str
    directions: str
    phone: str
    email: str
    hours: str
    greeting: str
    access: str
    colour: str
    national: bool
    revision: int
    changed_at: int
    website: str = ""
    dropped_at: int = 0

    @property
    def address(self) -> str:
        """Street and town on one line, as far as known."""
        return ", ".join(part for part in (self.street, self.city) if part)


@dataclass(frozen=True, slots=True)
class ListedDate:
    """One date on one day of one house's calendar: a row of a list, a week, a feed, the wall.

    ``day`` is where it stands; ``starts_at``/``ends_at`` are naive wall time, exclusive end, all-day
    from midnight to midnight. ``title`` may be the date's own, ``event_title`` is that of its activity.
    ``chapter_*`` is the owner, also when another house shows it.
    ``next_at`` is the next planned date of the same group, known only for cancelled ones.
    ``left_at`` and ``left_reason`` belong to a date that was moved away from ``day``; ``moved_from`` is
    when it was to be before it was moved here.
    """

    day: date
    appearance: Appearance
    id: int
    uid: str
    starts_at: datetime
    ends_at: datetime
    status: Status
    reason: str
    places: Places
    free_today_on: date | None
    sequence: int
    changed_at: int
    title: str
    event_title: str
    short_text: str
    neutral_title: str
    kind: Kind
    audience: frozenset[Audience]
    language: str
    form: Form
    facts: frozenset[Fact]
    rooms: tuple[str, ...]
    place: str
    address: str
    signup: Signup
    signup_contact: str
    deadline: Deadline
    price: int
    online_info: str
    open_link: str
    status_note: str
    wall: WallRule
    slug: str
    chapter_slug: str
    chapter_name: str
    chapter_short_name: str
    left_at: datetime | None = None
    left_reason: str = ""
    next_at: datetime | None = None
    moved_from: datetime | None = None

    @property
    def is_all_day(self) -> bool:
        """Whether the date has days but no times."""
        return clock.is_all_day(self.starts_at, self.ends_at)

    @property
    def last_day(self) -> date:
        """The last day it touches."""
        if self.ends_at.time() == time.min and self.ends_at > self.starts_at:
            return (self.ends_at - timedelta(days=1)).date()
        return self.ends_at.date()

    @property
    def days(self) -> int:
        """On how many days it is."""
        return (self.last_day - self.starts_at.date()).days + 1

    @property
    def day_number(self) -> int:
        """Which of its days ``day`` is, from 1."""
        return (self.day - self.starts_at.date()).days + 1

    @property
    def is_cancelled(self) -> bool:
        """Whether it was called off after it had been published."""
        return self.status is Status.CANCELLED

    @property
    def is_closure(self) -> bool:
        """Whether it tells that the house is closed."""
        return self.kind is Kind.CLOSURE

    @property
    def takes_place(self) -> bool:
        """Whether it is on ``day`` that it is, neither called off nor moved away."""
        return not (self.is_cancelled or self.was_moved_away)

    @property
    def closes_the_day(self) -> bool:
        """Whether the house is closed the whole day because of it."""
        return self.is_closure and self.is_all_day and self.takes_place

    @property
    def is_reopened(self) -> bool:
        """Whether it told that the house is closed that ``day``, and the house is open as usual after all."""
        is_gone = self.appearance is Appearance.GONE or self.status is Status.WITHDRAWN
        return self.is_closure and (self.is_cancelled or is_gone or self.was_moved_away)

    @property
    def was_moved_away(self) -> bool:
        """Whether ``day`` only tells that the date is on another day now."""
        return self.appearance is Appearance.LEFT

    @property
    def where(self) -> str:
        """The rooms, or else the place, on one line; empty when nothing is known."""
        return " och ".join(self.rooms) or self.place

    def has_free_place(self, today: date) -> bool:
        """Whether staff said today that a place became free today."""
        return self.free_today_on == today


@dataclass(frozen=True, slots=True)
class Group:
    """The events of one title in a house: what its page says besides its dates."""

    slug: str
    title: str
    short_text: str
    text: str
    kind: Kind
    audience: frozenset[Audience]
    language: str
    form: Form
    facts: frozenset[Fact]
    rooms: tuple[str, ...]
    place: str
    address: str
    directions: str
    access: str
    signup: Signup
    signup_contact: str
    deadline: Deadline
    price: int
    capacity: int | None
    leader: str
    online_info: str
    open_link: str
    status_note: str
    chapter_slug: str
    chapter_name: str
    chapter_email: str
    chapter_phone: str
    sibling_slug: str = ""
    sibling_title: str = ""
    sibling_chapter_slug: str = ""
    is_shared: bool = False
    shown_in: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeText:
    """A short message of a house, or of all of them."""

    text: str
    first_day: date
    last_day: date
    everywhere: bool
