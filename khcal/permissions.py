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
