"""Taking a change back: row by row, as far as nobody has changed the same since.

For each column that the change altered, the value from before is put back if the value is still the
change's own; what somebody else wrote meanwhile is left, and told. What is done here is a change as well
and can be undone. A published date is never deleted: to take back that it was made or published
withdraws it.

Nothing is committed. Whoever does not want half of it rolls back when something was left.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from khcal.calendaring import clock
from khcal.calendaring.merge import merge
from khcal.calendaring.terms import Status
from khcal.db import Base

from .change import Change
from .chapter import Chapter, OldAddress, Room
from .event import Event, EventShownIn
from .group_addresses import GroupMoves
from .house_addresses import move_house
from .images import Image, from_json, image_of, telling
from .occurrence import Occurrence, Trace
from .screen import Screen
from .undo_rules import WHEN, MayWrite, Rights, houses_of, points_back, turn, with_units
from .undone_rows import MODELS, Left, Net, Rows, Why, is_taken, is_there, unique_columns
from .undone_slots import Slots


def undo(session: Session, change: Change, may_write: MayWrite, may_manage: bool = False) -> list[Left]:
    """Take ``change`` back; returns what was left as it is, and why. Flushes.

    ``may_write`` says whose rows (by the house's number) the person may change, ``may_manage`` whether the
    houses themselves too, and what all of them show.
    """
    return _Undoing(session, change, Rights(may_write, may_manage)).run()


class _Undoing:
    """One undo on its way: what it left, and what it must look at again when the rest is done."""

    def __init__(self, session: Session, change: Change, rights: Rights) -> None:
        self.session, self.rights = session, rights
        self.rows = Rows(session, change, may_manage=rights.may_manage)
        self.left: list[Left] = []
        self.slots, self.moves = Slots(session), GroupMoves(session)
        self.stays_in_time: set[int] = set()
        self.emptied: list[tuple[Net, Event | Room]] = []
        self.siblings: list[tuple[Event, int]] = []

    def run(self) -> list[Left]:
        """Everything in the order that keeps rows pointing at rows that are there."""
        nets = self.rows.nets.values()
        self.slots.let_go(self._own_events(), self._dates_with_other_slots())
        for table in MODELS:
            of_table = [net for net in nets if net.table == table]
            for net in sorted(of_table, key=turn):
                self._take_back(net)
            self.session.flush()
            if table == Event.__tablename__:
                self.moves.follow()
        self._point_at_siblings()
        self._remove_what_is_empty()
        self.slots.keep_rules_whole(self.rights.may_write)
        return self.left

    def _own_events(self) -> set[int]:
        """The activities whose rules are this person's to keep; those of other houses are left alone."""
        return {number for number in self.rows.event_ids() if self._owns(number)}

    def _owns(self, number: int) -> bool:
        event = self.session.get(Event, number)
        known = Net("event", str(number), None, None, 0)
        return event is None or self._is_ones_own(self.rows.nets.get(known.key, known), event)

    def _dates_with_other_slots(self) -> list[Occurrence]:
        nets = [net for net in self.rows.nets.values() if net.table == Occurrence.__tablename__]
        changed = [net for net in nets if net.before and net.after and "slot" in net.altered]
        return [row for row in map(self.rows.find, changed) if row is not None]

    def _take_back(self, net: Net) -> None:
        row = self.rows.find(net)
        if net.model is OldAddress and not points_back(self.session, net, row):
            return
        if not self._is_ones_own(net, row):
            self.slots.give_back(row)
            self._leave(net, row, Why.OTHER_HOUSE)
        elif net.before is None:
            self._unmake(net, row)
        elif net.after is None:
            self._make_again(net, row, net.before)
        elif row is None:
            self._leave(net, row, Why.GONE)
        else:
            self._restore(net, row, net.before, net.after)

    def _leave(self, net: Net, row: Any, why: Why, columns: Iterable[str] = ()) -> None:
        now = self._now(row) if row is not None else {}
        names = frozenset(columns)
        wanted = net.before or {}
        self.left.append(Left(net.table, net.row_id, why, names, now, wanted, self.rows.since(net, names)))

    def _now(self, row: Base) -> Image:
        """The row as it is, were it not that it gave up its slot for a moment."""
        now = telling(image_of(row))
        return now | {"slot": self.slots.held[row.id]} if self.slots.holds(row) else now

    # Values that were changed.

    def _restore(self, net: Net, row: Any, before: Image, after: Image) -> None:
        wanted = {name: self.rows.value_now(net.model, name, before.get(name)) for name in net.altered}
        if before.get("published_at", 0) is None and after["published_at"] is not None:
            wanted["status"] = str(Status.WITHDRAWN)
        now = {name: value for name, value in self._now(row).items() if name in wanted}
        merged = merge({name: after.get(name) for name in wanted}, now, wanted)
        stuck = with_units({conflict.path[0] for conflict in merged.conflicts}, wanted)
        if self._has_lost_its_slot(row, wanted):
            stuck |= {"slot", "status"} & set(wanted)
        forbidden = self._forbidden(net, {n for n, value in merged.values.items() if value != now[n]})
        stuck |= self._unfitting(row, {n: v for n, v in merged.values.items() if n not in stuck | forbidden})
        if stuck:
            self._leave(net, row, Why.CHANGED, stuck)
        # Of what has keys of its own, as the skipped dates, only the disputed ones stay.
        kept = forbidden | {name for name in stuck if not isinstance(now[name], dict)}
        values = {name: now[name] if name in kept else merged.values[name] for name in wanted}
        self._write(row, values, now)
        if WHEN & stuck:
            self.stays_in_time.add(row.id)

    def _forbidden(self, net: Net, names: Iterable[str]) -> frozenset[str]:
        """Which of these columns are only for those who manage other houses; the person is told so."""
        closed = self.rights.closed_columns(net.table, net.before, net.after)
        if found := closed & frozenset(names):
            self._leave(net, self.rows.find(net), Why.NOT_ALLOWED, found)
        return found

    def _has_lost_its_slot(self, row: Any, wanted: Image) -> bool:
        """Whether another date has its place in the rule meanwhile, so that the two would be twins."""
        slot = wanted.get("slot") if isinstance(row, Occurrence) else None
        return slot is not None and not self.slots.is_free(row, slot)

    def _write(self, row: Any, values: Image, now: Image) -> None:
        if self.slots.holds(row):
            self.slots.give(row, values["slot"])
        if isinstance(row, Event):
            self.moves.leave(row)
        for name, value in values.items():
            if isinstance(row, Chapter) and name == "slug":
                move_house(self.session, row, value)
            elif name != "slot" and value != now[name]:
                setattr(row, name, from_json(type(row), name, value))

    def _unfitting(self, row: Any, values: Image) -> set[str]:
        """Columns whose old value can't be again: what it points at is gone, or another row has it."""
        now = self._now(row)
        fresh = {name: value for name, value in values.items() if value != now[name] and name != "slot"}
        found = {name for name, value in fresh.items() if not is_there(self.session, type(row), name, value)}
        for names in unique_columns(type(row)):
            if names & set(fresh):
                whole = {name: from_json(type(row), name, (now | fresh)[name]) for name in names}
                found |= names & set(fresh) if is_taken(self.session, type(row), whole, row.id) else set()
        return with_units(found, values)

    # Rows that were made.

    def _unmake(self, net: Net, row: Any) -> None:
        if row is None or (isinstance(row, Occurrence) and row.status is Status.WITHDRAWN):
            return
        now, made = self._now(row), telling(net.after)
        if changed := {name for name in made if now[name] != made[name]}:
            self._leave(net, row, Why.CHANGED, changed)
        elif isinstance(row, Event | Room):
            self.emptied.append((net, row))
        elif isinstance(row, Chapter):
            if not self._forbidden(net, {"closed_on"}):
                row.closed_on = clock.today()
        elif isinstance(row, Screen):
            row.revoke()
        elif isinstance(row, Occurrence):
            self._unmake_date(row)
        elif not self._belongs_to_what_stays(row):
            self.session.delete(row)

    def _unmake_date(self, row: Occurrence) -> None:
        if row.is_published:
            row.withdraw()
            row.import_key = None
        else:
            self.session.delete(row)

    def _belongs_to_what_stays(self, row: Base) -> bool:
        """A part of a new date or activity goes with it; the trace of a date that stays moved stays."""
        if isinstance(row, Trace):
            return self._is_new("occurrence", row.occurrence_id) or row.occurrence_id in self.stays_in_time
        return isinstance(row, EventShownIn) and self._is_new("event", row.event_id)

    def _is_new(self, table: str, number: int) -> bool:
        net = self.rows.nets.get((table, str(number)))
        return net is not None and net.before is None

    def _remove_what_is_empty(self) -> None:
        self.session.expire_all()
        for net, row in self.emptied:
            if isinstance(row, Event):
                self._remove_event(net, row)
        self.session.flush()
        for net, row in self.emptied:
            if isinstance(row, Room):
                self._remove_room(net, row)
        self.session.flush()

    def _remove_event(self, net: Net, event: Event) -> None:
        if not event.occurrences:
            for other in self.session.scalars(select(Event).where(Event.sibling_id == event.id)):
                other.sibling_id = None
            self.session.flush()
            self.session.delete(event)
        elif all(each.status is Status.WITHDRAWN for each in event.occurrences):
            # Feeds still tell of its dates. Staff see it no more, and an import makes it anew.
            event.archived, event.import_key, event.imported = True, None, {}
        elif not any(each.now.get("event_id") == event.id for each in self.left):
            self._leave(net, event, Why.IN_USE)

    def _remove_room(self, net: Net, room: Room) -> None:
        in_room = (Event.room_id == room.id) | (Event.second_room_id == room.id)
        using = select(Event.archived).outerjoin(Event.occurrences)
        put_away = set(self.session.scalars(using.where(in_room | (Occurrence.room_id == room.id))))
        if False in put_away:
            self._leave(net, room, Why.IN_USE)
        elif put_away:
            room.archived = True  # what was made along with it could not be deleted either
        else:
            self.session.delete(room)

    # Rows that were deleted.

    def _make_again(self, net: Net, row: Any, before: Image) -> None:
        model = net.model
        told = {name: self.rows.value_now(model, name, value) for name, value in telling(before).items()}
        lacking = {name for name, value in told.items() if not is_there(self.session, model, name, value)}
        if lacking - {"sibling_id"}:
            self._leave(net, None, Why.GONE, lacking)
        elif row is None and not self._is_taken(model, told):
            told |= dict.fromkeys(self._forbidden(net, {"everywhere"}), False)
            self._insert(net, {name: from_json(model, name, value) for name, value in told.items()})

    def _is_taken(self, model: type[Base], told: Image) -> bool:
        """Whether there is another row in its place; one without its slot can always be."""
        return any(
            is_taken(self.session, model, {name: from_json(model, name, told[name]) for name in names})
            for names in unique_columns(model)
            if "slot" not in names
        )

    def _insert(self, net: Net, values: dict[str, Any]) -> None:
        model = net.model
        if "id" in values and self.session.get(model, values["id"]) is not None:
            del values["id"]
        sibling = values.pop("sibling_id", None)
        place = {name: values.get(name) for name in ("event_id", "slot")}
        if model is Occurrence and is_taken(self.session, model, place):
            values["slot"] = None
        row = model(**values)
        self.session.add(row)
        self.session.flush()
        self.rows.note_again(net, row)
        if isinstance(row, Event):
            self.moves.come(row)
            self.siblings += [(row, sibling)] if sibling is not None else []

    def _point_at_siblings(self) -> None:
        for event, number in self.siblings:
            sibling = self.rows.value_now(Event, "sibling_id", number)
            if is_there(self.session, Event, "sibling_id", sibling):
                event.sibling_id = sibling
        self.session.flush()

    # Whose rows they are.

    def _is_ones_own(self, net: Net, row: Any) -> bool:
        houses = houses_of(self.session, net.table, image_of(row) if row is not None else net.known)
        if not houses or any(self.rights.may_write(house) for house in houses):
            return True
        # To give a group back to the house that gave it away is that house's own business.
        is_given = net.table == "event" and "chapter_id" in net.altered
        return is_given and self.rights.may_write((net.before or {})["chapter_id"])
