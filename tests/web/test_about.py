"""What we promise: how we protect you, and how everyone can use the calendar."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests import databases
from tests.factories import make_chapter
from tests.html import links, one, select, texts, words


@pytest.mark.parametrize(
    ("path", "heading"), [("/om/integritet", "Så skyddar vi dig"), ("/om/tillganglighet", "Tillgänglighet")]
)
def test_a_statement(client: FlaskClient, path: str, heading: str) -> None:
    page = client.get(path)
    assert texts(page, "h1") == [heading]
    assert len(select(page, "main h2")) >= 4
    assert "!" not in words(one(page, "main"))


def test_every_page_leads_to_both(client: FlaskClient) -> None:
    assert {"/om/integritet", "/om/tillganglighet"} <= set(links(client.get("/"), "footer a"))


def test_what_is_promised_is_true(client: FlaskClient, session: Session) -> None:
    make_chapter("boras")
    session.commit()
    assert "Vi använder inga kakor på sidorna för besökare" in words(client.get("/om/integritet"))
    assert "Set-Cookie" not in client.get("/boras/").headers


def test_a_demonstration_says_that_its_programme_is_made_up(empty_file: Path, tmp_path: Path) -> None:
    pages = []
    for demo in (False, True):
        app = databases.make_app(tmp_path, databases.copy_of(empty_file, tmp_path), demo=demo)
        pages.append(app.test_client().get("/").text)
        databases.close_app(app)
    assert [texts(page, ".demo-strip strong") for page in pages] == [[], ["Påhittat program."]]


@pytest.mark.parametrize("path", ["/om/", "/om/oss", "/om/integritet/"])
def test_other_addresses_below_om(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
