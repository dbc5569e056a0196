"""How tests ask for what concerns accounts: with the form's own token and one's own password."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Change, ChangedRow, User
from tests.html import fields, one
from tests.people import PASSWORD


def send(client: FlaskClient, address: str, form: str = "main form", **values: Any) -> TestResponse:
    """Fill in the form at ``address`` and send it; one's own password is typed unless it is said."""
    page = client.get(address)
    element = one(page, form)
    sent: dict[str, Any] = fields(element) | {}
    if "own_password" in sent:
        sent["own_password"] = PASSWORD
    action = str(element.get("action") or address)
    return client.post(action, data={**sent, **values})


def link_in(answer: TestResponse) -> str:
    """The path of the link that an answer shows."""
    assert answer.status_code == 200, answer.text
    address = str(one(answer, "#lank")["value"])
    assert address.startswith("https://kalender.example.org/personal/")
    return address.removeprefix("https://kalender.example.org")


def account(name: str) -> User:
    """Somebody's account as it is now."""
    return db.session.scalars(select(User).where(User.name == name)).one()


def number_of(name: str) -> int:
    """The number of somebody's account."""
    return int(account(name).id)


def last_change() -> tuple[Change, list[ChangedRow]]:
    """The latest change in the history with its rows."""
    change = db.session.scalars(select(Change).order_by(Change.id.desc()).limit(1)).one()
    return change, change.rows
