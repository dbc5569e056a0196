"""The address that an activity gets by its title."""

from __future__ import annotations

from sqlalchemy import select

from khcal.calendaring.reading_text import slug_of
from khcal.db import db
from khcal.models import Event


def group_slug(house_id: int, title: str) -> str:
    """The address of the group with this title; another group's address gets a number behind."""
    start = slug_of(title)
    for number in range(1, 100):
        slug = start if number == 1 else f"{start}-{number}"
        same = select(Event.title).where(Event.chapter_id == house_id, Event.slug == slug)
        others = set(db.session.scalars(same))
        if not others or any(other.casefold() == title.casefold() for other in others):
            return slug
    return start
