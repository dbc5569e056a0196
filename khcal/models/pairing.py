"""Pairing a screen that has no keyboard: it shows a code, staff type it, and the screen asks for its key.

The device holds a secret that is never shown; the code is shown and short-lived. Of both, and of the key,
only hashes are kept. The key is made of the device's secret, so that a lost answer can be asked for again
and again and is always the same.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from typing import cast

from sqlalchemy import Table, delete, or_, select, update
from sqlalchemy.orm import Session

from khcal.calendaring import clock
from khcal.calendaring.pairing_code import LENGTH, SIGNS

from .chapter import Chapter
from .screen import Pairing, Screen, ScreenReport
from .user import token_hash

_SCREEN = cast(Table, Screen.__table__)
SECONDS = 15 * 60
KEY_LETTERS = 32


class PairingError(Exception):
    """A code that opens nothing: never shown, too old, or used. ``screen_id`` is what it was used for."""

    def __init__(self, screen_id: int | None = None) -> None:
        super().__init__(screen_id)
        self.screen_id = screen_id


def ask_for_code(session: Session, device: str) -> tuple[str, int]:
    """A new code for a device, in place of its old one, and until when it is good (epoch seconds). Flushes.

    What staff have accepted for the device already stays: it waits to be fetched.
    """
    now, own = clock.epoch_seconds(), token_hash(device)
    waiting = (Pairing.device_hash == own) & Pairing.screen_id.is_(None)
    session.execute(delete(Pairing).where(or_(Pairing.expires_at <= now, waiting)))
    code = _unused_code(session)
    session.add(Pairing(code_hash=token_hash(code), device_hash=own, expires_at=now + SECONDS))
    session.flush()
    return code, now + SECONDS


def find_pairing(session: Session, device: str) -> Pairing | None:
    """What waits for a device, first what staff have accepted; ``None`` when there is nothing or no more."""
    statement = (
        select(Pairing)
        .where(Pairing.device_hash == token_hash(device), Pairing.expires_at > clock.epoch_seconds())
        .order_by(Pairing.screen_id.is_(None), Pairing.id.desc())
    )
    return session.scalars(statement).first()


def pair_new(session: Session, code: str, chapter: Chapter, name: str) -> Screen:
    """Take the device that shows ``code`` as a new screen. Flushes. Raises :class:`PairingError`."""
    pairing = _waiting(session, code)
    # Nobody knows a key with this hash: the right one comes when the device asks.
    screen = Screen(
        chapter=chapter, name=name, key_hash=secrets.token_hex(32), settings={}, made_at=clock.epoch_seconds()
    )
    session.add(screen)
    session.flush()
    return _accept(session, pairing, screen)


def pair_again(session: Session, code: str, screen: Screen) -> Screen:
    """Take the device that shows ``code`` for a screen that is there already; its old key ends when the new
    one is fetched. Flushes. Raises :class:`PairingError`.
    """
    pairing = _waiting(session, code)
    screen.made_at = clock.epoch_seconds()
    return _accept(session, pairing, screen)


def hand_out_key(session: Session, pairing: Pairing, device: str) -> str | None:
    """The key of an accepted device; ``None`` when the screen was revoked or its house closed. Flushes."""
    screen = session.get(Screen, pairing.screen_id) if pairing.screen_id else None
    if screen is None or screen.is_revoked or screen.chapter.closed_on is not None:
        return None
    key = _key_of(device, pairing)
    if screen.key_hash != token_hash(key):
        # Past the books: a key is in no history, and a form about the screen that is open stays good.
        session.execute(update(_SCREEN).where(_SCREEN.c.id == screen.id).values(key_hash=token_hash(key)))
        session.execute(delete(ScreenReport).where(ScreenReport.screen_id == screen.id))
        session.expire(screen)
    return key


def end_pairings(session: Session, screen_id: int) -> None:
    """The screen has its key: nothing waits for it any more."""
    session.execute(delete(Pairing).where(Pairing.screen_id == screen_id))


def _waiting(session: Session, code: str) -> Pairing:
    """The pairing with this code, held until it is saved: of two that accept it at once, one does."""
    statement = select(Pairing).where(
        Pairing.code_hash == token_hash(code), Pairing.expires_at > clock.epoch_seconds()
    )
    found = session.scalar(statement.with_for_update().execution_options(populate_existing=True))
    if found is None or found.screen_id is not None:
        raise PairingError(found.screen_id if found else None)
    return found


def _accept(session: Session, pairing: Pairing, screen: Screen) -> Screen:
    end_pairings(session, screen.id)
    pairing.screen_id, pairing.expires_at = screen.id, clock.epoch_seconds() + SECONDS
    session.flush()
    return screen


def _key_of(device: str, pairing: Pairing) -> str:
    told = f"khcal screen {pairing.screen_id} pairing {pairing.id}"
    return hmac.new(device.encode(), told.encode(), sha256).hexdigest()[:KEY_LETTERS]


def _unused_code(session: Session) -> str:
    while True:
        code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        if session.scalar(select(Pairing.id).where(Pairing.code_hash == token_hash(code))) is None:
            return code
