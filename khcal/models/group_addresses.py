"""The address of a group: once given, its page and its feed are found there for good.

The activities of a house with the same slug are one group. When they get another slug, or another house,
the old address leads to the new one; an address in use is never an old one at the same time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from khcal.calendaring.reading_text import slug_of

from .chapter import Chapter, OldAddress
from .event import Event

MOST_TRIES = 200


def group_of(session: Session, house_id: int, slug: str) -> list[Event]:
    """The activities of a house that share one page, drafts and archived ones too, oldest first."""
    statement = select(Event).where(Event.chapter_id == house_id, Event.slug == slug).order_by(Event.id)
    return list(session.scalars(statement))


def is_free(session: Session, house_id: int, slug: str, own: Collection[int] = ()) -> bool:
    """Whether no activity but ``own`` has this address, and no other group had it."""
    others = select(Event.id).where(
        Event.chapter_id == house_id, Event.slug == slug, Event.id.not_in(list(own))
    )
    if session.scalar(others.limit(1)) is not None:
        return False
    old = _old_address(session, house_id, slug)
    return old is None or _leads_to(session, old, own)


def free_slug(session: Session, house_id: int, title: str, own: Collection[int] = ()) -> str:
    """An address for a page of its own, as near to the title as can be."""
    start = slug_of(title)
    tries = (start if number == 1 else f"{start}-{number}" for number in range(1, MOST_TRIES))
    return next((slug for slug in tries if is_free(session, house_id, slug, own)), start)


def is_address_of(title: str, slug: str) -> bool:
    """Whether a group with this title would have that address, or the same with a number behind."""
    start, _dash, number = slug.rpartition("-")
    wanted = slug_of(title)
    return slug == wanted or (start == wanted and number.isdigit())


class GroupMoves:
    """Activities that get their addresses value by value, not by ``move_group``: the old ones follow."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._left: dict[Event, tuple[int, str]] = {}
        self._new: list[Event] = []

    def leave(self, event: Event) -> None:
        """Note where an activity is, before it may get another address."""
        self._left[event] = (event.chapter_id, event.slug)

    def come(self, event: Event) -> None:
        """Note that an activity is new, or there again."""
        self._new.append(event)

    def follow(self) -> None:
        """Let the addresses that were left lead on. Flushes."""
        for event in self._new:
            take_into_use(self._session, event.chapter_id, event.slug)
        moves: dict[tuple[int, str, int, str], list[Event]] = {}
        for event, place in self._left.items():
            moves.setdefault((*place, event.chapter_id, event.slug), []).append(event)
        for (house_id, slug, *_new), events in moves.items():
            lead_on(self._session, events, house_id, slug)
        self._session.flush()


def move_group(session: Session, events: Iterable[Event], house: Chapter, slug: str) -> None:
    """Give these activities of one group another address, in this house or another. Flushes."""
    moved = list(events)
    old_house_id, old_slug = moved[0].chapter_id, moved[0].slug
    for event in moved:
        event.chapter, event.slug = house, slug
    session.flush()
    lead_on(session, moved, old_house_id, old_slug)


def lead_on(session: Session, moved: Sequence[Event], old_house_id: int, old_slug: str) -> None:
    """Let the address that these activities of one group had lead to the one that they have now."""
    house_id, slug = moved[0].chapter_id, moved[0].slug
    if (old_house_id, old_slug) == (house_id, slug):
        return
    take_into_use(session, house_id, slug)
    if group_of(session, old_house_id, old_slug):
        return
    for older in session.scalars(
        select(OldAddress).filter_by(new_chapter_id=old_house_id, new_slug=old_slug)
    ).all():
        older.new_chapter_id, older.new_slug = house_id, slug
    if any(occurrence.is_published for event in moved for occurrence in event.occurrences):
        old = _old_address(session, old_house_id, old_slug) or OldAddress(
            chapter_id=old_house_id, slug=old_slug
        )
        old.new_chapter_id, old.new_slug = house_id, slug
        session.add(old)


def _old_address(session: Session, house_id: int, slug: str) -> OldAddress | None:
    return session.scalar(select(OldAddress).filter_by(chapter_id=house_id, slug=slug))


def take_into_use(session: Session, house_id: int, slug: str) -> None:
    """An address that a group has now leads nowhere else. Flushes."""
    taken = _old_address(session, house_id, slug)
    if taken is not None:
        session.delete(taken)
        session.flush()


def _leads_to(session: Session, old: OldAddress, own: Collection[int]) -> bool:
    """Whether an old address is one that these activities had themselves."""
    now = {event.id for event in group_of(session, old.new_chapter_id, old.new_slug)}
    return bool(now) and now <= set(own)
