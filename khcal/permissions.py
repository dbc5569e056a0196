"""May this person do this? Pure answers, yes or no, from the roles that somebody has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from khcal.calendaring.terms import Role


class Grant(Protocol):
    """A role in a house; a national admin's role has no house."""

    @property
    def role(self) -> Role: ...

    @property
    def chapter_id(self) -> int | None: ...


def is_national_admin(grants: Iterable[Grant]) -> bool:
    """Whether every house is open to this person."""
    return any(grant.role is Role.NATIONAL_ADMIN for grant in grants)


def may_edit(grants: Iterable[Grant], chapter_id: int) -> bool:
    """Whether this person keeps the programme of a house."""
    known = list(grants)
    return is_national_admin(known) or any(
        grant.role is Role.EDITOR and grant.chapter_id == chapter_id for grant in known
    )


def may_show_everywhere(grants: Iterable[Grant]) -> bool:
    """Whether this person may put an activity into the calendar of every house at once."""
    return is_national_admin(grants)


def may_manage_accounts(grants: Iterable[Grant]) -> bool:
    """Whether this person may change everybody's access, and make, rename and close houses."""
    return is_national_admin(grants)


def may_stand_in_for(grants: Iterable[Grant], other: Iterable[Grant]) -> bool:
    """Whether this person may let another choose a new password: everything it opens must be open already.

    Otherwise an editor could take over a colleague's account and with it that colleague's other houses.
    """
    known = list(grants)
    if is_national_admin(known):
        return True
    return all(
        grant.role is Role.EDITOR and grant.chapter_id is not None and may_edit(known, grant.chapter_id)
        for grant in other
    )
