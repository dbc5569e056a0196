"""A newcomer from invitation to leaving, and a house from its making to its closing, on both engines."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from tests.factories import make_chapter
from tests.html import links, texts
from tests.people import ADMIN, EDITOR, Person, client_of, make_user
from tests.web.accounts import account, link_in, number_of, send
from tests.web.statements import asked_of

OWN = "tre ekar, en å och en bro"


def prepare(app: Flask) -> FlaskClient:
    """Sjuhärad with its editor; the browser of a national admin."""
    with app.app_context():
        make_chapter("sjuharad", name="Kraftens hus Sjuhärad", short_name="Sjuhärad")
        make_user(EDITOR)
        make_user(ADMIN)
        db.session.commit()
    return client_of(app, ADMIN)


def number(app: Flask, name: str) -> int:
    with app.app_context():
        return number_of(name)


def test_a_newcomer_comes_forgets_moves_up_and_leaves(any_engine_app: Flask) -> None:
    app, admin = any_engine_app, prepare(any_engine_app)
    people = "/personal/sjuharad/personer"
    link = link_in(send(client_of(app, EDITOR), f"{people}/bjud-in", name="Östra"))
    assert send(app.test_client(), link, name="ÖSTRA", password=OWN).status_code == 303
    there = number(app, "östra")
    reset = link_in(send(client_of(app, EDITOR), f"{people}/{there}/ny-lank"))
    assert send(app.test_client(), reset, password=f"{OWN} till").status_code == 303
    assert send(admin, f"/personal/personer/{there}/roll", national="y").status_code == 303
    assert send(admin, f"/personal/personer/{number(app, ADMIN.name)}/avsluta").status_code == 303
    with app.app_context():
        assert account("östra").is_national_admin
        assert account(ADMIN.name).ended_at


def test_a_house_is_made_renamed_closed_and_opened(any_engine_app: Flask) -> None:
    app, admin = any_engine_app, prepare(any_engine_app)
    send(admin, "/personal/hus/nytt", name="Kraftens hus Borås", short_name="Borås")
    again = send(admin, "/personal/hus/nytt", name="Kraftens hus Borås", short_name="Borås")
    taken = send(admin, "/personal/hus/nytt", name="Kraftens hus i Borås", short_name="Borås")
    assert (again.status_code, taken.status_code) == (303, 422)
    path = links(admin.get("/personal/hus"), "a[href$='/stang']")[0].removesuffix("/stang")
    assert send(admin, path, slug="alvsborg").status_code == 303
    assert app.test_client().get("/boras/").headers["Location"] == "/alvsborg/"
    assert send(admin, f"{path}/stang").status_code == 303
    assert app.test_client().get("/alvsborg/").status_code == 404
    send(admin, "/personal/hus", form=f"form[action='{path}/oppna']")
    assert app.test_client().get("/alvsborg/").status_code == 200


def test_a_list_asks_the_same_however_many_there_are(any_engine_app: Flask) -> None:
    app = any_engine_app
    admin, counts = prepare(app), []
    for more in (0, 5):
        with app.app_context():
            for n in range(more):
                make_user(Person(f"till-{n}", "sjuharad"))
            db.session.commit()
        for path in ("/personal/sjuharad/personer", "/personal/personer", "/personal/hus"):
            with asked_of(app) as statements:
                page = admin.get(path)
            counts.append((len(texts(page, ".staff-person")), len(statements)))
    few, many = counts[:3], counts[3:]
    assert [people for people, _asked in few] == [1, 2, 1]
    assert [people for people, _asked in many] == [6, 7, 1]
    assert [asked for _people, asked in few] == [asked for _people, asked in many]
