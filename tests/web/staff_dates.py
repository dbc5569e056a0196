"""Doing something with dates as a browser does: look at the page, change some fields, send it."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Change, Chapter, Occurrence
from tests.factories import make_event, make_occurrence
from tests.html import Answer, fields, one

HOUSE = "/personal/sjuharad"
ALL = f"{HOUSE}/tillfallen"
FORMS = "#cancel-form, #move-form, #restore-form"


def address(number: int, action: str) -> str:
    """Where one does ``action`` (``stall-in``, ``flytta``) with one date."""
    return f"{HOUSE}/tillfalle/{number}/{action}"


def plant(app: Flask, *dates: str, title: str = "Kvällsfika", hours: float = 1.5, **values: Any) -> None:
    """An activity of Sjuhärad with these dates, published unless ``published`` says no."""
    published = values.pop("published", True)
    with app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        event = make_event(house, title=title, **values)
        for start in dates:
            make_occurrence(event, start, hours=hours, published=published)
        db.session.commit()


def plant_series(app: Flask) -> None:
    """Kvällsfika at 18.00-19.30 in the kitchen on 3, 10 and 17 December: the dates 1, 2 and 3."""
    plant(app, *(f"2026-12-{day} 18:00" for day in ("03", "10", "17")), room_id=1)


def form_of(page: Answer) -> dict[str, Any]:
    """What a browser would send of the page's form as it stands."""
    return fields(one(page, FORMS))


def send(client: FlaskClient, path: str, **values: Any) -> TestResponse:
    """Open the page at ``path`` and send its form with these values; ``None`` leaves a field out."""
    sent = form_of(client.get(path)) | values
    return client.post(path, data={name: value for name, value in sent.items() if value is not None})


def look(client: FlaskClient, path: str, **values: Any) -> TestResponse:
    """Ask for what the form at ``path`` leads to, without saving."""
    start, _, query = path.partition("?")
    return client.post(f"{start}/datum?{query}", data=form_of(client.get(path)) | values)


def look_and_send(client: FlaskClient, path: str, **values: Any) -> TestResponse:
    """Look at what it leads to, then send what was shown."""
    return client.post(path, data=form_of(look(client, path, **values)))


def rows_of(app: Flask) -> list[Occurrence]:
    """All dates in the order they were made, with their traces."""
    with app.app_context():
        rows = db.session.scalars(db.select(Occurrence).order_by(Occurrence.id)).all()
        for row in rows:
            row.traces.sort(key=lambda trace: trace.day)
        return list(rows)


def row_of(app: Flask, number: int = 1) -> Occurrence:
    """One date, with its traces."""
    return next(row for row in rows_of(app) if row.id == number)


def verbs_of(app: Flask) -> list[str]:
    """What was done, in order."""
    with app.app_context():
        return list(db.session.scalars(db.select(Change.verb).order_by(Change.id)))
