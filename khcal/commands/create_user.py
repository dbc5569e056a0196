"""``khcal create-user``: a staff member who can log in, for some houses or for all."""

from __future__ import annotations

import sys

import click
from sqlalchemy import select

from khcal.db import db, reading
from khcal.models import Chapter, PasswordError, User
from khcal.models.bookkeeping import begin_change
from khcal.models.last_admin import LastAdminError, hold_admins
from khcal.models.people_history import image_of, write_down_account
from khcal.models.user import plain_name

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
        # Nobody waits for the database while a password is thought of.
        with reading():
            _check(name, houses, update)
            db.session.rollback()
        user = _save(name, email, houses, national, _password(password_stdin))
        click.echo(f"{user.name} kan logga in nu.")


def _check(name: str, houses: tuple[str, ...], update: bool) -> None:
    if _find(name) and not update:
        raise Refusal(f"Användaren {name} finns redan. Lägg till --update för att byta lösenord och hus.")
    _chapters(houses)


def _find(name: str) -> User | None:
    return db.session.scalar(select(User).where(User.name == plain_name(name)))


def _save(name: str, email: str, houses: tuple[str, ...], national: bool, password: str) -> User:
    """Make or change the account, as one change in the history that nobody is named for."""
    known = _find(name)
    before = image_of(known) if known else None
    if known and known.is_national_admin and not national:
        _keep_an_admin(known)
    user = known or User(name=name)
    user.email = email or user.email or ""
    begin_change(db.session(), "role" if known else "invite")
    try:
        user.set_password(password)
    except PasswordError as fault:
        raise Refusal(str(fault)) from fault
    user.ended_at = None
    user.set_access(_chapters(houses), national)
    db.session.add(user)
    write_down_account(db.session(), user, before)
    db.session.commit()
    return user


def _keep_an_admin(user: User) -> None:
    try:
        hold_admins(db.session(), user)
    except LastAdminError:
        raise Refusal(f"{user.name} är den enda nationella admin. Ge någon annan --national först.") from None


def _chapters(houses: tuple[str, ...]) -> list[Chapter]:
    known = {chapter.slug: chapter for chapter in db.session.scalars(select(Chapter))}
    for house in houses:
        if house not in known:
            raise Refusal(
                f"Det finns inget hus {house!r}. Husen är: {', '.join(sorted(known)) or 'inte inlästa än'}."
            )
    return [known[house] for house in dict.fromkeys(houses)]


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt("Lösenord", hide_input=True, confirmation_prompt="En gång till")
    return asked
