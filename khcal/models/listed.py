"""How one row of columns becomes a :class:`ListedDate`: the only place that picks public columns.

Lists read columns, not object graphs. Meeting links that are not open, internal notes and drafts are
never selected, so nothing above this file can show them.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Row, Select, SQLColumnExpression, and_, case, exists, func, literal, null, or_, select
from sqlalchemy.orm import aliased

from khcal.calendaring.shapes import Deadline, ListedDate
from khcal.calendaring.terms import AWAY, Appearance, Status

from .chapter import Chapter, Room
from .event import Event
from .listing import Listing
from .occurrence import Occurrence, Trace

Owner = aliased(Chapter, name="owner")
OwnRoom = aliased(Room, name="own_room")
EventRoom = aliased(Room, name="event_room")
SecondRoom = aliased(Room, name="second_room")


def _moved_from_of() -> SQLColumnExpression[Any]:
    """When a date was to take place before it was last moved: the day it left last, not the latest day."""
    trace = aliased(Trace, name="last_trace")
    return (
        select(trace.starts_at)
        .where(trace.occurrence_id == Occurrence.id)
        .order_by(trace.id.desc())
        .limit(1)
        .correlate(Occurrence)
        .scalar_subquery()
    )


def in_usual_place() -> SQLColumnExpression[bool]:
    """Whether a date is where its activity is; one held online or outdoors instead is not."""
    return or_(Occurrence.form.is_(None), Occurrence.form == Event.form, Occurrence.form.not_in(AWAY))


_COLUMNS: dict[str, SQLColumnExpression[Any]] = {
    "id": Occurrence.id,
    "uid": Occurrence.uid,
    "starts_at": Occurrence.starts_at,
    "ends_at": Occurrence.ends_at,
    "status": Occurrence.status,
    "reason": Occurrence.reason,
    "places": Occurrence.places,
    "free_today_on": Occurrence.free_today_on,
    "sequence": Occurrence.sequence,
    "changed_at": Occurrence.changed_at,
    "title": func.coalesce(Occurrence.title, Event.title),
    "event_title": Event.title,
    "short_text": func.coalesce(Occurrence.short_text, Event.short_text),
    "neutral_title": Event.neutral_title,
    "kind": Event.kind,
    "audience": Event.audience,
    "language": Event.language,
    "form": func.coalesce(Occurrence.form, Event.form, type_=Event.form.type),
    "facts": Event.facts,
    "place": case((in_usual_place(), Event.place), else_=""),
    "signup": Event.signup,
    "signup_contact": Event.signup_contact,
    "price": Event.price,
    "online_info": Event.online_info,
    "open_link": case((Event.link_is_open, Event.online_link), else_=""),
    "status_note": Event.status_note,
    "wall": Event.wall,
    "slug": Event.slug,
    "chapter_slug": Owner.slug,
    "chapter_name": Owner.name,
    "chapter_short_name": Owner.short_name,
}
_ROOMS: dict[str, SQLColumnExpression[Any]] = {
    "own_room": OwnRoom.name,
    "own_room_chapter": OwnRoom.chapter_id,
    "first_room": EventRoom.name,
    "first_room_chapter": EventRoom.chapter_id,
    "second_room": SecondRoom.name,
    "second_room_chapter": SecondRoom.chapter_id,
    "own_address": OwnRoom.address,
    "event_address": case((in_usual_place(), Event.address), else_=""),
    "room_address": EventRoom.address,
    "owner_id": Owner.id,
    "owner_street": Owner.street,
    "owner_city": Owner.city,
    "moved_from": _moved_from_of(),
    "until_day": Event.signup_until_day,
    "days_before": Event.signup_days_before,
    "until_time": Event.signup_time,
    "until_words": Event.signup_until_words,
}

# How a published date appears, whoever shows it.
_APPEARANCE_ANYWHERE = case(
    (Occurrence.status == Status.WITHDRAWN, Appearance.GONE.value), else_=Appearance.START.value
).label("appearance")


# To put a statement together costs more than to ask it; these two never differ and are made once.
@cache
def select_listed() -> Select[Any]:
    """Columns of every appearance in ``listing``, to be narrowed, ordered and read by :func:`to_listed`."""
    own_trace = and_(
        Listing.kind == Appearance.LEFT,
        Trace.occurrence_id == Occurrence.id,
        Trace.day == Listing.day,
    )
    return (
        _joined(
            select(
                *_labelled(),
                Listing.day.label("day"),
                Listing.kind.label("appearance"),
                Listing.chapter_id.label("shown_in"),
                Trace.starts_at.label("left_at"),
                func.coalesce(Trace.reason, "").label("left_reason"),
                _next_at().label("next_at"),
            )
            .select_from(Listing)
            .join(Occurrence, Occurrence.id == Listing.occurrence_id)
        )
        .outerjoin(Trace, own_trace)
        .order_by(Listing.day, Occurrence.starts_at, Occurrence.id)
    )


@cache
def select_published() -> Select[Any]:
    """Columns of every published date once, whoever shows it; what feeds say of it follows from them."""
    return _joined(
        select(
            *_labelled(),
            _APPEARANCE_ANYWHERE,
            Event.chapter_id.label("shown_in"),
            null().label("day"),
            null().label("left_at"),
            literal("").label("left_reason"),
            null().label("next_at"),
        ).select_from(Occurrence)
    ).where(Occurrence.published_at.is_not(None))


def listed_from(row: Row[Any], *, house_id: int | None = None) -> ListedDate:
    """A row of one of the two selects as a shape; ``house_id`` is the house that shows it, if one does."""
    # Both selects begin with these columns; by name it would take twice as long for hundreds of rows.
    values = dict(zip(_COLUMNS, row, strict=False))
    return ListedDate(
        **values,
        day=row.day or row.starts_at.date(),
        appearance=_APPEARANCES[row.appearance],
        rooms=_rooms(row, house_id),
        address=_address(row),
        deadline=_deadline(row),
        left_at=row.left_at,
        left_reason=row.left_reason,
        next_at=row.next_at,
        moved_from=row.moved_from if row.appearance == Appearance.START else None,
    )


# The same columns make the same shape, and after a change nearly all rows of a list are as they were; to
# fill a shape takes several times as long as to find it. Room for the lists of many houses.
to_listed = lru_cache(maxsize=8192)(listed_from)


def houses_of_rooms(row: Row[Any]) -> tuple[int, ...]:
    """The ids of the two houses that each tell their own room of this date; of all other dates nothing."""
    if row.own_room or not row.second_room or row.first_room_chapter == row.second_room_chapter:
        return ()
    return row.first_room_chapter, row.second_room_chapter


# Quicker than to ask the vocabulary each time; stored ones come as themselves, computed ones as texts.
_APPEARANCES: dict[str, Appearance] = {each.value: each for each in Appearance}


def _labelled() -> list[SQLColumnExpression[Any]]:
    return [column.label(name) for name, column in (_COLUMNS | _ROOMS).items()]


def _joined(statement: Select[Any]) -> Select[Any]:
    return (
        statement.join(Event, Event.id == Occurrence.event_id)
        .join(Owner, Owner.id == Event.chapter_id)
        .outerjoin(OwnRoom, OwnRoom.id == Occurrence.room_id)
        .outerjoin(EventRoom, and_(EventRoom.id == Event.room_id, in_usual_place()))
        .outerjoin(SecondRoom, and_(SecondRoom.id == Event.second_room_id, in_usual_place()))
    )


def _next_at() -> SQLColumnExpression[Any]:
    """When the group takes place next, where this house shows it, after a date that was called off."""
    later, same_group = aliased(Occurrence, name="later"), aliased(Event, name="same_group")
    shown = aliased(Listing, name="shown")
    # By its whole key: a house's listing is long, and this is asked for each cancelled date.
    is_shown = (
        exists()
        .where(
            shown.chapter_id == Listing.chapter_id,
            shown.day == func.date(later.starts_at),
            shown.occurrence_id == later.id,
            shown.kind == Appearance.START,
        )
        .correlate(Listing, later)
    )
    following = (
        select(func.min(later.starts_at))
        .join(same_group, same_group.id == later.event_id)
        .where(
            same_group.chapter_id == Event.chapter_id,
            same_group.slug == Event.slug,
            later.starts_at > Occurrence.starts_at,
            later.status == Status.PLANNED,
            is_shown,
        )
        .correlate(Occurrence, Event, Listing)
        .scalar_subquery()
    )
    return case((Occurrence.status == Status.CANCELLED, following), else_=null())


def _deadline(row: Row[Any]) -> Deadline:
    """Until when one signs up. A day that was set before the date was moved says nothing of the new one."""
    if row.until_day is not None and row.moved_from is not None:
        return Deadline()
    return Deadline(row.until_day, row.days_before, row.until_time, row.until_words)


def _address(row: Row[Any]) -> str:
    """The address of where the date is; a room without one of its own has its house's.

    A date in another room than its event's has nothing of that event's.
    """
    own = row.own_address if row.own_room else row.event_address or row.room_address
    room_house = row.own_room_chapter if row.own_room else row.first_room_chapter
    if own or room_house != row.owner_id or (row.place and not row.own_room):
        return own or ""
    return ", ".join(part for part in (row.owner_street, row.owner_city) if part)


def _rooms(row: Row[Any], house_id: int | None) -> tuple[str, ...]:
    """The rooms by name; of a date in two houses only the showing house's own, if it has one there."""
    if row.own_room:
        return (row.own_room,)
    if not row.second_room:
        return (row.first_room,) if row.first_room else ()
    rooms = [
        (name, chapter)
        for name, chapter in (
            (row.first_room, row.first_room_chapter),
            (row.second_room, row.second_room_chapter),
        )
        if name
    ]
    own = [name for name, chapter in rooms if chapter == house_id]
    is_in_two_houses = len({chapter for _, chapter in rooms}) > 1
    return tuple(own if own and is_in_two_houses else [name for name, _ in rooms])
