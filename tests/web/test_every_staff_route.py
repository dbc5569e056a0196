"""Who comes in behind the log-in, at every address there, and that nothing of it is kept or shown outside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests import databases
from tests.html import fields, one, parse, select
from tests.people import ADMIN, COLLEAGUE, EDITOR, PASSWORD, STRANGER, client_of
from tests.samples import filled
from tests.web.addresses import PUBLIC, STAFF
from tests.web.test_every_route import check_headers

# What a person has without any house, and a house that is not there.
NO_HOUSE = ("/personal/", "/personal/logga-ut", "/personal/finns-inte/")
IN_A_HOUSE = [a for samples in STAFF.values() for a in samples if a not in NO_HOUSE]
PEOPLE = {person.name: person for person in (EDITOR, COLLEAGUE, STRANGER, ADMIN)}


@pytest.fixture(scope="module")
def staffed_app(states_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("staffed")
    app = databases.make_app(folder, databases.copy_of(states_file, folder))
    yield app
    databases.close_app(app)


@pytest.fixture(scope="module")
def browsers(staffed_app: Flask) -> dict[str, FlaskClient]:
    """Everybody's browser, logged in once."""
    with databases.at_the_moment():
        return {name: client_of(staffed_app, person) for name, person in PEOPLE.items()}


def token(client: FlaskClient) -> str:
    return str(
        one(
            client.get("/personal/", follow_redirects=True),
            "form[action='/personal/logga-ut'] [name=csrf_token]",
        )["value"]
    )


@pytest.mark.parametrize("name", ["redaktor", "kollega", "riksadmin"])
@pytest.mark.parametrize("address", IN_A_HOUSE)
def test_the_houses_own_people_come_in(
    staffed_app: Flask, browsers: dict[str, FlaskClient], name: str, address: str
) -> None:
    answer = browsers[name].get(filled(staffed_app, address))
    assert answer.status_code in {200, 405}
    check_headers(answer)
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("address", IN_A_HOUSE)
def test_to_people_of_another_house_it_is_not_there(
    staffed_app: Flask, browsers: dict[str, FlaskClient], address: str
) -> None:
    path, client = filled(staffed_app, address), browsers[STRANGER.name]
    assert client.get(path).status_code in {404, 405}
    sent = client.post(path, data={"csrf_token": token(client)}, headers={"Referer": databases.PUBLIC_URL})
    assert sent.status_code in {404, 405}


@pytest.mark.parametrize("address", [address for address in IN_A_HOUSE if "{" in address])
def test_ones_own_address_with_anothers_number_is_not_there(
    staffed_app: Flask, browsers: dict[str, FlaskClient], address: str
) -> None:
    path, client = filled(staffed_app, address).replace("/sjuharad/", "/goteborg/"), browsers[STRANGER.name]
    if "{" in address:
        sent = client.post(
            path, data={"csrf_token": token(client)}, headers={"Referer": databases.PUBLIC_URL}
        )
        assert client.get(path).status_code in {404, 405}
        assert sent.status_code in {404, 405}


@pytest.mark.parametrize("address", ["/personal/logga-in", *(a for many in STAFF.values() for a in many)])
def test_nothing_is_sent_without_the_forms_token(
    staffed_app: Flask, browsers: dict[str, FlaskClient], address: str
) -> None:
    answer = browsers[EDITOR.name].post(filled(staffed_app, address), data={"title": "Smugglad"})
    assert answer.status_code in {400, 405}
    check_headers(answer)


@pytest.mark.parametrize("address", [a for samples in PUBLIC.values() for a in samples])
def test_public_answers_are_blind_to_who_is_logged_in(
    staffed_app: Flask, browsers: dict[str, FlaskClient], address: str
) -> None:
    path = filled(staffed_app, address)
    theirs, visitors = browsers[EDITOR.name].get(path), staffed_app.test_client().get(path)
    assert theirs.data == visitors.data
    assert "Set-Cookie" not in theirs.headers


def test_the_cookie_is_only_for_the_browser_and_only_over_https(staffed_app: Flask) -> None:
    client = staffed_app.test_client()
    page = client.get("/personal/logga-in")
    sent = fields(one(page, "main form")) | {"name": EDITOR.name, "password": PASSWORD}
    answer = client.post("/personal/logga-in", data=sent)
    cookies = [*page.headers.getlist("Set-Cookie"), *answer.headers.getlist("Set-Cookie")]
    assert len(cookies) == 2
    for cookie in cookies:
        name, *attributes = (part.strip() for part in cookie.split(";"))
        assert name.startswith("__Host-kh=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(attributes)


def test_staff_see_the_note_that_visitors_never_see(
    staffed_app: Flask, browsers: dict[str, FlaskClient]
) -> None:
    page = browsers[EDITOR.name].get(filled(staffed_app, "/personal/sjuharad/aktivitet/{SJ-04}"))
    assert "rätta före tryck" in parse(page).get_text()
    assert select(page, "textarea[name=internal_note]")


@pytest.mark.parametrize("row", ["long", "trial"])
def test_no_field_of_one_line_holds_several(
    staffed_app: Flask, browsers: dict[str, FlaskClient], row: str
) -> None:
    page = browsers[ADMIN.name].get(filled(staffed_app, f"/personal/langa/aktivitet/{{{row}}}"))
    assert one(page, "#event-form textarea[name=days]").get_text().count("2026-") > 1
    assert not [field["name"] for field in select(page, "input[value]") if "\n" in str(field["value"])]
