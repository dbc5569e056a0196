"""Who may take what back: what concerns all houses is only for those who manage them."""

from __future__ import annotations

from collections.abc import Collection

from khcal import permissions
from khcal.queries.staff import history

from .people import person


def may_manage() -> bool:
    """Whether the person may take back what was done to the houses themselves, and what all of them show."""
    grants = person().grants
    return permissions.may_manage_accounts(grants) and permissions.may_show_everywhere(grants)


def kept_from_person(numbers: Collection[int]) -> set[int]:
    """Which of these changes the person is not offered to take back."""
    return set() if may_manage() else history.managed_among(numbers)
