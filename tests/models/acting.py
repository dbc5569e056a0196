"""One action after another, each a change of its own, and what visitors then see."""

from __future__ import annotations

from datetime import date

from khcal import queries
from khcal.db import db
from khcal.models import Change, Chapter, OldAddress
from khcal.models.bookkeeping import begin_change, current_change_id
from khcal.models.undoing import undo

WINDOW = (date(2026, 10, 1), date(2027, 12, 31))


def act(verb: str = "edit") -> None:
    """What was prepared is over; what comes now is one change."""
    db.session.commit()
    begin_change(db.session(), verb)


def take_back() -> None:
    """Commit the change on its way, then undo it."""
    db.session.flush()
    number = current_change_id(db.session())
    db.session.commit()
    begin_change(db.session(), "undo")
    assert undo(db.session(), db.session.get_one(Change, number), lambda _house: True) == []
    db.session.commit()


def shown(house: Chapter) -> list[str]:
    """The titles in the house's feed, of what is not gone."""
    rows = queries.published_dates(house.id, *WINDOW)
    return [row.title for row in rows if row.appearance == "start"]


def olds() -> list[tuple[str, str, str, str]]:
    names = {house.id: house.slug for house in db.session.scalars(db.select(Chapter))}
    rows = db.session.scalars(db.select(OldAddress).order_by(OldAddress.slug))
    return [(names[row.chapter_id or 0], row.slug, names[row.new_chapter_id], row.new_slug) for row in rows]
