"""The screens of a house: how they are told of, what is set, moved, let go, and taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.terms import Role
from khcal.db import db
from khcal.models import Chapter, Membership, Screen, User
from tests import databases
from tests.factories import make_chapter, make_event
from tests.html import fields, one, select, texts, words
from tests.moments import INSTANT
from tests.people import ADMIN, EDITOR, client_of, make_user
from tests.web.house_forms import form_at, press, send, sent_of
from tests.web.screens import KEY, make_screen, report
from tests.web.statements import asked_of

SCREENS = "/personal/sjuharad/skarmar"
ENTRANCE = f"{SCREENS}/1"


@pytest.fixture
def screens(staff_app: Flask) -> Flask:
    """The two houses with their staff, and a screen in Sjuhärad."""
    with staff_app.app_context():
        make_screen()
        db.session.commit()
    return staff_app


def stored(app: Flask, number: int = 1) -> Screen:
    with app.app_context():
        return db.session.get_one(Screen, number)


def health(client: FlaskClient) -> list[str]:
    return texts(client.get(SCREENS), ".screen-health")


def keep_two_houses(app: Flask) -> FlaskClient:
    with app.app_context():
        user = db.session.scalars(db.select(User).filter_by(name=EDITOR.name)).one()
        there = db.session.scalars(db.select(Chapter).filter_by(slug="goteborg")).one()
        user.memberships.append(Membership(chapter=there, role=Role.EDITOR))
        db.session.commit()
    return client_of(app, EDITOR)


def test_no_screen_yet(staff_app: Flask, editor: FlaskClient) -> None:
    page = editor.get(SCREENS)
    assert "Ingen skärm är kopplad. Öppna kalender.example.org/skarm/ på skärmen" in words(page)
    assert one(page, "a.button")["href"] == f"{SCREENS}/ny"
    assert "Skärmar" in texts(page, ".staff-nav__way[aria-current=page]")


def test_how_a_screen_is_follows_what_it_says(screens: Flask, editor: FlaskClient) -> None:
    wall = screens.test_client()
    assert health(editor) == ["Har inte hörts av än"]
    report(wall)
    assert health(editor) == ["Sågs nyss · visar rätt version"]
    report(wall, shell="old")
    assert health(editor) == ["Sågs nyss · har en äldre version av skärmsidan"]
    report(wall, day="2026-11-23")
    assert health(editor) == ["Sågs nyss · visar gammalt program"]
    report(wall, revision=None)
    assert health(editor) == ["Sågs nyss · visar inget program"]
    with time_machine.travel(INSTANT + timedelta(hours=3), tick=False):
        page = editor.get(ENTRANCE)
    assert texts(page, ".screen-health") == ["Tyst sedan 13.12"]
    assert "Hördes senast 13.12" in words(page)
    assert select(page, ".screen-health svg")


def test_a_change_that_has_not_reached_the_wall_is_told_after_two_minutes(
    screens: Flask, editor: FlaskClient
) -> None:
    wall = screens.test_client()
    with screens.app_context():
        make_event(db.session.get_one(Chapter, 1), "2026-11-24 15:00")
        db.session.commit()
    for seconds, told in ((120, "visar rätt version"), (150, "visar gammalt program")):
        with time_machine.travel(INSTANT + timedelta(seconds=seconds), tick=False):
            drawn = int((INSTANT.timestamp() + seconds) * 1000)
            report(wall, revision=1, rendered_at=drawn)
            assert health(editor) == [f"Sågs nyss · {told}"]


def test_settings_reach_the_screen(screens: Flask, editor: FlaskClient) -> None:
    answer = send(
        editor,
        ENTRANCE,
        name="Skärmen i köket",
        distance="6",
        turned="left",
        opens="8",
        closes="17:00",
        greeting="Hej och välkommen",
    )
    assert answer.headers["Location"] == f"{SCREENS}#skarm-1"
    told = report(screens.test_client()).json
    assert told is not None
    assert told["name"] == "Skärmen i köket"
    assert told["settings"] == {
        "distance": "6",
        "turned": "left",
        "opens": "08.00",
        "closes": "17.00",
        "greeting": "Hej och välkommen",
    }
    assert press(editor, SCREENS, "/angra").headers["Location"] == SCREENS
    assert (stored(screens).name, stored(screens).settings) == ("Skärmen i entrén", {})


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"name": ""}, "Vad skärmen heter: Skriv vad skärmen heter, till exempel Skärmen i entrén."),
        ({"name": "a" * 81}, "Vad skärmen heter: Skriv högst 80 tecken. Nu är det 81."),
        ({"name": "KÖKET"}, "Vad skärmen heter: Det finns redan en skärm som heter så. Välj ett annat namn."),
        ({"distance": "9"}, "Läsavstånd: Välj något i listan."),
        ({"turned": "upside"}, "Så hänger skärmen: Välj något i listan."),
        ({"opens": "8", "closes": ""}, "Släcks: Skriv båda tiderna, eller ingen."),
        ({"closes": "17"}, "Släcks: Skriv båda tiderna, eller ingen."),
        ({"opens": "17", "closes": "8"}, "Släcks: Skriv en tid som kommer efter att skärmen tänds."),
        ({"opens": "tidigt", "closes": "8"}, "Tänds: Skriv en tid, till exempel 9.30 eller 13."),
        ({"greeting": "a" * 81}, "Hälsning: Skriv högst 80 tecken. Nu är det 81."),
    ],
)
def test_faults(screens: Flask, editor: FlaskClient, values: dict[str, Any], fault: str) -> None:
    with screens.app_context():
        make_screen(key="a" * 32, name="Köket")
        db.session.commit()
    page = send(editor, ENTRANCE, **values)
    assert page.status_code == 422
    assert texts(page, ".error-summary a") == [fault]
    assert stored(screens).name == "Skärmen i entrén"


def test_a_stale_form_shows_both_names(screens: Flask, editor: FlaskClient, colleague: FlaskClient) -> None:
    sent = form_at(colleague, ENTRANCE) | {"name": "Storskärmen", "distance": "5"}
    send(editor, ENTRANCE, name="Lilla skärmen")
    page = colleague.post(ENTRANCE, data=sent)
    assert page.status_code == 409
    assert texts(page, ".staff-conflict__text") == ["Storskärmen", "Lilla skärmen"]
    assert colleague.post(ENTRANCE, data=sent_of(page)).status_code == 303
    assert (stored(screens).name, stored(screens).settings["distance"]) == ("Storskärmen", "5")


def test_moved_to_another_house_it_goes_there_by_itself(screens: Flask) -> None:
    editor = keep_two_houses(screens)
    answer = press(editor, ENTRANCE, "/flytta")
    assert answer.headers["Location"] == "/personal/goteborg/skarmar/1"
    told = report(screens.test_client()).json
    assert told is not None
    assert told["chapter"] == "goteborg"
    assert "Skärmen i entrén visar nu Göteborg." in words(editor.get("/personal/goteborg/skarmar"))
    assert health(editor) == []


def test_it_is_not_moved_to_where_another_has_its_name(screens: Flask) -> None:
    editor = keep_two_houses(screens)
    with screens.app_context():
        make_screen("goteborg", key="f" * 32, name="skärmen i Entrén")
        db.session.commit()
    refused = press(editor, ENTRANCE, "/flytta")
    assert refused.status_code == 422
    told = "Göteborg har redan en skärm som heter Skärmen i entrén. Byt namn på den här först."
    assert told in words(one(refused, "form[action$='/flytta']"))
    assert stored(screens).chapter_id == 1


def test_of_two_with_one_name_each_can_still_be_set(screens: Flask, editor: FlaskClient) -> None:
    # As after a screen that was let go is taken back.
    with screens.app_context():
        make_screen(key="f" * 32)
        db.session.commit()
    assert send(editor, ENTRANCE, distance="6").status_code == 303
    assert stored(screens).settings["distance"] == "6"


def test_a_move_is_taken_back(screens: Flask) -> None:
    editor = keep_two_houses(screens)
    press(editor, ENTRANCE, "/flytta")
    press(editor, "/personal/goteborg/skarmar/1", "/angra")
    told = report(screens.test_client()).json
    assert told is not None
    assert told["chapter"] == "sjuharad"


def test_it_is_not_moved_into_a_house_of_others(screens: Flask, editor: FlaskClient) -> None:
    page = editor.get(ENTRANCE)
    assert not select(page, "form[action$='/flytta']")
    sent = {"csrf_token": select(page, "main [name=csrf_token]")[0]["value"], "house": "2"}
    refused = editor.post(f"{ENTRANCE}/flytta", data=sent)
    assert refused.status_code == 422
    assert stored(screens).chapter_id == 1


def test_let_go_its_key_opens_nothing_until_that_is_taken_back(screens: Flask, editor: FlaskClient) -> None:
    wall = screens.test_client()
    press(editor, ENTRANCE, "/koppla-bort")
    assert report(wall).status_code == 401
    assert editor.get(ENTRANCE).status_code == 404
    page = editor.get(SCREENS)
    assert texts(page, ".screen-health") == []
    assert "Bortkopplade skärmar (1)" in words(page)
    undo = one(page, "form[action$='/angra']")
    editor.post(str(undo["action"]), data=fields(undo))
    assert report(wall).status_code == 200


def test_the_history_tells_of_it_and_of_no_secret(screens: Flask, editor: FlaskClient) -> None:
    send(editor, ENTRANCE, name="Köket", distance="5", turned="right", greeting="Hej")
    assert sent_of(editor.get(ENTRANCE))["distance"] == "5"
    press(editor, ENTRANCE, "/koppla-bort")
    page = editor.get("/personal/sjuharad/andringar")
    told = words(page)
    assert "Kopplade bort skärm: Köket" in told
    assert "Ändrade skärm: Köket" in told
    assert "läses på 5 meter, vriden åt höger, hälsar ”Hej”" in told
    assert stored(screens).key_hash not in page.text


@pytest.mark.parametrize(
    ("address", "is_told"),
    [
        ("https://kalender.example.org", False),
        ("http://127.0.0.1:8080", False),
        ("http://skarm.example.org", True),
    ],
)
def test_without_https_a_screen_needs_its_net_to_start(
    staff_file: Any, tmp_path: Any, address: str, is_told: bool
) -> None:
    app = databases.make_app(tmp_path, databases.copy_of(staff_file, tmp_path), public_url=address)
    app.config.update(SESSION_COOKIE_SECURE=False)
    client = client_of(app, EDITOR)
    for page in (client.get(SCREENS), client.get(f"{SCREENS}/ny")):
        assert ("Kalendern har en adress utan https." in words(page)) is is_told
    databases.close_app(app)


def test_another_houses_screen_is_not_there(screens: Flask, stranger: FlaskClient) -> None:
    sent = form_at(stranger, "/personal/goteborg/skarmar/ny") | {"name": "Smugglad"}
    for path in (ENTRANCE, ENTRANCE.replace("sjuharad", "goteborg")):
        assert stranger.get(path).status_code == 404
        for action in ("", "/flytta", "/koppla-bort"):
            assert stranger.post(path + action, data=sent).status_code == 404
    assert not stored(screens).is_revoked


def test_many_screens_are_asked_for_at_once(any_engine_app: Flask) -> None:
    with any_engine_app.app_context():
        make_chapter("sjuharad")
        make_user(ADMIN)
        make_screen()
        db.session.commit()
    client, counts = client_of(any_engine_app, ADMIN), []
    for more in (0, 5):
        with any_engine_app.app_context():
            for number in range(more):
                make_screen(key=str(number) * 32, name=f"Skärm {number}")
            db.session.commit()
        report(any_engine_app.test_client())
        with asked_of(any_engine_app) as statements:
            client.get(SCREENS)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_key_is_no_part_of_any_page(screens: Flask, editor: FlaskClient) -> None:
    for path in (SCREENS, ENTRANCE, f"{SCREENS}/ny?skarm=1"):
        page = editor.get(path).text
        assert KEY not in page
        assert stored(screens).key_hash not in page
