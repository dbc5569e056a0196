"""The cast, by what they may do, and how each comes to a page."""

from __future__ import annotations

from dataclasses import dataclass

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.terms import Role
from khcal.db import db
from khcal.models import Chapter, Membership, User
from khcal.models import user as user_model
from tests.html import fields, one

PASSWORD = "blåklint vid grusvägen"
LOG_IN = "/personal/logga-in"

# Logging in is tried hundreds of times; the cost of a real hash is no part of what these tests prove.
user_model._hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass(frozen=True)
class Person:
    """Somebody on the staff; ``house`` is the slug of her house, empty for all of them."""

    name: str
    house: str
    role: Role = Role.EDITOR


EDITOR = Person("redaktor", "sjuharad")
COLLEAGUE = Person("kollega", "sjuharad")
STRANGER = Person("grannhus", "goteborg")
ADMIN = Person("riksadmin", "", Role.NATIONAL_ADMIN)
STAFF = (EDITOR, COLLEAGUE, STRANGER, ADMIN)


def make_user(person: Person) -> User:
    """The person's account, flushed; everybody has the same password."""
    house = db.session.scalar(db.select(Chapter).filter_by(slug=person.house)) if person.house else None
    user = User(name=person.name, email=f"{person.name}@example.org")
    user.set_password(PASSWORD)
    user.memberships.append(Membership(chapter=house, role=person.role))
    db.session.add(user)
    db.session.flush()
    return user


def log_in(client: FlaskClient, person: Person) -> FlaskClient:
    """Log in by the form, as a person does."""
    form = one(client.get(LOG_IN), "main form")
    answer = client.post(LOG_IN, data=fields(form) | {"name": person.name, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return client


def come_in(client: FlaskClient, person: Person) -> FlaskClient:
    """Be logged in as by the form, which hundreds of tests need and a few prove."""
    app = client.application
    with app.app_context():
        token = db.session.scalars(db.select(User).filter_by(name=person.name)).one().sign_in()
        db.session.commit()
    with client.session_transaction(base_url=app.extensions["khcal"].public_url) as session:
        session.update(_user_id=token, _fresh=True)
    return client


def client_of(app: Flask, person: Person | None) -> FlaskClient:
    """A browser of ``person``'s, logged in; ``None`` is a visitor."""
    client = app.test_client()
    return come_in(client, person) if person else client
