"""The screens of a house as its pages tell of them: name, how each is, and since when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import current_app

from khcal.calendaring import clock
from khcal.calendaring.phrases import screens as words
from khcal.calendaring.screen_health import ScreenReport as Said
from khcal.calendaring.screen_health import ScreenState, Wanted, screen_state
from khcal.config import Settings
from khcal.db import db
from khcal.models import Chapter, Screen, ScreenReport
from khcal.queries import HousePage
from khcal.queries.screens import screens_of, stored_report

from ..wall.reports import reports
from ..wall.shell import wall_shell


@dataclass(frozen=True)
class ToldScreen:
    """A screen in words. ``said`` is its last report; ``revoked_at`` epoch seconds."""

    id: int
    name: str
    state: ScreenState
    icon: str
    health: str
    help: str
    made_at: int
    revoked_at: int | None
    said: Said | None


def tell_screens(page: HousePage) -> list[ToldScreen]:
    """Every screen that the house has or had, in the order in which they came."""
    wanted = _wanted(page)
    return [_tell(row, stored, wanted) for row, stored in screens_of(page.house.id)]


def tell_screen(page: HousePage, row: Screen) -> ToldScreen:
    """One of them."""
    return _tell(row, stored_report(row.id), _wanted(page))


def starts_without_net() -> bool:
    """Whether a browser may keep the screen's page: it does so only over https, or for its own machine."""
    settings: Settings = current_app.extensions["khcal"]
    return settings.is_secure or settings.is_loopback


def _wanted(page: HousePage) -> Wanted:
    house: Any = db.session.execute(
        db.select(Chapter.revision, Chapter.changed_at).where(Chapter.id == page.house.id)
    ).one()
    return Wanted(house.revision, house.changed_at, wall_shell().version)


def _tell(row: Screen, stored: ScreenReport | None, wanted: Wanted) -> ToldScreen:
    said = reports().latest(row, stored)
    state = screen_state(said, wanted, clock.epoch_seconds())
    return ToldScreen(
        id=row.id,
        name=row.name,
        state=state,
        icon=words.screen_icon(state),
        health=words.screen_health(state, said.seen_at if said else None),
        help=words.screen_help(state),
        made_at=row.made_at,
        revoked_at=row.revoked_at,
        said=said,
    )


def is_name_taken(house_id: int, name: str, own: int) -> bool:
    """Whether another screen of the house is called so, whatever the size of the letters."""
    there = db.select(Screen.id, Screen.name).where(
        Screen.chapter_id == house_id, Screen.revoked_at.is_(None)
    )
    named = {number for number, called in db.session.execute(there) if called.casefold() == name.casefold()}
    return bool(named - {own})
