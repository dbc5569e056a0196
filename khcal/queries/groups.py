"""Reads of groups: what the page of an activity says besides its dates."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Row, Select, SQLColumnExpression, and_, bindparam, case, func, null, select
from sqlalchemy.orm import aliased

from khcal.calendaring.shapes import Deadline, Group
from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.models import Chapter, Event, EventShownIn, Listing, Occurrence
from khcal.models.listed import EventRoom, Owner, OwnRoom, SecondRoom

from .dates import SEEN
from .houses import swedish_order

_Sibling = aliased(Event, name="sibling")
_SiblingOwner = aliased(Chapter, name="sibling_owner")
_GROUP_COLUMNS: dict[str, SQLColumnExpression[Any]] = {
    "slug": Event.slug,
    "title": Event.title,
    "short_text": Event.short_text,
    "text": Event.text,
    "kind": Event.kind,
    "audience": Event.audience,
    "language": Event.language,
    "form": Event.form,
    "facts": Event.facts,
    "place": Event.place,
    "signup": Event.signup,
    "signup_contact": Event.signup_contact,
    "price": Event.price,
    "capacity": Event.capacity,
    "leader": Event.leader,
    "online_info": Event.online_info,
    "open_link": case((Event.link_is_open, Event.online_link), else_=""),
    "status_note": Event.status_note,
    "chapter_slug": Owner.slug,
    "chapter_name": Owner.name,
    "chapter_email": Owner.email,
    "chapter_phone": Owner.phone,
    "sibling_slug": func.coalesce(_Sibling.slug, ""),
    "sibling_title": func.coalesce(_Sibling.title, ""),
    "sibling_chapter_slug": func.coalesce(_SiblingOwner.slug, ""),
}
_GROUP_PARTS: dict[str, SQLColumnExpression[Any]] = {
    "room_name": EventRoom.name,
    "second_room_name": SecondRoom.name,
    "event_address": Event.address,
    "room_address": EventRoom.address,
    "room_directions": EventRoom.directions,
    "event_access": Event.access,
    "room_access": EventRoom.access,
    "until_day": Event.signup_until_day,
    "days_before": Event.signup_days_before,
    "until_time": Event.signup_time,
    "until_words": Event.signup_until_words,
    "room_is_owners": EventRoom.chapter_id == Event.chapter_id,
    "owner_street": Owner.street,
    "owner_city": Owner.city,
}


# What a date may have of its own. A room of its own brings its own way in and access.
_DATE_PARTS: dict[str, SQLColumnExpression[Any]] = {
    "own_leader": Occurrence.leader,
    "own_room": OwnRoom.name,
    "own_directions": OwnRoom.directions,
    "own_access": OwnRoom.access,
    "own_address": OwnRoom.address,
}


def group(house_id: int, slug: str, occurrence_id: int | None = None) -> Group | None:
    """What the page of a group says besides its dates, from its newest event that the house shows.

    With ``occurrence_id`` the event of that date speaks instead.
    """
    asked = {"house": house_id, "slug": slug, "date": occurrence_id}
    row = db.session.execute(_group_statement(of_date=occurrence_id is not None), asked).first()
    return None if row is None else _to_group(row)


def title_elsewhere(slug: str) -> str | None:
    """The title of a published group with this address, of any house."""
    of_any_house = Event.chapter_id.in_(select(Chapter.id))
    published = select(Event.title).join(Occurrence).where(of_any_house, Occurrence.published_at.is_not(None))
    return db.session.scalar(published.where(Event.slug == slug).limit(1))


@cache
def _group_statement(of_date: bool) -> Select[Any]:
    """The question for a group, with or without one date of it, put together once."""
    last_shown = _last_shown()
    columns: list[SQLColumnExpression[Any]] = [
        *(column.label(name) for name, column in (_GROUP_COLUMNS | _GROUP_PARTS).items()),
        _houses_showing().label("shown_in"),
        *((_of_date(column) if of_date else null()).label(name) for name, column in _DATE_PARTS.items()),
    ]
    statement: Select[Any] = (
        select(*columns)
        .select_from(Event)
        .join(Owner, Owner.id == Event.chapter_id)
        .outerjoin(EventRoom, EventRoom.id == Event.room_id)
        .outerjoin(SecondRoom, SecondRoom.id == Event.second_room_id)
        .outerjoin(_Sibling, and_(_Sibling.id == Event.sibling_id, _is_public(_Sibling)))
        .outerjoin(_SiblingOwner, _SiblingOwner.id == _Sibling.chapter_id)
        .where(Event.slug == bindparam("slug"), last_shown.is_not(None))
        .order_by(last_shown.desc())
        .limit(1)
    )
    return statement.where(Event.id == _of_date(Occurrence.event_id)) if of_date else statement


def _of_date(column: SQLColumnExpression[Any]) -> SQLColumnExpression[Any]:
    """What one date says itself; null when it leaves that to its event."""
    return (
        select(column)
        .select_from(Occurrence)
        .outerjoin(OwnRoom, OwnRoom.id == Occurrence.room_id)
        .where(Occurrence.id == bindparam("date"))
        .scalar_subquery()
    )


def _last_shown() -> SQLColumnExpression[Any]:
    """When a house shows an event for the last time; null when it never does."""
    return (
        select(func.max(Occurrence.starts_at))
        .join(Listing, Listing.occurrence_id == Occurrence.id)
        .where(
            Occurrence.event_id == Event.id, Listing.chapter_id == bindparam("house"), Listing.kind.in_(SEEN)
        )
        .correlate(Event)
        .scalar_subquery()
    )


def _houses_showing() -> SQLColumnExpression[Any]:
    """Short names of the houses that show an event, with bars between."""
    return (
        select(func.aggregate_strings(Chapter.short_name, "|"))
        .join(EventShownIn, EventShownIn.chapter_id == Chapter.id)
        .where(EventShownIn.event_id == Event.id, EventShownIn.hidden.is_(False))
        .correlate(Event)
        .scalar_subquery()
    )


def _is_public(event: type[Event]) -> SQLColumnExpression[bool]:
    return (
        select(Occurrence.id)
        .where(
            Occurrence.event_id == event.id,
            Occurrence.published_at.is_not(None),
            Occurrence.status != Status.WITHDRAWN,
        )
        .exists()
    )


def _to_group(row: Row[Any]) -> Group:
    shown_in = sorted((row.shown_in or "").split("|"), key=swedish_order)
    values = {name: getattr(row, name) for name in _GROUP_COLUMNS}
    return Group(
        **(values | {"leader": row.leader if row.own_leader is None else row.own_leader}),
        **_whereabouts(row),
        deadline=Deadline(row.until_day, row.days_before, row.until_time, row.until_words),
        is_shared=len(shown_in) > 1,
        shown_in=tuple(shown_in),
    )


def _whereabouts(row: Row[Any]) -> dict[str, Any]:
    """Rooms, address, way in and access of where the group meets, or of the date's own room.

    A room without an address of its own has its house's.
    """
    of_house = ", ".join(part for part in (row.owner_street, row.owner_city) if part)
    if row.own_room:
        return {
            "rooms": (row.own_room,),
            "address": row.own_address or of_house,
            "directions": row.own_directions or "",
            "access": row.own_access or "",
        }
    is_in_house = row.room_is_owners and not row.place
    return {
        "rooms": tuple(name for name in (row.room_name, row.second_room_name) if name),
        "address": row.event_address or row.room_address or (of_house if is_in_house else ""),
        "directions": row.room_directions or "",
        "access": row.event_access or row.room_access or "",
    }
