"""What the history says of accounts: name and access in words. Hashes and addresses stay out of it."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from .bookkeeping import write_down
from .user import User

Image = dict[str, Any]


def image_of(user: User) -> Image:
    """Who it is and what is open to that person, as the history keeps it."""
    return {
        "name": user.name,
        "invited": user.is_invited,
        "national_admin": user.is_national_admin,
        "houses": sorted(chapter.short_name for chapter in user.chapters),
    }


def write_down_account(session: Session, user: User, before: Image | None, gone: bool = False) -> None:
    """Write what became of an account into the change that was begun. It cannot be undone from there."""
    session.flush()
    write_down(session, User.__tablename__, str(user.id), before, None if gone else image_of(user))
