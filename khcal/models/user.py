"""Staff: who they are, what they may do where, and their log-ins."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from functools import cache
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from khcal.calendaring import clock
from khcal.calendaring.terms import Role
from khcal.db import Base, Stamp, code_column
from khcal.i18n import gettext as _

from .chapter import Chapter

SHORTEST_PASSWORD = 12
# How many different letters must be left when all that is easily guessed is taken away.
FEWEST_OWN_LETTERS = 4
EASILY_GUESSED = ("kraftens", "hus", "lösenord", "losenord", "password", "sommar", "qwerty", "cancer")
IDLE_SECONDS = 12 * 3600
LONGEST_SECONDS = 14 * 24 * 3600

_hasher = PasswordHasher()


class PasswordError(ValueError):
    """A password that can't be used; the message is a Swedish sentence."""


def token_hash(token: str) -> str:
    """What is kept of a secret token."""
    return hashlib.sha256(token.encode()).hexdigest()


def plain_name(name: str) -> str:
    """A user name as it is kept and looked for: "Anna", "ANNA" and " anna" are one person."""
    return normalize("NFKC", " ".join(normalize("NFKC", name).casefold().split()))


def hash_of(password: str, name: str = "") -> str:
    """What is kept of a password. Raises :class:`PasswordError` for one that is too easy to guess."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordError(_("Lösenordet måste ha minst {least} tecken.").format(least=SHORTEST_PASSWORD))
    left = plain_name(password)
    for word in filter(None, (plain_name(name), *EASILY_GUESSED)):
        left = left.replace(word, "")
    if len({letter for letter in left if letter.isalpha()}) < FEWEST_OWN_LETTERS:
        raise PasswordError(_("Lösenordet är för lätt att gissa. Ta flera ord som inte hör ihop."))
    return _hasher.hash(password)


def is_password(kept: str, password: str) -> bool:
    """Whether ``kept`` is the hash of this password; takes as long when nothing is kept."""
    try:
        return _hasher.verify(kept or _hash_of_nobody(), password)
    except (VerificationError, InvalidHashError):
        return False


class User(Base):
    """A staff member. ``name`` is what one logs in with; who was invited has no password yet."""

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

    @validates("name")
    def _keep_plain_name(self, key: str, name: str) -> str:
        return plain_name(name)

    @property
    def is_invited(self) -> bool:
        """Whether the person has yet to say yes and choose a password."""
        return not self.password_hash and self.ended_at is None

    @property
    def is_national_admin(self) -> bool:
        """Whether every house is open to this person."""
        return any(membership.role is Role.NATIONAL_ADMIN for membership in self.memberships)

    @property
    def chapters(self) -> list[Chapter]:
        """The houses that are the person's by name."""
        return [membership.chapter for membership in self.memberships if membership.chapter is not None]

    def set_password(self, password: str) -> None:
        """Keep a new password's hash and end every log-in. Raises :class:`PasswordError`."""
        self.keep_password(hash_of(password, self.name or ""))

    def keep_password(self, made: str) -> None:
        """Keep the hash of a new password and end every log-in."""
        self.password_hash = made
        self.end_sign_ins()

    def set_access(self, chapters: Iterable[Chapter], national: bool = False) -> None:
        """Open exactly these houses to the person, as an editor, and everything if ``national``."""
        wanted = list(dict.fromkeys(chapters))
        kept = [m for m in self.memberships if (national if m.chapter is None else m.chapter in wanted)]
        new = [chapter for chapter in wanted if chapter not in [m.chapter for m in kept]]
        is_new_admin = national and not any(m.chapter is None for m in kept)
        self.memberships = [
            *kept,
            *(Membership(chapter=chapter, role=Role.EDITOR) for chapter in new),
            *([Membership(role=Role.NATIONAL_ADMIN)] if is_new_admin else []),
        ]

    def end(self) -> None:
        """Close the account for good. Its name stays, because the history names it."""
        self.ended_at = clock.epoch_seconds()
        self.email, self.password_hash = "", ""
        self.memberships = []
        self.end_sign_ins()

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


@cache
def _hash_of_nobody() -> str:
    """Verified against when nobody has that name, so that the answer takes as long."""
    return _hasher.hash(secrets.token_hex(16))


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
