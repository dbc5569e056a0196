"""The history: what was done, by whom, in words, and taking it back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Change, ChangedRow, Event, Occurrence
from khcal.models.bookkeeping import begin_change
from khcal.models.purging import IMAGES_KEPT_DAYS
from tests.html import links, one, select, texts, words
from tests.people import EDITOR, log_in
from tests.web.made import made
from tests.web.staff_forms import ONE_DATE, WEEKLY, save
from tests.web.statements import asked_of

HISTORY = "/personal/sjuharad/andringar"
ONE = "/personal/sjuharad/aktivitet/1"


def latest(app: Flask) -> int:
    with app.app_context():
        return int(db.session.scalars(db.select(db.func.max(Change.id))).one())


def take_back(client: FlaskClient, number: int, **more: str) -> TestResponse:
    """Press Ångra, as the history has it."""
    token = str(one(client.get(HISTORY), "form[action='/personal/logga-ut'] [name=csrf_token]")["value"])
    sent = {"csrf_token": token, "tillbaka": "historik"} | more
    return client.post(f"{HISTORY}/{number}/angra", data=sent)


def headings(page: TestResponse) -> list[str]:
    return texts(page, ".staff-change__heading")


def values(page: TestResponse) -> dict[str, list[str]]:
    """Each field of a page by its name, before and after."""
    lines = [line for line in select(page, ".staff-change__line") if line.select("dl")]
    return {texts(line, ".staff-change__field")[0]: texts(line, "dd") for line in lines}


@pytest.fixture(autouse=True)
def _no_history_yet(staff_app: Flask) -> None:
    """The houses and rooms of the tests were made by nobody."""
    with staff_app.app_context():
        db.session.execute(db.delete(ChangedRow))
        db.session.execute(db.delete(Change))
        db.session.commit()


def test_an_empty_history_says_what_comes(editor: FlaskClient) -> None:
    assert "Inget har ändrats här än" in words(one(editor.get(HISTORY), ".staff-empty"))


def test_who_did_what_and_when(editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    page = editor.get(HISTORY)
    assert headings(page) == ["Lade till: Kvällsfika, torsdag 3 december 2026 kl. 18.00–19.30"]
    assert texts(page, ".staff-change__who") == ["redaktor , kl. 13.12"]
    assert texts(page, "main h2") == ["I dag"]
    assert texts(page, ".staff-change__line") == [
        "Ny aktivitet",
        "Nytt tillfälle: torsdag 3 december 2026 kl. 18.00–19.30",
    ]


def test_values_are_told_in_words_before_and_after(editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    save(editor, ONE, room_id="1", kind="calm", price="20", audience=["relative", "bereaved"])
    assert values(editor.get(HISTORY)) == {
        "Slag": ["Samtal", "Lugn"],
        "För vem": ["Alla cancerberörda", "Närstående och efterlevande"],
        "Rum": ["(tomt)", "Köket"],
        "Pris i kronor": ["Kostnadsfritt", "20 kr"],
    }


def test_many_dates_are_one_line(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **WEEKLY)
    save(editor, ONE, starts="17", ends="19")
    page = editor.get(HISTORY)
    assert headings(page)[0] == "Ändrade: Kvällsfika, 3 tillfällen"
    whole = editor.get(f"{HISTORY}/{latest(staff_app)}")
    assert "3 tillfällen flyttades" in words(one(whole, "main"))
    assert texts(whole, "details li")[0] == (
        "torsdag 3 december 2026 kl. 18.00–19.30 blev torsdag 3 december 2026 kl. 17.00–19.00"
    )


def test_undo_from_the_history(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    save(editor, ONE, leader="volontär")
    number = latest(staff_app)
    answer = take_back(editor, number)
    assert (answer.status_code, answer.headers["Location"]) == (303, HISTORY)
    page = editor.get(HISTORY)
    assert headings(page)[0] == "Ångrade ”Ändrade: Kvällsfika”"
    assert texts(page, ".staff-change--undone .staff-change__undone") == ["Ångrat"]
    assert "Ångrade ”Ändrade: Kvällsfika”" in words(one(page, ".staff-done"))
    assert texts(page, ".staff-done button") == ["Gör om"]
    assert stored(staff_app, Event.leader) == [""]


def stored(app: Flask, column: Any) -> list[Any]:
    with app.app_context():
        return list(db.session.scalars(db.select(column)))


def test_undo_twice_is_once(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    save(editor, ONE, leader="volontär")
    number = latest(staff_app)
    take_back(editor, number)
    assert take_back(editor, number).status_code == 303
    assert latest(staff_app) == number + 1
    assert "Det är redan ångrat." in texts(editor.get(HISTORY), ".staff-done__words")


def test_what_was_undone_is_done_again_and_undone_again(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    save(editor, ONE, leader="volontär")
    first = latest(staff_app)
    take_back(editor, first)
    assert texts(editor.get(HISTORY), ".staff-change button")[0].startswith("Gör om")
    take_back(editor, first + 1)
    assert stored(staff_app, Event.leader) == ["volontär"]
    assert headings(editor.get(HISTORY))[0] == "Gjorde om ”Ändrade: Kvällsfika”"
    take_back(editor, first)
    assert stored(staff_app, Event.leader) == [""]


def test_undoing_a_new_activity_withdraws_it(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **WEEKLY)
    take_back(editor, latest(staff_app))
    assert set(stored(staff_app, Occurrence.status)) == {"withdrawn"}
    assert values(editor.get(HISTORY))["Läge, 3 tillfällen"] == ["Blir av", "Borttaget ur kalendern"]
    assert staff_app.test_client().get("/sjuharad.ics").text.count("STATUS:CANCELLED") == 3


def test_undoing_a_draft_deletes_it(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, action="utkast", **WEEKLY)
    take_back(editor, latest(staff_app))
    assert stored(staff_app, Event.id) == []
    assert "Aktiviteten togs bort" in texts(editor.get(HISTORY), ".staff-change__line")


@pytest.fixture
def changed_twice(staff_app: Flask, editor: FlaskClient, colleague: FlaskClient) -> int:
    """An activity that the editor gave a leader and a price, and a colleague then another price."""
    made(editor, **ONE_DATE)
    save(editor, ONE, leader="volontär", price="20")
    number = latest(staff_app)
    save(colleague, ONE, price="40")
    return number


def test_what_others_changed_since_is_asked_about(
    staff_app: Flask, editor: FlaskClient, changed_twice: int
) -> None:
    page = take_back(editor, changed_twice)
    assert page.status_code == 409
    assert values(page) == {"Pris i kronor": ["40 kr", "Kostnadsfritt"]}
    assert any("kollega" in who for who in texts(page, ".staff-change__who"))
    assert f"{HISTORY}/{changed_twice + 1}" in links(page)
    assert stored(staff_app, Event.leader) == ["volontär"]
    assert latest(staff_app) == changed_twice + 1


def test_the_rest_can_be_undone(staff_app: Flask, editor: FlaskClient, changed_twice: int) -> None:
    assert take_back(editor, changed_twice, resten="ja").status_code == 303
    assert (stored(staff_app, Event.leader), stored(staff_app, Event.price)) == ([""], [40])


def test_the_history_of_one_activity(editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    made(editor, **ONE_DATE | {"title": "Yoga"})
    page = editor.get(f"{HISTORY}?aktivitet=1")
    assert [heading.split(",")[0] for heading in headings(page)] == ["Lade till: Kvällsfika"]
    assert f"{HISTORY}?aktivitet=1" in links(editor.get(ONE))


def test_older_changes_are_behind_a_link(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    with staff_app.app_context():
        for number in range(31):
            begin_change(db.session(), "edit", chapter_id=1)
            db.session.get_one(Event, 1).title = f"Fika {number}"
            db.session.commit()
    page = editor.get(HISTORY)
    older = next(link for link in links(page, "main a") if "fore=" in link)
    assert len(headings(page)) == 30
    assert len(headings(editor.get(older))) == 2


def test_of_another_house_there_is_nothing(
    staff_app: Flask, editor: FlaskClient, stranger: FlaskClient
) -> None:
    made(editor, **ONE_DATE)
    number = latest(staff_app)
    theirs = "/personal/goteborg/andringar"
    assert headings(stranger.get(theirs)) == []
    assert stranger.get(f"{theirs}/{number}").status_code == 404
    assert stranger.get(HISTORY).status_code == 404
    token = str(one(stranger.get(theirs), "[name=csrf_token]")["value"])
    for address in (f"{theirs}/{number}/angra", f"{HISTORY}/{number}/angra", f"{theirs}/99999999999/angra"):
        assert stranger.post(address, data={"csrf_token": token}).status_code == 404


@pytest.mark.parametrize("query", ["fore=igår", "fore=99999999999999999999", "fore=-1"])
def test_odd_addresses_show_the_latest(editor: FlaskClient, query: str) -> None:
    assert editor.get(f"{HISTORY}?{query}").status_code == 200


def test_what_was_withdrawn_waits_among_the_drafts_and_is_published_again(
    staff_app: Flask, editor: FlaskClient
) -> None:
    save(editor, action="utkast", **WEEKLY)
    uids = stored(staff_app, Occurrence.uid)
    save(editor, ONE, action="publicera")
    take_back(editor, latest(staff_app))
    assert set(stored(staff_app, Occurrence.status)) == {"withdrawn"}
    assert texts(editor.get("/personal/sjuharad/"), ".staff-drafts li")
    save(editor, ONE, action="utkast", starts="17")
    assert set(stored(staff_app, Occurrence.status)) == {"withdrawn"}
    save(editor, ONE, action="publicera")
    assert set(stored(staff_app, Occurrence.status)) == {"planned"}
    assert stored(staff_app, Occurrence.uid) == uids


def test_a_longer_series_that_was_undone_can_be_made_longer_again(
    staff_app: Flask, editor: FlaskClient
) -> None:
    made(editor, **WEEKLY)
    save(editor, ONE, until="2027-01-14")
    take_back(editor, latest(staff_app))
    assert stored(staff_app, Event.rule_until) == [date(2026, 12, 17)]
    save(editor, ONE, until="2027-01-14")
    with staff_app.app_context():
        planned = db.select(Occurrence.slot).filter_by(status="planned").order_by(Occurrence.slot)
        assert [f"{slot:%m-%d}" for slot in db.session.scalars(planned)] == [
            *("12-03", "12-10", "12-17"),
            *("01-07", "01-14"),
        ]
        assert (
            db.session.scalars(db.select(Occurrence.slot).filter_by(status="withdrawn")).all() == [None] * 2
        )


def test_after_two_years_it_still_says_who_and_when(
    staff_app: Flask, editor: FlaskClient, frozen_clock: time_machine.Traveller
) -> None:
    made(editor, **ONE_DATE)
    number = latest(staff_app)
    frozen_clock.shift((IMAGES_KEPT_DAYS + 1) * 24 * 3600)
    # Who logs in lets old images be cleared away.
    later = log_in(staff_app.test_client(), EDITOR)
    page = later.get(HISTORY)
    assert headings(page) == ["Lade till"]
    assert texts(page, ".staff-change__who") == ["redaktor , kl. 13.12"]
    assert texts(page, "main h2") == ["Tisdag 24 november 2026"]
    assert "är nu borta" in words(one(page, ".staff-change"))
    assert select(page, ".staff-change form") == []
    assert take_back(later, number).status_code == 303
    assert stored(staff_app, Event.title) == ["Kvällsfika"]


def test_changes_of_several_houses_ask_no_more_questions(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    asked = []
    for price in (10, 20):
        with staff_app.app_context():
            begin_change(db.session(), "import")
            db.session.get_one(Event, 1).price = price
            db.session.commit()
        with asked_of(staff_app) as statements:
            editor.get(HISTORY)
        asked.append(len(statements))
    assert asked[0] == asked[1]
