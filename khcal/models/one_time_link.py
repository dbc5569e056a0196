"""One-time links: an invitation, or a new password for somebody who forgot the old one."""

from __future__ import annotations

import secrets
from enum import StrEnum

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from khcal.calendaring import clock
from khcal.db import Base, Stamp

from .user import User, token_hash


class Purpose(StrEnum):
    """What a link is good for, and for nothing else."""

    INVITE = "invite"
    RESET = "reset"


# Who is invited may work one day a week, and has no account yet that somebody could take. A new password
# opens what is there already: that link is for somebody on the telephone or in the same room.
SECONDS = {Purpose.INVITE: 7 * 24 * 3600, Purpose.RESET: 30 * 60}


class OneTimeLink(Base):
    """An invitation or a password reset: works once, until it expires. Only its hash is kept."""

    __tablename__ = "one_time_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[Stamp]
    used_at: Mapped[Stamp | None]

    user: Mapped[User] = relationship()


def make_link(session: Session, user: User) -> tuple[str, OneTimeLink]:
    """A new link for a person, and the end of all older ones; the token is told this once."""
    end_links(session, user)
    token = secrets.token_urlsafe(32)
    purpose = Purpose.INVITE if user.is_invited else Purpose.RESET
    expires_at = clock.epoch_seconds() + SECONDS[purpose]
    link = OneTimeLink(user=user, purpose=purpose, token_hash=token_hash(token), expires_at=expires_at)
    session.add(link)
    session.flush()
    return token, link


def find_link(session: Session, token: str, purpose: Purpose) -> OneTimeLink | None:
    """The link with this token if it is still good for ``purpose``."""
    now = clock.epoch_seconds()
    link = session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_hash == token_hash(token),
            OneTimeLink.purpose == purpose,
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now,
        )
    )
    # An account that ended, and an invitation that was answered already, need no link.
    is_wanted = link is not None and link.user.ended_at is None
    return link if link and is_wanted and link.user.is_invited is (purpose is Purpose.INVITE) else None


def spend_link(session: Session, link: OneTimeLink) -> bool:
    """Use a link up; of several at once, one gets ``True``."""
    spent = session.scalar(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None))
        .values(used_at=clock.epoch_seconds())
        .returning(OneTimeLink.id)
    )
    return spent is not None


def end_links(session: Session, user: User) -> None:
    """Make every link of a person worthless."""
    session.flush()
    session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.user_id == user.id, OneTimeLink.used_at.is_(None))
        .values(used_at=clock.epoch_seconds())
    )
