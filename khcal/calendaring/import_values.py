"""What an import compares: houses, activities and dates as mappings of plain JSON values.

The same form holds what a file says, what was last imported and what is stored now, so that three
versions of it can be merged. Dates of an activity are keyed by the ISO day first planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from . import clock
from .merge import Values
from .programme_rows import KnownHouse, ProgrammeRow, SheetDate
from .reading_chapters import Break, HouseFacts
from .shapes import Deadline
from .terms import Places, Status

DEFINITE_ENDINGS = ("n", "en", "t", "et", "met")


@dataclass(frozen=True, slots=True)
class StoredHouse:
    """A house in the calendar: its values as last imported and as they are now."""

    imported: Values
    now: Values


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An activity in the calendar; ``key`` is its id in the sheet, empty when people made it.

    Dates without a key of their own stand in ``now`` under ``#`` and their row id. An export names an
    activity without a key by its ``uid``.
    """

    id: int
    key: str
    imported: Values
    now: Values
    uid: str = ""

    @property
    def houses(self) -> list[str]:
        """Slugs of the houses that show it, the owner first."""
        houses: list[str] = self.now["houses"]
        return houses


@dataclass(frozen=True, slots=True)
class Stored:
    """What the calendar holds before an import: houses by slug, and every activity of theirs.

    ``former`` are the slugs that houses had before, each with the slug of today.
    """

    houses: Mapping[str, StoredHouse]
    events: tuple[StoredEvent, ...] = ()
    former: Mapping[str, str] = field(default_factory=dict)

    def known_houses(self) -> dict[str, KnownHouse]:
        """The houses as a sheet may name them, by slug."""
        return {
            slug: KnownHouse(slug, house.now["short_name"], house.now["city"], self._earlier(slug))
            for slug, house in self.houses.items()
        }

    def _earlier(self, slug: str) -> tuple[str, ...]:
        return tuple(sorted(old for old, now in self.former.items() if now == slug))


def with_slugs_of_today(imported: Values, former: Mapping[str, str]) -> dict[str, Any]:
    """What was imported of an activity, had its houses been called then as they are now."""
    values = dict(imported)
    if "houses" in values:
        values["houses"] = [former.get(slug, slug) for slug in values["houses"]]
    if "rooms" in values:
        values["rooms"] = [_room_of_today(room, former) for room in values["rooms"]]
    if "dates" in values:
        values["dates"] = {key: _date_of_today(each, former) for key, each in values["dates"].items()}
    return values


def _room_of_today(room: list[str], former: Mapping[str, str]) -> list[str]:
    return [former.get(room[0], room[0]), *room[1:]]


def _date_of_today(values: Values, former: Mapping[str, str]) -> Values:
    own = values.get("own", {})
    return (
        {**values, "own": {**own, "room": _room_of_today(own["room"], former)}} if "room" in own else values
    )


def values_of_house(house: HouseFacts) -> dict[str, Any]:
    """A house as the file tells of it."""
    return {
        "name": house.name,
        "short_name": house.short_name,
        "street": house.street,
        "city": house.city,
        "municipality": house.municipality,
        "phone": house.phone,
        "email": house.email,
        "website": house.website,
        "national": house.national,
        "rooms": dict.fromkeys(house.rooms, True),
        "breaks": breaks_as_json(house.breaks),
    }


