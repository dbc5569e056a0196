"""A world to knock on every door of: everybody's cookie, and a database put back after each step."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from shutil import copyfile
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from khcal.calendaring import clock
from khcal.db import db
from tests import databases
from tests.html import one
from tests.people import ADMIN, COLLEAGUE, EDITOR, STRANGER, Person, client_of, make_user
from tests.web.accounts import account

HOST, COOKIE = "kalender.example.org", "__Host-kh"
ENDED = Person("slutat", "sjuharad")
PEOPLE = (EDITOR, COLLEAGUE, STRANGER, ADMIN, ENDED)
MISSING = "999999"


@dataclass
class World:
    """An app with everybody logged in; who is ``None`` has a cookie of the log-in page and no more."""

    app: Flask
    file: Path
    start: Path
    cookies: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    _networks = count(1)

    def ask(self, person: Person | None, method: str, address: str) -> TestResponse:
        """Knock, with a valid token and nothing filled in but what the address itself says."""
        name = person.name if person else ""
        client = self.app.test_client()
        client.set_cookie(COOKIE, self.cookies[name], domain=HOST)
        sent = dict(parse_qsl(urlsplit(address).query)) | {"csrf_token": self.tokens[name]}
        # Each from a network of its own: how often one may try is not the question here.
        network = {"REMOTE_ADDR": f"2001:db8:{next(self._networks):x}::1"}
        return client.open(
            address, method=method, data=sent if method == "POST" else None, environ_base=network
        )

    def is_changed(self) -> bool:
        """Whether anything was saved since the start; puts it back."""
        if self.file.read_bytes() == self.start.read_bytes():
            return False
        databases.close_app(self.app)
        copyfile(self.start, self.file)
        return True


def make_world(states: Path, folder: Path) -> World:
    """Everybody logs in; one of them has an account that ended afterwards."""
    app = databases.make_app(folder, databases.copy_of(states, folder))
    world = World(app, folder / "khcal.db", folder / "start.db")
    with databases.at_the_moment():
        with app.app_context():
            make_user(ENDED)
            db.session.commit()
        for person in (None, *PEOPLE):
            _let_in(world, person)
        with app.app_context():
            account(ENDED.name).ended_at = clock.epoch_seconds()
            db.session.commit()
    databases.close_app(app)
    copyfile(world.file, world.start)
    return world


def _let_in(world: World, person: Person | None) -> None:
    client = client_of(world.app, person)
    page = client.get("/personal/konto" if person else "/personal/logga-in")
    form = ".staff-exit" if person else "main form"
    cookie = client.get_cookie(COOKIE, domain=HOST)
    assert cookie
    name = person.name if person else ""
    world.cookies[name] = cookie.value
    world.tokens[name] = str(one(page, f"{form} [name=csrf_token]")["value"])


def with_number(address: str, number: str) -> str:
    """``address`` with another number where it names a thing of the sample."""
    return re.sub(r"\{[^}]*\}", number, address)
