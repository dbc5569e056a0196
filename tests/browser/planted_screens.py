"""Screens of a house, as staff may find them; a state says what they report."""

from __future__ import annotations

from datetime import timedelta

from khcal.db import db
from khcal.models import Chapter, Screen, ScreenReport
from khcal.models.user import token_hash
from tests.moments import INSTANT

# The keys of screens that report when a state wants them to, and of one that is dark until two.
KEYS = {name: f"{number:032x}" for number, name in enumerate(("entrance", "tablet", "upstairs", "library"))}
RESTING_KEY = "0123456789abcdef" * 2


def plant_screens(house: Chapter, long_name: str) -> None:
    """Four that have not reported yet, one that is silent since the morning, a long name, one let go."""
    morning = int((INSTANT - timedelta(hours=4, minutes=-2)).timestamp())
    _plant(house, "Skärmen i entrén", KEYS["entrance"])
    db.session.add(ScreenReport(screen_id=_plant(house, "Skärmen i köket").id, seen_at=morning, shell=""))
    _plant(house, "Surfplattan i hallen", KEYS["tablet"])
    _plant(house, "Skärmen på övervåningen", KEYS["upstairs"])
    _plant(house, "Skärmen i biblioteket", KEYS["library"])
    _plant(house, long_name)
    _plant(house, "Gamla skärmen").revoked_at = morning


def plant_resting_screen(house: Chapter) -> None:
    """One that is dark until two in the afternoon."""
    _plant(house, "Skärmen i trapphuset", RESTING_KEY).settings = {"opens": "14.00", "closes": "20.00"}


def _plant(house: Chapter, name: str, key: str = "") -> Screen:
    """A screen with this key, or with one that nobody knows."""
    made_at = int(INSTANT.timestamp()) - 10**6
    screen = Screen(chapter=house, name=name, key_hash=token_hash(key or name), settings={}, made_at=made_at)
    db.session.add(screen)
    db.session.flush()
    return screen
