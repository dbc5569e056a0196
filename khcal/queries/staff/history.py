"""Reads of the history: what was changed in a house, by whom and when, and what of it was taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from khcal.calendaring.phrases.changed_fields import Names
from khcal.calendaring.phrases.changed_values import RowChange
from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.models import Change, ChangedRow, Chapter, Event, Occurrence, Room, User
from khcal.models.undo_rules import managed_columns
from khcal.models.undone_rows import MODELS

from ..houses import swedish_order

PAGE = 30
# A change of more rows is told in a list by their number alone; its own page reads them all.
FIRST_ROWS = 60
# In place of the number of a person: what the commands did.
NOBODY = 0


@dataclass(frozen=True, slots=True)
class KeptChange:
    """A change without its rows. ``who`` is empty for a command; ``house_id`` for one of several houses."""

    id: int
    verb: str
    made_at: int
    undoes_id: int | None
    house_id: int | None
    who: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a change did: its rows, the activities and dates among them, and whether undo knows them."""

    rows: int = 0
    events: int = 0
    dates: int = 0
    can_be_undone: bool = False


def kept_changes(
    house_id: int, before: int | None = None, event_id: int | None = None, by: int | None = None
) -> list[KeptChange]:
    """The latest changes of a house, or those before change ``before``; one more than a page, if there are.

    With ``event_id`` only those that touched this activity, one of its dates or where it is shown; with
    ``by`` only those of this person, or with :data:`NOBODY` of the commands.
    """
    statement = _kept().where(_is_of(house_id)).order_by(Change.id.desc()).limit(PAGE + 1)
    if before is not None:
        statement = statement.where(Change.id < before)
    if event_id is not None:
        statement = statement.where(Change.id.in_(_touching(event_id)))
    if by is not None:
        statement = statement.where(Change.user_id.is_(None) if by == NOBODY else Change.user_id == by)
    return [KeptChange(*row) for row in db.session.execute(statement)]


def people_of(house_id: int) -> list[tuple[int, str]]:
    """Whoever changed anything in the house, by number and name; commands as :data:`NOBODY` and no name."""
    statement = (
        select(func.coalesce(User.id, NOBODY), func.coalesce(User.name, ""))
        .select_from(Change)
        .outerjoin(User, User.id == Change.user_id)
        .where(_is_of(house_id))
        .distinct()
    )
    found = [(int(number), str(name)) for number, name in db.session.execute(statement)]
    return sorted(found, key=lambda each: (each[0] == NOBODY, swedish_order(each[1])))


def kept_change(house_id: int, number: int) -> KeptChange | None:
    """One change of this house, or of several houses and this one among them."""
    row = db.session.execute(_kept().where(_is_of(house_id), Change.id == number)).one_or_none()
    return KeptChange(*row) if row else None


def changes_by_id(numbers: Collection[int]) -> dict[int, KeptChange]:
    """These changes, whoever's they are."""
    found = db.session.execute(_kept().where(Change.id.in_(numbers))) if numbers else ()
    return {row.id: KeptChange(*row) for row in found}


def rows_of(numbers: Collection[int], first: int | None = None) -> dict[int, list[RowChange]]:
    """What each change did to its rows, from before it to after it; of each at most the first rows."""
    place = func.row_number().over(partition_by=ChangedRow.change_id, order_by=ChangedRow.id)
    inner = select(ChangedRow, place.label("place")).where(ChangedRow.change_id.in_(numbers)).subquery()
    row = aliased(ChangedRow, inner)
    statement = select(row.change_id, row.table_name, row.row_id, row.before, row.after).order_by(row.id)
    if first is not None:
        statement = statement.where(inner.c.place <= first)
    found: dict[int, dict[tuple[str, str], RowChange]] = {}
    for change_id, table, row_id, before, after in db.session.execute(statement):
        known = found.setdefault(change_id, {})
        start = known[table, row_id].before if (table, row_id) in known else before
        known[table, row_id] = RowChange(table, row_id, start, after)
    return {number: [row for row in rows.values() if row.known] for number, rows in found.items()}


def extents(numbers: Collection[int]) -> dict[int, Extent]:
    """How much each of these changes did; one whose rows were purged is not among them."""
    in_image = func.coalesce(
        ChangedRow.after["event_id"].as_integer(), ChangedRow.before["event_id"].as_integer()
    )
    of_event = case(
        (ChangedRow.table_name == "event", ChangedRow.row_id),
        (ChangedRow.table_name.in_(("occurrence", "event_shown_in")), cast(in_image, String)),
    )
    date = case((ChangedRow.table_name == "occurrence", ChangedRow.row_id))
    known = case((ChangedRow.table_name.in_(MODELS), 1))
    statement = (
        select(
            ChangedRow.change_id,
            func.count(ChangedRow.id),
            func.count(of_event.distinct()),
            func.count(date.distinct()),
            func.count(known),
        )
        .where(ChangedRow.change_id.in_(numbers))
        .group_by(ChangedRow.change_id)
    )
    return {
        number: Extent(rows, events, dates, bool(undoable))
        for number, rows, events, dates, undoable in db.session.execute(statement)
    }


