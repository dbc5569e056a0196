"""A double click, or a request that is sent once more, does one thing: one change, and the same answer."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Change, Chapter, Event, User
from khcal.web.staff import extending
from khcal.web.staff import term as term_module
from tests.factories import make_notice
from tests.html import fields, one, select
from tests.people import ADMIN, COLLEAGUE, PASSWORD, client_of, make_user
from tests.web.made import made
from tests.web.staff_forms import NEW, WEEKLY, form_of, look_at

HOUSE = "/personal/sjuharad"
ONE = f"{HOUSE}/aktivitet/1"
TERM = f"{HOUSE}/termin"
SPANS = {
    "old_first": "2026-08-31",
    "old_last": "2026-12-20",
    "new_first": "2027-01-11",
    "new_last": "2027-06-13",
}
DATE = f"{HOUSE}/tillfalle/2"
Sent = Callable[[FlaskClient], tuple[str, dict[str, Any]]]


@pytest.fixture
def either_editor(either_editor: FlaskClient) -> FlaskClient:
    """An editor whose house has a group of three dates, on either engine."""
    made(either_editor, **WEEKLY)
    return either_editor


def filled(address: str, **values: Any) -> Sent:
    """The form at an address with these values."""
    return lambda client: (address, fields(select(client.get(address), "main form")[-1]) | values)


def looked_at(address: str, *unticked: str, action: str = "publicera", **values: Any) -> Sent:
    """The form of an activity with these values, after a look at its dates."""

    def look(client: FlaskClient) -> tuple[str, dict[str, Any]]:
        form = form_of(look_at(client, address, **values))
        ticked = [form.get("ticked", [])] if isinstance(form.get("ticked"), str) else form.get("ticked", [])
        return address, form | {"action": action, "ticked": [day for day in ticked if day not in unticked]}

    return look


def longer(action: str = "publicera") -> Sent:
    """The form that makes a series longer, after a look at its dates."""

    def look(client: FlaskClient) -> tuple[str, dict[str, Any]]:
        address = f"{ONE}/forlang"
        form = fields(select(client.get(address), "main form")[-1]) | {"until": "2027-01-14"}
        return address, fields(one(client.post(f"{address}/datum", data=form), "main form")) | {
            "action": action
        }

    return look


def term(**typed: str) -> Sent:
    """The table of a copied term, after a look at its dates."""

    def look(client: FlaskClient) -> tuple[str, dict[str, Any]]:
        shown = client.get(TERM, query_string=SPANS)
        for name, value in typed.items():
            form = fields(one(shown, "#term-form")) | {f"g1-{name}": value, "action": "visa"}
            shown = client.post(TERM, data=form)
        return TERM, fields(one(shown, "#term-form")) | {"action": "utkast"}

    return look


def pressed(address: str, **values: Any) -> Sent:
    """A button alone."""

    def press(client: FlaskClient) -> tuple[str, dict[str, Any]]:
        token = select(client.get(f"{HOUSE}/"), "form[action='/personal/logga-ut'] [name=csrf_token]")[0]
        return address, {"csrf_token": str(token["value"])} | values

    return press


def changes(app: Flask) -> int:
    with app.app_context():
        return int(db.session.scalar(db.select(db.func.count(Change.id))) or 0)


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(looked_at(NEW, **WEEKLY | {"title": "Yoga"}), id="create"),
        pytest.param(looked_at(ONE, leader="volontär"), id="edit"),
        pytest.param(looked_at(ONE, title="Yoga"), id="rename"),
        pytest.param(looked_at(ONE, starts="17"), id="new hours"),
        pytest.param(looked_at(ONE, until="2027-01-14"), id="longer"),
        pytest.param(longer(), id="series longer, published"),
        pytest.param(longer(action="utkast"), id="series longer, drafts"),
        pytest.param(term(), id="term"),
        pytest.param(term(starts="17", ends="19"), id="term with other hours"),
        pytest.param(filled(f"{DATE}/stall-in", reason="ill"), id="cancel"),
        pytest.param(filled(f"{DATE}/flytta", day="2026-12-11"), id="move"),
        pytest.param(pressed(f"{DATE}/platser", platser="full"), id="places"),
        pytest.param(pressed(f"{HOUSE}/andringar/2/angra"), id="undo"),
        pytest.param(filled(f"{HOUSE}/huset/anslag/nytt", text="Hissen är trasig."), id="notice"),
        pytest.param(filled(f"{HOUSE}/huset/rum/nytt", name="Salongen"), id="room"),
        pytest.param(filled(f"{HOUSE}/huset/uppgifter", city="Borås"), id="facts"),
    ],
)
def test_sent_twice_is_done_once(any_engine_app: Flask, either_editor: FlaskClient, sent: Sent) -> None:
    address, form = sent(either_editor)
    before = changes(any_engine_app)
    first = either_editor.post(address, data=form)
    assert (first.status_code, changes(any_engine_app)) == (303, before + 1)
    second = either_editor.post(address, data=form)
    assert (second.status_code, changes(any_engine_app)) == (303, before + 1)
    assert second.location == first.location


def test_a_date_that_was_left_out_twice_is_left_out(
    any_engine_app: Flask, either_editor: FlaskClient
) -> None:
    address, form = looked_at(ONE, "2026-12-31", until="2027-01-28")(either_editor)
    statuses = [either_editor.post(address, data=form).status_code for _time in range(2)]
    assert statuses == [303, 303]
    with any_engine_app.app_context():
        assert db.session.scalars(db.select(Event.rule_until)).one().isoformat() == "2027-01-28"


@pytest.fixture
def either_admin(any_engine_app: Flask, either_editor: FlaskClient) -> FlaskClient:
    """A national admin beside the editor, and a colleague of hers, on either engine."""
    with any_engine_app.app_context():
        make_user(ADMIN)
        make_user(COLLEAGUE)
        db.session.commit()
    return client_of(any_engine_app, ADMIN)


def confirmed(address: str, **values: Any) -> Sent:
    """The form at an address with these values and one's own password."""
    return filled(address, own_password=PASSWORD, **values)


