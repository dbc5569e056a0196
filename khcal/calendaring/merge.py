"""Three versions of the same values become one: what it was, what I have, what they want.

It serves importing again, undo and two people editing. Mappings are merged key by key, whatever lies
deeper as well; every other value is taken as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

Values = Mapping[str, Any]


class _Absent:
    """Stands for a key that is not there."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = _Absent()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Both changed the value at ``path``, and not to the same; ``ABSENT`` where one took it away."""

    path: tuple[str, ...]
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The values, with mine wherever there is a conflict."""

    values: dict[str, Any]
    conflicts: tuple[Conflict, ...] = ()


def merge(base: Values, mine: Values, theirs: Values) -> Merged:
    """What only one side changed is taken; what both changed differently stays mine and is told."""
    values: dict[str, Any] = {}
    conflicts: list[Conflict] = []
    for key in dict.fromkeys((*theirs, *mine)):
        value, found = _merge_one(
            (key,), base.get(key, ABSENT), mine.get(key, ABSENT), theirs.get(key, ABSENT)
        )
        conflicts.extend(found)
        if value is not ABSENT:
            values[key] = value
    return Merged(values, tuple(conflicts))


def differences(old: Values, new: Values) -> dict[str, Any]:
    """The values of ``new`` that ``old`` has otherwise or lacks, whole at the first level."""
    return {key: value for key, value in new.items() if old.get(key, ABSENT) != value}


def _merge_one(path: tuple[str, ...], base: Any, mine: Any, theirs: Any) -> tuple[Any, tuple[Conflict, ...]]:
    if theirs in (mine, base):
        return mine, ()
    if mine == base:
        return theirs, ()
    if isinstance(mine, Mapping) and isinstance(theirs, Mapping):
        inner = merge(base if isinstance(base, Mapping) else {}, mine, theirs)
        deeper = (Conflict(path + each.path, each.base, each.mine, each.theirs) for each in inner.conflicts)
        return inner.values, tuple(deeper)
    return mine, (Conflict(path, base, mine, theirs),)
