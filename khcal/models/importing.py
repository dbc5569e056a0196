"""Reads the calendar into the form that an import compares, and carries out the plan that was shown.

Nothing is committed here: the caller's one transaction holds the whole import, or none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, time
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from khcal.calendaring.import_plan import EventChange, HouseChange, ImportPlan
from khcal.calendaring.import_rooms import RoomChange
from khcal.calendaring.import_values import (
    Stored,
    StoredEvent,
    StoredHouse,
    as_json,
    break_from_json,
    breaks_as_json,
    deadline_as_json,
    deadline_from_json,
    room_like,
    rule_as_json,
    with_slugs_of_today,
)
from khcal.calendaring.reading_chapters import Break
from khcal.calendaring.terms import Audience, Fact, Form, Kind, Signup, WallRule

from .bookkeeping import begin_change
from .chapter import BreakPeriod, Chapter, OldAddress, Room
from .event import Event, EventShownIn
from .group_addresses import GroupMoves
from .imported_dates import apply_dates, date_values, key_of
from .occurrence import Occurrence
from .sharing import hide_in, show_again_in

_HOUSE_TEXTS = (
    "name",
    "short_name",
    "street",
    "city",
    "municipality",
    "phone",
    "email",
    "website",
    "national",
)
_EVENT_TEXTS = (
    *("title", "slug", "short_text", "text", "language", "place", "address", "online_info", "capacity"),
    *("price", "leader", "status_note", "access", "internal_note", "online_link", "link_is_open"),
    *("signup_contact", "neutral_title", "everywhere", "archived"),
)
_CODES: dict[str, Callable[[str], Any]] = {"kind": Kind, "form": Form, "signup": Signup, "wall": WallRule}
_CODE_SETS: dict[str, Callable[[str], Any]] = {"audience": Audience, "facts": Fact}


def load_stored(session: Session, houses: Collection[str]) -> Stored:
    """Every house, and every activity that one of ``houses`` (slugs) owns or shows."""
    chapters = session.scalars(
        select(Chapter).options(selectinload(Chapter.rooms), selectinload(Chapter.breaks))
    )
    shown = select(EventShownIn.event_id).join(Chapter).where(Chapter.slug.in_(houses))
    events = session.scalars(
        select(Event)
        .where(Event.id.in_(shown))
        .order_by(Event.id)
        .options(
            selectinload(Event.occurrences).selectinload(Occurrence.traces),
            selectinload(Event.occurrences).joinedload(Occurrence.room).joinedload(Room.chapter),
            joinedload(Event.sibling).joinedload(Event.chapter),
            selectinload(Event.shown_in).joinedload(EventShownIn.chapter),
            selectinload(Event.room).joinedload(Room.chapter),
            selectinload(Event.second_room).joinedload(Room.chapter),
            selectinload(Event.chapter),
        )
    )
    former = _former_slugs(session)
    return Stored(
        {chapter.slug: StoredHouse(chapter.imported, _house_values(chapter)) for chapter in chapters},
        tuple(_stored(event, former) for event in events),
        former,
    )


def apply_import(
    session: Session,
    plan: ImportPlan,
    publish: bool = True,
    user_id: int | None = None,
    chapter_id: int | None = None,
) -> None:
    """Do what the plan says, as one change in the history. New dates are published at once, or are drafts."""
    begin_change(session, "import", user_id, chapter_id)
    chapters = {chapter.slug: chapter for chapter in session.scalars(select(Chapter))}
    for house in plan.houses:
        _apply_house(session, house, chapters)
    for room in plan.rooms:
        _apply_room(session, room, chapters)
    session.flush()
    moves = GroupMoves(session)
    for each in plan.events:
        _apply_event(session, each, chapters, publish, moves)
    session.flush()
    moves.follow()
    for event in plan.events:
        if "sibling" in event.fields:
            _point_at_sibling(session, event, chapters)


def _former_slugs(session: Session) -> dict[str, str]:
    moved = select(OldAddress.slug, Chapter.slug).join(Chapter, Chapter.id == OldAddress.new_chapter_id)
    return dict(session.execute(moved.where(OldAddress.chapter_id.is_(None))).all())


def _stored(event: Event, former: Mapping[str, str]) -> StoredEvent:
    imported = with_slugs_of_today(event.imported, former)
    return StoredEvent(event.id, event.import_key or "", imported, _event_values(event, imported), event.uid)


def _house_values(chapter: Chapter) -> dict[str, Any]:
    breaks = (Break(each.name, each.first_day, each.last_day) for each in chapter.breaks)
    return {
        **{name: getattr(chapter, name) for name in _HOUSE_TEXTS},
        "rooms": dict.fromkeys((room.name for room in chapter.rooms), True),
        "breaks": breaks_as_json(breaks),
    }


def _event_values(event: Event, memory: Mapping[str, Any]) -> dict[str, Any]:
    rooms = [room for room in (event.room, event.second_room) if room]
    others = sorted({shown.chapter.slug for shown in event.shown_in} - {event.chapter.slug})
    # The order of the sheet is kept where it is the same houses, so that it does not look changed.
    imported = [slug for slug in memory.get("houses", [])[1:] if slug in others]
    return {
        **{name: getattr(event, name) for name in _EVENT_TEXTS},
        **{name: str(getattr(event, name)) for name in _CODES},
        **{name: sorted(map(str, getattr(event, name))) for name in _CODE_SETS},
        "houses": [event.chapter.slug, *dict.fromkeys((*imported, *others))],
        "rooms": [[room.chapter.slug, room.name] for room in rooms],
        "deadline": deadline_as_json(event.deadline),
        "rule": rule_as_json(event.rule, event.rule_from, event.rule_until),
        "times": _hours(event),
        "skips": dict(event.skips),
        "sibling": _sibling(event),
        "hidden": sorted(shown.chapter.slug for shown in event.shown_in if shown.hidden),
        "dates": {key_of(occurrence): date_values(occurrence) for occurrence in event.occurrences},
    }


def _sibling(event: Event) -> str:
    """Its parallel group by key, with the house before when that is another."""
    other = event.sibling
    if other is None:
        return ""
    key = other.import_key or other.uid
    return key if other.chapter_id == event.chapter_id else f"{other.chapter.slug}/{key}"


def _hours(event: Event) -> list[str | None]:
    """Its times of day; a form leaves midnight and midnight where a sheet leaves nothing."""
    if event.start_time == event.end_time == time.min:
        return [None, None]
    return [as_json(event.start_time), as_json(event.end_time)]


def _apply_house(session: Session, change: HouseChange, chapters: dict[str, Chapter]) -> None:
    if change.is_new:
        chapters[change.slug] = Chapter(slug=change.slug)
        session.add(chapters[change.slug])
    chapter = chapters[change.slug]
    for name in _HOUSE_TEXTS:
        if name in change.fields:
            setattr(chapter, name, change.fields[name])
    if "breaks" in change.fields:
        _apply_breaks(session, chapter, change.fields["breaks"])
    if chapter.imported != change.imported:
        chapter.imported = dict(change.imported)


def _apply_breaks(session: Session, chapter: Chapter, wanted: Mapping[str, str]) -> None:
    stored = {f"{each.first_day} {each.name}": each for each in chapter.breaks}
    for key, each in stored.items():
        if key not in wanted:
            session.delete(each)
    for key, last_day in wanted.items():
        if key in stored:
            stored[key].last_day = date.fromisoformat(last_day)
        else:
            new = break_from_json(key, last_day)
            chapter.breaks.append(BreakPeriod(name=new.name, first_day=new.first_day, last_day=new.last_day))


def _apply_room(session: Session, change: RoomChange, chapters: Mapping[str, Chapter]) -> None:
    rooms = chapters[change.house].rooms
    for room in rooms:
        if change.was and room.name == change.was:
            room.name = change.name
            return
    rooms.append(Room(name=change.name))


def _apply_event(
    session: Session, change: EventChange, chapters: Mapping[str, Chapter], publish: bool, moves: GroupMoves
) -> None:
    """Add or change one activity; ``moves`` is told of it."""
    event = session.get(Event, change.id) if change.id else None
    if event is None:
        event = Event(uid=str(uuid4()), chapter=chapters[change.house], import_key=change.key)
        moves.come(event)
    else:
        moves.leave(event)
    if event.import_key is None:
        event.import_key = change.key
    for name, value in change.fields.items():
        _set_field(event, name, value, chapters)
    if event.imported != change.imported:
        event.imported = dict(change.imported)
    session.add(event)
    apply_dates(event, change, publish, lambda house, name: _room(chapters[house], name))


def _set_field(event: Event, name: str, value: Any, chapters: Mapping[str, Chapter]) -> None:
    if name in _EVENT_TEXTS:
        setattr(event, name, value)
    elif name in _CODES:
        setattr(event, name, _CODES[name](value))
    elif name in _CODE_SETS:
        setattr(event, name, frozenset(map(_CODE_SETS[name], value)))
    else:
        _set_compound(event, name, value, chapters)


def _set_compound(event: Event, name: str, value: Any, chapters: Mapping[str, Chapter]) -> None:
    if name == "houses":
        event.chapter = chapters[value[0]]
        event.show_in(chapters[slug] for slug in value[1:])
    elif name == "rooms":
        rooms = [_room(chapters[house], room) for house, room in value]
        event.room, event.second_room = (*rooms, None, None)[:2]
    elif name == "deadline":
        event.deadline = deadline_from_json(value)
    elif name == "rule":
        event.rule = value[0]
        event.rule_from, event.rule_until = (date.fromisoformat(day) if day else None for day in value[1:])
    elif name == "times":
        event.start_time, event.end_time = (time.fromisoformat(at) if at else None for at in value)
    elif name == "skips":
        event.skips = dict(value)
    elif name == "hidden":
        _hide(event, {chapters[slug] for slug in value})
    elif name == "sibling":
        pass  # its activity may be among those that are still to come
    else:
        raise LookupError(name)


def _hide(event: Event, houses: Collection[Chapter]) -> None:
    for shown in list(event.shown_in):
        if shown.chapter not in houses:
            show_again_in(event, shown.chapter)
    for house in houses:
        hide_in(event, house)


def _point_at_sibling(session: Session, change: EventChange, chapters: Mapping[str, Chapter]) -> None:
    """Parallel groups, known by the key of their row, and by the house before it when that is another."""
    slug, _, wanted = change.fields["sibling"].rpartition("/")
    event = session.scalar(_called(chapters[change.house], Event.import_key == change.key))
    house = chapters.get(slug or change.house)
    is_it = or_(Event.import_key == wanted, Event.uid == wanted)
    other = session.scalar(_called(house, is_it).limit(1)) if wanted and house else None
    if event is not None and other is not event:
        # By its number: only what stands in a column of its own is written in the books.
        event.sibling_id = other.id if other is not None else None


def _called(house: Chapter, is_it: ColumnElement[bool]) -> Select[Event]:
    return select(Event).where(Event.chapter_id == house.id, is_it)


def _room(chapter: Chapter, name: str) -> Room:
    there = room_like(name, (room.name for room in chapter.rooms))
    return next(room for room in chapter.rooms if room.name == there)
