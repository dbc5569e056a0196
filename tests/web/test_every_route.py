"""What every answer owes its reader, whichever address it is: no rule of the router is left out."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal import queries
from tests.html import one, parse, select
from tests.samples import filled
from tests.web.addresses import (
    LOADED_BY,
    LOG_IN,
    POSTED,
    PUBLIC,
    STAFF,
    loaded_addresses,
    public_addresses,
    shape,
)

OWN = "'self'"
POLICY = {
    "default-src": "'none'",
    **dict.fromkeys(("script-src", "style-src", "img-src", "connect-src", "font-src"), OWN),
    **dict.fromkeys(("manifest-src", "worker-src", "form-action"), OWN),
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "htmx default",
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000",
}
PAGES = [address for rule, samples in PUBLIC.items() for address in samples]
FRAMED = {urlsplit(address).path for address in PUBLIC["/<>/inbaddad"]}
# Feeds and the same dates as JSON; the wall's programme is neither.
FOR_PROGRAMS = re.compile(r".*\.ics|/[^/]*\.json")
LOADED = "script[src], img[src], iframe[src], source[src], link[href], use[href], form[action], object[data]"


def address_of(element: object) -> str:
    return next(str(element[name]) for name in ("src", "href", "action", "data") if name in element.attrs)  # type: ignore[index,attr-defined]


def check_headers(answer: TestResponse) -> None:
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
    ancestors, options = ("*", None) if may_be_framed(answer) else ("'none'", "DENY")
    assert policy == POLICY | {"frame-ancestors": ancestors}
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS | {"X-Frame-Options": options}
    check_whom_it_is_for(answer)
    assert "Server" not in answer.headers


def check_whom_it_is_for(answer: TestResponse) -> None:
    """What sites of others may read is a feed; they may show the list for them, and a picture of ours."""
    is_shown_elsewhere = may_be_framed(answer) or answer.mimetype == "image/png"
    expected = (None, "cross-origin" if is_shown_elsewhere else "same-origin")
    if FOR_PROGRAMS.fullmatch(answer.request.path) and answer.status_code in {200, 304}:
        expected = ("*", "cross-origin")
    names = ("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy")
    assert tuple(answer.headers.get(name) for name in names) == expected
    # The others of its kind would allow more than to read.
    assert {name for name, _ in answer.headers if name.startswith("Access-Control-")} <= {names[0]}


def may_be_framed(answer: TestResponse) -> bool:
    """The list for the sites of houses, and nothing else: no error on its way there either."""
    return answer.request.path in FRAMED and answer.status_code in {200, 304}


def check_privacy(answer: TestResponse) -> None:
    assert "Set-Cookie" not in answer.headers
    assert "cookie" not in answer.headers.get("Vary", "").lower()
    if answer.mimetype == "text/html":
        hosts = {urlsplit(address_of(element)).netloc for element in select(answer, LOADED)}
        assert hosts <= {"", "kalender.example.org"}


def check_own_page(answer: TestResponse) -> None:
    page = parse(answer)
    assert one(page, "html")["lang"] == "sv"
    assert one(page, "h1")
    assert select(page, "main a[href]"), "An error page needs a way on"


@pytest.fixture(scope="module")
def rules(sample_app: Flask) -> set[str]:
    return {shape(rule) for rule in sample_app.url_map.iter_rules()}


def test_every_rule_has_a_sample_address(rules: set[str]) -> None:
    known = PUBLIC.keys() | STAFF.keys() | LOG_IN.keys() | LOADED_BY.keys() | POSTED.keys()
    assert rules - known == set(), "A rule without a sample"
    assert known - rules == set(), "A sample for a rule that is gone"


@pytest.mark.parametrize(("rule", "address"), [(rule, a) for rule, many in PUBLIC.items() for a in many])
def test_a_sample_address_belongs_to_its_rule(sample_app: Flask, rule: str, address: str) -> None:
    path = urlsplit(filled(sample_app, address)).path
    router = sample_app.url_map.bind("kalender.example.org", url_scheme="https")
    assert shape(router.match(path, return_rule=True)[0]) == rule


@pytest.mark.parametrize("address", PAGES)
def test_a_public_answer_is_private_and_safe(sample_app: Flask, address: str) -> None:
    answer = sample_app.test_client().get(filled(sample_app, address))
    assert answer.status_code == (302 if address.startswith("/q/") else 200)
    check_headers(answer)
    check_privacy(answer)


@pytest.mark.parametrize("address", [address for many in POSTED.values() for address in many])
@pytest.mark.parametrize("body", [{}, {"device": 7}, None])
def test_an_answer_to_a_screen_is_private_and_safe(
    sample_client: FlaskClient, address: str, body: object
) -> None:
    answer = sample_client.post(address, json=body, headers={"Cookie": "__Host-kh=stolen"})
    assert (answer.status_code, answer.data) == (401 if "puls" in address else 422, b"")
    assert "X-Server-Time" in answer.headers
    check_headers(answer)
    check_privacy(answer)


def test_one_rule_alone_may_be_framed(sample_app: Flask) -> None:
    client = sample_app.test_client()
    open_to_frames = set()
    for rule, samples in (PUBLIC | LOG_IN).items():
        for address in samples:
            headers = client.get(filled(sample_app, address)).headers
            if headers.get("X-Frame-Options") != "DENY" or "ancestors 'none'" not in str(headers):
                open_to_frames.add(rule)
    assert open_to_frames == {"/<>/inbaddad"}


def test_a_loaded_file_is_safe_and_kept_for_a_year(sample_client: FlaskClient, sample_app: Flask) -> None:
    addresses = loaded_addresses(sample_app)
    assert {address.split("/")[1] for address in addresses} == {"static", "skarm"}
    for address in addresses:
        answer = sample_client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        check_headers(answer)
        check_privacy(answer)


@pytest.mark.parametrize("address", PAGES)
def test_head_answers_as_get_without_a_body(
    sample_client: FlaskClient, sample_app: Flask, address: str
) -> None:
    path = filled(sample_app, address)
    asked, whole = sample_client.head(path), sample_client.get(path)
    assert (asked.status_code, asked.data) == (whole.status_code, b"")
    assert asked.headers.get("Content-Type") == whole.headers.get("Content-Type")
    assert asked.headers.get("ETag") == whole.headers.get("ETag")


@pytest.mark.parametrize(
    "address", [address for address in PAGES if not address.startswith(("/halsa", "/q/"))]
)
def test_a_public_answer_is_asked_for_again_cheaply(sample_app: Flask, address: str) -> None:
    client, path = sample_app.test_client(), filled(sample_app, address)
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    check_headers(again)
    check_privacy(again)


@pytest.mark.parametrize("address", PAGES)
def test_an_answer_is_the_same_for_everybody(sample_app: Flask, address: str) -> None:
    path = filled(sample_app, address)
    plain = sample_app.test_client().get(path)
    marked = sample_app.test_client().get(path, headers={"Cookie": "__Host-kh=stolen; session=x"})
    assert plain.data == marked.data


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", PAGES)
def test_a_wrong_method_is_refused_in_our_words(sample_app: Flask, address: str, method: str) -> None:
    answer = getattr(sample_app.test_client(), method)(filled(sample_app, address))
    assert answer.status_code in {400, 405}
    check_headers(answer)
    check_privacy(answer)
    if answer.mimetype == "text/html":
        check_own_page(answer)


@pytest.mark.parametrize(
    "address",
    [
        *("/finns-inte/", "/finns-inte/huset", "/finns-inte.ics", "/sjuharad/finns-inte"),
        *("/sjuharad/vecka/2026-v54", "/sjuharad/vecka/2026-11-24", "/sjuharad/manad/2026-13"),
        *("/sjuharad/dag/2026-02-30", "/sjuharad/dag/i-morgon", "/sjuharad/aktivitet/finns-inte"),
        *("/sjuharad/tillfalle/999999", "/sjuharad/tillfalle/abc", "/sjuharad/tillfalle/999999.ics"),
        *(
            "/sjuharad/vecka/0000-v00",
            "/sjuharad/vecka/9999-v52",
            "/sjuharad/manad/9999-12",
            "/sjuharad/dag/9999-12-31",
        ),
        *("/q/finns-inte", "/skarm/finns-inte", "/skarm/finns-inte/program.json", "/static/finns-inte.css"),
        *(
            "/static/../khcal/app.py",
            "/static/%2e%2e/pyproject.toml",
            "/%00/",
            "/%ff/",
        ),
    ],
)
def test_what_is_not_there_is_told_in_our_words(sample_client: FlaskClient, address: str) -> None:
    answer = sample_client.get(address)
    assert answer.status_code == 404
    check_headers(answer)
    check_privacy(answer)
    if answer.mimetype == "text/html":
        check_own_page(answer)


@pytest.mark.parametrize(
    "query",
    [
        "fran=skrap",
        "fran=9999-12-31",
        "fran=0001-01-01",
        "typ=%00",
        "sok=%25_%27%22<b>",
        "for=alla&for=x",
        "sok=" + "a" * 4000,
    ],
)
def test_a_strange_question_is_answered(sample_client: FlaskClient, query: str) -> None:
    answer = sample_client.get(f"/sjuharad/?{query}")
    assert answer.status_code == 200
    check_headers(answer)
    assert one(answer, "h1")


def test_another_host_is_refused(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/", base_url="https://evil.example.com")
    assert answer.status_code == 400
    check_headers(answer)
    assert "evil" not in answer.text


def test_what_is_too_big_is_refused(sample_client: FlaskClient) -> None:
    answer = sample_client.post("/personal/logga-in", data={"name": "x" * 3_000_000})
    assert answer.status_code in {400, 413}
    check_headers(answer)
    check_own_page(answer)


@pytest.fixture
def broken_client(app: Flask, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    def fail(*_: object) -> None:
        raise RuntimeError("hemligt om insidan")

    monkeypatch.setattr(queries, "house_pages", fail)
    return app.test_client()


def test_a_fault_of_ours_tells_nothing_of_the_inside(broken_client: FlaskClient) -> None:
    answer = broken_client.get("/sjuharad/")
    assert answer.status_code == 500
    check_headers(answer)
    check_privacy(answer)
    check_own_page(answer)
    assert "hemligt" not in answer.text


@pytest.mark.parametrize("address", ["/finns-inte", "/sjuharad", "/q/sjuharad"])
def test_a_way_round_is_safe_too(sample_client: FlaskClient, address: str) -> None:
    answer = sample_client.get(address)
    assert answer.status_code in {302, 303, 308}
    assert urlsplit(answer.headers["Location"]).netloc in {"", "kalender.example.org"}
    check_headers(answer)
    check_privacy(answer)


def test_the_log_in_page_needs_no_log_in(sample_client: FlaskClient) -> None:
    answer = sample_client.get("/personal/logga-in")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"
    check_headers(answer)


def test_all_public_addresses_are_walked(sample_app: Flask) -> None:
    assert len(public_addresses(sample_app)) > 20
