"""Accounts as those who look after them see them. Ended ones are in the history only."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, String, cast, func, select

from khcal.calendaring import clock
from khcal.calendaring.terms import Role
from khcal.db import db
from khcal.models import Change, ChangedRow, Chapter, Membership, OneTimeLink, SignIn, User
from khcal.models.user import IDLE_SECONDS, LONGEST_SECONDS, plain_name

from ..houses import swedish_order


@dataclass(frozen=True, slots=True)
class Access:
    """A role in a house; a national admin's has no house."""

    role: Role
    chapter_id: int | None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody with an account; ``link_until`` is until when a link works that waits for the person."""

    id: int
    name: str
    email: str
    is_invited: bool
    is_admin: bool
    houses: tuple[str, ...]
    grants: tuple[Access, ...]
    link_until: datetime | None


def people(house_id: int | None = None) -> list[PersonRow]:
    """Everybody who keeps a house, or everybody; by name."""
    statement = _with_access()
    if house_id is not None:
        own = select(Membership.user_id).where(Membership.chapter_id == house_id)
        statement = statement.where(User.id.in_(own))
    found: dict[int, list[Row[Any]]] = {}
    for row in db.session.execute(statement):
        found.setdefault(row.id, []).append(row)
    return sorted(map(_person, found.values()), key=lambda each: swedish_order(each.name))


def _with_access() -> Select[Any]:
    """Each account that has not ended, once for everything that it opens."""
    good_link = (
        select(func.max(OneTimeLink.expires_at))
        .where(
            OneTimeLink.user_id == User.id,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > clock.epoch_seconds(),
        )
        .scalar_subquery()
    )
    is_invited = (User.password_hash == "").label("is_invited")
    account = (User.id, User.name, User.email, is_invited, good_link.label("link_until"))
    return (
        select(*account, Membership.role, Membership.chapter_id, Chapter.short_name)
        .outerjoin(Membership, Membership.user_id == User.id)
        .outerjoin(Chapter, Chapter.id == Membership.chapter_id)
        .where(User.ended_at.is_(None))
        .order_by(User.name, User.id)
    )


def admin_names() -> list[str]:
    """The national admins who can help, by name."""
    statement = (
        select(User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.role == Role.NATIONAL_ADMIN, User.ended_at.is_(None), User.password_hash != "")
    )
    return sorted(set(db.session.scalars(statement)), key=swedish_order)


def invited_lately(name: str, by: int, since: int) -> User | None:
    """Whom the person ``by`` invited under this name since that second, if no answer has come."""
    statement = (
        select(User)
        .join(ChangedRow, ChangedRow.row_id == cast(User.id, String))
        .join(Change, Change.id == ChangedRow.change_id)
        .where(
            User.name == plain_name(name),
            ChangedRow.table_name == User.__tablename__,
            Change.verb == "invite",
            Change.user_id == by,
            Change.made_at >= since,
        )
    )
    user = db.session.scalars(statement).first()
    return user if user is not None and user.is_invited else None


def shut_out_lately(number: int, by: int, since: int) -> dict[str, Any] | None:
    """What the history knows of somebody from before the person ``by`` took access away since that second."""
    statement = (
        select(ChangedRow)
        .join(Change, Change.id == ChangedRow.change_id)
        .where(
            ChangedRow.table_name == User.__tablename__,
            ChangedRow.row_id == str(number),
            Change.verb.in_(("role", "user-end")),
            Change.user_id == by,
            Change.made_at >= since,
        )
        .order_by(ChangedRow.id.desc())
        .limit(1)
    )
    row = db.session.scalar(statement)
    return row.before if row is not None else None


@dataclass(frozen=True, slots=True)
class OpenSignIn:
    """A device on which somebody is logged in; stamps are epoch seconds."""

    id: int
    began_at: int
    seen_at: int


def open_sign_ins(user_id: int, now: int) -> list[OpenSignIn]:
    """Where a person is logged in, the latest first."""
    statement = (
        select(SignIn.id, SignIn.began_at, SignIn.seen_at)
        .where(
            SignIn.user_id == user_id,
            SignIn.ended_at.is_(None),
            SignIn.seen_at >= now - IDLE_SECONDS,
            SignIn.began_at >= now - LONGEST_SECONDS,
        )
        .order_by(SignIn.seen_at.desc(), SignIn.id.desc())
    )
    return [OpenSignIn(*row) for row in db.session.execute(statement)]


def _person(rows: Iterable[Row[Any]]) -> PersonRow:
    known = list(rows)
    first = known[0]
    grants = tuple(Access(row.role, row.chapter_id) for row in known if row.role is not None)
    houses = {row.short_name for row in known if row.short_name is not None}
    return PersonRow(
        first.id,
        first.name,
        first.email,
        first.is_invited,
        any(grant.role is Role.NATIONAL_ADMIN for grant in grants),
        tuple(sorted(houses, key=swedish_order)),
        grants,
        _wall(first.link_until) if first.link_until else None,
    )


def _wall(stamp: int) -> datetime:
    return clock.from_epoch_seconds(stamp).astimezone(clock.ZONE).replace(tzinfo=None)
