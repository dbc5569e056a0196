"""The rows of one change as an undo meets them: what it made of each, and who has touched it since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from sqlalchemy import Table, UniqueConstraint, inspect, select, tuple_
from sqlalchemy.orm import Session, selectinload

from khcal.db import Base

from .change import Change, ChangedRow
from .chapter import BreakPeriod, Chapter, Notice, OldAddress, Room
from .event import Event, EventShownIn
from .images import LASTING, Image, from_json, telling
from .occurrence import Occurrence, Trace
from .screen import Screen

Key = tuple[str, str]
MODELS: dict[str, type[Base]] = {
    model.__tablename__: model
    for model in (
        *(Chapter, Room, BreakPeriod, Notice, Screen),
        *(Event, EventShownIn, Occurrence, Trace, OldAddress),
    )
}
# A database that was made before numbers were for good may have used one again; these tell the rows apart.
_SAME = ("uid", "occurrence_id", "event_id")
_AT_ONCE = 500


class Why(Enum):
    """Why an undo leaves a row, or some of its values, as it is."""

    CHANGED = auto()
    GONE = auto()
    IN_USE = auto()
    OTHER_HOUSE = auto()
    NOT_ALLOWED = auto()


@dataclass(frozen=True)
class Left:
    """What an undo leaves alone: the row, its columns, how it is ``now``, what it was to be.

    ``since`` are the numbers of the changes that came between.
    """

    table: str
    row_id: str
    why: Why
    columns: frozenset[str]
    now: Image
    wanted: Image
    since: tuple[int, ...] = ()


@dataclass
class Net:
    """A row before a change and after it, whatever happened in between; ``None`` when it was not there."""

    table: str
    row_id: str
    before: Image | None
    after: Image | None
    last: int

    @property
    def key(self) -> Key:
        """Which row it is."""
        return self.table, self.row_id

    @property
    def model(self) -> type[Base]:
        """Its class."""
        return MODELS[self.table]

    @property
    def altered(self) -> frozenset[str]:
        """The columns that the change altered, of those that an undo may put back."""
        before, after = telling(self.before), telling(self.after)
        return frozenset(name for name in before if before[name] != after.get(name)) - LASTING

    @property
    def known(self) -> Image:
        """The row as the change knew it."""
        return self.after or self.before or {}


@dataclass(frozen=True)
class Later:
    """What a later change did to a row."""

    change_id: int
    is_undo: bool
    before: Image | None
    after: Image | None


@dataclass
class Rows:
    """The rows that ``change`` touched, in the order in which they were touched.

    What was called off and told when a house closed for good goes back with the house or not at all: who may
    not manage houses meets only the house.
    """

    session: Session
    change: Change
    may_manage: bool = True
    nets: dict[Key, Net] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.change.rows:
            known = self.nets.setdefault(
                (row.table_name, row.row_id), Net(row.table_name, row.row_id, row.before, row.after, row.id)
            )
            known.after, known.last = row.after, row.id
        self.nets = {
            key: net for key, net in self.nets.items() if net.table in MODELS and (net.before or net.after)
        }
        if not self.may_manage and any("closed_on" in net.altered for net in self.nets.values()):
            self.nets = {key: net for key, net in self.nets.items() if net.model is Chapter}
        self._later = self._load_later()
        self._rows = self._load_rows()
        self._numbers: dict[tuple[str, int], int] = {}

    def find(self, net: Net) -> Any:
        """The row now, ``None`` when it is gone. A new row with the number of an old one is not it."""
        row = self._rows.get(net.key)
        if row is not None and not inspect(row).detached and not inspect(row).was_deleted:
            return row
        return None

    def event_ids(self) -> set[int]:
        """The activities that the change was about."""
        named = {net.known.get("id" if net.table == "event" else "event_id") for net in self.nets.values()}
        return {number for number in named if number is not None}

    def since(self, net: Net, columns: Iterable[str] = ()) -> tuple[int, ...]:
        """The changes that touched these columns of the row afterwards; any of its columns without."""
        names = set(columns)
        found = [
            each.change_id
            for each in self._later.get(net.key, ())
            if not names or any(_at(each.before, name) != _at(each.after, name) for name in names)
        ]
        return tuple(dict.fromkeys(found))

    def note_again(self, net: Net, row: Any) -> None:
        """A row that was deleted is there again, perhaps with another number."""
        self._rows[net.key] = row
        if "id" in net.known:
            self._numbers[net.table, net.known["id"]] = row.id

    def value_now(self, model: type[Base], column: str, value: Any) -> Any:
        """A value as it has to be written now: a row made again may have another number."""
        table = target_of(model, column)
        return self._numbers.get((table, value), value) if table else value

    def _load_later(self) -> dict[Key, list[Later]]:
        found: dict[Key, list[Later]] = {}
        for table, nets in self._by_table():
            for some in _portions([net.row_id for net in nets]):
                statement = (
                    select(ChangedRow, Change.undoes_id)
                    .join(Change, Change.id == ChangedRow.change_id)
                    .where(
                        ChangedRow.table_name == table,
                        ChangedRow.row_id.in_(some),
                        ChangedRow.change_id > self.change.id,
                    )
                    .order_by(ChangedRow.id)
                )
                for row, undoes in self.session.execute(statement):
                    later = Later(row.change_id, undoes is not None, row.before, row.after)
                    found.setdefault((table, row.row_id), []).append(later)
        return found

    def _load_rows(self) -> dict[Key, Base]:
        found: dict[Key, Base] = {}
        for table, nets in self._by_table():
            known = {net.row_id: net for net in nets}
            for row in self._select(MODELS[table], list(known)):
                row_id = "/".join(str(key) for key in inspect(row).identity or ())
                if self._is_same(known[row_id], row):
                    found[table, row_id] = row
            found |= self._find_by_uid(table, [net for net in nets if net.key not in found])
        return found

    def _by_table(self) -> Iterator[tuple[str, list[Net]]]:
        for table in MODELS:
            nets = [net for net in self.nets.values() if net.table == table]
            if nets:
                yield table, nets

    def _select(self, model: type[Base], row_ids: list[str]) -> Iterator[Base]:
        keys = list(inspect(model).primary_key)
        for some in _portions(row_ids):
            wanted = [tuple(int(part) for part in row_id.split("/")) for row_id in some]
            statement = select(model).where(tuple_(*keys).in_(wanted))
            yield from self.session.scalars(statement.options(*_with_children(model)))

    def _find_by_uid(self, table: str, nets: list[Net]) -> dict[Key, Base]:
        """A date or an activity that was deleted and made again may have got another number."""
        model = MODELS[table]
        by_uid = {net.known["uid"]: net for net in nets if "uid" in net.known}
        found: dict[Key, Base] = {}
        for some in _portions(list(by_uid)):
            statement = select(model).where(model.__table__.c["uid"].in_(some))
            for row in self.session.scalars(statement.options(*_with_children(model))):
                found[by_uid[row.uid].key] = row  # type: ignore[attr-defined]
        return found

    def _is_same(self, net: Net, row: Base) -> bool:
        if any(name in net.known and net.known[name] != getattr(row, name) for name in _SAME):
            return False
        # Made anew, by somebody who did not take a deletion back: another row.
        return not any(each.before is None and not each.is_undo for each in self._later.get(net.key, ()))


def unique_columns(model: type[Base]) -> list[frozenset[str]]:
    """The sets of columns of which no two rows may have the same values."""
    table = model.__table__
    assert isinstance(table, Table)
    several = [
        frozenset(column.name for column in each.columns)
        for each in table.constraints
        if isinstance(each, UniqueConstraint)
    ]
    keys = frozenset(column.name for column in table.primary_key)
    # A number of its own a row gets anew; a key that says what it is can be another's.
    own = [keys] if "id" not in keys else []
    return own + several + [frozenset({column.name}) for column in table.columns if column.unique]


def target_of(model: type[Base], column: str) -> str:
    """The table that a column points into; nothing when it does not point."""
    keys = model.__table__.c[column].foreign_keys
    return next((key.column.table.name for key in keys), "")


def is_there(session: Session, model: type[Base], column: str, value: Any) -> bool:
    """Whether what a column would point at exists; a column that does not point is always right."""
    table = target_of(model, column)
    if not table or value is None:
        return True
    return session.get(MODELS[table], value) is not None


def is_taken(session: Session, model: type[Base], values: dict[str, Any], own_id: int | None = None) -> bool:
    """Whether another row has these values already; empty ones are nobody's."""
    if any(value is None for value in values.values()):
        return False
    columns = model.__table__.c
    statement = select(*inspect(model).primary_key).where(
        *(columns[name] == value for name, value in values.items())
    )
    found = session.execute(statement.limit(2)).all()
    return any(own_id is None or row[0] != own_id for row in found)


def _with_children(model: type[Base]) -> list[Any]:
    if model is Event:
        return [selectinload(Event.occurrences), selectinload(Event.shown_in)]
    return [selectinload(Occurrence.traces)] if model is Occurrence else []


def _portions(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _at(image: Image | None, name: str) -> Any:
    return (image or {}).get(name)


__all__ = [
    "MODELS",
    "Left",
    "Net",
    "Rows",
    "Why",
    "from_json",
    "is_taken",
    "is_there",
    "unique_columns",
]
