"""The feeds of the sample programme, and what each must hold, asked of the database by other words."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import select

from khcal.calendaring.terms import Appearance, Places, Status
from khcal.db import db
from khcal.models import Chapter, Event, Listing, Occurrence

HOUSES = ("sjuharad", "goteborg", "stockholm", "jamtland-harjedalen", "riks")
GROUPS = (
    "sjuharad/aktivitet/oppet-hus",
    "goteborg/aktivitet/samtal-pa-arabiska",
    "goteborg/aktivitet/mediyoga",
)
FEEDS = (*HOUSES, "alla", *GROUPS)


class Entry(NamedTuple):
    """One VEVENT as a program understands it; days without times are dates, times are aware."""

    uid: str
    start: date
    end: date
    summary: str
    status: str
    sequence: int


def expected(app: Flask, feed: str, first: date = date.min) -> set[Entry]:
    """The entries that ``feed`` must have, from ``first`` on: straight from the tables."""
    statement = (
        select(Occurrence, Event)
        .join(Event, Event.id == Occurrence.event_id)
        .join(Listing, Listing.occurrence_id == Occurrence.id)
        .join(Chapter, Chapter.id == Listing.chapter_id)
        .where(Listing.kind.in_((Appearance.START, Appearance.GONE)), Listing.day >= first)
    )
    chapter, _, slug = feed.partition("/aktivitet/")
    if feed != "alla":
        statement = statement.where(Chapter.slug == chapter)
    if slug:
        statement = statement.where(Event.slug == slug)
    with app.app_context():
        return {entry_of(*row) for row in db.session.execute(statement)}


def entry_of(occurrence: Occurrence, event: Event) -> Entry:
    off = occurrence.status is not Status.PLANNED
    full = "FULLT: " if occurrence.places is Places.FULL else ""
    return Entry(
        uid=f"{occurrence.uid}@khcal.kraftenshus.se",
        start=edge(occurrence, occurrence.starts_at),
        end=edge(occurrence, occurrence.ends_at),
        summary=("INSTÄLLT: " if off else full) + (occurrence.title or event.title),
        status="CANCELLED" if off else "CONFIRMED",
        sequence=occurrence.sequence,
    )


def edge(occurrence: Occurrence, moment: datetime) -> date:
    times = {occurrence.starts_at.time(), occurrence.ends_at.time()}
    return moment.date() if times == {time.min} else moment.replace(tzinfo=ZoneInfo("Europe/Stockholm"))