def button_at(page: str, action: str) -> Sent:
    """A button of a small form on a page."""

    def press(client: FlaskClient) -> tuple[str, dict[str, Any]]:
        form = select(client.get(page), f"form[action$='{action}']")[0]
        return str(form["action"]), fields(form)

    return press


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(
            filled("/personal/hus/nytt", name="Kraftens hus Västerås", short_name="Västerås"), id="house"
        ),
        pytest.param(button_at(f"{HOUSE}/huset", "/ta-ner"), id="take down"),
        pytest.param(button_at(f"{HOUSE}/huset", "/ta-bort"), id="break"),
        pytest.param(confirmed(f"{HOUSE}/personer/3/ta-bort"), id="colleague"),
        pytest.param(confirmed("/personal/personer/3/avsluta"), id="account"),
        pytest.param(confirmed("/personal/personer/4/avsluta"), id="invitation"),
    ],
)
def test_what_is_not_there_any_more_has_been_done(
    any_engine_app: Flask, either_admin: FlaskClient, sent: Sent
) -> None:
    with any_engine_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_notice(house)
        waits = User(name="väntar")
        waits.set_access([house])
        db.session.add(waits)
        db.session.commit()
    address, form = sent(either_admin)
    before = changes(any_engine_app)
    answers = [either_admin.post(address, data=form) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert changes(any_engine_app) == before + 1


def test_somebody_elses_removal_is_not_ones_own(any_engine_app: Flask, either_admin: FlaskClient) -> None:
    address, form = confirmed("/personal/personer/3/avsluta")(either_admin)
    with any_engine_app.app_context():
        user = db.session.get_one(User, 3)
        user.end()
        db.session.commit()
    assert either_admin.post(address, data=form).status_code == 404


@pytest.mark.parametrize("any_engine_app", ["postgresql"], indirect=True)
@pytest.mark.parametrize(
    ("module", "step", "sent", "status"),
    [
        pytest.param(term_module, "make_table", term(), 422, id="term"),
        pytest.param(extending, "go_on", longer(), 303, id="longer"),
    ],
)
def test_two_people_at_the_same_moment_do_it_once(
    any_engine_app: Flask,
    either_editor: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    step: str,
    sent: Sent,
    status: int,
) -> None:
    """The colleague is answered while the first one is on the way to save; what both wanted is there once."""
    with any_engine_app.app_context():
        make_user(COLLEAGUE)
        db.session.commit()
    colleague = client_of(any_engine_app, COLLEAGUE)
    address, form = sent(either_editor)
    _address, same = sent(colleague)
    before, save_step = changes(any_engine_app), getattr(module, step)
    statuses = []

    def be_outrun(*given: object, **named: object) -> object:
        monkeypatch.setattr(module, step, save_step)
        other = Thread(target=lambda: statuses.append(colleague.post(address, data=same).status_code))
        other.start()
        other.join()
        return save_step(*given, **named)

    monkeypatch.setattr(module, step, be_outrun)
    statuses.append(either_editor.post(address, data=form).status_code)
    assert (statuses, changes(any_engine_app)) == ([303, status], before + 1)