def values_of_row(row: ProgrammeRow) -> dict[str, Any]:
    """An activity as the sheet tells of it, with its dates."""
    schedule = row.schedule
    return {
        "houses": list(row.houses),
        "title": row.title,
        "slug": row.slug,
        "kind": str(row.kind),
        "short_text": row.short_text,
        "text": row.text,
        "audience": sorted(map(str, row.audience)),
        "language": row.language,
        "form": str(row.form),
        "rooms": [[room.house, room.name] for room in row.rooms],
        "place": row.place,
        "address": row.address,
        "online_info": row.online_info,
        "signup": str(row.signup),
        "deadline": deadline_as_json(row.deadline),
        "capacity": row.capacity,
        "price": row.price,
        "leader": row.leader,
        "status_note": row.status_note,
        "facts": sorted(map(str, row.facts)),
        "access": row.access,
        "internal_note": row.internal_note,
        "rule": rule_as_json(schedule.rule, schedule.rule_from, schedule.rule_until),
        "times": [as_json(schedule.start_time), as_json(schedule.end_time)],
        "skips": {day.isoformat(): reason for day, reason in schedule.skips},
        "dates": {each.key: {**_values_of_date(each), **each.more} for each in schedule.dates},
        **row.more,
    }


def date_as_json(
    slot: date | None,
    starts_at: datetime,
    ends_at: datetime,
    status: Status,
    reason: str,
    places: Places,
    left: Iterable[tuple[datetime, str]],
) -> dict[str, Any]:
    """One date; ``left`` are the times on other days that it was moved away from, and why."""
    return {
        "slot": as_json(slot),
        "when": [as_json(starts_at), as_json(ends_at)],
        "state": [str(status), reason],
        "places": str(places),
        "left": [[as_json(start), why] for start, why in sorted(left)],
    }


def deadline_as_json(deadline: Deadline) -> list[Any]:
    """Day, days before, time and words."""
    return [as_json(deadline.day), deadline.days_before, as_json(deadline.at), deadline.words]


def deadline_from_json(values: list[Any]) -> Deadline:
    """The reverse of ``deadline_as_json``."""
    day, days_before, at, words = values
    return Deadline(
        date.fromisoformat(day) if day else None, days_before, time.fromisoformat(at) if at else None, words
    )


def rule_as_json(rule: str, first: date | None, last: date | None) -> list[Any]:
    """The rule with its bounds, changed together or not at all."""
    return [rule, as_json(first), as_json(last)]


def breaks_as_json(breaks: Iterable[Break]) -> dict[str, str]:
    """Last days by first day and name."""
    return {f"{each.first_day} {each.name}": each.last_day.isoformat() for each in breaks}


def break_from_json(key: str, last_day: str) -> Break:
    """The reverse of ``breaks_as_json`` for one break."""
    return Break(key[11:], date.fromisoformat(key[:10]), date.fromisoformat(last_day))


def as_json(moment: date | datetime | time | None) -> str | None:
    """ISO text, with minutes for times."""
    if isinstance(moment, date | datetime | time):
        return moment.isoformat()
    return None


def room_named(wanted: str, names: Iterable[str]) -> str | None:
    """The room among ``names`` that is called so, in small letters or capitals."""
    listed = list(names)
    folded = {name.casefold(): name for name in listed}
    return wanted if wanted in listed else folded.get(wanted.casefold())


def room_like(wanted: str, names: Iterable[str]) -> str | None:
    """The room that is called so or else may be meant: ``Ateljén`` is the ``ateljé`` of another file."""
    listed = list(names)
    if (named := room_named(wanted, listed)) is not None:
        return named
    folded = {name.casefold(): name for name in listed}
    short_or_long = wanted.casefold()
    for other, name in folded.items():
        short, long = sorted((other, short_or_long), key=len)
        if long.startswith(short) and long.removeprefix(short) in DEFINITE_ENDINGS:
            return name
    return None


def _values_of_date(each: SheetDate) -> dict[str, Any]:
    moved_from = each.moved_from
    left_a_day = moved_from is not None and not clock.stands_on(
        each.starts_at, each.ends_at, moved_from.date()
    )
    return date_as_json(
        each.slot,
        each.starts_at,
        each.ends_at,
        Status.CANCELLED if each.is_cancelled else Status.PLANNED,
        each.reason,
        Places.FULL if each.is_full else Places.OPEN,
        [(moved_from, each.moved_reason)] if moved_from and left_a_day else [],
    )
