"""Where the old address of a house or a group leads now."""

from __future__ import annotations

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from khcal.db import db
from khcal.models import Chapter, Event, Listing, Occurrence, OldAddress

from .dates import SEEN

_LEADS_TO_EVENT = and_(OldAddress.new_chapter_id == Event.chapter_id, OldAddress.new_slug == Event.slug)


def new_house_slug(slug: str) -> str | None:
    """The address of the house that once had this one, if any."""
    statement = (
        select(Chapter.slug)
        .join(OldAddress, OldAddress.new_chapter_id == Chapter.id)
        .where(OldAddress.chapter_id.is_(None), OldAddress.slug == slug)
    )
    return db.session.scalar(statement)


def house_showing(slug: str, number: int | None = None, group_slug: str | None = None) -> str | None:
    """An open house that shows this date, or this group, of a house that has closed."""
    closed, other = aliased(Chapter), aliased(Chapter)
    wanted = Occurrence.id == number if number is not None else Event.slug == group_slug
    statement = (
        select(other.slug)
        .join(Listing, Listing.chapter_id == other.id)
        .join(Occurrence, Occurrence.id == Listing.occurrence_id)
        .join(Event, Event.id == Occurrence.event_id)
        .join(closed, closed.id == Event.chapter_id)
        .where(
            closed.slug == slug,
            closed.closed_on.is_not(None),
            other.closed_on.is_(None),
            wanted,
            Listing.kind.in_(SEEN),
        )
        .order_by(other.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def new_group_slug(house_id: int, slug: str) -> str | None:
    """The address of the group that once had this one and that the house shows, if any."""
    statement = (
        select(Event.slug)
        .join(OldAddress, _LEADS_TO_EVENT)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .join(Listing, Listing.occurrence_id == Occurrence.id)
        .where(
            OldAddress.chapter_id.is_not(None),
            OldAddress.slug == slug,
            Listing.chapter_id == house_id,
            Listing.kind.in_(SEEN),
        )
        .order_by(OldAddress.chapter_id != house_id, OldAddress.id)
        .limit(1)
    )
    return db.session.scalar(statement)


def new_group_home(house_id: int, slug: str) -> tuple[str, str] | None:
    """The house and the address of a group that this house once had and gave to another."""
    statement = (
        select(Chapter.slug, OldAddress.new_slug)
        .join(Chapter, Chapter.id == OldAddress.new_chapter_id)
        .where(
            OldAddress.chapter_id == house_id, OldAddress.slug == slug, OldAddress.new_chapter_id != house_id
        )
    )
    found = db.session.execute(statement).first()
    return (found[0], found[1]) if found else None


def new_date_home(house_id: int, number: int) -> str | None:
    """The house that shows a date of a group that this house once had and gave to it."""
    statement = (
        select(Chapter.slug)
        .join(Event, Event.chapter_id == Chapter.id)
        .join(OldAddress, _LEADS_TO_EVENT)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .join(Listing, and_(Listing.occurrence_id == Occurrence.id, Listing.chapter_id == Chapter.id))
        .where(Occurrence.id == number, OldAddress.chapter_id == house_id, Chapter.id != house_id)
        .limit(1)
    )
    return db.session.scalar(statement)
