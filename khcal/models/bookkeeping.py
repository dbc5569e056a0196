"""Who keeps the books: listing, sequences, revisions and history follow every flush, in one place.

Mapper events only collect what was touched; one ``after_flush`` then rebuilds the listing of the
touched events, raises the sequence of each date whose feed text changed (known by comparing a digest,
so that no list of columns can be forgotten), raises the revision of every house that shows or showed
it, and writes down the rows before and after.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from sqlalchemy import Connection, Table, case, delete, event, func, insert, select, update
from sqlalchemy.orm import ORMExecuteState, Session

from khcal.calendaring import clock
from khcal.db import Base

from .change import Change, ChangedRow
from .chapter import Chapter
from .dropping import houses_that_drop
from .event import Event
from .listing import Listing
from .listing_rows import ListingRow, expected_listing, stored_listing
from .occurrence import Occurrence
from .sequences import events_of_feeds, raise_sequences
from .steps import forget_steps, refresh, steps_of
from .touched import PRIVATE, TOUCHED, Touched, collector

_LISTING, _CHAPTER, _CHANGES, _CHANGED_ROWS = (
    cast(Table, model.__table__) for model in (Listing, Chapter, Change, ChangedRow)
)
_CHANGE = "khcal.change"
# Ours among the locks of a PostgreSQL server, beside that of ``khcal.web.staff.people``.
_STAMPS = 20261123


class BookkeepingError(RuntimeError):
    """A way of writing that would leave the books untrue."""


def begin_change(
    session: Session,
    verb: str,
    user_id: int | None = None,
    chapter_id: int | None = None,
    undoes_id: int | None = None,
) -> None:
    """Name what the coming flushes of this transaction do and who does it."""
    session.info[_CHANGE] = {
        "verb": verb,
        "user_id": user_id,
        "chapter_id": chapter_id,
        "undoes_id": undoes_id,
    }


def current_change_id(session: Session) -> int | None:
    """The id of the change that this transaction has written, if it has changed anything."""
    change_id: int | None = session.info.get(_CHANGE, {}).get("id")
    return change_id


def write_down(
    session: Session,
    table_name: str,
    row_id: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    """Add to the change that was begun what no mapper event tells: of rows that are private, in words."""
    _write_history(session, [{"table_name": table_name, "row_id": row_id, "before": before, "after": after}])


def _refuse_to_delete_published(mapper: Any, connection: Connection, target: Occurrence) -> None:
    if target.is_published:
        raise BookkeepingError("A date that was published once is cancelled or withdrawn, never deleted.")


def _refuse_bulk(state: ORMExecuteState) -> None:
    mapper = state.bind_mapper
    if (state.is_update or state.is_delete) and mapper is not None and not issubclass(mapper.class_, PRIVATE):
        raise BookkeepingError(
            f"Change the rows of {mapper.class_.__name__} one by one: bulk writing keeps no books."
        )


def _keep_books(session: Session, context: Any) -> None:
    touched: Touched | None = session.info.pop(TOUCHED, None)
    if touched is None:
        return
    events = _events_of(session, touched)
    _lock(session, events)
    shown, dropping = _rebuild_listing(session, events, touched.images)
    raise_sequences(session, events)
    _raise_revisions(session, None if touched.all_houses else touched.houses | shown)
    _remember_drops(session, dropping)
    _write_history(session, touched.images)


def _events_of(session: Session, touched: Touched) -> set[int]:
    """Every event whose dates may read otherwise now: touched itself, or by a room, a trace, its owner."""
    connection = session.connection()
    found = set(touched.events)
    if touched.occurrences:
        found |= _ids(connection, select(Occurrence.event_id).where(Occurrence.id.in_(touched.occurrences)))
    if touched.rooms:
        in_room = Event.room_id.in_(touched.rooms) | Event.second_room_id.in_(touched.rooms)
        found |= _ids(connection, select(Event.id).where(in_room))
        found |= _ids(connection, select(Occurrence.event_id).where(Occurrence.room_id.in_(touched.rooms)))
    if touched.owners:
        of_house = Event.chapter_id.in_(touched.owners) | Event.everywhere
        found |= _ids(connection, select(Event.id).where(of_house))
    return found


def _lock(session: Session, events: set[int]) -> None:
    """Keep other savers away from these events, in the order of their ids, before their books are read.

    Otherwise two that save at once would each miss what the other changed. SQLite has one saver anyway.
    """
    if events:
        session.connection().execute(
            select(Event.id).where(Event.id.in_(events)).order_by(Event.id).with_for_update(key_share=True)
        )


def _ids(connection: Connection, statement: Any) -> set[int]:
    return set(connection.scalars(statement))


def _rebuild_listing(
    session: Session, events: set[int], images: Iterable[dict[str, Any]]
) -> tuple[set[int], set[int]]:
    """Put the listing of these events right; returns the houses that show or showed one, or dropped one."""
    if not events:
        return set(), set()
    connection = session.connection()
    old, new = stored_listing(connection, events), expected_listing(connection, events)
    for row in old - new:
        connection.execute(
            delete(_LISTING).where(*(_LISTING.c[name] == value for name, value in row.as_dict().items()))
        )
    if new - old:
        connection.execute(insert(_LISTING), [row.as_dict() for row in sorted(new - old)])
    owners = _ids(connection, select(Event.chapter_id).where(Event.id.in_(events)))
    shown = {row.chapter_id for row in old | new} | owners | _houses_of_siblings(connection, events)
    return shown, houses_that_drop(connection, old, new, images)


def _houses_of_siblings(connection: Connection, events: set[int]) -> set[int]:
    """The houses that show a group pointing at one of these events: its page names them."""
    pointing = (
        select(Listing.chapter_id)
        .join(Occurrence, Occurrence.id == Listing.occurrence_id)
        .join(Event, Event.id == Occurrence.event_id)
        .where(Event.sibling_id.in_(events))
        .distinct()
    )
    return _ids(connection, pointing)


def _raise_revisions(session: Session, houses: set[int] | None) -> None:
    """Raise these houses, or all; locked in the order of their ids, so that two savers can't deadlock."""
    if houses is not None and not houses:
        return
    table = _CHAPTER
    connection = session.connection()
    _take_turns(connection)
    wanted = select(table.c.id, table.c.revision).order_by(table.c.id).with_for_update()
    if houses is not None:
        wanted = wanted.where(table.c.id.in_(houses))
    steps = steps_of(session)
    rows = [row for row in connection.execute(wanted) if steps.houses.get(row.id) != row.revision]
    if not rows:
        return
    milliseconds = clock.epoch_milliseconds()
    # Above that of every house: the feed of all of them was last changed when the newest of them was.
    newest = connection.scalar(select(func.max(table.c.changed_at))) or 0
    changed_at = max(newest + 1, steps.moment)
    connection.execute(
        update(table)
        .where(table.c.id.in_([row.id for row in rows]))
        .values(
            revision=case((table.c.revision >= milliseconds, table.c.revision + 1), else_=milliseconds),
            changed_at=changed_at,
        )
    )
    for row in rows:
        steps.houses[row.id] = max(row.revision + 1, milliseconds)
        values = {"revision": steps.houses[row.id], "changed_at": changed_at}
        refresh(session, Chapter, row.id, values)


