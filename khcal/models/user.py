"""Staff: who they are, what they may do where, and their log-ins."""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from khcal.calendaring import clock
from khcal.calendaring.terms import Role
from khcal.db import Base, Stamp, code_column

from .chapter import Chapter

SHORTEST_PASSWORD = 12
IDLE_SECONDS = 12 * 3600
LONGEST_SECONDS = 14 * 24 * 3600

_hasher = PasswordHasher()


class PasswordError(ValueError):
    """A password that can't be used; the message is a Swedish sentence."""


def token_hash(token: str) -> str:
    """What is kept of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


class User(Base):
    """A staff member. ``name`` is what one logs in with."""

    __tablename__ = "user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    email: Mapped[str] = mapped_column(String(120), default="")
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    ended_at: Mapped[Stamp | None]
    version: Mapped[int] = mapped_column(default=1)

    memberships: Mapped[list[Membership]] = relationship(back_populates="user", cascade="all, delete-orphan")
    sign_ins: Mapped[list[SignIn]] = relationship(back_populates="user", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}

    def set_password(self, password: str) -> None:
        """Keep a new password's hash and end every log-in. Raises :class:`PasswordError` when too short."""
        if len(password) < SHORTEST_PASSWORD:
            raise PasswordError(f"Lösenordet måste ha minst {SHORTEST_PASSWORD} tecken.")
        self.password_hash = _hasher.hash(password)
        self.end_sign_ins()

    def has_password(self, password: str) -> bool:
        """Whether this is the password of an account that has not ended."""
        return _verify(self.password_hash or _hash_of_nobody(), password) and self.ended_at is None

    def sign_in(self) -> str:
        """Begin a log-in; the token is returned once and only its hash is kept."""
        token = secrets.token_urlsafe(32)
        now = clock.epoch_seconds()
        self.sign_ins.append(SignIn(token_hash=token_hash(token), began_at=now, seen_at=now))
        return token

    def end_sign_ins(self) -> None:
        """Log out everywhere."""
        for sign_in in self.sign_ins:
            sign_in.end()

    @property
    def is_national_admin(self) -> bool:
        """Whether every house is open to this person."""
        return any(membership.role is Role.NATIONAL_ADMIN for membership in self.memberships)


def spend_time_of_a_check(password: str) -> bool:
    """Take as long as a real check would, and say no."""
    _verify(_hash_of_nobody(), password)
    return False


@cache
def _hash_of_nobody() -> str:
    """Verified against when nobody has that name, so that the answer takes as long."""
    return _hasher.hash(secrets.token_hex(16))


def _verify(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


class Membership(Base):
    """A person's role in a house; a national admin's has no house."""

    __tablename__ = "membership"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    chapter_id: Mapped[int | None] = mapped_column(ForeignKey("chapter.id"))
    role: Mapped[Role] = mapped_column(code_column(Role, "role"))

    user: Mapped[User] = relationship(back_populates="memberships")
    chapter: Mapped[Chapter | None] = relationship()


class SignIn(Base):
    """One log-in on one device, which can be ended from elsewhere. Stamps are epoch seconds."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    began_at: Mapped[Stamp]
    seen_at: Mapped[Stamp]
    ended_at: Mapped[Stamp | None]

    user: Mapped[User] = relationship(back_populates="sign_ins")

    @property
    def is_open(self) -> bool:
        """Whether it still lets its person in."""
        now = clock.epoch_seconds()
        return (
            self.ended_at is None
            and self.user.ended_at is None
            and now - self.seen_at <= IDLE_SECONDS
            and now - self.began_at <= LONGEST_SECONDS
        )

    def end(self) -> None:
        """Log out."""
        self.ended_at = self.ended_at or clock.epoch_seconds()


class OneTimeLink(Base):
    """An invitation or a password reset: works once, until it expires. Only its hash is kept."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[Stamp]
    used_at: Mapped[Stamp | None]
