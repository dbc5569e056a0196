"""Notices: put up, changed, taken down, and seen on web and wall at once."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Chapter, Notice
from tests.factories import make_notice
from tests.html import select, texts, words
from tests.people import ADMIN, client_of
from tests.web.house_forms import HOUSE, form_at, press, send, sent_of

NEW = f"{HOUSE}/anslag/nytt"
ONE = f"{HOUSE}/anslag/1"


def stored(app: Flask) -> list[Notice]:
    with app.app_context():
        return list(db.session.scalars(db.select(Notice).order_by(Notice.id)))


def put_up(client: FlaskClient, text: str = "Hissen är trasig.", **values: Any) -> None:
    assert send(client, NEW, text=text, **values).status_code == 303


def test_a_notice_is_shown_from_today_and_a_week_on(staff_app: Flask, editor: FlaskClient) -> None:
    answer = send(editor, NEW, text="Hissen är trasig.")
    assert answer.headers["Location"] == f"{HOUSE}#anslag-1"
    [notice] = stored(staff_app)
    assert (f"{notice.first_day}", f"{notice.last_day}") == ("2026-11-24", "2026-12-01")
    assert not notice.everywhere
    assert "Anslaget visas nu, till och med tisdag 1 december." in words(editor.get(HOUSE))


def test_it_is_on_web_and_wall_at_once(editor: FlaskClient) -> None:
    put_up(editor)
    assert texts(editor.get("/sjuharad/"), ".notice") == ["Hissen är trasig."]
    assert editor.get("/skarm/sjuharad/program.json").json["days"][0]["notices"] == ["Hissen är trasig."]
    assert not texts(editor.get("/goteborg/"), ".notice")


def test_one_that_is_not_shown_yet(editor: FlaskClient) -> None:
    put_up(editor, first_day="2026-12-10", last_day="2026-12-12")
    assert not texts(editor.get("/sjuharad/"), ".notice")
    page = editor.get(HOUSE)
    assert "Visas senare" in words(select(page, "#anslag-1")[0])
    assert "Anslaget visas 10–12 december." in words(page)


def test_changed(staff_app: Flask, editor: FlaskClient) -> None:
    put_up(editor)
    send(editor, ONE, text="Hissen går igen.")
    assert [notice.text for notice in stored(staff_app)] == ["Hissen går igen."]
    assert texts(editor.get("/sjuharad/"), ".notice") == ["Hissen går igen."]


def test_taken_down(staff_app: Flask, editor: FlaskClient) -> None:
    put_up(editor)
    assert press(editor, HOUSE, "/ta-ner").headers["Location"] == f"{HOUSE}#anslag"
    assert not stored(staff_app)
    assert not texts(editor.get("/sjuharad/"), ".notice")
    press(editor, HOUSE, "/angra")
    assert [notice.text for notice in stored(staff_app)] == ["Hissen är trasig."]


def test_what_was_taken_down_meanwhile_keeps_the_text(
    staff_app: Flask, editor: FlaskClient, colleague: FlaskClient
) -> None:
    put_up(editor)
    sent = form_at(editor, ONE) | {"text": "Hissen lagas på fredag."}
    press(colleague, HOUSE, "/ta-ner")
    page = editor.post(ONE, data=sent)
    assert page.status_code == 409
    assert "Anslaget har tagits ner medan du skrev." in words(page)
    [form] = select(page, "main form.stack")
    assert editor.post(str(form["action"]), data=sent_of(page)).status_code == 303
    assert "Hissen lagas på fredag." in words(editor.get("/sjuharad/"))


def test_a_double_click_makes_one(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_at(editor, NEW) | {"text": "Hissen är trasig."}
    assert {editor.post(NEW, data=sent).headers["Location"] for _ in range(2)} == {f"{HOUSE}#anslag-1"}
    assert len(stored(staff_app)) == 1


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"text": ""}, "Vad vill du säga: Skriv vad det ska stå på anslaget."),
        ({"text": "a" * 301}, "Vad vill du säga: Skriv högst 300 tecken. Nu är det 301."),
        ({"last_day": "2026-11-20"}, "Till och med: Sista dagen ligger före den första. Ändra en av dem."),
        ({"last_day": ""}, "Till och med: Skriv vilken dag anslaget visas sist."),
        (
            {"first_day": "i morgon"},
            "Visas från: Skriv datumet med år, månad och dag, till exempel 2026-11-24.",
        ),
        ({"last_day": "2028-11-24"}, "Till och med: Det är mer än ett år. Välj en tidigare sista dag."),
        (
            {"first_day": "2026-11-01", "last_day": "2026-11-02"},
            "Till och med: Den dagen har redan varit. Välj i dag eller senare.",
        ),
    ],
)
def test_faults(staff_app: Flask, editor: FlaskClient, values: dict[str, str], fault: str) -> None:
    sent = {"text": "Hissen är trasig."} | values
    page = send(editor, NEW, **sent)
    assert page.status_code == 422
    assert texts(page, ".error-summary a") == [fault]
    assert {name: sent_of(page)[name] for name in sent} == sent
    assert not stored(staff_app)


def test_only_national_admins_speak_everywhere(staff_app: Flask, editor: FlaskClient) -> None:
    put_up(editor, everywhere="y")
    assert not stored(staff_app)[0].everywhere
    put_up(client_of(staff_app, ADMIN), "Gott nytt år", everywhere="y")
    assert stored(staff_app)[1].everywhere
    assert "Gott nytt år" in texts(editor.get("/goteborg/"), ".notice")


def test_an_editor_keeps_it_everywhere(staff_app: Flask, editor: FlaskClient) -> None:
    put_up(client_of(staff_app, ADMIN), everywhere="y")
    send(editor, ONE, text="Gott nytt år")
    assert (stored(staff_app)[0].text, stored(staff_app)[0].everywhere) == ("Gott nytt år", True)


def test_a_stale_form_shows_both_texts(staff_app: Flask, editor: FlaskClient, colleague: FlaskClient) -> None:
    put_up(editor)
    sent = form_at(colleague, ONE) | {"text": "Hissen är avstängd."}
    send(editor, ONE, text="Hissen går igen.")
    page = colleague.post(ONE, data=sent)
    assert page.status_code == 409
    assert texts(page, ".staff-conflict__text") == ["Hissen är avstängd.", "Hissen går igen."]
    assert stored(staff_app)[0].text == "Hissen går igen."
    assert colleague.post(ONE, data=sent_of(page)).status_code == 303
    assert stored(staff_app)[0].text == "Hissen är avstängd."


def test_another_houses_notice_is_not_there(staff_app: Flask, stranger: FlaskClient) -> None:
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_notice(house)
        db.session.commit()
    sent = form_at(stranger, "/personal/goteborg/huset/anslag/nytt") | {"text": "Smugglat", "version": "1"}
    for address in (ONE, ONE.replace("sjuharad", "goteborg")):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, data=sent).status_code == 404
        assert stranger.post(f"{address}/ta-ner", data=sent).status_code == 404
    assert [notice.text for notice in stored(staff_app)] == ["Hissen är trasig."]


def test_an_editor_is_not_offered_to_show_it_everywhere_again(staff_app: Flask, editor: FlaskClient) -> None:
    for person, offered in ((editor, 0), (client_of(staff_app, ADMIN), 1)):
        put_up(client_of(staff_app, ADMIN), everywhere="y")
        press(person, HOUSE, "/ta-ner")
        page = person.get(HOUSE)
        assert "Anslaget är nertaget." in words(page)
        assert len(select(page, "form[action$='/angra']")) == offered
