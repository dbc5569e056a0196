"""Reads the calendar into the form that an import compares, and carries out the plan that was shown.

Nothing is committed here: the caller's one transaction holds the whole import, or none of it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from khcal.calendaring.import_dates import DateChange
from khcal.calendaring.import_plan import EventChange, HouseChange, ImportPlan, RoomChange
from khcal.calendaring.import_values import (
    Stored,
    StoredEvent,
    StoredHouse,
    as_json,
    break_from_json,
    breaks_as_json,
    date_as_json,
    deadline_as_json,
    deadline_from_json,
    room_like,
    rule_as_json,
)
from khcal.calendaring.reading_chapters import Break
from khcal.calendaring.terms import Audience, Fact, Form, Kind, Places, Signup, Status

from .bookkeeping import begin_change
from .chapter import BreakPeriod, Chapter, OldAddress, Room
from .event import Event, EventShownIn
from .occurrence import Occurrence

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
    *("price", "leader", "status_note", "access", "internal_note"),
)
_CODES: dict[str, Callable[[str], Any]] = {"kind": Kind, "form": Form, "signup": Signup}
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
            selectinload(Event.shown_in).joinedload(EventShownIn.chapter),
            selectinload(Event.room).joinedload(Room.chapter),
            selectinload(Event.second_room).joinedload(Room.chapter),
            selectinload(Event.chapter),
        )
    )
    return Stored(
        {chapter.slug: StoredHouse(chapter.imported, _house_values(chapter)) for chapter in chapters},
        tuple(
            StoredEvent(event.id, event.import_key or "", event.imported, _event_values(event))
            for event in events
        ),
    )


def apply_import(session: Session, plan: ImportPlan) -> None:
    """Do what the plan says, as one change in the history. What is new is published at once."""
    begin_change(session, "import")
    chapters = {chapter.slug: chapter for chapter in session.scalars(select(Chapter))}
    for house in plan.houses:
        _apply_house(session, house, chapters)
    for room in plan.rooms:
        _apply_room(session, room, chapters)
    session.flush()
    renamed = [_apply_event(session, event, chapters) for event in plan.events]
    session.flush()
    for old in filter(None, renamed):
        _keep_old_address(session, *old)


def _house_values(chapter: Chapter) -> dict[str, Any]:
    breaks = (Break(each.name, each.first_day, each.last_day) for each in chapter.breaks)
    return {
        **{name: getattr(chapter, name) for name in _HOUSE_TEXTS},
        "rooms": dict.fromkeys((room.name for room in chapter.rooms), True),
        "breaks": breaks_as_json(breaks),
    }


def _event_values(event: Event) -> dict[str, Any]:
    rooms = [room for room in (event.room, event.second_room) if room]
    others = sorted({shown.chapter.slug for shown in event.shown_in} - {event.chapter.slug})
    # The order of the sheet is kept where it is the same houses, so that it does not look changed.
    imported = [slug for slug in event.imported.get("houses", [])[1:] if slug in others]
    return {
        **{name: getattr(event, name) for name in _EVENT_TEXTS},
        **{name: str(getattr(event, name)) for name in _CODES},
        **{name: sorted(map(str, getattr(event, name))) for name in _CODE_SETS},
        "houses": [event.chapter.slug, *dict.fromkeys((*imported, *others))],
        "rooms": [[room.chapter.slug, room.name] for room in rooms],
        "deadline": deadline_as_json(event.deadline),
        "rule": rule_as_json(event.rule, event.rule_from, event.rule_until),
        "times": [as_json(event.start_time), as_json(event.end_time)],
        "skips": dict(event.skips),
        "dates": {_key_of(occurrence): _date_values(occurrence) for occurrence in event.occurrences},
    }


def _key_of(occurrence: Occurrence) -> str:
    return occurrence.import_key or f"#{occurrence.id}"


def _date_values(occurrence: Occurrence) -> dict[str, Any]:
    return date_as_json(
        occurrence.slot,
        occurrence.starts_at,
        occurrence.ends_at,
        occurrence.status,
        occurrence.reason,
        occurrence.places,
        [(trace.starts_at, trace.reason) for trace in occurrence.traces],
    )


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
    session: Session, change: EventChange, chapters: Mapping[str, Chapter]
) -> tuple[Chapter, str, str] | None:
    """Add or change one activity; returns its house with old and new slug if its address changed."""
    event = session.get(Event, change.id) if change.id else None
    if event is None:
        event = Event(uid=str(uuid4()), chapter=chapters[change.house], import_key=change.key)
    old_slug = event.slug
    for name, value in change.fields.items():
        _set_field(event, name, value, chapters)
    if event.imported != change.imported:
        event.imported = dict(change.imported)
    session.add(event)
    _apply_dates(event, change.dates)
    return (event.chapter, old_slug, event.slug) if old_slug and old_slug != event.slug else None


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
    else:
        raise LookupError(name)


def _room(chapter: Chapter, name: str) -> Room:
    there = room_like(name, (room.name for room in chapter.rooms))
    return next(room for room in chapter.rooms if room.name == there)


def _apply_dates(event: Event, changes: Iterable[DateChange]) -> None:
    stored = {_key_of(occurrence): occurrence for occurrence in event.occurrences}
    for change in changes:
        occurrence = stored[change.was] if change.was else _new_date(event, change)
        occurrence.import_key = change.key
        _change_date(occurrence, change.fields)


def _new_date(event: Event, change: DateChange) -> Occurrence:
    """A published date at the time first planned: what moved or cancelled it comes after."""
    starts_at, ends_at = map(datetime.fromisoformat, change.fields["when"])
    if left := change.fields["left"]:
        begun = datetime.fromisoformat(left[0][0])
        starts_at, ends_at = begun, begun + (ends_at - starts_at)
    occurrence = event.add_date(str(uuid4()), starts_at, ends_at)
    occurrence.publish()
    return occurrence


def _change_date(occurrence: Occurrence, fields: Mapping[str, Any]) -> None:
    if "slot" in fields:
        occurrence.slot = date.fromisoformat(fields["slot"]) if fields["slot"] else None
    if "when" in fields:
        starts_at, ends_at = map(datetime.fromisoformat, fields["when"])
        _move(occurrence, starts_at, ends_at, dict(fields.get("left", [])))
    if "state" in fields:
        status, reason = fields["state"]
        if status == Status.CANCELLED:
            occurrence.cancel(reason)
        elif occurrence.status is Status.CANCELLED:
            occurrence.restore()
    if "places" in fields:
        occurrence.places = Places(fields["places"])


def _move(occurrence: Occurrence, starts_at: datetime, ends_at: datetime, reasons: Mapping[str, str]) -> None:
    if (starts_at, ends_at) == (occurrence.starts_at, occurrence.ends_at):
        return
    occurrence.move(starts_at, ends_at, reasons.get(occurrence.starts_at.isoformat(), ""))
    # Only a date away from where its rule has it counts as moved by hand; the rest follow the rule.
    usual = datetime.combine(occurrence.slot or starts_at, occurrence.event.start_time or time.min)
    occurrence.by_hand = occurrence.slot is not None and starts_at != usual


def _keep_old_address(session: Session, chapter: Chapter, old: str, new: str) -> None:
    """The address of a group that got another title goes on working, unless a group still has it."""
    for older in session.scalars(select(OldAddress).filter_by(new_chapter_id=chapter.id, new_slug=old)):
        older.new_slug = new
    in_use = select(Event.id).where(Event.chapter == chapter, Event.slug == old).limit(1)
    known = select(OldAddress).where(OldAddress.chapter_id == chapter.id, OldAddress.slug == old)
    if session.scalar(in_use) is None and session.scalar(known) is None:
        session.add(OldAddress(chapter_id=chapter.id, slug=old, new_chapter_id=chapter.id, new_slug=new))
