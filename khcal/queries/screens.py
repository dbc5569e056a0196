"""Screens by their keys, and with what they reported last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select

from khcal.db import db
from khcal.models import Chapter, OldAddress, Screen, ScreenReport


@dataclass(frozen=True, slots=True)
class KnownScreen:
    """The screen that a key belongs to, and its house; ``written_at`` is when its last report was stored."""

    id: int
    name: str
    settings: Mapping[str, Any]
    house: str
    house_closed_on: date | None
    written_at: int | None


def screen_with_key(key_hash: str) -> KnownScreen | None:
    """The screen with this key; ``None`` for an unknown or revoked one."""
    statement = (
        select(Screen.id, Screen.name, Screen.settings, Chapter.slug, Chapter.closed_on, ScreenReport.seen_at)
        .join(Chapter, Chapter.id == Screen.chapter_id)
        .outerjoin(ScreenReport, ScreenReport.screen_id == Screen.id)
        .where(Screen.key_hash == key_hash, Screen.revoked_at.is_(None))
    )
    row = db.session.execute(statement).one_or_none()
    return KnownScreen(*row) if row else None


def was_ever_a_house(slug: str) -> bool:
    """Whether a house has or had this address, open or closed."""
    now = select(Chapter.id).where(Chapter.slug == slug).exists()
    once = select(OldAddress.id).where(OldAddress.chapter_id.is_(None), OldAddress.slug == slug).exists()
    return bool(db.session.scalar(select(or_(now, once))))


def screens_of(house_id: int) -> list[tuple[Screen, ScreenReport | None]]:
    """Every screen that the house has or had, by age, each with its stored report."""
    statement = (
        select(Screen, ScreenReport)
        .outerjoin(ScreenReport, ScreenReport.screen_id == Screen.id)
        .where(Screen.chapter_id == house_id)
        .order_by(Screen.id)
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def stored_report(screen_id: int) -> ScreenReport | None:
    """What a screen reported last, as far as it is stored."""
    return db.session.get(ScreenReport, screen_id)
