"""What calendars of others are told: feeds, JSON, the list for search engines.

The text of a date in a feed follows from its books: its digest, sequence and stamp change whenever the text
does (``models/bookkeeping.py``). So a feed asks for the books of all its dates, and reads only those dates
whole that it does not know yet: after a change one of many hundreds.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, SQLColumnExpression, String, bindparam, or_, select, type_coerce

from khcal.calendaring.feed_text import FeedDate, feed_date
from khcal.calendaring.filters import NO_FILTERS, Filters
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Appearance, Kind, Status
from khcal.db import db
from khcal.models import Event, Listing, Occurrence
from khcal.models.listed import (
    APPEARANCE_ANYWHERE,
    Owner,
    listed_from,
    select_listed,
    select_published,
    to_listed,
)

from .dates import asked_for

TOLD = (Appearance.START, Appearance.GONE)
# Room for every date of the feeds of a score of houses.
MOST_KNOWN = 16_384
# Databases take only so many values in a question.
MOST_NUMBERS = 5_000
KNOWN: dict[Hashable, FeedDate] = {}
_Conditions = Sequence[SQLColumnExpression[bool]]
_BOOKS: tuple[SQLColumnExpression[Any], ...] = (
    Occurrence.id,
    Occurrence.feed_digest,
    Occurrence.sequence,
    Occurrence.changed_at,
)


def feed_dates(
    house_id: int | None, first: date, last: date, filters: Filters = NO_FILTERS
) -> list[FeedDate]:
    """What a feed tells of these days, in no order; of all houses (``None``) together each date once."""
    told = _told(house_id, first, last, filters)
    books = _all(_books_of(house_id).where(*told))
    found = {row.id: KNOWN.get(_key(house_id, row)) for row in books}
    unknown = [number for number, known in found.items() if known is None]
    if unknown:
        found |= _read(house_id, unknown, told)
    # What was called back between the two questions is in neither.
    return [each for each in found.values() if each is not None]


def published_dates(
    house_id: int | None,
    first: date,
    last: date,
    slug: str | None = None,
    filters: Filters = NO_FILTERS,
) -> list[ListedDate]:
    """The same dates, or those of one group, with all that pages tell of them; sorted by start and uid."""
    told = _told(house_id, first, last, filters)
    if slug is not None:
        told.append(Event.slug == slug)
    rows = _all(_whole(house_id).where(*told))
    listed = [to_listed(row, house_id=house_id) for row in rows]
    return sorted(listed, key=lambda row: (row.starts_at, row.uid))


def _read(house_id: int | None, numbers: list[int], told: _Conditions) -> dict[int, FeedDate]:
    """These dates by their ids, or all of those told; from now on known by their books."""
    if len(numbers) > MOST_NUMBERS:
        rows = _all(_whole(house_id).add_columns(Occurrence.feed_digest).where(*told))
    else:
        rows = _all(_by_number(house_id is None), house=house_id, numbers=numbers)
    read = {row.id: feed_date(listed_from(row, house_id=house_id)) for row in rows}
    if len(KNOWN) + len(read) > MOST_KNOWN:
        KNOWN.clear()
    KNOWN.update({_key(house_id, row): read[row.id] for row in rows})
    return read


def _key(house_id: int | None, row: Row[Any]) -> Hashable:
    """What a date is known by: the house that tells of it, and its books."""
    return house_id, row.id, row.feed_digest, row.sequence, row.changed_at, row.appearance


# So many columns cost more to put together than to read for the one date that was changed.
@cache
def _by_number(is_of_all: bool) -> Select[Any]:
    wanted = Occurrence.id.in_(bindparam("numbers", expanding=True))
    if is_of_all:
        return select_published().add_columns(Occurrence.feed_digest).where(wanted)
    of_house = Listing.chapter_id == bindparam("house")
    return select_listed().add_columns(Occurrence.feed_digest).where(of_house, Listing.kind.in_(TOLD), wanted)


def _all(statement: Select[Any], **asked: Any) -> Sequence[Row[Any]]:
    # Past the session, which would look at each of many hundreds of rows for objects to load.
    return db.session.connection().execute(statement, asked).all()


def _whole(house_id: int | None) -> Select[Any]:
    return select_published() if house_id is None else select_listed()


def _books_of(house_id: int | None) -> Select[Any]:
    """What tells whether a date is known; to be narrowed."""
    if house_id is None:
        books = select(*_BOOKS, APPEARANCE_ANYWHERE).where(Occurrence.published_at.is_not(None))
        return books.join(Event, Event.id == Occurrence.event_id).join(Owner, Owner.id == Event.chapter_id)
    # As it is stored: to make a member of the vocabulary of each takes as long as to read it.
    appearance = type_coerce(Listing.kind, String).label("appearance")
    books = select(*_BOOKS, appearance).select_from(Listing)
    of_dates = books.join(Occurrence, Occurrence.id == Listing.occurrence_id)
    return of_dates.join(Event, Event.id == Occurrence.event_id)


def _told(house_id: int | None, first: date, last: date, filters: Filters) -> list[SQLColumnExpression[bool]]:
    if house_id is None:
        told = [
            Occurrence.starts_at >= first,
            Occurrence.starts_at < date.fromordinal(last.toordinal() + 1),
            # What a closed house called off must reach those who have it in their calendars.
            or_(Owner.closed_on.is_(None), Occurrence.status != Status.PLANNED, Event.kind == Kind.CLOSURE),
        ]
    else:
        told = [Listing.chapter_id == house_id, Listing.day.between(first, last), Listing.kind.in_(TOLD)]
    return [*told, *asked_for(filters)]
