"""Which dates a page is about: one by its number, or several by what the address or the form names."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import abort, request

from khcal.calendaring import clock, phrases
from khcal.calendaring.terms import Status
from khcal.db import LARGEST_ID, db
from khcal.forms.typed import TypedError, read_day
from khcal.i18n import gettext as _
from khcal.models import Event, Occurrence
from khcal.queries import HousePage
from khcal.queries.staff import chosen

from .access import load_event, number_in

_WEEK = re.compile(r"(\d{4})-v(\d{1,2})", re.ASCII)


@dataclass(frozen=True)
class Choice:
    """The dates that a page lists. ``query`` is what names them in an address, ``ticked`` what is sent."""

    rows: list[Occurrence]
    query: dict[str, Any] = field(default_factory=dict)
    ticked: frozenset[int] | None = None
    seen: dict[int, str] = field(default_factory=dict)
    about: str = ""
    # How many of the dates that the form showed are not there any more.
    gone: int = 0

    def is_ticked(self, row: Occurrence) -> bool:
        """Whether the date is chosen; all are until somebody has sent the form."""
        return self.ticked is None or row.id in self.ticked

    @property
    def group(self) -> str:
        """The title that all dates share, if they do: it need not stand on every line."""
        titles = {row.title or row.event.title for row in self.rows}
        return titles.pop() if len(titles) == 1 else ""

    def stamps(self, anew: bool) -> dict[int, str]:
        """What the form keeps of each date: as it was first shown, or ``anew`` as it is now."""
        known = {} if anew else self.seen
        return {row.id: known.get(row.id) or seen_as(row) for row in self.rows}

    @property
    def changed(self) -> list[Occurrence]:
        """The dates that somebody has changed since the form was shown."""
        return [row for row in self.rows if self.ticked is not None and self.seen.get(row.id) != seen_as(row)]

    @property
    def is_stale(self) -> bool:
        """Whether somebody has changed or removed any of them since."""
        return bool(self.changed or self.gone)


def stamp_of(row: Occurrence) -> str:
    """What a form keeps of a date that it shows, to know whether it is still so when it comes back.

    Made of what the form shows: a colleague who only taps "Få kvar" shall not stop anybody.
    """
    shown = (
        row.starts_at,
        row.ends_at,
        str(row.status),
        row.reason,
        row.room_id,
        row.title,
        row.is_published,
    )
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]


def seen_as(row: Occurrence) -> str:
    """The same with the number of the date, for a form that shows several."""
    return f"{row.id}:{stamp_of(row)}"


def week_of(row: Occurrence) -> str:
    """The week of a date as addresses say it: ``2026-v48``."""
    year, week = clock.week_of(row.starts_at.date())
    return f"{year}-v{week}"


def load_own_date(page: HousePage, number: int) -> Occurrence:
    """A date that this house keeps, drafts too, but none whose publication was undone. 404 otherwise."""
    row = db.session.get(Occurrence, number) if number < LARGEST_ID else None
    if row is None or row.event.chapter_id != page.house.id or row.status is Status.WITHDRAWN:
        abort(404)
    return row


def load_choice(page: HousePage) -> Choice:
    """The dates that the form showed, otherwise those that the address names; foreign ones are a 404.

    A form keeps what was typed when a colleague has removed some of its dates; the foreign are as gone.
    """
    if "seen" in request.form:
        return _sent(page)
    numbers = [_number(text) for text in request.values.getlist("tillfalle")]
    if numbers:
        return Choice(_all_of(page, numbers), {"tillfalle": [str(number) for number in numbers]})
    if monday := _named_monday():
        return _week(page, monday)
    if "aktivitet" in request.args:
        return _event(page)
    return Choice([])


def _sent(page: HousePage) -> Choice:
    seen = {_number(text.partition(":")[0]): text for text in request.form.getlist("seen")}
    ticked = frozenset(_number(text) for text in request.form.getlist("tillfalle"))
    numbers = {*seen, *ticked}
    rows = chosen.dates_by_number(page.house.id, numbers)
    if numbers and not rows:
        abort(404)
    return Choice(rows, _named(rows), ticked, seen, _about(page), gone=len(numbers) - len(rows))


def _named(rows: list[Occurrence]) -> dict[str, list[str]]:
    """What the address says, without the dates that are not there any more."""
    named = {name: request.args.getlist(name) for name in ("vecka", "aktivitet", "fran")}
    left = {str(row.id) for row in rows}
    named["tillfalle"] = [text for text in request.args.getlist("tillfalle") if text in left]
    return {name: texts for name, texts in named.items() if texts}


def _all_of(page: HousePage, numbers: list[int]) -> list[Occurrence]:
    rows = chosen.dates_by_number(page.house.id, set(numbers))
    if len(rows) != len(set(numbers)):
        abort(404)
    return rows


def _about(page: HousePage) -> str:
    """What the address says of the dates in words; nothing where it names each of them."""
    if "tillfalle" in request.args:
        return ""
    if monday := _named_monday():
        return phrases.week_with_days(monday)
    return _from_day_on(*_named_event(page)) if "aktivitet" in request.args else ""


def _named_monday() -> date | None:
    match = _WEEK.fullmatch(request.args.get("vecka", "").strip())
    try:
        return clock.days_of_week(int(match[1]), int(match[2]))[0] if match else None
    except ValueError:
        return None


def _week(page: HousePage, monday: date) -> Choice:
    year, week = clock.week_of(monday)
    rows = chosen.dates_of_week(page.house.id, monday)
    return Choice(rows, {"vecka": f"{year}-v{week}"}, about=phrases.week_with_days(monday))


def _named_event(page: HousePage) -> tuple[Event, date]:
    event = load_event(page, _number(request.args.get("aktivitet", "")))
    try:
        return event, read_day(request.args.get("fran", ""))
    except TypedError:
        return event, clock.today()


def _event(page: HousePage) -> Choice:
    event, first = _named_event(page)
    query = {"aktivitet": str(event.id), "fran": first.isoformat()}
    rows = chosen.dates_of_event(page.house.id, event.id, first)
    return Choice(rows, query, about=_from_day_on(event, first))


def _from_day_on(event: Event, first: date) -> str:
    return _("{title} från och med {day}").format(title=event.title, day=phrases.day(first))


def _number(text: str) -> int:
    """A row's number; anything else names nothing that is there."""
    number = number_in(text)
    return abort(404) if number is None else number