def managed_among(numbers: Collection[int]) -> set[int]:
    """Which of these changes only those who manage all houses may take back as a whole."""
    was_everywhere = ChangedRow.before["everywhere"].as_boolean()
    statement = select(
        ChangedRow.change_id, ChangedRow.table_name, ChangedRow.before, ChangedRow.after
    ).where(
        ChangedRow.change_id.in_(numbers),
        or_(
            ChangedRow.table_name == "chapter",
            and_(ChangedRow.table_name.in_(("event", "notice")), was_everywhere),
        ),
    )
    return {number for number, *row in db.session.execute(statement) if managed_columns(*row)}


def undone_by(numbers: Collection[int]) -> dict[int, int]:
    """Which of these changes are taken back now, each with the change that did so.

    What took a change back may itself be taken back, and that again.
    """
    undoing: dict[int, list[int]] = {}
    asked = set(numbers)
    while asked:
        taking_back = Change.undoes_id.in_(asked) & (Change.id > min(asked))
        statement = select(Change.id, Change.undoes_id).where(taking_back).order_by(Change.id)
        asked = set()
        for number, undone in db.session.execute(statement):
            undoing.setdefault(undone or 0, []).append(number)
            asked.add(number)

    def standing(number: int) -> int | None:
        return next((each for each in undoing.get(number, ()) if standing(each) is None), None)

    return {number: by for number in numbers if (by := standing(number)) is not None}


def first_date_of(house_id: int, number: int) -> Occurrence | None:
    """The first date of the house that a change was about, if staff still see one."""
    of_change = select(ChangedRow.row_id).where(
        ChangedRow.change_id == number, ChangedRow.table_name == "occurrence"
    )
    touched = [int(row_id) for row_id in db.session.scalars(of_change.limit(FIRST_ROWS))]
    seen = (Event.chapter_id == house_id, Occurrence.status != Status.WITHDRAWN)
    statement = (
        select(Occurrence)
        .join(Event, Event.id == Occurrence.event_id)
        .where(Occurrence.id.in_(touched), *seen)
        .order_by(Occurrence.starts_at)
    )
    return db.session.scalar(statement.limit(1))


def names_in(rows: Iterable[RowChange]) -> Names:
    """What the rooms, houses and activities are called that these rows speak of."""
    images = [image for row in rows for image in (row.before, row.after) if image]
    rooms = _numbers(images, "room_id", "second_room_id")
    houses = _numbers(images, "chapter_id")
    events = _numbers(images, "event_id", "sibling_id") | {row.event_id for row in rows if row.event_id}
    gone = {row.known["id"]: row.known["name"] for row in rows if row.table == "room"}
    return Names(
        rooms=gone | _named(Room.id, Room.name, rooms),
        houses=_named(Chapter.id, Chapter.short_name, houses),
        events=_titles(events),
    )


def _titles(events: Collection[int]) -> dict[int, str]:
    """What activities are called, or were called before they were deleted."""
    known = _named(Event.id, Event.title, events)
    if gone := set(events) - set(known):
        statement = (
            select(ChangedRow.row_id, ChangedRow.before, ChangedRow.after)
            .where(ChangedRow.table_name == "event", ChangedRow.row_id.in_(map(str, gone)))
            .order_by(ChangedRow.id)
        )
        for row_id, before, after in db.session.execute(statement):
            known[int(row_id)] = (after or before)["title"]
    return known


def events_of(house_id: int, numbers: Collection[int]) -> set[int]:
    """Which of these activities the house has."""
    return set(
        db.session.scalars(select(Event.id).where(Event.chapter_id == house_id, Event.id.in_(numbers)))
    )


def _kept() -> Any:
    return select(
        Change.id,
        Change.verb,
        Change.made_at,
        Change.undoes_id,
        Change.chapter_id,
        func.coalesce(User.name, "").label("who"),
    ).outerjoin(User, User.id == Change.user_id)


def _is_of(house_id: int) -> Any:
    """Made in this house, or by a command that changed several and this among them."""
    own_events = select(cast(Event.id, String)).where(Event.chapter_id == house_id)
    touches = (
        select(ChangedRow.id)
        .where(
            ChangedRow.change_id == Change.id,
            or_(
                and_(ChangedRow.table_name == "chapter", ChangedRow.row_id == str(house_id)),
                and_(ChangedRow.table_name == "event", ChangedRow.row_id.in_(own_events)),
            ),
        )
        .exists()
    )
    return or_(Change.chapter_id == house_id, and_(Change.chapter_id.is_(None), touches))


def _touching(event_id: int) -> Any:
    own_dates = select(cast(Occurrence.id, String)).where(Occurrence.event_id == event_id)
    return select(ChangedRow.change_id).where(
        or_(
            and_(ChangedRow.table_name == "event", ChangedRow.row_id == str(event_id)),
            and_(ChangedRow.table_name == "occurrence", ChangedRow.row_id.in_(own_dates)),
            and_(ChangedRow.table_name == "event_shown_in", ChangedRow.row_id.startswith(f"{event_id}/")),
        )
    )


def _numbers(images: Iterable[Any], *columns: str) -> set[int]:
    return {image[name] for image in images for name in columns if isinstance(image.get(name), int)}


def _named(key: Any, name: Any, numbers: Collection[int]) -> dict[int, str]:
    found = db.session.execute(select(key, name).where(key.in_(numbers))) if numbers else ()
    return {number: called for number, called in found}  # noqa: C416  rows are no pairs to mypy
