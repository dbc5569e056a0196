"""Screens of a house in every state, as staff may find them."""

from __future__ import annotations

from datetime import date, timedelta

from khcal.db import db
from khcal.models import Chapter, Screen, ScreenReport
from khcal.models.user import token_hash
from khcal.web.wall_shell import wall_shell
from tests.moments import INSTANT

# Later than any test lasts: these were seen a moment ago whenever somebody looks.
SOON = int((INSTANT + timedelta(hours=2)).timestamp())
NEWEST = 2**50
RESTING_KEY = "0123456789abcdef" * 2


def plant_screens(house: Chapter, long_name: str) -> None:
    """One screen of each state, one whose name is long, and one that was let go."""
    today = date(2026, 11, 24)
    morning = int((INSTANT - timedelta(hours=4, minutes=-2)).timestamp())
    _plant(house, "Skärmen i entrén", SOON, NEWEST, today)
    _plant(house, "Skärmen i köket", morning, NEWEST, today)
    _plant(house, "Surfplattan i hallen", SOON, NEWEST, date(2026, 11, 23))
    _plant(house, "Skärmen på övervåningen", SOON, NEWEST, today, shell="0123456789abcdef")
    _plant(house, "Skärmen i biblioteket", SOON, None, None)
    _plant(house, long_name)
    _plant(house, "Gamla skärmen", morning, revoked_at=morning)


def plant_resting_screen(house: Chapter) -> None:
    """One that is dark until two in the afternoon; it has the key that is known."""
    hours = {"opens": "14.00", "closes": "20.00"}
    screen = Screen(
        chapter=house,
        name="Skärmen i trapphuset",
        key_hash=token_hash(RESTING_KEY),
        settings=hours,
        made_at=0,
    )
    db.session.add(screen)


def _plant(
    house: Chapter,
    name: str,
    seen_at: int | None = None,
    revision: int | None = None,
    page_day: date | None = None,
    shell: str = "",
    revoked_at: int | None = None,
) -> None:
    key_hash = f"{db.session.scalar(db.select(db.func.count(Screen.id))):064}"
    screen = Screen(
        chapter=house,
        name=name,
        key_hash=key_hash,
        settings={},
        made_at=int(INSTANT.timestamp()) - 10**6,
        revoked_at=revoked_at,
    )
    db.session.add(screen)
    db.session.flush()
    if seen_at is not None:
        db.session.add(
            ScreenReport(
                screen_id=screen.id,
                seen_at=seen_at,
                revision=revision,
                shell=shell or wall_shell().version,
                page_day=page_day,
                rendered_at=seen_at * 1000,
            )
        )
