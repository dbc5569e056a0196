"""Who is logged in: Flask-Login on top of log-ins that the database keeps and can end.

The cookie holds a random token; only its hash is stored, so a stolen database opens no door.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from flask import session
from flask_login import LoginManager, current_user, login_user
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from khcal.calendaring import clock
from khcal.db import db
from khcal.models import Membership, SignIn, User
from khcal.models.purging import purge_images
from khcal.models.user import token_hash

NOTED_AFTER_SECONDS = 60
# Ours among the locks of a PostgreSQL server.
_TURNS = 20261122


@dataclass(frozen=True)
class Person:
    """Somebody who is logged in on one device, in the form that Flask-Login asks for."""

    token: str
    sign_in: SignIn
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the cookie holds."""
        return self.token

    @property
    def id(self) -> int:
        """The number of the account."""
        return self.sign_in.user_id

    @property
    def name(self) -> str:
        """What the person logs in with."""
        return self.sign_in.user.name

    @property
    def grants(self) -> Sequence[Membership]:
        """The person's roles."""
        return self.sign_in.user.memberships


def make_login_manager() -> LoginManager:
    """Loads people by token. It compares no network addresses: phones change theirs."""
    manager = LoginManager()
    manager.session_protection = None
    manager.user_loader(find_person)
    return manager


def find_person(token: str) -> Person | None:
    """Whoever the token lets in now; one query."""
    sign_in = db.session.scalar(_with_token(), {"hash": token_hash(token)})
    return Person(token, sign_in) if sign_in is not None and sign_in.is_open else None


# Every page of the staff asks it, and to put it together costs more than to ask it.
@cache
def _with_token() -> Select[SignIn]:
    return (
        select(SignIn)
        .where(SignIn.token_hash == bindparam("hash"))
        .options(joinedload(SignIn.user), selectinload(SignIn.user, User.memberships))
    )


def person() -> Person:
    """Whoever asks; only for views behind the log-in."""
    return cast(Person, current_user._get_current_object())


def is_logged_in() -> bool:
    """Whether somebody is."""
    return bool(current_user.is_authenticated)


def note_activity() -> None:
    """Keep the log-in alive: written with whatever the request saves."""
    sign_in = person().sign_in
    if clock.epoch_seconds() - sign_in.seen_at > NOTED_AFTER_SECONDS:
        sign_in.seen_at = clock.epoch_seconds()


def take_turns() -> None:
    """Let one person's savings come one after the other: the second of a double click sees the first.

    SQLite has one saver at a time anyway.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(_TURNS, person().id)))


def let_in(user: User) -> None:
    """Begin a log-in with a new token and a new session; what the cookie held before is worthless."""
    token = user.sign_in()
    # A log-in lasts hours, so this is done about daily without a clock of its own.
    purge_images(db.session())
    db.session.commit()
    session.clear()
    found = find_person(token)
    login_user(found)
    # Flask-Login derives this from the network address; nothing here reads it.
    session.pop("_id", None)
