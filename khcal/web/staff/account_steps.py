"""What may become of an account: invited, let in anew, given other houses, ended. Each is one change.

None of them can be taken back from the history: a link is made again, access is given again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, url_for
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from khcal.calendaring import clock
from khcal.db import LARGEST_ID, db
from khcal.models import Chapter, User
from khcal.models.bookkeeping import begin_change
from khcal.models.last_admin import hold_admins
from khcal.models.one_time_link import end_links, make_link
from khcal.models.people_history import image_of, write_down_account
from khcal.models.user import plain_name
from khcal.queries.staff.people import invited_lately, shut_out_lately

from .people import person

# How long the same request, sent again, is a double click or a page that was loaded anew.
SECONDS_OF_ONE_REQUEST = 5 * 60
PAGES = {True: "staff.invitation_page", False: "staff.new_password_page"}


class NameTakenError(ValueError):
    """Somebody has this user name already."""


@dataclass(frozen=True)
class Handed:
    """A link, told to whoever made it and to nobody again; ``until`` is Swedish wall time."""

    address: str
    until: datetime
    name: str
    is_invitation: bool


def invite(name: str, chapters: Iterable[Chapter], national: bool = False) -> Handed:
    """Make an account that waits for its person. Commits. Raises :class:`NameTakenError`.

    A link is shown once: the second of a double click gets one that works, the first is lost to it.
    """
    houses = list(chapters)
    waiting = _made_a_moment_ago(name, houses, national)
    if waiting is not None:
        return _hand_over(waiting)
    user = User(name=name)
    check_name(user, name)
    begin_change(db.session(), "invite", person().id, only_house(houses))
    user.set_access(houses, national)
    db.session.add(user)
    flush_name()
    write_down_account(db.session(), user, None)
    return _hand_over(user)


def renew(user: User, house_id: int | None = None) -> Handed:
    """A new link for an invitation that was not answered, or to a new password. Commits."""
    begin_change(db.session(), "invite" if user.is_invited else "password", person().id, house_id)
    image = image_of(user)
    write_down_account(db.session(), user, image)
    return _hand_over(user)


def set_access(user: User, chapters: Iterable[Chapter], national: bool) -> None:
    """Open these houses and no others. Raises :class:`~khcal.models.last_admin.LastAdminError`."""
    houses = list(chapters)
    changed = set(houses) ^ set(user.chapters)
    is_other_role = national is not user.is_national_admin
    if not changed and not is_other_role:
        return
    if user.is_national_admin and not national:
        hold_admins(db.session(), user)
    before = image_of(user)
    begin_change(db.session(), "role", person().id, None if is_other_role else only_house(changed))
    user.set_access(houses, national)
    if user.id != person().id:
        # What is open to an account never changes under a log-in that began before.
        user.end_sign_ins()
    write_down_account(db.session(), user, before)


def take_house_away(user: User, house: Chapter) -> None:
    """Close one house to an account; one that opens nothing else is ended."""
    others = [chapter for chapter in user.chapters if chapter is not house]
    if others or user.is_national_admin:
        set_access(user, others, user.is_national_admin)
    else:
        end_account(user, house.id)


def end_account(user: User, house_id: int | None = None) -> None:
    """Close an account for good. Raises :class:`~khcal.models.last_admin.LastAdminError`."""
    if user.is_national_admin:
        hold_admins(db.session(), user)
    before = image_of(user)
    begin_change(db.session(), "user-end", person().id, house_id or only_house(user.chapters))
    end_links(db.session(), user)
    if user.is_invited:
        write_down_account(db.session(), user, before, gone=True)
        db.session.delete(user)
    else:
        user.end()
        write_down_account(db.session(), user, before)


def shut_out_already(number: int, house: Chapter | None = None) -> str | None:
    """The name of somebody whose account, or whose ``house``, this person closed a moment ago."""
    user = db.session.get(User, number) if number < LARGEST_ID else None
    opened = [] if user is None or user.ended_at is not None else user.chapters
    if house in opened or (house is None and user is not None and user.ended_at is None):
        return None
    since = clock.epoch_seconds() - SECONDS_OF_ONE_REQUEST
    before = shut_out_lately(number, person().id, since) if number < LARGEST_ID else None
    is_same = before is not None and (house is None or house.short_name in before["houses"])
    return str(before["name"]) if before and is_same else None


def check_name(user: User, name: str) -> None:
    """Raises :class:`NameTakenError` when another account has this name, an ended one too."""
    taken = select(User.id).where(User.name == plain_name(name), User.id.is_distinct_from(user.id))
    with db.session.no_autoflush:
        if db.session.scalar(taken) is not None:
            raise NameTakenError


def flush_name() -> None:
    """Write a new name. Raises :class:`NameTakenError` when somebody took it at the same moment."""
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        raise NameTakenError from None


def _made_a_moment_ago(name: str, houses: Iterable[Chapter], national: bool) -> User | None:
    user = invited_lately(name, person().id, clock.epoch_seconds() - SECONDS_OF_ONE_REQUEST)
    is_same = user is not None and set(user.chapters) == set(houses) and user.is_national_admin is national
    return user if is_same else None


def _hand_over(user: User) -> Handed:
    token, link = make_link(db.session(), user)
    until = clock.from_epoch_seconds(link.expires_at).astimezone(clock.ZONE).replace(tzinfo=None)
    page = url_for(PAGES[user.is_invited], token=token)
    handed = Handed(f"{current_app.extensions['khcal'].public_url}{page}", until, user.name, user.is_invited)
    db.session.commit()
    return handed


def only_house(houses: Iterable[Chapter]) -> int | None:
    """The number of the house when there is one alone: then it stands in that house's history."""
    found = list(houses)
    return found[0].id if len(found) == 1 else None