def _take_turns(connection: Connection) -> None:
    """Let savers end in the order of their stamps. SQLite has one at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_STAMPS)))


def _remember_drops(session: Session, houses: set[int]) -> None:
    """Write down that feeds of these houses, raised already, have just lost a date.

    No date has a later stamp than its house, for both take one step an action, at one moment.
    """
    if not houses:
        return
    connection, these = session.connection(), _CHAPTER.c.id.in_(houses)
    connection.execute(update(_CHAPTER).where(these).values(dropped_at=_CHAPTER.c.changed_at))
    for row in connection.execute(select(_CHAPTER.c.id, _CHAPTER.c.dropped_at).where(these)):
        refresh(session, Chapter, row.id, {"dropped_at": row.dropped_at})


def _write_history(session: Session, images: Iterable[dict[str, Any]]) -> None:
    change = session.info.setdefault(
        _CHANGE, {"verb": "edit", "user_id": None, "chapter_id": None, "undoes_id": None}
    )
    connection = session.connection()
    if "id" not in change:
        made = insert(_CHANGES).values(made_at=clock.epoch_seconds(), **change)
        change["id"] = connection.execute(made).inserted_primary_key[0]  # type: ignore[index]
    connection.execute(insert(_CHANGED_ROWS), [image | {"change_id": change["id"]} for image in images])


def tell_anew(session: Session) -> int:
    """Raise the dates that this version tells otherwise than the one that told them last; returns how many.

    They are those of each activity of which a feed tells any date; the others nobody has or fetches.
    """
    raised = 0
    for events in events_of_feeds(session):
        _lock(session, events)
        raised += raise_sequences(session, events)
    if raised:
        _raise_revisions(session, None)
    return raised


def recompute_listing(session: Session) -> None:
    """Put the whole listing right, for ``doctor``; every house is told that it may have changed."""
    missing, needless = listing_differences(session)
    if missing or needless:
        events = _ids(session.connection(), select(Event.id))
        _shown, dropping = _rebuild_listing(session, events, ())
        _raise_revisions(session, None)
        _remember_drops(session, dropping)


def listing_differences(session: Session) -> tuple[set[ListingRow], set[ListingRow]]:
    """Rows that the listing lacks, and rows that it has and should not."""
    connection = session.connection()
    stored, expected = stored_listing(connection), expected_listing(connection)
    return expected - stored, stored - expected


def _forget(session: Session, *_: Any) -> None:
    """A savepoint is a part of an action, not its end."""
    if session.in_nested_transaction():
        return
    session.info.pop(TOUCHED, None)
    session.info.pop(_CHANGE, None)
    forget_steps(session)


for _action in ("insert", "update", "delete"):
    event.listen(Base, f"after_{_action}", collector(_action), propagate=True)
event.listen(Occurrence, "before_delete", _refuse_to_delete_published)
event.listen(Session, "do_orm_execute", _refuse_bulk)
event.listen(Session, "after_flush", _keep_books)
event.listen(Session, "after_commit", _forget)
event.listen(Session, "after_rollback", _forget)
