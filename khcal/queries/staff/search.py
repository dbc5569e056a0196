"""Search in everything that a house ever planned: drafts, notes, past terms, what is archived.

A word without Swedish letters is found in text with them too, as it is written on a foreign keyboard; a
weekday finds what is on that day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, extract, false, func, or_, select
from sqlalchemy.orm import aliased

from khcal.calendaring.quick_entry.facts import Said
from khcal.calendaring.quick_entry.weekdays import FORMS
from khcal.calendaring.terms import Kind, Status
from khcal.db import db
from khcal.models import Event, Occurrence, Room

MOST_HITS = 60
MOST_DATES_EACH = 3
# Letters that SQLite can't make small by itself; PostgreSQL can, and loses nothing.
_SMALL = {capital: capital.lower() for capital in "ÅÄÖÉÈÜØÆÁÓÍÑÇ"}
# So many that SQLite can still read what is asked: it stops at a hundred things within one another.
_PLAIN = dict(zip("åäöéüøÅÄÖÉÜØ", "aaoeuoaaoeuo", strict=True))
# "Tisdag", "tisdagar", "mandag", but not "tis", which stands in many words.
_WEEKDAYS = {
    spelt: weekday
    for form, (weekday, said, _part) in FORMS.items()
    if said is not Said.SHORT
    for spelt in (form, "".join(_PLAIN.get(letter, letter) for letter in form))
}
_EVENT_TEXTS = ("title", "short_text", "text", "leader", "place", "internal_note")
_DATE_TEXTS = ("title", "short_text", "leader", "reason")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date that has the words in what is its own."""

    title: str
    starts_at: datetime


@dataclass(frozen=True, slots=True)
class FoundEvent:
    """An activity that has the words, or one of whose dates has; ``next`` is its next planned date."""

    id: int
    title: str
    kind: Kind
    language: str
    archived: bool
    dates: int
    published: int
    first: datetime | None
    last: datetime | None
    next: datetime | None
    found: list[FoundDate] = field(default_factory=list)

    @property
    def is_draft(self) -> bool:
        """Whether nothing of it was ever published."""
        return self.published == 0


def search(house_id: int, words: list[str], now: datetime) -> list[FoundEvent]:
    """The house's activities in which every word is found, those with the latest dates first.

    One more than :data:`MOST_HITS` when there are more.
    """
    everywhere = [
        or_(_is_in_event(word), _is_in_a_date(house_id, word), _is_on_weekday(house_id, word))
        for word in words
    ]
    statement = _select_found(now).where(Event.chapter_id == house_id, *everywhere).limit(MOST_HITS + 1)
    rows = db.session.execute(statement).all()
    dates = _found_dates([row.id for row in rows], words) if rows else {}
    return [FoundEvent(*(*row, dates.get(row.id, []))) for row in rows]


def _select_found(now: datetime) -> Any:
    following = func.min(Occurrence.starts_at).filter(
        Occurrence.ends_at > now, Occurrence.status == Status.PLANNED
    )
    first, last = func.min(Occurrence.starts_at), func.max(Occurrence.starts_at)
    shown = (Event.id, Event.title, Event.kind, Event.language, Event.archived)
    return (
        select(
            *shown,
            func.count(Occurrence.id),
            func.count(Occurrence.published_at),
            first,
            last.label("last"),
            following,
        )
        .outerjoin(Occurrence, and_(Occurrence.event_id == Event.id, Occurrence.status != Status.WITHDRAWN))
        .group_by(*shown)
        .order_by(last.desc().nulls_first(), Event.id)
    )


def _is_in_event(word: str) -> ColumnElement[bool]:
    """Whether the texts of an activity, or the names of its rooms, have the word."""
    rooms = [
        select(func.coalesce(func.max(Room.name), "")).where(Room.id == number).correlate(Event)
        for number in (Event.room_id, Event.second_room_id)
    ]
    texts = [getattr(Event, name) for name in _EVENT_TEXTS]
    return _has([*texts, *(name.scalar_subquery() for name in rooms)], word)


def _is_in_a_date(house_id: int, word: str) -> ColumnElement[bool]:
    """Whether what a date of the activity has of its own has the word."""
    own = aliased(Event, name="own")
    found = (
        select(Occurrence.event_id)
        .join(own, own.id == Occurrence.event_id)
        .where(own.chapter_id == house_id, _date_has(word))
    )
    return Event.id.in_(found)


def _is_on_weekday(house_id: int, word: str) -> ColumnElement[bool]:
    """Whether the word is a weekday that the activity has a date on."""
    weekday = _WEEKDAYS.get(word.casefold())
    if weekday is None:
        return false()
    of_house = aliased(Event, name="of_house")
    found = (
        select(Occurrence.event_id)
        .join(of_house, of_house.id == Occurrence.event_id)
        # Both engines count from Sunday.
        .where(
            of_house.chapter_id == house_id,
            Occurrence.status != Status.WITHDRAWN,
            extract("dow", Occurrence.starts_at) == (weekday + 1) % 7,
        )
    )
    return Event.id.in_(found)


def _date_has(word: str) -> ColumnElement[bool]:
    room = aliased(Room, name="date_room")
    name = select(func.coalesce(func.max(room.name), "")).where(room.id == Occurrence.room_id)
    texts = [func.coalesce(getattr(Occurrence, each), "") for each in _DATE_TEXTS]
    return and_(
        Occurrence.status != Status.WITHDRAWN,
        _has([*texts, name.correlate(Occurrence).scalar_subquery()], word),
    )


def _found_dates(events: list[int], words: list[str]) -> dict[int, list[FoundDate]]:
    """The dates of these activities whose own texts have any of the words: the latest, a few of each."""
    statement = (
        select(
            Occurrence.event_id,
            func.coalesce(Occurrence.title, Event.title).label("title"),
            Occurrence.starts_at,
        )
        .join(Event, Event.id == Occurrence.event_id)
        .where(Occurrence.event_id.in_(events), or_(*(_date_has(word) for word in words)))
        .order_by(Occurrence.starts_at.desc())
    )
    found: dict[int, list[FoundDate]] = defaultdict(list)
    for row in db.session.execute(statement):
        if len(found[row.event_id]) < MOST_DATES_EACH:
            found[row.event_id].append(FoundDate(row.title, row.starts_at))
    return found


def _has(texts: list[Any], word: str) -> ColumnElement[bool]:
    """Whether a word stands somewhere in the texts, in large letters or small.

    One of plain letters alone is found in the texts as they would be without their rings and dots.
    """
    together = texts[0]
    for text in texts[1:]:
        together = together + " " + text
    plain = _PLAIN if word.isascii() else _SMALL
    for letter, other in plain.items():
        together = func.replace(together, letter, other)
    found: ColumnElement[bool] = func.lower(together).contains(word.casefold(), autoescape=True)
    return found
