"""The groups that met in a term, with all that a copy of them needs."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from khcal.calendaring.next_term import Span
from khcal.calendaring.terms import Kind, Status
from khcal.db import db
from khcal.models import Event, Occurrence

from ..houses import swedish_order
from .shown import after


def events_of_term(house_id: int, span: Span, hold: bool = False) -> list[Event]:
    """The house's own activities with published dates in ``span``, closures aside, by title.

    With ``hold`` nobody else can change or hold them before this transaction ends: who copies the same
    groups at the same moment waits, and then finds what was made.
    """
    met = select(Occurrence.event_id).where(
        Occurrence.starts_at >= datetime.combine(span.first_day, time.min),
        Occurrence.starts_at < after(span.last_day),
        Occurrence.status != Status.WITHDRAWN,
        Occurrence.published_at.is_not(None),
    )
    statement = (
        select(Event)
        .where(
            Event.id.in_(met),
            Event.chapter_id == house_id,
            Event.archived.is_(False),
            Event.kind != Kind.CLOSURE,
        )
        .options(selectinload(Event.occurrences), selectinload(Event.shown_in), selectinload(Event.room))
        # In one order, so that two who hold several never wait for each other.
        .order_by(Event.id)
    )
    if hold:
        statement = statement.with_for_update(of=Event)
    return sorted(db.session.scalars(statement), key=lambda event: swedish_order(event.title))


def days_of_groups(house_id: int, slugs: Collection[str], span: Span) -> dict[str, set[date]]:
    """The days in ``span`` on which these groups of the house have a date already, drafts too."""
    statement = (
        select(Event.slug, Occurrence.starts_at, Occurrence.slot)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .where(
            Event.chapter_id == house_id,
            Event.slug.in_(slugs),
            Occurrence.starts_at >= datetime.combine(span.first_day, time.min),
            Occurrence.starts_at < after(span.last_day),
            Occurrence.status != Status.WITHDRAWN,
        )
    )
    found: dict[str, set[date]] = {}
    for slug, starts_at, slot in db.session.execute(statement):
        found.setdefault(slug, set()).add(slot or starts_at.date())
    return found
