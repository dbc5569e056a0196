"""Where the old address of a house or a group leads now."""

from __future__ import annotations

from sqlalchemy import and_, select

from khcal.db import db
from khcal.models import Chapter, Event, Listing, Occurrence, OldAddress

from .dates import SEEN


def new_house_slug(slug: str) -> str | None:
    """The address of the house that once had this one, if any."""
    statement = (
        select(Chapter.slug)
        .join(OldAddress, OldAddress.new_chapter_id == Chapter.id)
        .where(OldAddress.chapter_id.is_(None), OldAddress.slug == slug)
    )
    return db.session.scalar(statement)


def new_group_slug(house_id: int, slug: str) -> str | None:
    """The address of the group that once had this one and that the house shows, if any."""
    renamed = and_(OldAddress.new_chapter_id == Event.chapter_id, OldAddress.new_slug == Event.slug)
    statement = (
        select(Event.slug)
        .join(OldAddress, renamed)
        .join(Occurrence, Occurrence.event_id == Event.id)
        .join(Listing, Listing.occurrence_id == Occurrence.id)
        .where(
            OldAddress.chapter_id == Event.chapter_id,
            OldAddress.slug == slug,
            Listing.chapter_id == house_id,
            Listing.kind.in_(SEEN),
        )
        .limit(1)
    )
    return db.session.scalar(statement)
