"""A row that was imported once, what people made of it since, and importing it again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from khcal.calendaring.import_plan import ImportPlan, plan_import
from khcal.calendaring.import_values import (
    Stored,
    StoredEvent,
    StoredHouse,
    values_of_house,
    values_of_row,
)
from khcal.calendaring.reading_chapters import HouseFacts
from tests.unit.sheets import good_row

BEFORE = datetime(2026, 8, 25, 12)
HOUSE = HouseFacts("sjuharad", "Kraftens hus Sjuhärad", "Sjuhärad", rooms=("Målarverkstad",))
WEDNESDAYS = {
    "startdatum": "2026-09-02",
    "veckodag": "",
    "rrule": "FREQ=WEEKLY;BYDAY=WE",
    "slutdatum": "2026-09-30",
}
Edit = Callable[[dict[str, Any]], object]


def nothing(values: dict[str, Any]) -> None:
    """People changed nothing."""


def stored_house(edit: Edit = nothing) -> StoredHouse:
    now = deepcopy(values_of_house(HOUSE))
    edit(now)
    return StoredHouse(values_of_house(HOUSE), now)


def stored_event(edit: Edit = nothing, first: Mapping[str, str] | None = None) -> StoredEvent:
    """The good row as it was imported first, and as people ``edit`` it since."""
    imported = values_of_row(good_row(first))
    now = deepcopy(imported)
    edit(now)
    return StoredEvent(1, "SJ-01", imported, now)


def again(
    changes: Mapping[str, str],
    edit: Edit = nothing,
    first: Mapping[str, str] | None = None,
    now: datetime = BEFORE,
) -> ImportPlan:
    """Import the row anew, with these cells otherwise than at first."""
    stored = Stored({"sjuharad": stored_house()}, (stored_event(edit, first),))
    return plan_import([HOUSE], [good_row({**(first or {}), **changes})], stored, now)


def at(day: str, status: str = "planned") -> dict[str, Any]:
    """A date beside the rule."""
    when = [f"{day}T13:00:00", f"{day}T15:30:00"]
    return {"slot": None, "when": when, "state": [status, ""], "places": "open", "left": []}


def dates_of(plan: ImportPlan) -> dict[str, tuple[str, dict[str, Any]]]:
    return {change.key: (change.was, dict(change.fields)) for change in plan.events[0].dates}
