"""Addresses in the sample programme: ``{SJ-05}`` is that row's activity, ``{SJ-05 2026-11-19}`` its date."""

from __future__ import annotations

import re

from flask import Flask
from sqlalchemy import select

from khcal.db import db
from khcal.models import Event, Occurrence


def filled(app: Flask, address: str) -> str:
    """``address`` with the ids of the activities and dates that it names by row."""
    with app.app_context():
        return re.sub(r"\{(\S+?)(?: (\S+))?\}", lambda named: str(_id_of(named[1], named[2])), address)


def _id_of(row: str, day: str | None) -> int:
    if day is None:
        return int(db.session.scalars(select(Event.id).where(Event.import_key == row)).one())
    statement = select(Occurrence.id, Occurrence.starts_at).join(Event).where(Event.import_key == row)
    days = {f"{found.starts_at.date()}": int(found.id) for found in db.session.execute(statement)}
    return days[day]
