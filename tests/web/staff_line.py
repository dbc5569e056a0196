"""Filling a new activity by a line, as a browser does: write it, look, publish."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.calendaring.terms import Audience, Fact, Kind, Signup
from khcal.db import db
from khcal.models import Chapter, Event, Room
from tests.factories import make_event
from tests.html import texts
from tests.web.staff_forms import NEW, form_of

FILL = f"{NEW}/rad"
TALK = "Samtalsgrupp för närstående tisdagar 13–15 från 12 januari till 1 juni, ej v. 7 och v. 14"


def say(client: FlaskClient, line: str, page: TestResponse | None = None, **by_hand: Any) -> TestResponse:
    """Write ``line``, on the empty page or on ``page`` as it stands, after changes by hand."""
    sent = form_of(page or client.get(NEW)) | {"line": line} | by_hand
    return client.post(FILL, data=sent)


def publish(client: FlaskClient, page: TestResponse, **by_hand: Any) -> TestResponse:
    """Publish the page as it stands, after changes by hand."""
    return client.post(NEW, data=form_of(page) | by_hand | {"action": "publicera"})


def only_event(app: Flask, **wanted: Any) -> Event:
    """The one activity with these values."""
    with app.app_context():
        found = db.select(Event).filter_by(**wanted).options(db.selectinload(Event.occurrences))
        return db.session.scalars(found).one()


def fields_of(page: TestResponse, *names: str) -> tuple[Any, ...]:
    """What a browser would send of these fields."""
    sent = form_of(page)
    return tuple(sent.get(name, "") for name in names)


def told(page: TestResponse) -> str:
    """What is told of the line."""
    return " ".join(texts(page, "#line-told"))


def make_lunch_yoga(app: Flask) -> int:
    """A group of this autumn, with everything that an activity may have; returns its number."""
    with app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        room = db.session.scalars(db.select(Room).filter_by(name="Köket")).one()
        values: dict[str, Any] = {"kind": Kind.MOVEMENT, "room": room, "signup": Signup.REQUIRED, "price": 40}
        values |= {"signup_contact": "yoga@example.org", "text": "Vi tar det lugnt.", "capacity": 8}
        values |= {"audience": frozenset({Audience.PATIENT}), "facts": frozenset({Fact.SEATED})}
        values |= {"signup_days_before": 2, "leader": "volontär", "internal_note": "Nyckeln hos vakten"}
        dates = ["2026-12-03 12:00", "2026-12-10 12:00", "2026-12-17 12:00"]
        event = make_event(house, *dates, title="Lunchyoga", **values)
        event.rule, event.rule_from, event.rule_until = (
            "FREQ=WEEKLY;BYDAY=TH",
            date(2026, 12, 3),
            date(2026, 12, 17),
        )
        event.start_time, event.end_time = time(12), time(14)
        db.session.commit()
        return event.id
