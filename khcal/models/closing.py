"""Closing a house for some days or for good, and opening it again.

A closure is a date like any other: it has a uid, stands in feeds and on the wall, and is never deleted.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from khcal.calendaring import clock
from khcal.calendaring.terms import Kind, Signup, Status

from .chapter import Chapter
from .event import Event
from .occurrence import Occurrence


def close(
    chapter: Chapter, uid: str, slug: str, title: str, text: str, first: date, last: date
) -> Occurrence:
    """Close the house on these days, both included; everybody knows at once. To be added to a session."""
    event = Event(
        uid=uid,
        chapter=chapter,
        slug=slug,
        kind=Kind.CLOSURE,
        title=title,
        short_text=text,
        signup=Signup.NONE,
        skips={},
    )
    event.show_in(())
    row = event.add_date(str(uuid4()), clock.midnight(first), clock.midnight(last) + clock.ONE_DAY)
    row.publish()
    return row


def word_closure(row: Occurrence, title: str, text: str) -> None:
    """Say it otherwise. One of several closed days of an activity gets words of its own."""
    event = row.event
    if len(event.standing_dates) == 1:
        row.title = row.short_text = None
        if (event.title, event.short_text) != (title, text):
            event.title, event.short_text = title, text
        return
    row.title = title if title != event.title else None
    row.short_text = text if text != event.short_text else None


def close_on(row: Occurrence, first: date, last: date) -> None:
    """Close the house on other days; the day it was to begin tells where it went."""
    starts_at, ends_at = clock.midnight(first), clock.midnight(last) + clock.ONE_DAY
    if (row.starts_at, row.ends_at) != (starts_at, ends_at):
        row.move(starts_at, ends_at)


# The group of the last date of a house, which nobody finds in a list.
CLOSED_FOR_GOOD = "stangt-for-gott"


def close_for_good(
    chapter: Chapter, events: Iterable[Event], reason: str, title: str, text: str
) -> Occurrence:
    """Close the house itself; what ``events`` still plan is called off, so that nobody comes in vain.

    Drafts stay drafts, and what is off already keeps its reason. Returns the last date of the house, to be
    added to a session: it tells those who subscribe that nothing more will come.
    """
    today = clock.midnight(clock.today())
    for row in (row for event in events for row in event.occurrences):
        if row.is_published and row.status is Status.PLANNED and row.ends_at > today:
            row.cancel(reason)
    chapter.closed_on = clock.today()
    return close(chapter, str(uuid4()), CLOSED_FOR_GOOD, title, text, clock.today(), clock.today())


def open_again(chapter: Chapter, last_dates: Iterable[Occurrence]) -> None:
    """Open a house that had closed for good; what told of it is taken back."""
    chapter.closed_on = None
    for row in last_dates:
        if row.status is Status.PLANNED:
            open_after_all(row)


def open_after_all(row: Occurrence) -> None:
    """Take the closure back. An open day needs no row, so pages are silent; subscribers, who may have the
    closure in their calendars, are told that it is open as usual."""
    row.withdraw()
