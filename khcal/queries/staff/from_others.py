"""What other houses share with a house: what it shows of that, and what it hides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import aliased

from khcal.calendaring.clock import midnight, today
from khcal.calendaring.terms import Kind, Status
from khcal.db import db
from khcal.models import Chapter, Event, EventShownIn, Occurrence


@dataclass(frozen=True, slots=True)
class FromAnother:
    """An activity of another house, with its published dates to come."""

    id: int
    title: str
    language: str
    kind: Kind
    owner: str
    everywhere: bool
    is_hidden: bool
    dates: int
    next: datetime | None


def from_others(house_id: int) -> list[FromAnother]:
    """The activities that others show here, those with the next dates first; over ones only if hidden."""
    shown = aliased(EventShownIn)
    is_hidden = case((shown.hidden.is_(True), True), else_=False)
    is_coming = and_(Occurrence.ends_at > midnight(today()), Occurrence.status == Status.PLANNED)
    following = func.min(Occurrence.starts_at).filter(is_coming)
    number = func.count(Occurrence.id).filter(is_coming)
    columns = (Event.id, Event.title, Event.language, Event.kind, Chapter.short_name, Event.everywhere)
    statement = (
        select(*columns, is_hidden, number, following)
        .join(Chapter, Chapter.id == Event.chapter_id)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .outerjoin(shown, and_(shown.event_id == Event.id, shown.chapter_id == house_id))
        .where(
            Event.chapter_id != house_id,
            Chapter.closed_on.is_(None),
            or_(Event.everywhere, shown.event_id.is_not(None)),
            Occurrence.published_at.is_not(None),
            Occurrence.status != Status.WITHDRAWN,
        )
        .group_by(*columns, is_hidden)
        .having(or_(number > 0, is_hidden))
        .order_by(following.is_(None), following, Event.id)
    )
    return [FromAnother(*row) for row in db.session.execute(statement)]
