"""A form that is sent after its log-in has ended: nothing typed is lost, and nothing is saved by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import databases
from tests.html import fields, one, select, texts, words
from tests.people import ADMIN, EDITOR, LOG_IN, PASSWORD, client_of
from tests.samples import filled
from tests.web.addresses import STAFF, shape
from tests.web.made import made
from tests.web.resumed import go_back, log_in_from, lose_log_in, titles
from tests.web.staff_forms import NEW, ONE_DATE, form_of, look_at
from tests.web.staff_series import make_series

ONE = "/personal/sjuharad/aktivitet/1"
TERM = "/personal/sjuharad/termin"


HOUSE = "/personal/sjuharad"
STALL_IN = "/personal/sjuharad/tillfalle/1/stall-in"
# A file is chosen again; what the page of a link says is nobody's log-in.
NOT_BROUGHT_BACK = {"/personal/logga-in", "/personal/inbjudan/<>", "/personal/losenord/<>"}


@pytest.fixture
def sent_too_late(editor: FlaskClient) -> TestResponse:
    """The answer to a form that was looked at, and published when the log-in had ended."""
    form = form_of(look_at(editor, **ONE_DATE, text="En rad\nen till", facts=["calm", "seated"]))
    lose_log_in(editor)
    return editor.post(NEW, data=form | {"action": "publicera"})


def test_the_log_in_page_says_that_it_is_kept(staff_app: Flask, sent_too_late: TestResponse) -> None:
    assert sent_too_late.status_code == 401
    assert "det du skrev finns kvar" in words(one(sent_too_late, "main .notice"))
    assert titles(staff_app) == []


def test_the_form_comes_back_as_it_was(
    staff_app: Flask, editor: FlaskClient, sent_too_late: TestResponse
) -> None:
    back = go_back(editor, log_in_from(editor, sent_too_late))
    form = form_of(back)
    assert (form["title"], form["text"], form["facts"]) == (
        "Kvällsfika",
        "En rad\nen till",
        ["calm", "seated"],
    )
    assert "Inget är sparat än" in words(one(back, ".staff-look-first"))
    assert select(back, ".error-summary") == []
    assert titles(staff_app) == []
    assert editor.post(NEW, data=form | {"action": "publicera"}).status_code == 303
    assert titles(staff_app) == ["Kvällsfika"]


def test_a_wrong_password_keeps_it(editor: FlaskClient, sent_too_late: TestResponse) -> None:
    wrong = log_in_from(editor, sent_too_late, "fel lösenord")
    assert wrong.status_code == 422
    assert form_of(go_back(editor, log_in_from(editor, wrong)))["title"] == "Kvällsfika"


def test_a_log_in_page_that_lay_too_long_keeps_it(editor: FlaskClient, sent_too_late: TestResponse) -> None:
    lose_log_in(editor)
    stale = log_in_from(editor, sent_too_late)
    assert stale.status_code == 400
    assert form_of(go_back(editor, log_in_from(editor, stale)))["title"] == "Kvällsfika"


def test_a_form_from_an_earlier_log_in_comes_back(staff_app: Flask, editor: FlaskClient) -> None:
    form = form_of(look_at(editor, **ONE_DATE))
    page = editor.post(NEW, data=form | {"csrf_token": "ett gammalt", "action": "publicera"})
    assert page.status_code == 400
    assert form_of(go_back(editor, page))["title"] == "Kvällsfika"
    assert titles(staff_app) == []


def test_small_forms_come_back_too(editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    form = fields(one(editor.get(STALL_IN), "#cancel-form"))
    lose_log_in(editor)
    page = editor.post(STALL_IN, data=form | {"reason": "other", "words": "Storm på gång."})
    back = go_back(editor, log_in_from(editor, page))
    assert fields(one(back, "#cancel-form"))["words"] == "Storm på gång."
    assert "Inställt" not in words(editor.get("/personal/sjuharad/"))


def test_the_table_of_a_term_comes_back(staff_app: Flask, editor: FlaskClient) -> None:
    number = make_series(staff_app)
    spans = {"old_first": "2026-08-31", "old_last": "2026-12-13"}
    spans |= {"new_first": "2027-01-11", "new_last": "2027-06-13"}
    form = fields(one(editor.get(TERM, query_string=spans), "#term-form"))
    days = form[f"g{number}-days"][3:]
    changed = {f"g{number}-starts": "14.15", f"g{number}-days": days, "action": "utkast"}
    lose_log_in(editor)
    back = go_back(editor, log_in_from(editor, editor.post(TERM, data=form | changed)))
    again = fields(one(back, "#term-form"))
    assert (again[f"g{number}-starts"], again[f"g{number}-days"]) == ("14.15", days)
    assert "Inget är sparat än" in words(one(back, ".staff-look-first"))
    assert select(back, ".error-summary") == []
    assert editor.post(TERM, data=again | {"action": "visa"}).status_code == 200


def test_a_longer_series_comes_back(staff_app: Flask, editor: FlaskClient) -> None:
    address = f"/personal/sjuharad/aktivitet/{make_series(staff_app)}/forlang"
    form = fields(one(editor.get(address), "main form"))
    sent = fields(one(editor.post(f"{address}/datum", data=form | {"until": "2027-02-02"}), "main form"))
    lose_log_in(editor)
    changed = {"days": sent["days"][1:], "action": "publicera"}
    back = go_back(editor, log_in_from(editor, editor.post(address, data=sent | changed)))
    again = fields(one(back, "main form"))
    assert (again["until"], again["days"]) == ("2027-02-02", sent["days"][1:])
    assert texts(back, ".field__error") == []
    assert editor.post(address, data=again | {"action": "publicera"}).status_code == 303


def test_what_was_only_a_button_is_not_pressed_by_itself(editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    lose_log_in(editor)
    answer = editor.post("/personal/sjuharad/tillfalle/1/platser", data={"platser": "full"})
    assert (answer.status_code, answer.headers["Location"]) == (303, LOG_IN)


def test_what_is_too_long_to_come_back_is_told_so(editor: FlaskClient) -> None:
    form = form_of(editor.get(NEW)) | {"text": "å" * 160_000}
    lose_log_in(editor)
    page = editor.post(NEW, data=form)
    assert page.status_code == 401
    assert "för långt för att följa med" in words(one(page, "main .notice"))
    assert log_in_from(editor, page).location == NEW


@pytest.mark.parametrize(
    ("page", "look", "values"),
    [
        (NEW, "datum", {"title": "Kvällsfika"}),
        (NEW, "rad", {"title": "Kvällsfika"}),
        (f"{ONE}/forlang", "datum", {"until": "2027-01-14"}),
        (f"{HOUSE}/tillfalle/1/flytta", "datum", {"day": "2026-12-11"}),
        (f"{HOUSE}/tillfallen/flytta?tillfalle=1", "datum", {"shift": "1"}),
        (f"{HOUSE}/huset/stangt/ny", "traffar", {"title": "Julstängt"}),
    ],
)
@pytest.mark.parametrize("is_logged_in", [True, False])
def test_a_look_without_javascript_keeps_the_form(
    editor: FlaskClient, page: str, look: str, values: dict[str, str], is_logged_in: bool
) -> None:
    made(editor, **ONE_DATE | {"repeat": "weekly", "until": "2026-12-17"})
    path, _sign, query = page.partition("?")
    sent = fields(select(editor.get(page), "main form[method=post]")[-1]) | values
    if not is_logged_in:
        lose_log_in(editor)
    kept = editor.post(f"{path}/{look}?{query}", data=sent | {"csrf_token": "ett gammalt"})
    assert kept.status_code == (400 if is_logged_in else 401)
    if not is_logged_in:
        kept = log_in_from(editor, kept)
    assert one(kept, "form[data-resume]")["action"] == page
    back = fields(select(go_back(editor, kept), "main form[method=post]")[-1])
    assert {name: back[name] for name in values} == values


def test_passwords_are_not_kept(editor: FlaskClient) -> None:
    lose_log_in(editor)
    sent = {"own_password": PASSWORD, "password": "ett nytt lösenord"}
    page = editor.post("/personal/konto/losenord", data=sent)
    assert PASSWORD not in page.text
    assert "ett nytt" not in page.text


@pytest.mark.parametrize(
    "kept",
    [
        "{",
        "[]",
        json.dumps({"to": "https://example.org/", "fields": []}),
        json.dumps({"to": "//example.org/personal/", "fields": []}),
        json.dumps({"to": "/personal/logga-ut", "fields": []}),
        json.dumps({"to": "/sjuharad/", "fields": []}),
        json.dumps({"to": NEW, "fields": [["bara ett"]]}),
        json.dumps({"to": NEW, "fields": 7}),
    ],
)
def test_what_no_page_of_ours_wrote_is_not_followed(client: FlaskClient, staff_app: Flask, kept: str) -> None:
    sent = fields(one(client.get(LOG_IN), "main form"))
    sent |= {"kept": kept, "name": EDITOR.name, "password": PASSWORD}
    answer = client.post(LOG_IN, data=sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/personal/")


@pytest.fixture(scope="module")
def staffed_app(states_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("resumed")
    app = databases.make_app(folder, databases.copy_of(states_file, folder))
    yield app
    databases.close_app(app)


def forms_of(app: Flask) -> list[str]:
    """A sample address of each route that both shows a form and takes it."""
    methods: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        methods.setdefault(shape(rule), set()).update(rule.methods or ())
    both = [rule for rule, known in methods.items() if rule in STAFF and {"GET", "POST"} <= known]
    assert len(both) > 10
    return [STAFF[rule][0] for rule in both if rule not in NOT_BROUGHT_BACK]


def test_no_form_is_saved_by_being_brought_back(staffed_app: Flask) -> None:
    client = client_of(staffed_app, ADMIN)
    file = Path(staffed_app.extensions["khcal"].database_url.removeprefix("sqlite:///"))
    before = file.read_bytes()
    faults: dict[str, Any] = {}
    for address in forms_of(staffed_app):
        path = filled(staffed_app, address)
        form = select(client.get(path), "main form[method=post]")[-1:]
        sent = fields(form[0]) if form else {}
        token = one(client.get("/personal/"), "form[action='/personal/logga-ut'] [name=csrf_token]")["value"]
        answer = client.post(path, data=sent | {"csrf_token": str(token), "aterta": "ja"})
        if answer.status_code not in {200, 303, 409, 422} or file.read_bytes() != before:
            faults[address] = (answer.status_code, texts(answer, "h1"))
    assert not faults
