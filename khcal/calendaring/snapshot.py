"""The snapshot: everything a lobby screen shows for 35 days, expanded and in ready Swedish words.

A screen knows neither rules nor language nor the summer hour: it finds its day by date, compares
epoch milliseconds, and shows the words as they are. The document is a pure function of its input and
holds no time of making, so its bytes stay equal until something changes or a new day begins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TypedDict

from . import clock, phrases
from .red_days import named_day
from .shapes import House, ListedDate, NoticeText
from .terms import Appearance, Form, Places, Status, WallRule

SCHEMA = "khcal-wall/1"
DAYS = 35
# On a screen the place goes without saying unless one is not simply in the house.
TOLD_FORMS = frozenset({Form.ONLINE, Form.HYBRID, Form.OUTDOORS})

# A screen says this of a closed house in its own large words; a title that says only this is not said again.
SAID_BY_THE_SCREEN = "huset är stängt"
# The sign of a date whose kind is not told.
ANY_KIND = "activity"


class WallEvent(TypedDict):
    """One date on one day. ``status`` is planned, full, cancelled or moved; times in epoch milliseconds.

    ``kind`` is one of the kinds, or ``activity`` when it is not told.
    ``text`` and ``need`` are for those who ask more of it on a screen that can be touched; one whose title
    is not told has neither, nor a page to be sent to.
    """

    id: int
    start_ms: int
    end_ms: int
    all_day: bool
    time: str
    until: str
    title: str
    lang: str
    kind: str
    kind_label: str
    where: str
    status: str
    tag: str
    change_note: str
    text: str
    need: str
    has_page: bool


class Closure(TypedDict):
    """That the house is closed a whole day, and what it says about it."""

    title: str
    text: str


class WallDay(TypedDict):
    """One day; ``events`` is empty when nothing is planned, which is not the same as not knowing."""

    date: str
    label: str
    weekday: str
    week: int
    name: str
    closed: Closure | None
    notices: list[str]
    events: list[WallEvent]


class WallChapter(TypedDict):
    """The house as a screen needs it."""

    slug: str
    name: str
    phone: str
    hours: str
    address: str
    greeting: str


class Snapshot(TypedDict):
    """The whole document; ``valid_to`` is the last day it tells of."""

    schema: str
    chapter: WallChapter
    tz: str
    rev: int
    valid_from: str
    valid_to: str
    days: list[WallDay]
    subscribe: Mapping[str, object]
    words: Mapping[str, str]


def last_day_of(first: date) -> date:
    """The last day of a snapshot that begins with ``first``."""
    return first + timedelta(days=DAYS - 1)


def make_snapshot(
    house: House,
    rows: Iterable[ListedDate],
    notices: Iterable[NoticeText],
    first: date,
    subscribe: Mapping[str, object],
    words: Mapping[str, str],
) -> Snapshot:
    """The document for ``house`` from ``first`` on.

    ``rows`` are what the house shows on those days, in any order; ``subscribe`` tells how to take
    the calendar home and ``words`` the screen's own words, both passed through.
    """
    by_day: dict[date, list[ListedDate]] = defaultdict(list)
    for row in rows:
        if _is_shown(row):
            by_day[row.day].append(_disguised(row))
    told = sorted(notices, key=lambda notice: (notice.first_day, notice.last_day, notice.text))
    days = clock.days_between(first, last_day_of(first))
    return {
        "schema": SCHEMA,
        "chapter": _chapter(house),
        "tz": clock.ZONE_NAME,
        "rev": house.revision,
        "valid_from": first.isoformat(),
        "valid_to": last_day_of(first).isoformat(),
        "days": [_day(day, by_day[day], told) for day in days],
        "subscribe": subscribe,
        "words": words,
    }


def _is_shown(row: ListedDate) -> bool:
    if row.wall is WallRule.HIDE or row.appearance is Appearance.GONE or row.status is Status.WITHDRAWN:
        return False
    # A closure that was called off means an ordinary day.
    return not (row.is_closure and (row.is_cancelled or row.was_moved_away))


def _disguised(row: ListedDate) -> ListedDate:
    """The row with nothing that tells what sort of group it is, where staff asked for that."""
    if row.wall is not WallRule.NEUTRAL:
        return row
    title = row.neutral_title or phrases.kind_label(row.kind)
    return replace(row, title=title, language="sv", short_text="", reason="", left_reason="")


def _chapter(house: House) -> WallChapter:
    return {
        "slug": house.slug,
        "name": house.name,
        "phone": house.phone,
        "hours": house.hours,
        "address": house.address,
        "greeting": house.greeting,
    }


def _day(day: date, rows: list[ListedDate], notices: list[NoticeText]) -> WallDay:
    closures = [row for row in rows if row.is_closure and row.is_all_day]
    rest = [row for row in rows if not (row.is_closure and row.is_all_day)]
    return {
        "date": day.isoformat(),
        "label": phrases.day(day),
        "weekday": phrases.weekday(day),
        "week": clock.week_of(day)[1],
        "name": _name(day),
        "closed": _closure(closures),
        "notices": [notice.text for notice in notices if notice.first_day <= day <= notice.last_day],
        "events": [_event(row) for row in sorted(rest, key=_order)],
    }


def _name(day: date) -> str:
    named = named_day(day)
    return named.name if named else ""


def _closure(rows: list[ListedDate]) -> Closure | None:
    first = min(rows, key=lambda row: (row.starts_at, row.id), default=None)
    if first is None:
        return None
    title = "" if first.title.casefold().rstrip(".") == SAID_BY_THE_SCREEN else first.title
    return {"title": title, "text": first.short_text}


def _order(row: ListedDate) -> tuple[datetime, datetime, str, int]:
    starts_at, ends_at = _span(row)
    return max(starts_at, clock.midnight(row.day)), ends_at, row.title, row.id


def _event(row: ListedDate) -> WallEvent:
    starts_at, ends_at = _span(row)
    begun, ended = _times(row, starts_at, ends_at)
    kind, kind_label = _kind(row)
    return {
        "id": row.id,
        "start_ms": clock.to_epoch_milliseconds(starts_at),
        "end_ms": clock.to_epoch_milliseconds(ends_at),
        "all_day": not (begun or ended),
        "time": begun,
        "until": ended,
        "title": row.title,
        "lang": row.language,
        "kind": kind,
        "kind_label": kind_label,
        "where": _where(row),
        "status": _status(row),
        "tag": phrases.status_word(row) or phrases.places_label(row, row.day),
        "change_note": _change_note(row),
        "text": row.short_text,
        "need": _need(row),
        "has_page": row.wall is not WallRule.NEUTRAL,
    }


def _kind(row: ListedDate) -> tuple[str, str]:
    """The sign of its kind and the word for it; neither tells what a neutral title keeps to itself."""
    if row.wall is WallRule.NEUTRAL and row.neutral_title and not row.is_closure:
        return ANY_KIND, phrases.any_activity()
    return row.kind.value, phrases.kind_label(row.kind)


def _span(row: ListedDate) -> tuple[datetime, datetime]:
    """From when to when it is, or was to be on the day that it was moved away from."""
    if not row.was_moved_away:
        return row.starts_at, row.ends_at
    left_at = row.left_at or datetime.combine(row.day, row.starts_at.time())
    return left_at, left_at + (row.ends_at - row.starts_at)


def _times(row: ListedDate, starts_at: datetime, ends_at: datetime) -> tuple[str, str]:
    """``13.00`` and ``–15.00``; of several days only what lies on this one; nothing for a whole day."""
    if row.is_all_day:
        return "", ""
    begins_here = starts_at.date() == row.day
    ends_here = ends_at <= clock.midnight(row.day) + clock.ONE_DAY
    until = "24.00" if ends_at.time() == time.min else phrases.clock_time(ends_at.time())
    begun = phrases.clock_time(starts_at.time()) if begins_here else ""
    return begun, phrases.DASH + until if ends_here else ""


def _where(row: ListedDate) -> str:
    """``Stora salen · på plats och digitalt · dag 2 av 3``: what is known, on one line."""
    form = phrases.form_label(row.form) if row.form in TOLD_FORMS else ""
    if form.lower() in row.where.lower():
        form = ""
    parts = [row.where, form.lower() if row.where else form, phrases.day_of_days(row)]
    return " · ".join(part for part in parts if part)


def _need(row: ListedDate) -> str:
    """For whom it is, how one signs up and what it costs: ``Närstående · Anmäl dig före · 50 kr``."""
    if row.wall is WallRule.NEUTRAL or not row.takes_place or row.is_closure:
        return ""
    # Who hears that a place is free today is not sent to the queue.
    free = replace(row, places=Places.OPEN) if row.has_free_place(row.day) else row
    signup = ": ".join(filter(None, [phrases.signup_label(free), row.signup_contact]))
    parts = [phrases.audience_label(row.audience), signup, phrases.price_label(row.price)]
    return " · ".join(part for part in parts if part)


def _status(row: ListedDate) -> str:
    if row.was_moved_away:
        return "moved"
    if row.is_cancelled:
        return "cancelled"
    return "full" if row.places is Places.FULL and not row.has_free_place(row.day) else "planned"


def _change_note(row: ListedDate) -> str:
    if row.was_moved_away:
        return phrases.moved_sentence(row)
    return phrases.cancelled_sentence(row, row.day) if row.is_cancelled else ""
