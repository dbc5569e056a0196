"""The history by day, and only what one person did or what was done in another house."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Change, ChangedRow
from khcal.queries.staff import history as kept
from tests.html import links, select, texts, words
from tests.people import ADMIN, client_of
from tests.web.made import made
from tests.web.staff_forms import NEW, ONE_DATE, save

HISTORY = "/personal/sjuharad/andringar"


@pytest.fixture(autouse=True)
def _no_history_yet(staff_app: Flask) -> None:
    """The houses and rooms of the tests were made by nobody."""
    with staff_app.app_context():
        db.session.execute(db.delete(ChangedRow))
        db.session.execute(db.delete(Change))
        db.session.commit()


def people(client: FlaskClient, address: str = HISTORY) -> dict[str, str]:
    return {words(each): str(each["value"]) for each in select(client.get(address), "#vem option")}


def headings(client: FlaskClient, address: str) -> list[str]:
    return texts(client.get(address), ".staff-change__heading")


def test_each_day_has_its_heading(editor: FlaskClient, frozen_clock: time_machine.Traveller) -> None:
    made(editor, **ONE_DATE)
    frozen_clock.shift(timedelta(hours=5))
    made(editor, **ONE_DATE | {"title": "Yoga"})
    frozen_clock.shift(timedelta(hours=7))
    made(editor, **ONE_DATE | {"title": "Promenad"})
    page = editor.get(HISTORY)
    assert texts(page, "main h2") == ["I dag", "Tisdag 24 november"]
    assert [len(select(day, "li.staff-change")) for day in select(page, "ol.staff-changes")] == [1, 2]


def test_what_one_person_did(editor: FlaskClient, colleague: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    assert not select(editor.get(HISTORY), "#vem")
    made(colleague, **ONE_DATE | {"title": "Yoga"})
    found = people(editor)
    assert list(found) == ["Alla", "kollega", "redaktor"]
    address = f"{HISTORY}?vem={found['kollega']}"
    assert headings(editor, address) == ["Lade till: Yoga, torsdag 3 december 2026 kl. 18.00–19.30"]
    assert texts(editor.get(address), "#vem option[selected]") == ["kollega"]


def test_the_next_page_keeps_the_person(
    editor: FlaskClient, colleague: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "PAGE", 1)
    made(editor, **ONE_DATE)
    made(colleague, **ONE_DATE | {"title": "Yoga"})
    made(editor, **ONE_DATE | {"title": "Promenad"})
    own = people(editor)["redaktor"]
    [older] = [link for link in links(editor.get(f"{HISTORY}?vem={own}")) if "fore=" in link]
    assert headings(editor, older) == ["Lade till: Kvällsfika, torsdag 3 december 2026 kl. 18.00–19.30"]
    assert f"{HISTORY}?vem={own}" in links(editor.get(older))


def test_commands_are_somebody_too(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    with staff_app.app_context():
        change = db.session.scalars(db.select(Change)).one()
        db.session.add(Change(verb="import", made_at=change.made_at, chapter_id=change.chapter_id))
        db.session.commit()
    assert people(editor)["Den som sköter servern"] == "0"
    assert len(headings(editor, f"{HISTORY}?vem=0")) == 1


def test_another_house_is_a_choice_of_those_who_have_it(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    assert not select(editor.get(HISTORY), "#hus")
    admin = client_of(staff_app, ADMIN)
    assert texts(admin.get(HISTORY), "#hus option") == ["Göteborg", "Sjuhärad"]
    answer = admin.get(f"{HISTORY}?hus=goteborg&vem=")
    assert answer.headers["Location"] == "/personal/goteborg/andringar"
    assert editor.get(editor.get(f"{HISTORY}?hus=goteborg").headers["Location"]).status_code == 404


def test_nobody_and_nonsense(editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    assert "Den personen har inte ändrat något här." in words(editor.get(f"{HISTORY}?vem=99"))
    assert len(headings(editor, f"{HISTORY}?vem=alla")) == 1


def test_the_first_day_of_a_series_is_called_so(editor: FlaskClient) -> None:
    weekly = {"repeat": "weekly", "until": "2026-12-17"}
    made(editor, **ONE_DATE | weekly)
    save(editor, NEW.replace("ny", "1"), first_day="2026-12-10")
    assert "Första datum" in texts(editor.get(HISTORY), ".staff-change__field")
