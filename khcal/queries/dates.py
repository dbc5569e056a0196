"""Reads of dates: lists, weeks, days. One query each, by range over the listing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    Date,
    Row,
    Select,
    SQLColumnExpression,
    String,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from khcal.calendaring.filters import NO_FILTERS, Filters
from khcal.calendaring.shapes import ListedDate
from khcal.calendaring.terms import Appearance, Audience, Kind, Status
from khcal.db import db
from khcal.models import Chapter, Event, Listing, Occurrence
from khcal.models.closing import CLOSED_FOR_GOOD
from khcal.models.listed import select_listed, to_listed

SEEN = (Appearance.START, Appearance.THROUGH, Appearance.LEFT)
# Signs that stand for others in a LIKE.
_ESCAPED = str.maketrans({sign: f"/{sign}" for sign in "/%_"})


@dataclass(frozen=True, slots=True)
class DateList:
    """A part of a list: its rows, how many hits there are from its first day on, where the rest begins."""

    rows: list[ListedDate]
    total: int
    next_from: date | None


def date_list(
    house_id: int, first_day: date, filters: Filters = NO_FILTERS, minimum: int = 20, days: int = 14
) -> DateList:
    """Whole days from ``first_day``: ``days`` of them, and more until there are ``minimum`` dates."""
    words = _words(filters.text)
    asked = {
        "house": house_id,
        "first_day": first_day,
        "last_of_span": date.fromordinal(first_day.toordinal() + days - 1),
        "minimum": minimum,
        **{f"word_{number}": word.translate(_ESCAPED) for number, word in enumerate(words)},
    }
    # Past the session, which looks at each row and each column for objects to load.
    statement = _list_from(replace(filters, text="", words=()), len(words))
    rows = db.session.connection().execute(statement, asked).all()
    return DateList(
        rows=_listed(rows, house_id),
        total=rows[0].total if rows else 0,
        next_from=rows[0].following if rows else None,
    )


# As many as there are ways to choose filters, for a few lengths of a search.
@lru_cache(maxsize=512)
def _list_from(filters: Filters, words: int) -> Select[Any]:
    """The question for a list narrowed so, put together once: that costs more than to ask it."""
    last_of_span = bindparam("last_of_span", type_=Date)
    searched = [_is_said(bindparam(f"word_{number}", type_=String)) for number in range(words)]
    listed = _seen(bindparam("house"), bindparam("first_day"))
    hits = listed.where(*_narrowed(filters), *searched).subquery("hits")
    numbered = select(
        hits, func.row_number().over(order_by=(hits.c.day, hits.c.starts_at, hits.c.id)).label("number")
    ).cte("numbered")
    enough = select(numbered.c.day).where(numbered.c.number == bindparam("minimum")).scalar_subquery()
    total = select(func.count(numbered.c.id.distinct())).scalar_subquery()
    rest = aliased(numbered)
    reached = or_(numbered.c.day <= last_of_span, enough.is_(None), numbered.c.day <= enough)
    following = (
        select(func.min(rest.c.day)).where(rest.c.day > last_of_span, rest.c.day > enough).scalar_subquery()
    )
    return (
        select(numbered, total.label("total"), following.label("following"))
        .where(reached)
        .order_by(numbered.c.number)
    )


def dates_between(house_id: int, first: date, last: date, filters: Filters = NO_FILTERS) -> list[ListedDate]:
    """Everything a house shows on these days, both included, as far as the filters leave it."""
    statement = _seen(house_id, first).where(Listing.day <= last, *asked_for(filters))
    return _listed(db.session.execute(statement), house_id)


def first_day_after(house_id: int, day: date, filters: Filters = NO_FILTERS) -> ListedDate | None:
    """The first planned date that starts after ``day``, closures aside: what comes next."""
    statement = (
        _seen(house_id, day)
        .where(
            Listing.day > day,
            Listing.kind == Appearance.START,
            Occurrence.status == Status.PLANNED,
            Event.kind != Kind.CLOSURE,
            *asked_for(filters),
        )
        .limit(1)
    )
    return next(iter(_listed(db.session.execute(statement), house_id)), None)


def days_with_dates(house_id: int, first: date, last: date) -> set[date]:
    """The days on which a house shows anything."""
    statement = (
        select(Listing.day)
        .where(Listing.chapter_id == house_id, Listing.day.between(first, last), Listing.kind.in_(SEEN))
        .distinct()
    )
    return set(db.session.scalars(statement))


def next_dates(limit: int, today: date) -> dict[int, list[ListedDate]]:
    """The next dates of each house by its id, cancelled ones too, closures not; at most ``limit`` each."""
    found: dict[int, list[ListedDate]] = {}
    for row in db.session.execute(_next_of_each(), {"limit": limit, "today": today}):
        found.setdefault(row.shown_in, []).append(to_listed(row, house_id=row.shown_in))
    return found


@cache
def _next_of_each() -> Select[Any]:
    today = bindparam("today", type_=Date)
    # Named, so that the index of houses and days is used and years gone by are not read.
    every_house = select(Chapter.id)
    numbered = (
        select(
            Listing.chapter_id,
            Listing.occurrence_id,
            func.row_number()
            .over(
                partition_by=Listing.chapter_id, order_by=(Listing.day, Occurrence.starts_at, Occurrence.id)
            )
            .label("number"),
        )
        .join(Occurrence, Occurrence.id == Listing.occurrence_id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            Listing.chapter_id.in_(every_house),
            Listing.day >= today,
            Listing.kind == Appearance.START,
            Event.kind != Kind.CLOSURE,
        )
        .subquery()
    )
    chosen = and_(
        numbered.c.chapter_id == Listing.chapter_id,
        numbered.c.occurrence_id == Listing.occurrence_id,
        numbered.c.number <= bindparam("limit"),
    )
    return (
        select_listed().join(numbered, chosen).where(Listing.day >= today, Listing.kind == Appearance.START)
    )


def date_rows(house_id: int, occurrence_id: int) -> list[ListedDate]:
    """Every appearance of one date in a house, its own day first; empty when the house does not show it."""
    statement = select_listed().where(
        Listing.chapter_id == house_id, Listing.occurrence_id == occurrence_id, Listing.kind.in_(SEEN)
    )
    rows = _listed(db.session.execute(statement), house_id)
    return sorted(rows, key=lambda row: row.appearance is not Appearance.START)


def group_dates(house_id: int, slug: str) -> list[ListedDate]:
    """All dates of a group over the years, each once, and the days it was moved from."""
    statement = select_listed().where(
        Listing.chapter_id == house_id,
        Event.slug == slug,
        Listing.kind.in_((Appearance.START, Appearance.LEFT)),
    )
    return _listed(db.session.execute(statement), house_id)


def _seen(house_id: int | BindParameter[int], first: date | BindParameter[date]) -> Select[Any]:
    return select_listed().where(Listing.chapter_id == house_id, Listing.day >= first, Listing.kind.in_(SEEN))


def asked_for(filters: Filters, slug: str | None = None) -> list[SQLColumnExpression[bool]]:
    """What the filters leave, the words of a search included; with ``slug`` that of one group.

    That a house has closed for good, or is open after all, is for all who chose something of it.
    """
    searched = [_is_said(literal(word.translate(_ESCAPED), String)) for word in _words(filters.text)]
    of_group = [] if slug is None else [Event.slug == slug]
    asked = [*of_group, *_narrowed(filters), *searched]
    return [or_(Event.slug == CLOSED_FOR_GOOD, and_(*asked))] if asked else []


def _narrowed(filters: Filters) -> list[SQLColumnExpression[bool]]:
    conditions: list[SQLColumnExpression[bool]] = []
    if filters.kind is not None:
        conditions.append(Event.kind == filters.kind)
    if filters.audience is not None:
        conditions.append(_is_for(filters.audience))
    if filters.forms:
        conditions.append(func.coalesce(Occurrence.form, Event.form).in_(filters.forms))
    if filters.signups:
        conditions.append(Event.signup.in_(filters.signups))
    return conditions


def _is_said(word: BindParameter[str]) -> SQLColumnExpression[bool]:
    """Whether a date's own words or those of its event have this one."""
    searched = Event.search_text + " " + func.lower(func.coalesce(Occurrence.title, ""))
    return searched.contains(word, escape="/")


def _is_for(audience: Audience) -> SQLColumnExpression[bool]:
    """Whether an event is for these people: what is for everyone is for them too, apart from members."""
    own = Event.audience.contains(f" {audience} ")
    if audience in {Audience.MEMBER, Audience.VOLUNTEER, Audience.EVERYONE}:
        return own
    return or_(own, Event.audience.contains(f" {Audience.EVERYONE} "))


def _listed(rows: Iterable[Row[Any]], house_id: int | None) -> list[ListedDate]:
    return [to_listed(row, house_id=house_id) for row in rows]


def _words(text: str) -> list[str]:
    """The words of a search without the signs around them."""
    return [word for part in text.split() if (word := part.strip(".,:;!?\"'()"))]
