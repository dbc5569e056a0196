"""A series that is there already, for tests of what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from khcal.db import db
from khcal.models import Chapter
from tests.factories import make_event


def make_series(app: Flask, title: str = "Målarverkstad", **values: object) -> int:
    """Fifteen Tuesdays at 13 from 1 September to 8 December, published; returns its number."""
    with app.app_context():
        house = db.session.scalar(db.select(Chapter).filter_by(slug="sjuharad"))
        days = [date(2026, 9, 1) + n * timedelta(weeks=1) for n in range(15)]
        starts = [f"{day} 13:00" for day in days]
        event = make_event(house, *starts, title=title, **values)
        event.rule, event.rule_from, event.rule_until = "FREQ=WEEKLY;BYDAY=TU", days[0], days[-1]
        event.start_time, event.end_time = (
            event.occurrences[0].starts_at.time(),
            event.occurrences[0].ends_at.time(),
        )
        for row, day in zip(event.occurrences, days, strict=True):
            row.slot = day
        db.session.commit()
        return event.id
