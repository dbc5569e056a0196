"""Reads of houses, with what every page of a house shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select

from khcal.calendaring.shapes import House, NoticeText
from khcal.db import db
from khcal.models import Chapter, Notice


@dataclass(frozen=True, slots=True)
class HousePage:
    """What every page of a house begins with: the house, all houses to switch to, today's notices."""

    house: House
    houses: list[House]
    notices: list[NoticeText]


def all_houses(today: date | None = None) -> list[House]:
    """Every house in order, the national association last."""
    return [house for house, _ in _houses_with_notices(today or date.min)]


def house_page(slug: str, today: date) -> HousePage | None:
    """The house at an address with what its pages share, or ``None``."""
    known = _houses_with_notices(today)
    here = next(((house, notices) for house, notices in known if house.slug == slug), None)
    if here is None:
        return None
    everywhere = [
        notice for house, notices in known for notice in notices if notice.everywhere and house != here[0]
    ]
    return HousePage(here[0], [house for house, _ in known], [*here[1], *everywhere])


def notices_between(house_id: int, first: date, last: date) -> list[NoticeText]:
    """What a house, or another for all of them, has to say on any of these days."""
    statement = (
        select(Notice.text, Notice.first_day, Notice.last_day, Notice.everywhere)
        .where(or_(Notice.chapter_id == house_id, Notice.everywhere))
        .where(Notice.first_day <= last, Notice.last_day >= first)
        .order_by(Notice.first_day, Notice.id)
    )
    return [NoticeText(*row) for row in db.session.execute(statement)]


def _houses_with_notices(today: date | None) -> list[tuple[House, list[NoticeText]]]:
    shown = and_(Notice.chapter_id == Chapter.id, Notice.first_day <= today, Notice.last_day >= today)
    statement = (
        select(
            *(getattr(Chapter, name) for name in House.__slots__),
            Notice.text,
            Notice.first_day,
            Notice.last_day,
            Notice.everywhere,
        )
        .outerjoin(Notice, shown)
        .where(Chapter.closed_on.is_(None))
        .order_by(Chapter.national, Chapter.short_name, Notice.first_day, Notice.id)
    )
    found: dict[House, list[NoticeText]] = {}
    for row in db.session.execute(statement):
        house = House(**{name: getattr(row, name) for name in House.__slots__})
        notices = found.setdefault(house, [])
        if row.text is not None:
            notices.append(NoticeText(row.text, row.first_day, row.last_day, row.everywhere))
    return sorted(found.items(), key=lambda pair: (pair[0].national, swedish_order(pair[0].short_name)))


_SWEDISH = str.maketrans({"å": "{a", "ä": "{b", "ö": "{c"})


def swedish_order(name: str) -> str:
    """A key that sorts names as Swedish does: å, ä and ö last, in that order."""
    return name.casefold().translate(_SWEDISH)
