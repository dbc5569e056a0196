"""``khcal create-user`` lets a person in, to her houses and no others."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from khcal.calendaring.terms import Role
from khcal.db import db
from khcal.models import Change, Chapter, User
from khcal.models.user import is_password
from tests.commands.conftest import Installation
from tests.factories import make_chapter

PASSWORD = "en lång promenad"


@pytest.fixture
def with_houses(installation: Installation) -> Installation:
    with installation.opened():
        make_chapter("sjuharad"), make_chapter("goteborg")
        db.session.commit()
    return installation


def user(installation: Installation, name: str = "anna") -> tuple[bool, set[tuple[Role, str]]]:
    """Whether the password is hers, and her roles with their houses."""
    with installation.opened():
        found = db.session.scalars(select(User).where(User.name == name)).one()
        roles = {(m.role, m.chapter.slug if m.chapter else "") for m in found.memberships}
        return is_password(found.password_hash, PASSWORD), roles


@pytest.mark.parametrize(
    ("options", "roles"),
    [
        (["--national"], {(Role.NATIONAL_ADMIN, "")}),
        (["--house", "sjuharad"], {(Role.EDITOR, "sjuharad")}),
        (
            ["--house", "sjuharad", "--house", "goteborg"],
            {(Role.EDITOR, "sjuharad"), (Role.EDITOR, "goteborg")},
        ),
    ],
)
def test_she_gets_her_houses(
    with_houses: Installation, options: list[str], roles: set[tuple[Role, str]]
) -> None:
    result = with_houses.run("create-user", "anna", *options, "--password-stdin", told=f"{PASSWORD}\n")
    assert (result.exit_code, result.output) == (0, "anna kan logga in nu.\n")
    assert user(with_houses) == (True, roles)


def test_the_password_is_asked_for_twice_and_not_shown(with_houses: Installation) -> None:
    result = with_houses.run("create-user", "anna", "--national", told=f"{PASSWORD}\n{PASSWORD}\n")
    assert user(with_houses)[0]
    assert PASSWORD not in result.output


@pytest.mark.parametrize(
    ("options", "told", "sentence"),
    [
        (["--national"], "kort", "Lösenordet måste ha minst 12 tecken."),
        *(
            (["--national"], easy, "Lösenordet är för lätt att gissa. Ta flera ord som inte hör ihop.")
            for easy in (
                "aaaaaaaaaaaaaaaa",
                "123456789012345",
                "kraftenshus2026",
                "Lösenord-1234",
                "annaannaanna",
            )
        ),
        (["--house", "borås"], PASSWORD, "Det finns inget hus 'borås'. Husen är: goteborg, sjuharad."),
        ([], PASSWORD, "Ange antingen --house, ett eller flera, eller --national."),
        (
            ["--national", "--house", "sjuharad"],
            PASSWORD,
            "Ange antingen --house, ett eller flera, eller --national.",
        ),
    ],
)
def test_what_is_refused(with_houses: Installation, options: list[str], told: str, sentence: str) -> None:
    result = with_houses.run("create-user", "anna", *options, "--password-stdin", told=told)
    assert (result.exit_code, result.output) == (1, f"{sentence}\n")
    with with_houses.opened():
        assert not db.session.scalars(select(User)).all()


def test_a_second_of_the_same_name_only_on_purpose(with_houses: Installation) -> None:
    create = ["create-user", "anna", "--password-stdin"]
    with_houses.run("create-user", "berit", "--national", "--password-stdin", told="en annan promenad")
    with_houses.run(*create, "--national", told="hav, sten och tång")
    assert with_houses.run(*create, "--house", "sjuharad", told=PASSWORD).exit_code == 1
    assert user(with_houses) == (False, {(Role.NATIONAL_ADMIN, "")})
    assert with_houses.run(*create, "--house", "sjuharad", "--update", told=PASSWORD).exit_code == 0
    assert user(with_houses) == (True, {(Role.EDITOR, "sjuharad")})


def test_the_last_national_admin_stays_one(with_houses: Installation) -> None:
    create = ["create-user", "anna", "--password-stdin"]
    with_houses.run(*create, "--national", told=PASSWORD)
    result = with_houses.run(*create, "--house", "sjuharad", "--update", told="hav, sten och tång")
    assert result.exit_code == 1
    assert result.output.startswith("anna är den enda nationella admin.")
    assert user(with_houses) == (True, {(Role.NATIONAL_ADMIN, "")})


def test_anna_and_Anna_are_one(with_houses: Installation) -> None:  # noqa: N802
    with_houses.run("create-user", "Anna", "--national", "--password-stdin", told=PASSWORD)
    again = with_houses.run("create-user", "ANNA", "--national", "--password-stdin", told=PASSWORD)
    assert (again.exit_code, again.output.split(".")[0]) == (1, "Användaren ANNA finns redan")
    assert user(with_houses)[0]


def test_the_history_tells_of_it_without_a_hash(with_houses: Installation) -> None:
    with_houses.run("create-user", "anna", "--house", "sjuharad", "--password-stdin", told=PASSWORD)
    with with_houses.opened():
        change = db.session.scalars(select(Change).where(Change.verb == "invite")).one()
        houses = db.session.scalars(select(Chapter.short_name).where(Chapter.slug == "sjuharad")).all()
        told = {"name": "anna", "invited": False, "national_admin": False, "houses": list(houses)}
        assert [(row.table_name, row.before, row.after) for row in change.rows] == [("user", None, told)]


def test_an_account_that_ended_is_opened_again(with_houses: Installation) -> None:
    create = ["create-user", "anna", "--national", "--password-stdin"]
    with_houses.run(*create, told="hav, sten och tång")
    with with_houses.opened():
        db.session.scalars(select(User)).one().end()
        db.session.commit()
    with_houses.run(*create, "--update", told=PASSWORD)
    assert user(with_houses) == (True, {(Role.NATIONAL_ADMIN, "")})
