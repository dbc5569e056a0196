"""The groups that an activity can point at as meeting at the same time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import func, select

from khcal.calendaring.clock import midnight
from khcal.calendaring.terms import Kind, Status
from khcal.db import db
from khcal.models import Chapter, Event, Occurrence

from ..houses import swedish_order
from .rooms import titles
from .shown import is_shown_in


def parallel_groups(house_id: int, today: date) -> list[tuple[int, str]]:
    """Number and name: the house's own groups with dates to come, then those that others show here."""
    first = func.min(Occurrence.starts_at)
    statement = (
        select(Event.id, Event.title, Chapter.short_name, first)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .join(Chapter, Chapter.id == Event.chapter_id)
        .where(
            Event.chapter_id != house_id,
            Event.kind != Kind.CLOSURE,
            is_shown_in(house_id),
            Occurrence.published_at.is_not(None),
            Occurrence.status == Status.PLANNED,
            Occurrence.ends_at > midnight(today),
        )
        .group_by(Event.id, Event.title, Chapter.short_name)
    )
    others = [
        (number, f"{house}: {title} ({starts_at:%Y-%m-%d})")
        for number, title, house, starts_at in db.session.execute(statement)
    ]
    return [*titles(house_id, today), *sorted(others, key=lambda pair: swedish_order(pair[1]))]
