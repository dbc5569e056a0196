"""Row shapes for pure tests: a date as pages, feeds and the wall get it, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from khcal.calendaring.shapes import Deadline, ListedDate
from khcal.calendaring.terms import Appearance, Audience, Form, Kind, Places, Signup, Status, WallRule

_TALK = ListedDate(
    day=date(2026, 11, 24),
    appearance=Appearance.START,
    id=7,
    uid="u7",
    starts_at=datetime(2026, 11, 24, 13),
    ends_at=datetime(2026, 11, 24, 15),
    status=Status.PLANNED,
    reason="",
    places=Places.OPEN,
    free_today_on=None,
    sequence=0,
    changed_at=1_790_000_000,
    title="Samtalsgrupp",
    event_title="Samtalsgrupp",
    short_text="",
    neutral_title="",
    kind=Kind.CONVERSATION,
    audience=frozenset({Audience.EVERYONE}),
    language="sv",
    form=Form.ONSITE,
    facts=frozenset(),
    rooms=("Köket",),
    place="",
    address="",
    signup=Signup.DROP_IN,
    signup_contact="",
    deadline=Deadline(),
    price=0,
    online_info="",
    open_link="",
    status_note="",
    wall=WallRule.SHOW,
    slug="samtalsgrupp",
    chapter_slug="sjuharad",
    chapter_name="Kraftens hus Sjuhärad",
    chapter_short_name="Sjuhärad",
)


def make_row(**changes: Any) -> ListedDate:
    """A planned talk in the kitchen on Tuesday 24 November 2026 at 13.00-15.00, but for ``changes``."""
    return replace(_TALK, **changes)


def all_day(first: str, after: str, **changes: Any) -> ListedDate:
    """Days without times, from ISO date ``first`` to the day before ``after``."""
    starts_at, ends_at = (datetime.combine(date.fromisoformat(day), time.min) for day in (first, after))
    return make_row(day=starts_at.date(), starts_at=starts_at, ends_at=ends_at, **changes)
