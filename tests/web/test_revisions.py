"""How a process learns that something was saved: its own saves at once, others' within half a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from khcal.calendaring import clock
from khcal.db import db
from khcal.models import Chapter
from khcal.web.kept import kept_answers_of
from khcal.web.revisions import EVERY_HOUSE, Revisions, revisions_of
from tests.databases import close_app, forget_kept, make_app
from tests.factories import make_chapter, make_event
from tests.moments import HELD_FOR, SEEN_WITHIN, Seconds
from tests.web.statements import asked_of

PAGE = "/hus/huset"


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> Seconds:
    stopped = Seconds()
    monkeypatch.setattr(clock, "monotonic", stopped)
    return stopped


@pytest.fixture
def app(any_engine_app: Flask, seconds: Seconds) -> Flask:
    with any_engine_app.app_context():
        make_chapter("hus", street="Storgatan 1")
        db.session.commit()
    return any_engine_app


def rename_street(app: Flask, street: str) -> None:
    with app.app_context():
        db.session.scalars(db.select(Chapter).filter_by(slug="hus")).one().street = street
        db.session.commit()


@contextmanager
def away(app: Flask) -> Iterator[list[str]]:
    """The database of ``app`` can't be asked; yields what was tried."""
    tried: list[str] = []

    def refuse(connection: object, cursor: object, text: str, *rest: object) -> None:
        tried.append(text)
        raise OperationalError(text, (), Exception("database is locked"))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield tried
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


def test_what_this_process_saves_is_seen_at_once(app: Flask) -> None:
    client = app.test_client()
    assert "Storgatan 1" in client.get(PAGE).text
    rename_street(app, "Lillgatan 2")
    assert "Lillgatan 2" in client.get(PAGE).text


def test_what_another_process_saves_is_seen_within_half_a_second(app: Flask, seconds: Seconds) -> None:
    other = make_app(Path("/nonexistent"), app.config["SQLALCHEMY_DATABASE_URI"])
    client = app.test_client()
    before = client.get(PAGE)
    rename_street(other, "Lillgatan 2")
    assert client.get(PAGE).data == before.data
    seconds.now += SEEN_WITHIN
    assert "Lillgatan 2" in client.get(PAGE, headers={"If-None-Match": before.headers["ETag"]}).text
    close_app(other)


def test_a_kept_answer_asks_at_most_one_question_and_mostly_none(app: Flask, seconds: Seconds) -> None:
    asked: list[str] = []

    def note(connection: object, cursor: object, text: str, *rest: object) -> None:
        asked.append(text)

    client = app.test_client()
    client.get(PAGE)
    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    for _ in range(9):
        client.get(PAGE)
        # Twice a second and no oftener: nine times come to less than half of one.
        seconds.now += SEEN_WITHIN / 10
    assert asked == []
    seconds.now += SEEN_WITHIN
    for _ in range(9):
        client.get(PAGE)
    event.remove(engine, "before_cursor_execute", note)
    assert len([text for text in asked if text.startswith("SELECT")]) == 1


def test_a_save_during_the_look_is_not_overlooked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    revisions = revisions_of(app)
    look: Callable[[Revisions], object] = Revisions._read

    def look_and_save(self: Revisions) -> object:
        seen = look(self)
        monkeypatch.setattr(Revisions, "_read", look)
        rename_street(app, "Lillgatan 2")
        return seen

    before = dict(revisions.known() or {})
    revisions.forget()
    monkeypatch.setattr(Revisions, "_read", look_and_save)
    assert revisions.known() == before
    assert (revisions.known() or {})["hus"] > before["hus"]


def test_the_sum_of_all_houses_rises_with_each_of_them(app: Flask) -> None:
    revisions = revisions_of(app)
    before = dict(revisions.known() or {})
    with app.app_context():
        make_event(make_chapter("annat"), "2026-12-01 13:00")
        db.session.commit()
    after = revisions.known() or {}
    assert after[EVERY_HOUSE] == after["hus"] + after["annat"] > before[EVERY_HOUSE]


def test_while_the_database_is_away_what_is_held_is_sent_for_a_quarter_of_an_hour(
    app: Flask, seconds: Seconds
) -> None:
    client = app.test_client()
    whole = client.get(PAGE)
    with away(app):
        seconds.now += HELD_FOR
        assert client.get(PAGE).data == whole.data
        assert client.get(PAGE, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304
        assert client.get("/hus/vecka/2026-v48").status_code == 503
        told = client.get("/halsa").get_json()
        assert (told["status"], told["unread_since"]) == ("fault", "2026-11-24T13:12:00+01:00")
        seconds.now += 1
        assert client.get(PAGE).status_code == 503
    seconds.now += SEEN_WITHIN
    assert client.get(PAGE).data == whole.data
    assert client.get("/halsa").get_json()["unread_since"] is None


def test_while_the_database_is_away_it_is_asked_no_oftener(app: Flask, seconds: Seconds) -> None:
    client = app.test_client()
    client.get(PAGE)
    seconds.now += SEEN_WITHIN
    with away(app) as tried:
        for _ in range(9):
            client.get(PAGE)
    assert len(tried) == 1


def test_who_asks_while_another_looks_in_vain_does_not_wait(app: Flask, seconds: Seconds) -> None:
    client = app.test_client()
    whole = client.get(PAGE)
    seconds.now += SEEN_WITHIN
    with away(app):
        client.get(PAGE)
    assert revisions_of(app).unread_since
    seconds.now += SEEN_WITHIN
    with kept_answers_of(app).revisions._one_reads:
        assert client.get(PAGE).data == whole.data


def test_a_look_reads_no_more_than_the_houses(app: Flask) -> None:
    with asked_of(app) as statements:
        forget_kept(app)
        revisions_of(app).known()
    assert statements == []
