"""Somebody always keeps the keys: the last national admin cannot vanish, not even by two steps at once."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from khcal.calendaring.terms import Role

from .user import Membership, User


class LastAdminError(ValueError):
    """Nobody would be left who can open every house."""


def hold_admins(session: Session, leaving: User) -> None:
    """Ask before ``leaving`` stops being a national admin. Raises :class:`LastAdminError` for the last one.

    The rows of all admins stay locked until the transaction ends: of two admins who leave at once, the
    second waits here and then finds the first one gone. Who has not chosen a password yet does not count.
    """
    admins = session.scalars(
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.role == Role.NATIONAL_ADMIN, User.ended_at.is_(None), User.password_hash != "")
        .order_by(User.id)
        .with_for_update()
    ).all()
    if set(admins) == {leaving.id}:
        raise LastAdminError
