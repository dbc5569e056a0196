"""Two who close and open the house at once: neither does it behind the other's back."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.models import Chapter, Event, Occurrence
from tests.factories import make_closure, make_event
from tests.html import links, select, words
from tests.web.house_forms import HOUSE, be_too_late, closed_days, form_at, send, sent_of

NEW = f"{HOUSE}/stangt/ny"
CHRISTMAS = {"first_day": "2026-12-21", "last_day": "2027-01-06", "title": "Julstängt"}
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def programme(staff_app: Flask) -> Flask:
    """Yoga on a Monday at Christmas."""
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_event(house, "2026-12-28 10:00", title="Yoga")
        db.session.commit()
    return staff_app


@pytest.fixture
def closure(programme: Flask) -> str:
    """The address of a closure that is to come."""
    with programme.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_closure(house, date(2026, 12, 21), date(2027, 1, 6), "Julstängt")
        db.session.commit()
    return f"{HOUSE}/stangt/{closed_days(programme)[0].id}"


def is_called_off(app: Flask) -> bool:
    with app.app_context():
        statement = db.select(Occurrence).join(Event).where(Event.title == "Yoga")
        return db.session.scalars(statement).one().status is Status.CANCELLED


def test_what_a_colleague_has_opened_is_not_closed_behind_her_back(
    programme: Flask, closure: str, editor: FlaskClient, colleague: FlaskClient
) -> None:
    [box] = select(editor.get(closure), "input[name=off]")
    sent = form_at(editor, closure) | {"last_day": "2027-01-20", "off": [str(box["value"])]}
    send(colleague, f"{closure}/oppna")
    page = editor.post(closure, data=sent)
    assert page.status_code == 409
    assert "har redan tagit tillbaka stängningen" in words(page)
    assert sent_of(page)["last_day"] == "2027-01-20"
    assert not is_called_off(programme)
    # Whoever still wants it closed closes it anew.
    [form] = select(page, "main form.stack")
    assert form["action"] == NEW
    assert editor.post(NEW, data=sent_of(page)).status_code == 303
    assert [row.status.value for row in closed_days(programme)] == ["withdrawn", "planned"]
    assert is_called_off(programme)


def test_a_look_at_what_a_colleague_has_opened_says_so(
    closure: str, editor: FlaskClient, colleague: FlaskClient
) -> None:
    sent = form_at(editor, closure) | {"title": "Jullov i huset"}
    send(colleague, f"{closure}/oppna")
    whole, box = (editor.post(f"{closure}/traffar", data=sent, headers=each) for each in ({}, PART))
    assert (whole.status_code, box.status_code) == (409, 409)
    assert sent_of(whole)["title"] == "Jullov i huset"
    assert "har redan tagit tillbaka stängningen" in words(select(box, "#closure-hits")[0])


def test_a_colleague_who_is_faster_is_told_of(
    programme: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = sent_of(editor.post(f"{NEW}/traffar", data=form_at(editor, NEW) | CHRISTMAS))
    be_too_late(monkeypatch)
    page = editor.post(NEW, data=sent)
    assert page.status_code == 409
    assert "Inget är sparat än." in words(page)
    assert sent_of(page)["title"] == "Julstängt"
    assert not closed_days(programme)


def test_a_look_when_the_log_in_has_ended_keeps_the_form(editor: FlaskClient) -> None:
    sent = form_at(editor, NEW) | CHRISTMAS
    editor._cookies.clear()  # type: ignore[attr-defined]
    box = editor.post(f"{NEW}/traffar", data=sent, headers=PART)
    assert (box.status_code, box.headers.get("HX-Redirect")) == (401, None)
    [section] = select(box, "#closure-hits")
    assert "Du är utloggad. Det du har skrivit står kvar här." in words(section)
    assert links(section)[0] == "/personal/logga-in"
    [button] = select(box, "#closure-hits button")
    assert button["formaction"] == f"{NEW}/traffar#closure-hits"


def test_a_look_goes_on_after_a_new_log_in(programme: Flask, closure: str, editor: FlaskClient) -> None:
    for address in (NEW, closure):
        sent = form_at(editor, address) | CHRISTMAS | {"csrf_token": "ett gammalt"}
        box = editor.post(f"{address}/traffar", data=sent, headers=PART)
        assert box.status_code == 400
        assert "Du är inloggad igen." in words(select(box, "#closure-hits")[0])
        sent["csrf_token"] = select(box, "#form-token")[0]["value"]
        assert "Yoga" in words(editor.post(f"{address}/traffar", data=sent, headers=PART))
