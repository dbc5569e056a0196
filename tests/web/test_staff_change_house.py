"""Shown elsewhere, hidden by those who are shown it; put away, thrown away."""

from __future__ import annotations

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Event
from tests.html import one, select, texts, words
from tests.people import ADMIN, EDITOR, client_of
from tests.web.made import made
from tests.web.staff_forms import ONE_DATE, WEEKLY, form_of, press, save, token

ONE = "/personal/sjuharad/aktivitet/1"
HERE, THERE = "/personal/goteborg/", "/personal/sjuharad/"


@pytest.fixture
def shared(editor: FlaskClient) -> FlaskClient:
    """Kvällsfika of Sjuhärad, shown in Göteborg as well."""
    other = str(one(editor.get("/personal/sjuharad/aktivitet/ny"), "[name=houses]")["value"])
    made(editor, **ONE_DATE, houses=[other])
    return editor


# Shared, hidden, shown again.


def test_ones_own_house_is_on_and_another_is_one_tap_away(editor: FlaskClient) -> None:
    page = editor.get("/personal/sjuharad/aktivitet/ny")
    assert texts(page, "#houses .choice") == ["Sjuhärad", "Göteborg"]
    assert not select(page, "details #houses")
    assert one(page, "#own-house").has_attr("checked")


def test_the_other_house_can_hide_it_and_show_it_again(
    staff_app: Flask, shared: FlaskClient, stranger: FlaskClient
) -> None:
    answer = press(stranger, stranger.get(f"{HERE}?fran=2026-12-03"), "/aktivitet/1/dolj")
    assert answer.status_code == 303
    told = stranger.get(HERE)
    assert "visas inte hos er längre" in words(one(told, ".staff-done__words"))
    assert "Kvällsfika" not in words(stranger.get("/goteborg/"))
    assert "Kvällsfika" not in stranger.get("/goteborg.ics").text
    assert "Kvällsfika" in words(stranger.get("/sjuharad/"))
    assert not select(stranger.get(f"{HERE}?fran=2026-12-03"), "[action$=dolj]")
    assert press(stranger, stranger.get(f"{HERE}delade"), "/aktivitet/1/visa").status_code == 303
    assert "Kvällsfika" in words(stranger.get("/goteborg/"))


def test_the_list_of_what_others_share(shared: FlaskClient, stranger: FlaskClient) -> None:
    page = stranger.get(f"{HERE}delade")
    assert texts(page, ".staff-hit h3") == ["Kvällsfika"]
    assert "från Sjuhärad" in words(one(page, ".staff-hit"))
    assert texts(shared.get(f"{THERE}delade"), ".staff-hit") == []


def test_hiding_can_be_taken_back(shared: FlaskClient, stranger: FlaskClient) -> None:
    press(stranger, stranger.get(f"{HERE}delade"), "/dolj")
    press(stranger, stranger.get(f"{HERE}delade"), "/angra")
    assert "Kvällsfika" in words(stranger.get("/goteborg/"))


def test_the_owner_saves_and_it_stays_hidden(shared: FlaskClient, stranger: FlaskClient) -> None:
    press(stranger, stranger.get(f"{HERE}delade"), "/dolj")
    save(shared, ONE, leader="kurator")
    assert "Kvällsfika" not in words(stranger.get("/goteborg/"))
    assert select(shared.get(ONE), "[name=houses][checked]")


def test_what_is_shown_everywhere_can_be_hidden_too(staff_app: Flask, stranger: FlaskClient) -> None:
    admin = client_of(staff_app, ADMIN)
    save(admin, **ONE_DATE, everywhere="y")
    for _ in range(2):
        assert stranger.post("/personal/goteborg/aktivitet/1/dolj", data=token(stranger)).status_code == 303
    assert "Kvällsfika" not in words(stranger.get("/goteborg/"))
    assert not select(stranger.get(f"{HERE}?fran=2026-12-03"), ".staff-row")
    save(admin, ONE, leader="kurator")
    assert "Kvällsfika" not in words(stranger.get("/goteborg/"))


@pytest.mark.parametrize("verb", ["dolj", "visa"])
def test_what_is_not_shared_is_not_there(editor: FlaskClient, stranger: FlaskClient, verb: str) -> None:
    made(editor, **ONE_DATE)
    for client, house in ((stranger, "goteborg"), (editor, "sjuharad"), (stranger, "sjuharad")):
        for number in (1, 99, 10**30):
            address = f"/personal/{house}/aktivitet/{number}/{verb}"
            assert client.post(address, data=token(client)).status_code == 404


