"""Losing a log-in and coming back: what a browser does on the way."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Event
from tests.html import fields, one
from tests.people import EDITOR, LOG_IN, PASSWORD


def lose_log_in(client: FlaskClient) -> None:
    client._cookies.clear()  # type: ignore[attr-defined]


def log_in_from(client: FlaskClient, page: TestResponse, password: str = PASSWORD) -> TestResponse:
    """Fill in the log-in page that an answer is, or that it leads to."""
    sent = fields(one(page, "main form")) | {"name": EDITOR.name, "password": password}
    return client.post(LOG_IN, data=sent)


def go_back(client: FlaskClient, page: TestResponse) -> TestResponse:
    """Press the button that brings the form back."""
    form = one(page, "form[data-resume]")
    return client.post(str(form["action"]), data=fields(form))


def titles(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(db.select(Event.title)))
