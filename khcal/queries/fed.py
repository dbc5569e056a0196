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

from sqlalchemy import Row, Select, SQLColumnExpression, bindparam, or_, select

from khcal.calendaring.feed_text import FeedDate, feed_date
from khcal.calendaring.filters import NO_FILTERS, Filters
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Kind, Status
from khcal.db import db
from khcal.models import Chapter, Event, Listing, Occurrence
from khcal.models.listed import (
    Owner,
    listed_from,
    select_published,
    to_listed,
)

from .dates import asked_for

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
    books = _all(_books().where(*told))
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
    """The same dates, or those of one group, with all that pages tell of them; sorted by start and uid.

    Those of a group have with them that the house has closed for good.
    """
    rows = _all(_whole().where(*_told(house_id, first, last, filters, slug)))
    listed = [to_listed(row, house_id=house_id) for row in rows]
    return sorted(listed, key=lambda row: (row.starts_at, row.uid))


def _read(house_id: int | None, numbers: list[int], told: _Conditions) -> dict[int, FeedDate]:
    """These dates by their ids, or all of those told; from now on known by their books."""
    is_too_many = len(numbers) > MOST_NUMBERS
    rows = _all(_whole().where(*told)) if is_too_many else _all(_by_number(), numbers=numbers)
    read = {row.id: feed_date(listed_from(row, house_id=house_id)) for row in rows}
    if len(KNOWN) + len(read) > MOST_KNOWN:
        KNOWN.clear()
    KNOWN.update({_key(house_id, row): read[row.id] for row in rows})
    return read


def _key(house_id: int | None, row: Row[Any]) -> Hashable:
    """What a date is known by: the house that tells of it, and its books."""
    return house_id, row.id, row.feed_digest, row.sequence, row.changed_at


# So many columns cost more to put together than to read for the one date that was changed.
@cache
def _by_number() -> Select[Any]:
    return _whole().where(Occurrence.id.in_(bindparam("numbers", expanding=True)))


@cache
def _whole() -> Select[Any]:
    return select_published().add_columns(Occurrence.feed_digest)


def _all(statement: Select[Any], **asked: Any) -> Sequence[Row[Any]]:
    # Past the session, which would look at each of many hundreds of rows for objects to load.
    return db.session.connection().execute(statement, asked).all()


@cache
def _books() -> Select[Any]:
    """What tells whether a date is known; to be narrowed."""
    books = select(*_BOOKS).where(Occurrence.published_at.is_not(None))
    return books.join(Event, Event.id == Occurrence.event_id).join(Owner, Owner.id == Event.chapter_id)


def _told(
    house_id: int | None, first: date, last: date, filters: Filters, slug: str | None = None
) -> list[SQLColumnExpression[bool]]:
    """Dates that begin, go on or left on one of these days: none is missed before it is over."""
    on_days = select(Listing.occurrence_id).where(Listing.day.between(first, last))
    if house_id is not None:
        on_days = on_days.where(Listing.chapter_id == house_id)
        return [Occurrence.id.in_(on_days), *asked_for(filters, slug)]
    # All by name, for the listing is in the order of its houses.
    on_days = on_days.where(Listing.chapter_id.in_(select(Chapter.id)))
    # What a closed house called off must reach those who have it in their calendars.
    is_open = Owner.closed_on.is_(None)
    is_true = or_(is_open, Occurrence.status != Status.PLANNED, Event.kind == Kind.CLOSURE)
    return [Occurrence.id.in_(on_days), is_true, *asked_for(filters, slug)]
