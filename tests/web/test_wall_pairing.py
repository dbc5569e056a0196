"""A screen asks for a code and then for its key: every answer, the limits, and what is kept."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Chapter, Pairing, Screen
from khcal.models.pairing import pair_again, pair_new
from khcal.web.wall.answers import way_home
from tests import databases
from tests.factories import make_chapter
from tests.moments import INSTANT
from tests.web.screens import DEVICE, OTHER, answer, ask, code_in, make_screen, report


@pytest.fixture
def house(any_engine_app: Flask) -> Flask:
    """An app with the house Sjuhärad, once on each engine."""
    with any_engine_app.app_context():
        make_chapter("sjuharad")
        db.session.commit()
    return any_engine_app


@pytest.fixture
def screen(house: Flask) -> FlaskClient:
    """The browser of a new screen."""
    return house.test_client()


def accept(app: Flask, code: str, name: str = "Entrén") -> None:
    with app.app_context():
        chapter = db.session.scalars(db.select(Chapter)).one()
        pair_new(db.session(), code.replace("-", ""), chapter, name)
        db.session.commit()


def test_a_code_to_show_and_where_to_type_it(screen: FlaskClient) -> None:
    told = json.loads(ask(screen).text)
    assert re.fullmatch(r"[A-Z2-9]{4}-[A-Z2-9]{4}", told["code"])
    assert told["address"] == f"https://kalender.example.org/personal/skarmar/para?kod={told['code']}"
    home = way_home(told["address"])
    assert told["qr"] == {"size": home["size"], "path": home["path"]}
    assert told["until_ms"] == (INSTANT + timedelta(minutes=15)).timestamp() * 1000


def test_waiting_then_the_key_then_nothing_more(house: Flask, screen: FlaskClient) -> None:
    code = code_in(ask(screen))
    waiting = answer(screen)
    assert (waiting.status_code, waiting.data) == (204, b"")
    accept(house, code)
    first = json.loads(answer(screen).text)
    assert first["chapter"] == "sjuharad"
    assert re.fullmatch(r"[0-9a-f]{32}", first["key"])
    # The answer was lost on its way.
    assert json.loads(answer(screen).text) == first
    assert report(screen, key=first["key"]).status_code == 200
    assert answer(screen).status_code == 410


def test_an_old_device_that_still_reports_takes_nothing_from_the_new_one(
    house: Flask, screen: FlaskClient
) -> None:
    with house.app_context():
        number = make_screen().id
        db.session.commit()
    assert report(screen).status_code == 200
    code = code_in(ask(screen))
    with house.app_context():
        pair_again(db.session(), code.replace("-", ""), db.session.get_one(Screen, number))
        db.session.commit()
    with time_machine.travel(INSTANT + timedelta(minutes=1), tick=False):
        # The screen that it replaces goes on until the new one has fetched its key.
        assert report(screen).status_code == 200
        key = json.loads(answer(screen).text)["key"]
        assert report(screen).status_code == 401
        assert report(screen, key=key).status_code == 200
        assert answer(screen).status_code == 410


def test_nothing_waits_for_a_stranger_or_after_a_quarter_of_an_hour(
    house: Flask, screen: FlaskClient
) -> None:
    code = code_in(ask(screen))
    assert answer(screen, OTHER).status_code == 410
    with time_machine.travel(INSTANT + timedelta(minutes=14, seconds=59), tick=False):
        assert answer(screen).status_code == 204
        accept(house, code)
    # From then on it has another quarter of an hour to fetch its key.
    with time_machine.travel(INSTANT + timedelta(minutes=29), tick=False):
        assert answer(screen).status_code == 200
    with time_machine.travel(INSTANT + timedelta(minutes=30), tick=False):
        assert answer(screen).status_code == 410


def test_a_house_that_closed_meanwhile(house: Flask, screen: FlaskClient) -> None:
    accept(house, code_in(ask(screen)))
    with house.app_context():
        db.session.scalars(db.select(Chapter)).one().closed_on = date(2026, 11, 24)
        db.session.commit()
    assert answer(screen).status_code == 410


@pytest.mark.parametrize(
    "device", ["", "d" * 31, "d" * 129, "D" * 32, "g" * 32, 7, None, ["d" * 32], "d" * 31 + "\n", "\0" * 32]
)
def test_what_is_no_secret(client: FlaskClient, device: Any) -> None:
    assert ask(client, device).status_code == 422
    assert answer(client, device).status_code == 422


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"null", b"\xff", b"[" * 1900])
def test_what_is_no_json_of_ours(client: FlaskClient, body: bytes) -> None:
    for address in ("/skarm/par", "/skarm/par/svar"):
        told = client.post(address, data=body, content_type="application/json")
        assert (told.status_code, told.data) == (422, b"")


def test_what_is_too_much(client: FlaskClient) -> None:
    assert ask(client, "d" * 3000).status_code == 413


@pytest.mark.parametrize("device", [DEVICE, "x"])
def test_every_answer_tells_the_time_and_sets_no_cookie(client: FlaskClient, device: str) -> None:
    for told in (ask(client, device), answer(client, device)):
        assert int(told.headers["X-Server-Time"]) == INSTANT.timestamp() * 1000
        assert len(told.headers["X-Kiosk-Shell"]) == 16
        assert "Set-Cookie" not in told.headers
        assert "cookie" not in told.headers.get("Vary", "").lower()


def test_a_network_gets_so_many_codes_a_minute(client: FlaskClient) -> None:
    assert {ask(client).status_code for _ in range(10)} == {200}
    refused = ask(client)
    assert (refused.status_code, refused.data) == (429, b"")
    assert refused.headers["Retry-After"] == "60"
    assert "X-Server-Time" in refused.headers
    elsewhere = client.post("/skarm/par", json={"device": DEVICE}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 200
    with time_machine.travel(INSTANT + timedelta(minutes=1), tick=False):
        assert ask(client).status_code == 200


def test_nothing_that_could_be_used_is_kept_or_logged(
    app: Flask, client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with app.app_context():
        make_chapter("sjuharad")
        db.session.commit()
    code = code_in(ask(client))
    accept(app, code)
    key = json.loads(answer(client).text)["key"]
    with app.app_context():
        rows = [*db.session.scalars(db.select(Pairing)), *db.session.scalars(db.select(Screen))]
        kept = str([vars(row) for row in rows])
    for secret in (code, code.replace("-", ""), key, DEVICE, "127.0.0.1"):
        assert secret not in kept + caplog.text


@pytest.fixture
def two_processes(empty_file: Path, tmp_path: Path) -> Iterator[list[Flask]]:
    """Two processes on one database, each with a memory of its own."""
    file = databases.copy_of(empty_file, tmp_path)
    apps = [databases.make_app(tmp_path, file) for _ in range(2)]
    with apps[0].app_context():
        make_chapter("sjuharad")
        db.session.commit()
    yield apps
    for app in apps:
        databases.close_app(app)


def test_each_question_may_reach_another_process(two_processes: list[Flask]) -> None:
    one, other = (app.test_client() for app in two_processes)
    code = code_in(ask(one))
    assert answer(other).status_code == 204
    accept(two_processes[1], code)
    first, second = (json.loads(answer(client).text) for client in (one, other))
    assert first == second
    assert report(other, key=first["key"]).status_code == 200
    assert answer(one).status_code == 410
