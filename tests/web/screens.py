"""What screens send and get, in a few words."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Chapter, Screen
from khcal.models.user import token_hash
from khcal.web.wall.shell import wall_shell
from tests.moments import INSTANT

DEVICE, OTHER = "d" * 32, "e" * 32
KEY = "0123456789abcdef" * 2


def ask(client: FlaskClient, device: Any = DEVICE) -> TestResponse:
    """A code for a device."""
    return client.post("/skarm/par", json={"device": device})


def answer(client: FlaskClient, device: Any = DEVICE) -> TestResponse:
    """What waits for a device."""
    return client.post("/skarm/par/svar", json={"device": device})


def code_in(told: TestResponse) -> str:
    """The code that a device got."""
    assert told.status_code == 200, told.status
    return str(json.loads(told.text)["code"])


def said(app: Flask, **other: Any) -> dict[str, Any]:
    """The report of a screen in Sjuhärad on which all is well."""
    with app.app_context():
        revision = db.session.scalar(db.select(Chapter.revision).filter_by(slug="sjuharad"))
    now = int(INSTANT.timestamp() * 1000)
    usual = {"revision": revision, "shell": wall_shell().version, "day": "2026-11-24", "rendered_at": now}
    return usual | {"persisted": True} | other


def report(
    client: FlaskClient, chapter: str = "sjuharad", key: str = KEY, sent: Any = None, **other: Any
) -> TestResponse:
    """What a screen sends twice a minute."""
    body = said(client.application, **other) if sent is None else sent
    return client.post(f"/skarm/{chapter}/puls", json=body, headers={"X-Screen-Key": key})


def make_screen(house: str = "sjuharad", key: str = KEY, **values: Any) -> Screen:
    """A paired screen whose key is known; flushed."""
    chapter = db.session.scalars(db.select(Chapter).filter_by(slug=house)).one()
    usual = {"name": "Skärmen i entrén", "key_hash": token_hash(key), "made_at": int(INSTANT.timestamp())}
    screen = Screen(chapter=chapter, **(usual | {"settings": {}} | values))
    db.session.add(screen)
    db.session.flush()
    return screen
