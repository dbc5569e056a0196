"""Houses, rooms, activities and dates for tests: few keywords, sane defaults, flushed but not committed."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from khcal.calendaring.terms import Kind
from khcal.db import db
from khcal.models import BreakPeriod, Chapter, Event, Notice, Occurrence, Room

R = TypeVar("R")
_numbers = itertools.count(1)


def make_chapter(slug: str = "", **values: Any) -> Chapter:
    """A house; its slug and names count up when they are not given."""
    number = next(_numbers)
    defaults = {"slug": slug or f"hus-{number}", "name": f"Kraftens hus Provstad {number}"}
    defaults["short_name"] = values.get("name", f"Provstad {number}")
    return _kept(Chapter(**(defaults | values)))


def make_room(chapter: Chapter, name: str = "Köket", **values: Any) -> Room:
    """A room of ``chapter``."""
    return _kept(Room(chapter=chapter, name=name, **values))


def make_event(
    chapter: Chapter | None = None,
    *dates: str,
    title: str = "Målarkväll",
    published: bool = True,
    shown_in: tuple[Chapter, ...] = (),
    **values: Any,
) -> Event:
    """An activity with a two-hour date at each of ``dates`` (``2026-11-24 13:00``)."""
    number = next(_numbers)
    defaults = {"uid": f"aktivitet-{number}", "slug": slug_of(title), "kind": Kind.CREATIVE}
    event = Event(chapter=chapter or make_chapter(), title=title, **(defaults | values))
    event.show_in(shown_in)
    db.session.add(event)
    for start in dates:
        _dated(event, start)
    if published:
        event.publish()
    return _kept(event)


def make_occurrence(
    event: Event, start: str = "2026-11-24 13:00", *, hours: float = 2, published: bool = True, **values: Any
) -> Occurrence:
    """A date of ``event``; ``start`` with no time of day makes one whole day."""
    occurrence = _dated(event, start, hours)
    for name, value in values.items():
        setattr(occurrence, name, value)
    if published:
        occurrence.publish()
    return _kept(occurrence)


def _dated(event: Event, start: str, hours: float = 2) -> Occurrence:
    starts_at = datetime.fromisoformat(start)
    length = timedelta(days=1) if len(start) == len("2026-11-24") else timedelta(hours=hours)
    return event.add_date(f"tillfalle-{next(_numbers)}", starts_at, starts_at + length)


def make_closure(chapter: Chapter, first: date, last: date, title: str = "Huset är stängt") -> Event:
    """Days when ``chapter`` is closed, both included."""
    event = make_event(chapter, title=title, kind=Kind.CLOSURE)
    make_occurrence(
        event, f"{first}", hours=0, ends_at=datetime.combine(last + timedelta(days=1), datetime.min.time())
    )
    return event


def make_notice(
    chapter: Chapter,
    text: str = "Hissen är trasig.",
    first: str = "2026-11-20",
    last: str = "2026-11-30",
    **values: Any,
) -> Notice:
    """A notice that is shown at the tests' moment."""
    days = {"first_day": date.fromisoformat(first), "last_day": date.fromisoformat(last)}
    return _kept(Notice(chapter_id=chapter.id, text=text, **days, **values))


def make_break(chapter: Chapter, first: str, last: str, name: str = "Sportlov") -> BreakPeriod:
    """Days when groups of ``chapter`` usually pause."""
    return _kept(
        BreakPeriod(
            chapter=chapter, first_day=date.fromisoformat(first), last_day=date.fromisoformat(last), name=name
        )
    )


def slug_of(title: str) -> str:
    """An address for ``title``, as a factory needs it."""
    plain = title.casefold().translate(str.maketrans("åäöé", "aaoe"))
    return "-".join(
        "".join(letter if letter.isalnum() and letter.isascii() else " " for letter in plain).split()
    )


def _kept(row: R) -> R:
    db.session.add(row)
    db.session.flush()
    return row