def test_a_shared_draft_is_nobodys_business(editor: FlaskClient, stranger: FlaskClient) -> None:
    other = str(one(editor.get("/personal/sjuharad/aktivitet/ny"), "[name=houses]")["value"])
    save(editor, action="utkast", **ONE_DATE, houses=[other])
    assert stranger.post("/personal/goteborg/aktivitet/1/dolj", data=token(stranger)).status_code == 404
    assert not texts(stranger.get(f"{HERE}delade"), ".staff-hit")


# Another house keeps it.


def test_parallel_groups_point_at_each_other_and_let_go(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    made(editor, **ONE_DATE | {"title": "För närstående"})
    two = "/personal/sjuharad/aktivitet/2"
    save(editor, ONE, sibling_id="2")
    assert form_of(editor.get(two))["sibling_id"] == "1"
    save(editor, two, sibling_id="")
    assert form_of(editor.get(ONE))["sibling_id"] == ""


def test_a_group_of_another_house_that_is_shown_here_can_be_the_parallel_one(
    staff_app: Flask, shared: FlaskClient, stranger: FlaskClient
) -> None:
    new = "/personal/goteborg/aktivitet/ny"
    save(stranger, new, **ONE_DATE | {"title": "För närstående"}, sibling_id="1")
    assert "Kvällsfika" in words(stranger.get("/goteborg/aktivitet/for-narstaende"))
    assert form_of(shared.get(ONE))["sibling_id"] == ""


# Archive and drafts.


def test_while_dates_are_to_come_nothing_is_archived(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **WEEKLY)
    answer = press(editor, editor.get(ONE), "/arkivera")
    assert answer.status_code == 422
    assert "3 tillfällen är kvar" in words(answer)
    offered = next(link for link in select(answer, "main a.button") if "stall-in" in str(link["href"]))
    assert "Kvällsfika" in words(editor.get(str(offered["href"])))
    with staff_app.app_context():
        assert not db.session.scalars(db.select(Event)).one().archived


def test_what_is_over_goes_to_the_archive_and_back(
    staff_app: Flask, editor: FlaskClient, frozen_clock: time_machine.Traveller
) -> None:
    made(editor, **ONE_DATE)
    frozen_clock.shift(30 * 24 * 3600)
    editor = client_of(staff_app, EDITOR)
    assert press(editor, editor.get(ONE), "/arkivera").status_code == 303
    assert select(editor.get(ONE), "form[action$='/ta-fram']")
    assert editor.get("/sjuharad/aktivitet/kvallsfika").status_code == 200
    press(editor, editor.get(ONE), "/ta-fram")
    with staff_app.app_context():
        assert not db.session.scalars(db.select(Event)).one().archived


def test_a_draft_is_deleted_once_and_comes_back(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, action="utkast", **WEEKLY)
    page = editor.get(ONE)
    answers = [press(editor, page, "/ta-bort") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert editor.get(ONE).status_code == 404
    told = editor.get(THERE)
    assert "Utkastet är redan borttaget." in words(told)
    press(editor, told, "/angra")
    assert len(select(editor.get(ONE), "[name=ticked]")) == 3


def test_what_was_published_is_not_deleted(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    assert not select(editor.get(ONE), "[action$='/ta-bort']")
    assert "ställs in eller arkiveras" in words(editor.get(ONE))
    assert editor.post(f"{ONE}/ta-bort", data=token(editor)).headers["Location"] == ONE
    assert editor.get(ONE).status_code == 200


@pytest.mark.parametrize("verb", ["arkivera", "ta-fram", "ta-bort", "agare"])
def test_another_house_cannot_reach_it(editor: FlaskClient, stranger: FlaskClient, verb: str) -> None:
    save(editor, action="utkast", **ONE_DATE)
    for house, number in (("sjuharad", 1), ("goteborg", 1), ("goteborg", 10**30)):
        address = f"/personal/{house}/aktivitet/{number}/{verb}"
        assert stranger.post(address, data=token(stranger)).status_code == 404
    assert editor.get(ONE).status_code == 200
