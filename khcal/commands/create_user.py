"""``khcal create-user``: a staff member who can log in, for some houses or for all."""

from __future__ import annotations

import sys

import click
from sqlalchemy import select

from khcal.calendaring.terms import Role
from khcal.db import db
from khcal.models import Chapter, Membership, PasswordError, User
from khcal.models.bookkeeping import begin_change

from .opening import Refusal, load_settings, opened


@click.command("create-user", short_help="Ge en medarbetare ett användarnamn och lösenord.")
@click.argument("name", metavar="ANVÄNDARNAMN")
@click.option("--house", "houses", multiple=True, metavar="HUS", help="Ett hus att sköta. Kan upprepas.")
@click.option("--national", is_flag=True, help="Får sköta alla hus.")
@click.option("--email", default="", metavar="ADRESS", help="E-postadress.")
@click.option("--password-stdin", is_flag=True, help="Läs lösenordet från standard in.")
@click.option("--update", is_flag=True, help="Byt lösenord och hus om användaren redan finns.")
def create_user(
    name: str, houses: tuple[str, ...], national: bool, email: str, password_stdin: bool, update: bool
) -> None:
    """Ge en medarbetare ett användarnamn och lösenord."""
    if national == bool(houses):
        raise Refusal("Ange antingen --house, ett eller flera, eller --national.")
    with opened(load_settings()):
        user = db.session.scalar(select(User).where(User.name == name))
        if user and not update:
            raise Refusal(f"Användaren {name} finns redan. Lägg till --update för att byta lösenord och hus.")
        memberships = _memberships(houses, national)
        user = user or User(name=name)
        user.email = email or user.email or ""
        begin_change(db.session(), "create_user")
        try:
            user.set_password(_password(password_stdin))
        except PasswordError as fault:
            raise Refusal(str(fault)) from fault
        user.memberships = memberships
        db.session.add(user)
        db.session.commit()
    click.echo(f"{name} kan logga in nu.")


def _memberships(houses: tuple[str, ...], national: bool) -> list[Membership]:
    if national:
        return [Membership(role=Role.NATIONAL_ADMIN)]
    known = {chapter.slug: chapter for chapter in db.session.scalars(select(Chapter))}
    for house in houses:
        if house not in known:
            raise Refusal(
                f"Det finns inget hus {house!r}. Husen är: {', '.join(sorted(known)) or 'inte inlästa än'}."
            )
    return [Membership(role=Role.EDITOR, chapter=known[house]) for house in dict.fromkeys(houses)]


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt("Lösenord", hide_input=True, confirmation_prompt="En gång till")
    return asked
