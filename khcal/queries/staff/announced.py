"""What a change did to dates that visitors know of, so that they can be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from khcal.calendaring import clock, phrases
from khcal.calendaring.phrases.changed_dates import DateNews, News, Stand
from khcal.calendaring.terms import AWAY, Form, Kind, Status
from khcal.db import db
from khcal.models import Change, ChangedRow, Event, Occurrence, Room

from .history import undone_by

CLOSED_HOUSE = "house-close"


@dataclass(frozen=True)
class ToldChange:
    """A change of a house with the news in it. ``slug`` is the one group it is about, if it is one."""

    number: int
    verb: str
    is_undone: bool
    dates: list[DateNews]
    rows: list[Occurrence]
    slug: str = ""


def told_change(house_id: int, number: int) -> ToldChange | None:
    """The change of this house with that number, or ``None``."""
    change = db.session.scalar(select(Change).where(Change.id == number, Change.chapter_id == house_id))
    if change is None:
        return None
    images = _images(number)
    # Of what is new only closed days are news to those who were to come.
    rows = [row for row in _rows(house_id, images) if is_closure(row) or images[row.id][0]["published_at"]]
    dates = _news(rows, images, _reasons(number))
    told = [(row, each) for row, each in zip(rows, dates, strict=True) if each.news is not News.NOTHING]
    # That the house is closed is told of with the address of the whole calendar.
    slugs = {row.event.slug if not each.is_closure else "" for row, each in told}
    return ToldChange(
        number=number,
        verb=change.verb,
        is_undone=number in undone_by([number]),
        dates=_with_next(house_id, told),
        rows=[row for row, _each in told],
        slug=slugs.pop() if len(slugs) == 1 else "",
    )


def told_closing(house_id: int) -> ToldChange | None:
    """The change that closed the house for good, the last one if it was done again."""
    statement = select(func.max(Change.id)).where(Change.chapter_id == house_id, Change.verb == CLOSED_HOUSE)
    number = db.session.scalar(statement)
    return told_change(house_id, number) if number is not None else None


def latest_change_of(house_id: int, number: int) -> Change | None:
    """The last change of this house that altered the date."""
    statement = (
        select(Change)
        .join(ChangedRow, ChangedRow.change_id == Change.id)
        .where(
            ChangedRow.table_name == Occurrence.__tablename__,
            ChangedRow.row_id == str(number),
            Change.chapter_id == house_id,
        )
        .order_by(ChangedRow.id.desc())
        .limit(1)
    )
    return db.session.scalar(statement)


def _images(number: int) -> dict[int, tuple[dict[str, Any], dict[str, Any]]]:
    """Each published date as it was before the change and after all of it; a new one as if it was off."""
    found: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
    for row in _changed(number, Occurrence.__tablename__):
        if row.before is None and row.after and row.after.get("published_at"):
            found[int(row.row_id)] = (
                row.after | {"status": Status.WITHDRAWN, "published_at": None},
                row.after,
            )
        elif row.before and row.after and (row.before.get("published_at") or int(row.row_id) in found):
            first, _last = found.get(int(row.row_id), (row.before, row.after))
            found[int(row.row_id)] = (first, row.after)
    return found


def _reasons(number: int) -> dict[int, str]:
    """Why dates were moved, as their traces say."""
    traces = (row.after for row in _changed(number, "trace") if row.after)
    return {trace["occurrence_id"]: trace["reason"] or "" for trace in traces}


def _changed(number: int, table: str) -> Iterable[ChangedRow]:
    statement = select(ChangedRow).where(ChangedRow.change_id == number, ChangedRow.table_name == table)
    return db.session.scalars(statement.order_by(ChangedRow.id))


def _rows(house_id: int, numbers: Iterable[int]) -> list[Occurrence]:
    statement = (
        select(Occurrence)
        .join(Occurrence.event)
        .where(Occurrence.id.in_(list(numbers)), Event.chapter_id == house_id)
        .options(joinedload(Occurrence.event).options(joinedload(Event.room), joinedload(Event.second_room)))
        .order_by(Occurrence.starts_at, Occurrence.id)
    )
    return list(db.session.scalars(statement))


def _news(
    rows: Iterable[Occurrence],
    images: dict[int, tuple[dict[str, Any], dict[str, Any]]],
    reasons: dict[int, str],
) -> list[DateNews]:
    pairs = [(row, *images[row.id]) for row in rows]
    own = {image["room_id"] for _row, *both in pairs for image in both} - {None}
    names = {room.id: room.name for room in db.session.scalars(select(Room).where(Room.id.in_(own)))}
    return [
        DateNews(
            row.title or row.event.title,
            _stand(row, before, names),
            _stand(row, after, names),
            _words(row) if is_closure(row) else after["reason"] or reasons.get(row.id, ""),
            is_closure=is_closure(row),
        )
        for row, before, after in pairs
    ]


def is_closure(row: Occurrence) -> bool:
    """Whether the date tells that the house is closed."""
    return row.event.kind is Kind.CLOSURE


def _words(row: Occurrence) -> str:
    """What a closure says beside its title."""
    return row.short_text if row.short_text is not None else row.event.short_text


def _stand(row: Occurrence, image: dict[str, Any], names: dict[int, str]) -> Stand:
    usual, place = [row.event.room, row.event.second_room], row.event.place
    if image["form"] in AWAY and image["form"] != row.event.form:
        usual, place = [], phrases.form_label(Form(image["form"]))
    rooms = [names.get(image["room_id"], "")] if image["room_id"] else [room.name for room in usual if room]
    return Stand(
        datetime.fromisoformat(image["starts_at"]),
        datetime.fromisoformat(image["ends_at"]),
        image["status"] != Status.PLANNED,
        " och ".join(rooms) or place,
    )


def _with_next(house_id: int, told: list[tuple[Occurrence, DateNews]]) -> list[DateNews]:
    """The same news, where something was called off with the group's next date after the first such."""
    slugs = {row.event.slug for row, each in told if each.news is News.CANCELLED}
    if not slugs:
        return [each for _row, each in told]
    statement = (
        select(Event.slug, Occurrence.starts_at)
        .join(Event, Event.id == Occurrence.event_id)
        .where(
            Event.chapter_id == house_id,
            Event.slug.in_(slugs),
            Occurrence.status == Status.PLANNED,
            Occurrence.published_at.is_not(None),
            Occurrence.starts_at > clock.wall_now(),
        )
        .order_by(Occurrence.starts_at)
    )
    planned = [(slug, starts_at) for slug, starts_at in db.session.execute(statement)]
    first_off: dict[str, datetime] = {}
    for row, each in told:
        if each.news is News.CANCELLED:
            slug, left = row.event.slug, each.was.starts_at
            first_off[slug] = min(first_off.get(slug, left), left)
    return [_following(row, each, planned, first_off) for row, each in told]


def _following(
    row: Occurrence, each: DateNews, planned: list[tuple[str, datetime]], first_off: dict[str, datetime]
) -> DateNews:
    slug = row.event.slug
    if slug not in first_off or each.news is not News.CANCELLED:
        return each
    following = (moment for other, moment in planned if other == slug and moment > first_off[slug])
    return DateNews(each.title, each.was, each.now, each.reason, next(following, None))
