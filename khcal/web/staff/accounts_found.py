"""The accounts that a person may look after: those of her houses, or all for a national admin."""

from __future__ import annotations

from flask import abort

from khcal import permissions
from khcal.db import LARGEST_ID, db
from khcal.models import Chapter, User
from khcal.queries import HousePage

from .people import person


def demand_admin() -> None:
    """Let a national admin pass; to everybody else the page is not there."""
    if not permissions.may_manage_accounts(person().grants):
        abort(404)


def load_colleague(page: HousePage, number: int) -> User:
    """Somebody who keeps this house, or is invited to. 404 otherwise."""
    user = load_account(number)
    if page.house.id not in {membership.chapter_id for membership in user.memberships}:
        abort(404)
    return user


def load_account(number: int) -> User:
    """An account that has not ended. 404 otherwise."""
    user = db.session.get(User, number) if number < LARGEST_ID else None
    if user is None or user.ended_at is not None:
        abort(404)
    return user


def load_chapter(number: int) -> Chapter:
    """A house by its number, closed or not. 404 otherwise."""
    chapter = db.session.get(Chapter, number) if number < LARGEST_ID else None
    return chapter or abort(404)


def may_renew(user: User) -> bool:
    """Whether the person may make a new link for this account."""
    return permissions.may_stand_in_for(person().grants, user.memberships)
