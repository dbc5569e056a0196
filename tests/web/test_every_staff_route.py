"""What holds at every address behind the log-in, and that nothing of it is kept or shown outside.

Who comes in where is in ``test_access_matrix.py``.
"""

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


@pytest.mark.parametrize("address", ["/personal/logga-in", *(a for many in STAFF.values() for a in many)])
def test_nothing_is_sent_without_the_forms_token(
    staffed_app: Flask, browsers: dict[str, FlaskClient], address: str
) -> None:
    answer = browsers[EDITOR.name].post(filled(staffed_app, address), data={"title": "Smugglad"})
    assert answer.status_code in {400, 405}
    check_headers(answer)


@pytest.mark.parametrize("address", [a for many in STAFF.values() for a in many])
def test_no_page_of_staff_may_be_framed(
    staffed_app: Flask, browsers: dict[str, FlaskClient], address: str
) -> None:
    check_headers(browsers[ADMIN.name].get(filled(staffed_app, address)))


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
