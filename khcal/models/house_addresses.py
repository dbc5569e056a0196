"""The address of a house: once given it leads there for good, and to no other house."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from khcal.calendaring.terms import RESERVED_SLUGS

from .chapter import Chapter, OldAddress


class Taken(StrEnum):
    """Why an address can't be a house's."""

    RESERVED = "reserved"
    HOUSE = "house"
    OLD = "old"


def why_taken(session: Session, slug: str, house: Chapter | None = None) -> Taken | None:
    """Whether something else than ``house`` has this address, or had it: subscribers still ask there."""
    if slug in RESERVED_SLUGS:
        return Taken.RESERVED
    is_own = house.id if house else None
    if (
        session.scalar(select(Chapter.id).where(Chapter.slug == slug, Chapter.id.is_distinct_from(is_own)))
        is not None
    ):
        return Taken.HOUSE
    before = select(OldAddress.id).where(
        OldAddress.chapter_id.is_(None),
        OldAddress.slug == slug,
        OldAddress.new_chapter_id.is_distinct_from(is_own),
    )
    return Taken.OLD if session.scalar(before.limit(1)) is not None else None


def move_house(session: Session, house: Chapter, slug: str) -> None:
    """Give the house another address; pages and feeds at the old one lead to the new one from now on."""
    if slug == house.slug:
        return
    olds = session.scalars(
        select(OldAddress).where(OldAddress.chapter_id.is_(None), OldAddress.new_chapter_id == house.id)
    )
    known = {old.slug: old for old in olds}
    if house.slug not in known:
        session.add(OldAddress(slug=house.slug, new_chapter_id=house.id))
    if slug in known:
        session.delete(known[slug])
    house.slug = slug
