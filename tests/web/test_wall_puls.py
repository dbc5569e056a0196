"""A paired screen reports and hears its settings: every answer, the limits, what is written and when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from khcal.calendaring import clock
from khcal.db import db
from khcal.models import Change, Chapter, OldAddress, Screen, ScreenReport
from khcal.web.wall import puls
from khcal.web.wall.reports import MOST, Reports, reports_of
from tests import databases
from tests.factories import make_chapter
from tests.moments import INSTANT
from tests.web.screens import KEY, make_screen, report, said

SETTINGS = {"distance": "6", "turned": "left", "opens": "08.00", "closes": "17.00", "greeting": "Hej"}


def fill() -> None:
    make_chapter("sjuharad")
    make_chapter("goteborg")
    make_screen()
    db.session.commit()


@pytest.fixture
def house(any_engine_app: Flask) -> Flask:
    """An app with two houses, a screen in one of them, once on each engine."""
    with any_engine_app.app_context():
        fill()
    return any_engine_app


@pytest.fixture
def screen(house: Flask) -> FlaskClient:
    """The browser of the screen."""
    return house.test_client()


@contextmanager
def later(seconds: float) -> Iterator[None]:
    with time_machine.travel(INSTANT + timedelta(seconds=seconds), tick=False):
        yield


def stored(app: Flask) -> ScreenReport | None:
    with app.app_context():
        return db.session.scalars(select(ScreenReport)).one_or_none()


def change(app: Flask, **values: Any) -> None:
    with app.app_context():
        row = db.session.scalars(select(Screen)).one()
        for name, value in values.items():
            setattr(row, name, value)
        db.session.commit()


def house_number(slug: str) -> int:
    return db.session.scalars(select(Chapter.id).filter_by(slug=slug)).one()


def test_it_hears_where_it_hangs_and_how_it_is_to_show(house: Flask, screen: FlaskClient) -> None:
    usual = {"distance": "4", "turned": "no", "opens": "", "closes": "", "greeting": ""}
    assert report(screen).json == {"chapter": "sjuharad", "name": "Skärmen i entrén", "settings": usual}
    change(house, name="Köket", settings=SETTINGS)
    assert report(screen).json == {"chapter": "sjuharad", "name": "Köket", "settings": SETTINGS}


def test_what_it_says_is_stored(house: Flask, screen: FlaskClient) -> None:
    report(screen, revision=7, shell="abc", day="2026-11-24", rendered_at=1_795_522_320_000.5)
    row = stored(house)
    assert row is not None
    assert (row.seen_at, row.revision, row.shell) == (INSTANT.timestamp(), 7, "abc")
    assert (row.page_day, row.rendered_at) == (date(2026, 11, 24), 1_795_522_320_000)


def test_who_knows_nothing_yet_says_so(house: Flask, screen: FlaskClient) -> None:
    nothing = {"revision": None, "shell": "", "day": None, "rendered_at": None, "persisted": None}
    assert report(screen, sent=nothing).status_code == 200
    row = stored(house)
    assert row is not None
    assert (row.revision, row.page_day, row.rendered_at) == (None, None, None)


def test_it_is_written_every_half_minute_at_most(house: Flask, screen: FlaskClient) -> None:
    moments = (0, 10, 29, 30, 55, 60)
    seen = []
    for seconds in moments:
        with later(seconds):
            report(screen)
        row = stored(house)
        seen.append((row.seen_at if row else 0) - INSTANT.timestamp())
    assert seen == [0, 0, 0, 30, 30, 60]


def test_a_clock_that_was_set_back_hides_no_silence(house: Flask, screen: FlaskClient) -> None:
    with later(3_600):
        report(screen)
    ahead = stored(house)
    with house.app_context():
        row = db.session.scalars(select(Screen)).one()
        assert reports_of(house).latest(row, ahead) is None
    report(screen)
    kept = stored(house)
    assert kept is not None
    assert kept.seen_at == clock.epoch_seconds()


def test_a_report_is_no_change(house: Flask, screen: FlaskClient) -> None:
    def state() -> tuple[object, ...]:
        with house.app_context():
            revisions = db.session.execute(select(Chapter.revision).order_by(Chapter.id)).all()
            return revisions, db.session.scalar(select(func.count()).select_from(Change))

    before = state()
    report(screen)
    assert state() == before


@pytest.mark.parametrize(
    "key", ["", "f" * 32, KEY.upper(), KEY[:-1], KEY + "0", "å" * 32, "\N{DIGIT ONE}" * 31]
)
def test_a_key_that_opens_nothing(house: Flask, key: str) -> None:
    told = report(house.test_client(), key=key.encode("utf-8").decode("latin-1"))
    assert (told.status_code, told.data) == (401, b"")
    assert stored(house) is None


def test_a_revoked_key(house: Flask, screen: FlaskClient) -> None:
    change(house, revoked_at=1)
    assert report(screen).status_code == 401


def test_a_screen_that_was_moved_hears_where(house: Flask, screen: FlaskClient) -> None:
    with house.app_context():
        there = house_number("goteborg")
    change(house, chapter_id=there)
    told = report(screen).json
    assert told is not None
    assert told["chapter"] == "goteborg"


def test_old_addresses_of_houses(house: Flask, screen: FlaskClient) -> None:
    with house.app_context():
        number = house_number("sjuharad")
        db.session.get_one(Chapter, number).slug = "boras"
        db.session.add(OldAddress(slug="sjuharad", new_chapter_id=number, new_slug="boras"))
        db.session.commit()
    for address in ("sjuharad", "boras"):
        told = report(screen, address, sent={"shell": ""}).json
        assert told is not None
        assert told["chapter"] == "boras"


def test_a_house_that_never_was(screen: FlaskClient) -> None:
    assert report(screen, "malmo").status_code == 404


def test_a_closed_house(house: Flask, screen: FlaskClient) -> None:
    with house.app_context():
        db.session.get_one(Chapter, house_number("sjuharad")).closed_on = date(2026, 11, 24)
        db.session.commit()
        there = house_number("goteborg")
    assert report(screen).status_code == 410
    # Moved to another house it hears so at its old address too.
    change(house, chapter_id=there)
    assert report(screen).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        *({"revision": value} for value in ("7", -1, True, 2**60, [7])),
        *({"shell": value} for value in (None, 7, "a" * 65, "<b>", "ö")),
        *(
            {"day": value}
            for value in (7, "i dag", "2026-02-30", "1926-11-24", "2026-11-24T13:12", "20261124")
        ),
        *({"rendered_at": value} for value in ("nu", -5, 1e300)),
        *({"persisted": value} for value in ("ja", 2, [])),
    ],
    ids=str,
)
def test_nonsense(app: Flask, client: FlaskClient, wrong: dict[str, Any]) -> None:
    with app.app_context():
        fill()
    assert report(client, **wrong).status_code == 422
    assert stored(app) is None


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"revision": NaN, "shell": ""}', b"\xff"])
def test_what_is_no_json_of_ours(app: Flask, client: FlaskClient, body: bytes) -> None:
    with app.app_context():
        fill()
    told = client.post("/skarm/sjuharad/puls", data=body, headers={"X-Screen-Key": KEY})
    assert told.status_code == 422


def test_too_much_is_refused_and_more_than_we_know_is_not(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        fill()
    assert report(client, later="something new").status_code == 200
    assert report(client, later="x" * 3000).status_code == 413


def test_a_key_reports_so_often_a_minute(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        fill()
        make_screen(key="a" * 32, name="Köket")
        db.session.commit()
    assert {report(client).status_code for _ in range(20)} == {200}
    refused = report(client)
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert report(client, key="a" * 32).status_code == 200


@pytest.mark.parametrize("key", [KEY, "f" * 32, ""])
def test_every_answer_tells_the_time_and_sets_no_cookie(app: Flask, client: FlaskClient, key: str) -> None:
    with app.app_context():
        fill()
    headers = report(client, key=key).headers
    assert int(headers["X-Server-Time"]) == INSTANT.timestamp() * 1000
    assert len(headers["X-Kiosk-Shell"]) == 16
    assert "Set-Cookie" not in headers


def test_while_others_write_it_is_held_in_memory(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        fill()

    def locked(*_: object) -> None:
        raise OperationalError("insert", {}, Exception("database is locked"))

    with monkeypatch.context() as patched:
        patched.setattr(puls, "write_report", locked)
        assert report(client).status_code == 200
    assert stored(app) is None
    with app.app_context():
        heard = reports_of(app).latest(db.session.scalars(select(Screen)).one(), None)
        assert heard.seen_at == clock.epoch_seconds()
    assert report(client).status_code == 200
    assert stored(app) is not None


def test_another_process_reads_what_was_stored(empty_file: Path, tmp_path: Path) -> None:
    file = databases.copy_of(empty_file, tmp_path)
    one, other = (databases.make_app(tmp_path, file) for _ in range(2))
    with one.app_context():
        fill()
    report(one.test_client())
    with later(20):
        report(one.test_client())
    with later(20), other.app_context():
        screen = db.session.scalars(select(Screen)).one()
        kept = db.session.scalars(select(ScreenReport)).one()
        seen = [reports_of(app).latest(screen, kept).seen_at for app in (one, other)]
    assert [moment - INSTANT.timestamp() for moment in seen] == [20, 0]
    # And does not write sooner than the half minute of the first.
    with later(29):
        report(other.test_client())
    row = stored(one)
    assert row is not None
    assert row.seen_at == INSTANT.timestamp()
    for app in (one, other):
        databases.close_app(app)


def test_memory_has_an_end() -> None:
    held = Reports()
    one = puls.ScreenReport(1, None, "", None, None)
    for number in range(MOST + 5):
        held.note(str(number), one)
    screens = [Screen(key_hash=str(number)) for number in (4, 5)]
    assert [held.latest(screen, None) for screen in screens] == [None, one]


def test_the_usual_report_is_what_the_contract_says(app: Flask) -> None:
    with app.app_context():
        fill()
    assert said(app).keys() == {"revision", "shell", "day", "rendered_at", "persisted"}
