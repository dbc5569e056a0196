"""Which activities a house shows, as a part of other questions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import SQLColumnExpression, and_, not_, or_, select

from khcal.models import Event, EventShownIn


def is_shown_in(house_id: int) -> SQLColumnExpression[bool]:
    """Whether a house shows the event: its own, shared with it and not hidden there, or everywhere."""

    def shared(hidden: bool) -> SQLColumnExpression[bool]:
        return (
            select(EventShownIn.event_id)
            .where(
                EventShownIn.event_id == Event.id,
                EventShownIn.chapter_id == house_id,
                EventShownIn.hidden.is_(hidden),
            )
            .exists()
        )

    return or_(shared(hidden=False), and_(Event.everywhere, not_(shared(hidden=True))))


def is_joint() -> SQLColumnExpression[bool]:
    """Whether another house has agreed to have it too. What is shown everywhere is nobody's in particular."""
    beside = select(EventShownIn.event_id).where(
        EventShownIn.event_id == Event.id,
        EventShownIn.chapter_id != Event.chapter_id,
        EventShownIn.hidden.is_(False),
    )
    return and_(beside.correlate(Event).exists(), not_(Event.everywhere))


def after(day: date) -> datetime:
    """The first moment after ``day``."""
    return datetime.combine(day, time.min) + timedelta(days=1)
