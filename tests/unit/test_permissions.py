"""Who may do what, by role and house."""

from __future__ import annotations

from dataclasses import dataclass

from khcal.calendaring.terms import Role
from khcal.permissions import (
    is_national_admin,
    may_edit,
    may_manage_accounts,
    may_show_everywhere,
    may_stand_in_for,
)
from tests.tables import for_each


@dataclass
class Grant:
    role: Role
    chapter_id: int | None = None


EDITOR = [Grant(Role.EDITOR, 1)]
EDITOR_OF_TWO = [Grant(Role.EDITOR, 1), Grant(Role.EDITOR, 2)]
ADMIN = [Grant(Role.NATIONAL_ADMIN)]


@for_each(("grants", "houses"), [([], []), (EDITOR, [1]), (EDITOR_OF_TWO, [1, 2]), (ADMIN, [1, 2, 3])])
def test_an_editor_keeps_her_own_houses(grants: list[Grant], houses: list[int]) -> None:
    assert [house for house in (1, 2, 3) if may_edit(grants, house)] == houses


def test_an_editor_without_a_house_keeps_none() -> None:
    assert not may_edit([Grant(Role.EDITOR)], 1)


@for_each(("grants", "expected"), [([], False), (EDITOR_OF_TWO, False), (ADMIN, True)])
def test_only_a_national_admin_reaches_every_house(grants: list[Grant], expected: bool) -> None:
    assert is_national_admin(grants) is expected
    assert may_show_everywhere(grants) is expected
    assert may_manage_accounts(grants) is expected


@for_each(
    ("grants", "other", "expected"),
    [
        (EDITOR, EDITOR, True),
        (EDITOR_OF_TWO, EDITOR, True),
        (EDITOR, EDITOR_OF_TWO, False),
        (EDITOR, ADMIN, False),
        (EDITOR, [*EDITOR, *ADMIN], False),
        (EDITOR, [Grant(Role.EDITOR)], False),
        (ADMIN, EDITOR_OF_TWO, True),
        (ADMIN, ADMIN, True),
        ([], EDITOR, False),
    ],
)
def test_nobody_gets_at_more_by_letting_another_in(
    grants: list[Grant], other: list[Grant], expected: bool
) -> None:
    assert may_stand_in_for(grants, other) is expected


def test_roles_may_come_from_a_stream() -> None:
    assert may_edit((grant for grant in EDITOR), 1)
