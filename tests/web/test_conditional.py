"""Public answers: strong ETag, 304, gzip with an ETag of its own; staff pages are never kept."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from khcal.web import conditional

TEXT = "Kaffet är varmt. " * 100


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("conditional")
    conditional.init_app(app)
    app.add_url_rule("/sida", view_func=lambda: TEXT, endpoint="page")
    app.add_url_rule("/egen", view_func=lambda: Response("x", headers={"ETag": '"egen"'}), endpoint="own")
    app.add_url_rule("/personal/sida", view_func=lambda: TEXT, endpoint="staff")
    return app.test_client()


def test_the_same_bytes_have_the_same_strong_etag(client: FlaskClient) -> None:
    first, second = client.get("/sida"), client.get("/sida")
    assert first.headers["ETag"] == second.headers["ETag"]
    assert not first.headers["ETag"].startswith("W/")
    assert first.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("wanted", ["{}", '"annan", {}', "*", "W/{}"])
def test_what_the_reader_has_already_is_not_sent_again(client: FlaskClient, wanted: str) -> None:
    etag = client.get("/sida").headers["ETag"]
    again = client.get("/sida", headers={"If-None-Match": wanted.format(etag)})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)


def test_gzip_is_another_form_with_another_etag(client: FlaskClient) -> None:
    plain, zipped = client.get("/sida"), client.get("/sida", headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.data).decode() == TEXT
    assert plain.headers["ETag"] != zipped.headers["ETag"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_gzip_that_is_refused_is_not_sent(client: FlaskClient) -> None:
    answer = client.get("/sida", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "Content-Encoding" not in answer.headers


def test_head_is_get_without_the_body(client: FlaskClient) -> None:
    head, get = client.head("/sida"), client.get("/sida")
    assert (head.data, head.headers["ETag"]) == (b"", get.headers["ETag"])
    assert head.headers["Content-Length"] == get.headers["Content-Length"]


def test_an_answer_with_its_own_etag_is_left_alone(client: FlaskClient) -> None:
    assert client.get("/egen").headers["ETag"] == '"egen"'


def test_a_fragment_and_a_staff_page_are_not_kept(client: FlaskClient) -> None:
    fragment = client.get("/sida", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert fragment.headers["Cache-Control"] == "no-store"
    staff = client.get("/personal/sida")
    assert staff.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in staff.headers
