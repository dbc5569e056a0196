"""Staff type the code of a new screen, or scan it: every way to write it, and every way it is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Screen
from tests.factories import make_chapter
from tests.html import links, one, select, texts, words
from tests.moments import INSTANT
from tests.people import ADMIN, EDITOR, client_of, make_user
from tests.web.house_forms import press, send, sent_of
from tests.web.screens import DEVICE, KEY, OTHER, answer, ask, code_in, make_screen, report

SCREENS = "/personal/sjuharad/skarmar"
NEW = f"{SCREENS}/ny"
WRONG = "CDFH-CDFH"


@pytest.fixture
def wall(staff_app: Flask) -> FlaskClient:
    """The browser of a new screen."""
    return staff_app.test_client()


def names(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(db.select(Screen.name).order_by(Screen.id)))


def is_refused(page: Any, fault: str) -> bool:
    return page.status_code == 422 and fault in words(page)


def test_the_code_is_typed_and_the_screen_has_its_key(
    staff_app: Flask, editor: FlaskClient, wall: FlaskClient
) -> None:
    done = send(editor, NEW, code=code_in(ask(wall)))
    assert done.headers["Location"] == f"{SCREENS}#skarm-1"
    assert "Skärmen i entrén är kopplad. Om några sekunder visar den programmet." in words(
        editor.get(SCREENS)
    )
    told = json.loads(answer(wall).text)
    assert report(wall, told["chapter"], told["key"]).status_code == 200
    assert texts(editor.get(SCREENS), ".screen-health") == ["Sågs nyss · visar rätt version"]


def test_once_on_each_engine(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        make_chapter("sjuharad")
        make_user(EDITOR)
        db.session.commit()
    editor, wall = client_of(any_engine_app, EDITOR), any_engine_app.test_client()
    assert send(editor, NEW, code=code_in(ask(wall)), name="Entrén").status_code == 303
    told = json.loads(answer(wall).text)
    assert report(wall, told["chapter"], told["key"]).status_code == 200


@pytest.mark.parametrize(
    "write", [str.lower, lambda code: code.replace("-", ""), lambda code: " ".join(code.replace("-", " "))]
)
def test_however_it_is_typed(staff_app: Flask, editor: FlaskClient, wall: FlaskClient, write: Any) -> None:
    assert send(editor, NEW, code=write(code_in(ask(wall)))).status_code == 303


def test_letters_that_look_like_digits(staff_app: Flask, editor: FlaskClient, wall: FlaskClient) -> None:
    typed = code_in(ask(wall)).translate(str.maketrans("8652", "BGSZ"))
    assert send(editor, NEW, code=typed).status_code == 303


def test_the_square_leads_to_the_form_after_the_log_in(staff_app: Flask, wall: FlaskClient) -> None:
    told = json.loads(ask(wall).text)
    scanned = told["address"].removeprefix("https://kalender.example.org")
    door = staff_app.test_client().get(scanned)
    assert (
        door.headers["Location"]
        == f"/personal/logga-in?next={scanned.replace('?', '%3F').replace('=', '%3D')}"
    )
    editor = client_of(staff_app, EDITOR)
    form = editor.get(editor.get(scanned).headers["Location"])
    assert sent_of(form)["code"] == told["code"]
    assert sent_of(form)["name"] == "Skärmen i entrén"
    assert editor.post(NEW, data=sent_of(form)).status_code == 303


def test_who_keeps_several_houses_chooses(staff_app: Flask) -> None:
    page = client_of(staff_app, ADMIN).get("/personal/skarmar/para?kod=CDFH-2345")
    assert links(page, ".staff-houses a") == [
        f"/personal/{house}/skarmar/ny?kod=CDFH-2345" for house in ("goteborg", "sjuharad")
    ]


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"code": ""}, "Skriv koden som står på skärmen."),
        ({"code": "CDFH"}, "Koden har 8 tecken. Det fattas något."),
        ({"code": "CDFH-O345"}, "Koden har inget O. Titta på skärmen en gång till."),
        ({"code": "x" * 201}, "Skriv högst 200 tecken."),
        (
            {"code": WRONG},
            "Koden gäller inte. Den byts var femtonde minut: skriv den som står på skärmen nu.",
        ),
        ({"code": WRONG, "name": ""}, "Skriv vad skärmen heter, till exempel Skärmen i entrén."),
        ({"code": WRONG, "which": "7"}, "Välj en av skärmarna."),
    ],
)
def test_what_is_refused_keeps_what_was_typed(
    staff_app: Flask, editor: FlaskClient, values: dict[str, str], fault: str
) -> None:
    page = send(editor, NEW, **values)
    assert is_refused(page, fault)
    assert one(page, "[name=code]")["value"] == values["code"]
    assert names(staff_app) == []


def test_a_code_that_is_over(staff_app: Flask, editor: FlaskClient, wall: FlaskClient) -> None:
    code = code_in(ask(wall))
    with time_machine.travel(INSTANT + timedelta(minutes=15), tick=False):
        assert is_refused(send(editor, NEW, code=code), "Koden gäller inte.")


def test_sent_twice_it_is_one_screen(staff_app: Flask, editor: FlaskClient, wall: FlaskClient) -> None:
    sent = sent_of(editor.get(NEW)) | {"code": code_in(ask(wall))}
    first, second = (editor.post(NEW, data=sent).headers["Location"] for _ in range(2))
    assert first == second
    assert names(staff_app) == ["Skärmen i entrén"]


def test_of_two_who_accept_it_the_second_hears_so(
    staff_app: Flask, editor: FlaskClient, colleague: FlaskClient, stranger: FlaskClient, wall: FlaskClient
) -> None:
    code = code_in(ask(wall))
    assert send(editor, NEW, code=code).status_code == 303
    assert is_refused(send(colleague, NEW, code=code, name="Köket"), "Koden gäller inte.")
    there = NEW.replace("sjuharad", "goteborg")
    assert is_refused(send(stranger, there, code=code), "Koden gäller inte.")
    assert names(staff_app) == ["Skärmen i entrén"]


def test_two_screens_have_two_names(staff_app: Flask, editor: FlaskClient, wall: FlaskClient) -> None:
    send(editor, NEW, code=code_in(ask(wall)))
    code = code_in(ask(wall, OTHER))
    assert sent_of(editor.get(NEW))["name"] == ""
    page = send(editor, NEW, code=code, name="skärmen i ENTRÉN")
    assert is_refused(page, "Det finns redan en skärm som heter så. Välj ett annat namn.")
    # The code is not used up by that.
    assert editor.post(NEW, data=sent_of(page) | {"name": "Köket"}).status_code == 303
    assert names(staff_app) == ["Skärmen i entrén", "Köket"]


def test_a_screen_that_is_paired_again_keeps_its_name(
    staff_app: Flask, editor: FlaskClient, wall: FlaskClient
) -> None:
    with staff_app.app_context():
        make_screen(settings={"distance": "6"})
        db.session.commit()
    again = f"{NEW}?skarm=1"
    for told in ("Skärmen i entrén (Har inte hörts av än)", "Skärmen i entrén"):
        assert texts(editor.get(again), "#which .choice") == ["En ny skärm", told]
        report(wall)
    assert send(editor, again, code=code_in(ask(wall))).status_code == 303
    key = json.loads(answer(wall).text)["key"]
    told = report(wall, key=key).json
    assert told is not None
    assert (told["name"], told["settings"]["distance"]) == ("Skärmen i entrén", "6")
    assert report(wall, key=KEY).status_code == 401
    assert names(staff_app) == ["Skärmen i entrén"]


def test_pairing_is_taken_back(staff_app: Flask, editor: FlaskClient, wall: FlaskClient) -> None:
    send(editor, NEW, code=code_in(ask(wall)))
    press(editor, SCREENS, "/angra")
    assert answer(wall).status_code == 410
    assert texts(editor.get(SCREENS), ".screen-health") == []


def test_nobody_guesses_on(staff_app: Flask, editor: FlaskClient, colleague: FlaskClient) -> None:
    assert [send(editor, NEW, code=WRONG).status_code for _ in range(10)] == [422] * 10
    refused = send(editor, NEW, code=WRONG)
    assert refused.status_code == 429
    assert "Vänta en kvart och skriv sedan den som står då." in words(refused)
    assert refused.headers["Retry-After"] == "900"
    # What cannot be a code is no guess, and another person is another.
    assert [send(colleague, NEW, code="CDFH").status_code for _ in range(11)] == [422] * 11
    with time_machine.travel(INSTANT + timedelta(minutes=15), tick=False):
        assert send(editor, NEW, code=WRONG).status_code == 422


def test_strange_addresses(staff_app: Flask, editor: FlaskClient) -> None:
    for query in ("?kod=" + "x" * 500, "?skarm=99999999999999", "?skarm=å", "?kod=<b>"):
        page = editor.get(NEW + query)
        assert page.status_code == 200
        assert len(str(one(page, "[name=code]").get("value", ""))) <= 40
    assert not select(editor.get(NEW), "#which")
    assert DEVICE not in editor.get(NEW).text
