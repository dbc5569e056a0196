"""Reads of houses, with what every page of a house shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Row, Select, SQLColumnExpression, and_, bindparam, func, or_, select

from khcal.calendaring.shapes import House, NoticeText
from khcal.db import db
from khcal.models import Chapter, Notice


@dataclass(frozen=True, slots=True)
class HousePage:
    """What every page of a house begins with: the house, all houses to switch to, today's notices.

    ``closed_on`` is when a house closed for good that only what others show still tells of.
    """

    house: House
    houses: tuple[House, ...]
    notices: tuple[NoticeText, ...]
    closed_on: date | None = None


_HOUSE_COLUMNS: list[SQLColumnExpression[Any]] = [getattr(Chapter, name) for name in House.__slots__]


_today = bindparam("today", type_=Date)
_shown = and_(Notice.chapter_id == Chapter.id, Notice.first_day <= _today, Notice.last_day >= _today)
_WITH_NOTICES: Select[Any] = (
    select(*_HOUSE_COLUMNS, Notice.text, Notice.first_day, Notice.last_day, Notice.everywhere)
    .outerjoin(Notice, _shown)
    .where(Chapter.closed_on.is_(None))
    .order_by(Notice.first_day, Notice.id)
)


def all_houses() -> list[House]:
    """Every house in order, the national association last."""
    statement = select(*_HOUSE_COLUMNS).where(Chapter.closed_on.is_(None))
    return _in_order(_to_house(row) for row in db.session.execute(statement))


def house_page(slug: str, today: date) -> HousePage | None:
    """The house at an address with what its pages share, or ``None``."""
    return house_pages(today).get(slug)


def house_pages(today: date) -> dict[str, HousePage]:
    """Every house by its slug, with what its pages share."""
    known = _houses_with_notices(today)
    return {house.slug: HousePage(house, tuple(known), _shown_at(house, known)) for house in known}


def _shown_at(here: House, known: dict[House, list[NoticeText]]) -> tuple[NoticeText, ...]:
    """The house's own notices, then what others say to all."""
    others = (notice for house, notices in known.items() if house != here for notice in notices)
    return (*known[here], *(notice for notice in others if notice.everywhere))


def closed_house(slug: str) -> tuple[House, date] | None:
    """A house that has closed for good, and when; ``None`` for all others."""
    columns = [*_HOUSE_COLUMNS, Chapter.closed_on]
    statement = select(*columns).where(Chapter.slug == slug, Chapter.closed_on.is_not(None))
    row = db.session.execute(statement).one_or_none()
    return (_to_house(row), row.closed_on) if row else None


def last_change() -> tuple[int, int]:
    """When any house changed last, and when a feed of any last lost a date, in seconds since 1970.

    Neither ever falls, whichever house closes.
    """
    newest = select(func.max(Chapter.changed_at), func.max(Chapter.dropped_at))
    changed_at, dropped_at = db.session.execute(newest).one()
    return changed_at or 0, dropped_at or 0


def notices_between(house_id: int, first: date, last: date) -> list[NoticeText]:
    """What a house, or another for all of them, has to say on any of these days."""
    statement = (
        select(Notice.text, Notice.first_day, Notice.last_day, Notice.everywhere)
        .where(or_(Notice.chapter_id == house_id, Notice.everywhere))
        .where(Notice.first_day <= last, Notice.last_day >= first)
        .order_by(Notice.first_day, Notice.id)
    )
    return [NoticeText(*row) for row in db.session.execute(statement)]


def _houses_with_notices(today: date) -> dict[House, list[NoticeText]]:
    found: dict[House, list[NoticeText]] = {}
    # Past the session, which looks at each row and each column for objects to load.
    for row in db.session.connection().execute(_WITH_NOTICES, {"today": today}):
        notices = found.setdefault(_to_house(row), [])
        if row.text is not None:
            notices.append(NoticeText(row.text, row.first_day, row.last_day, row.everywhere))
    return {house: found[house] for house in _in_order(found)}


def _to_house(row: Row[Any]) -> House:
    """A row that begins with the columns of a house."""
    return House(*row[: len(House.__slots__)])


def _in_order(houses: Iterable[House]) -> list[House]:
    return sorted(houses, key=lambda house: (house.national, swedish_order(house.short_name)))


_SWEDISH = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c"})


def swedish_order(name: str) -> str:
    """A key that sorts names as Swedish does: å, ä and ö last, in that order."""
    return name.casefold().translate(_SWEDISH)
