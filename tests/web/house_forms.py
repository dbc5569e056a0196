"""Filling in the forms of a house's own facts as a browser does: look at the page, change, send."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.test import TestResponse

from khcal.calendaring.terms import Kind
from khcal.db import db
from khcal.models import Event, Occurrence
from khcal.web.staff import house_closing
from tests.html import fields, select

HOUSE = "/personal/sjuharad/huset"
TODAY = f"{HOUSE}/stangt-i-dag"


def form_at(client: FlaskClient, address: str) -> dict[str, Any]:
    """What a browser would send of the page's own form as it stands."""
    return sent_of(client.get(address))


def sent_of(page: TestResponse) -> dict[str, Any]:
    """What a browser would send of the form on a page."""
    return fields(select(page, "main form.stack")[0])


def send(client: FlaskClient, address: str, /, **values: Any) -> TestResponse:
    """Change some fields and send the rest as it stands."""
    return client.post(address, data=form_at(client, address) | values)


def press(client: FlaskClient, page: str, action: str) -> TestResponse:
    """Press the button of a small form whose address ends so."""
    form = select(client.get(page), f"form[action$='{action}']")[0]
    return client.post(str(form["action"]), data=fields(form))


def be_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every commit of a closure find that another transaction was first."""

    def refuse(*_args: object) -> None:
        raise StaleDataError("another transaction was first")

    monkeypatch.setattr(house_closing, "commit_and_tell", refuse)


def closed_days(app: Flask) -> list[Occurrence]:
    """Every closure, by day, with its event loaded."""
    with app.app_context():
        statement = db.select(Occurrence).join(Event).where(Event.kind == Kind.CLOSURE)
        rows = list(db.session.scalars(statement.order_by(Occurrence.starts_at, Occurrence.id)))
        for row in rows:
            assert row.event.title
            assert row.traces is not None
        return rows
