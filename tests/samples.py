"""Addresses in the sample programme: ``{SJ-05}`` is that row's activity, ``{SJ-05 2026-11-19}`` its date.

``{room sjuharad}`` is the first room of that house, and so with notices, breaks, screens and
changes;
``{house sjuharad}`` is the house itself, ``{person kollega}`` somebody on the staff, ``{import sjuharad}``
an import there, ``{term sjuharad}`` a term that was copied.
"""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import select

from khcal.db import db
from khcal.models import BreakPeriod, Change, Chapter, Event, Notice, Occurrence, Room, Screen, User

BY_NAME = {"house": (Chapter.id, Chapter.slug), "person": (User.id, User.name)}
DONE = {"import": "import", "term": "copy-term"}
FIRST_OF = {"notice": Notice, "break": BreakPeriod, "room": Room, "screen": Screen, "change": Change}


def filled(app: Flask, address: str) -> str:
    """``address`` with the ids of the activities and dates that it names by row."""
    with app.app_context():
        return re.sub(r"\{(\S+?)(?: (\S+))?\}", lambda named: str(_id_of(named[1], named[2])), address)


def _id_of(row: str, day: str | None) -> int:
    if verb := DONE.get(row):
        done = select(Change.id).join(Chapter, Chapter.id == Change.chapter_id).where(Chapter.slug == day)
        return int(db.session.scalars(done.where(Change.verb == verb).limit(1)).one())
    if model := FIRST_OF.get(row):
        first = select(model.id).join(Chapter, Chapter.id == model.chapter_id).where(Chapter.slug == day)
        return int(db.session.scalars(first.order_by(model.id).limit(1)).one())
    if row in BY_NAME:
        key, name = BY_NAME[row]
        return int(db.session.scalars(select(key).where(name == day)).one())
    if day is None:
        return int(db.session.scalars(select(Event.id).where(Event.import_key == row)).one())
    statement = select(Occurrence.id, Occurrence.starts_at).join(Event).where(Event.import_key == row)
    days = {f"{found.starts_at.date()}": int(found.id) for found in db.session.execute(statement)}
    return days[day]
