"""The feeds of the sample programme, and what each must hold, asked of the database by other words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import ColumnElement, or_, select

from khcal.calendaring.feed_text import UID_HOST
from khcal.calendaring.terms import Appearance, Audience, Form, Kind, Places, Signup, Status
from khcal.db import db
from khcal.models import Chapter, Event, Listing, Occurrence, Trace

HOUSES = ("sjuharad", "goteborg", "stockholm", "jamtland-harjedalen", "riks")
GROUPS = (
    "sjuharad/aktivitet/oppet-hus",
    "goteborg/aktivitet/samtal-pa-arabiska",
    "goteborg/aktivitet/mediyoga",
)
REOPENED = "ÖPPET SOM VANLIGT: stängningen är tillbakatagen"
FEEDS = (*HOUSES, "alla", *GROUPS)

# What some filters leave.
NARROWED_BY: dict[str, Callable[[Occurrence, Event], bool]] = {
    "typ=lugn": lambda date, event: event.kind is Kind.CALM,
    "for=alla": lambda date, event: Audience.EVERYONE in event.audience,
    "for=narstaende": lambda date, event: bool(event.audience & {Audience.EVERYONE, Audience.RELATIVE}),
    "form=digitalt": lambda date, event: (date.form or event.form) in {Form.ONLINE, Form.HYBRID},
    "anmalan=utan": lambda date, event: event.signup in {Signup.DROP_IN, Signup.NONE},
    "sok=fika": lambda date, event: "fika" in _said(date, event),
    "typ=lugn&for=alla": lambda date, event: event.kind is Kind.CALM and Audience.EVERYONE in event.audience,
}


class Entry(NamedTuple):
    """One VEVENT as a program understands it; days without times are dates, times are aware."""

    uid: str
    start: date
    end: date
    summary: str
    status: str
    sequence: int


def expected(app: Flask, feed: str, first: date = date.min, query: str = "") -> set[Entry]:
    """The entries that ``feed`` must have, from ``first`` on, narrowed so: straight from the tables."""
    with app.app_context():
        rows = rows_of(feed, first)
        return {entry_of(*row) for row in rows if not query or NARROWED_BY[query](*row)}


def rows_of(feed: str, first: date = date.min) -> list[tuple[Occurrence, Event]]:
    """The dates that ``feed`` must have, from ``first`` on."""
    statement = (
        select(Occurrence, Event)
        .join(Event, Event.id == Occurrence.event_id)
        .join(Listing, Listing.occurrence_id == Occurrence.id)
        .join(Chapter, Chapter.id == Listing.chapter_id)
        .where(Listing.kind.in_((Appearance.START, Appearance.GONE)), _is_of_days_from(first))
    )
    chapter, _, slug = feed.partition("/aktivitet/")
    if feed != "alla":
        statement = statement.where(Chapter.slug == chapter)
    if slug:
        statement = statement.where(Event.slug == slug)
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def _said(occurrence: Occurrence, event: Event) -> str:
    """What people wrote of a date, in small letters."""
    own = (occurrence.title, event.title, event.short_text, event.text, event.leader, event.place)
    return " ".join(filter(None, own)).casefold()


def _is_of_days_from(first: date) -> ColumnElement[bool]:
    """Whether a date is not over before ``first``, or was once planned for a day from then on."""
    left = select(Trace.id).where(
        Trace.occurrence_id == Occurrence.id, Trace.day >= first, Occurrence.status != Status.WITHDRAWN
    )
    return or_(Occurrence.ends_at > datetime.combine(first, time.min), left.exists())


def entry_of(occurrence: Occurrence, event: Event) -> Entry:
    off = occurrence.status is not Status.PLANNED
    full = "FULLT: " if occurrence.places is Places.FULL else ""
    summary = ("INSTÄLLT: " if off else full) + (occurrence.title or event.title)
    return Entry(
        uid=f"{occurrence.uid}@{UID_HOST}",
        start=edge(occurrence, occurrence.starts_at),
        end=edge(occurrence, occurrence.ends_at),
        summary=REOPENED if off and event.kind is Kind.CLOSURE else summary,
        status="CANCELLED" if off else "CONFIRMED",
        sequence=occurrence.sequence,
    )


def edge(occurrence: Occurrence, moment: datetime) -> date:
    times = {occurrence.starts_at.time(), occurrence.ends_at.time()}
    return moment.date() if times == {time.min} else moment.replace(tzinfo=ZoneInfo("Europe/Stockholm"))
