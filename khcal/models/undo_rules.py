"""What an undo keeps to: which columns go together, which rows come first, and whose rows they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from .event import Event
from .group_addresses import group_of
from .images import Image
from .occurrence import Occurrence
from .undone_rows import Net

MayWrite = Callable[[int], bool]

WHEN = frozenset({"starts_at", "ends_at", "slot", "by_hand"})
# Columns that only make sense together: when one of them was changed since, none goes back.
_UNITS = (
    WHEN,
    frozenset({"status", "reason"}),
    frozenset({"rule", "rule_from", "rule_until", "start_time", "end_time"}),
    frozenset({"signup_until_day", "signup_days_before", "signup_time", "signup_until_words"}),
    frozenset({"title", "slug"}),
)
# Of a house these are the business of those who manage all houses.
_MANAGED = frozenset({"closed_on", "name", "short_name", "slug", "national"})


@dataclass(frozen=True)
class Rights:
    """What whoever takes a change back may change: the rows of some houses, perhaps the houses themselves."""

    may_write: MayWrite
    may_manage: bool

    def closed_columns(self, table: str, before: Image | None, after: Image | None) -> frozenset[str]:
        """The columns that this person may not give their value from ``before`` again."""
        managed = frozenset() if self.may_manage else managed_columns(table, before, after)
        leaves = table == "screen" and before and not self.may_write(before["chapter_id"])
        return managed | ({"chapter_id"} if leaves else frozenset())


def managed_columns(table: str, before: Image | None, after: Image | None) -> frozenset[str]:
    """The columns that only those who manage all houses may give their value from ``before`` again."""
    if table == "chapter":
        return frozenset(n for n in _MANAGED if not before or not after or before[n] != after[n])
    shows_again = (before or {}).get("everywhere") and not (after or {}).get("everywhere")
    return frozenset({"everywhere"} if shows_again else ())


def with_units(names: set[str], altered: Iterable[str]) -> set[str]:
    """These columns, and those of the altered ones that go with them."""
    units = [unit for unit in _UNITS if unit & names]
    return names | {name for name in altered if any(name in unit for unit in units)}


def points_back(session: Session, net: Net, row: Any) -> bool:
    """Whether an old address led to another group before, which is still there.

    Other old addresses are not taken back row by row: as after any other move they follow their group or
    their house, so that the one in between goes on working.
    """
    if row is None or net.before is None or net.after is None or net.before["chapter_id"] is None:
        return False
    return bool(group_of(session, net.before["new_chapter_id"], net.before["new_slug"]))


def turn(net: Net) -> tuple[int, int]:
    """Activities are made again first, for others to point at; dates once others gave up their slots."""
    made_again_first = 0 if net.table == "event" else 2
    turns = {(True, False): 1, (False, True): made_again_first, (False, False): 3}
    return turns[net.before is None, net.after is None], net.last


def houses_of(session: Session, table: str, image: Image) -> set[int]:
    """The houses whose people may change a row; none when it is nobody's any more."""
    if table == "chapter":
        return {image["id"]}
    if table == "trace":
        date = session.get(Occurrence, image["occurrence_id"])
        return {date.event.chapter_id} if date else set()
    houses = {image.get("chapter_id"), image.get("new_chapter_id")}
    if "event_id" in image:
        event = session.get(Event, image["event_id"])
        houses.add(event.chapter_id if event else None)
    return {house for house in houses if house is not None}
