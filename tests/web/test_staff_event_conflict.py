"""Two people change the same activity: the second sees both texts and loses none."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from khcal.db import db
from khcal.models import Event
from tests.html import fields, one, select, texts, words
from tests.web.made import made
from tests.web.staff_forms import NEW, ONE_DATE, form_of, press, save

ONE = "/personal/sjuharad/aktivitet/1"


@pytest.fixture
def typed(editor: FlaskClient, colleague: FlaskClient) -> dict[str, Any]:
    """What the colleague has typed while the editor saved another title and price."""
    made(editor, **ONE_DATE)
    typed = form_of(colleague.get(ONE)) | {"title": "Kvällste", "text": "Ta med kopp.", "action": "publicera"}
    save(editor, ONE, title="Kvällskaffe", price="20")
    return typed


def stored_title(app: Flask) -> str:
    with app.app_context():
        return str(db.session.scalars(db.select(Event.title)).one())


def test_the_second_overwrites_nothing(
    staff_app: Flask, colleague: FlaskClient, typed: dict[str, Any]
) -> None:
    assert colleague.post(ONE, data=typed).status_code == 409
    assert stored_title(staff_app) == "Kvällskaffe"


def test_what_both_changed_stands_side_by_side(colleague: FlaskClient, typed: dict[str, Any]) -> None:
    page = colleague.post(ONE, data=typed)
    told = {
        texts(field, "dt")[0]: texts(field, ".staff-conflict__text")
        for field in select(page, ".staff-conflict__field")
    }
    assert told == {"Titel": ["Kvällste", "Kvällskaffe"]}
    assert [link["href"] for link in select(page, ".staff-conflict dt a")] == ["#title"]


def test_what_only_one_changed_is_merged(colleague: FlaskClient, typed: dict[str, Any]) -> None:
    kept = form_of(colleague.post(ONE, data=typed))
    assert (kept["price"], kept["text"]) == ("20", "Ta med kopp.")


def test_what_was_typed_is_in_the_form_and_can_be_saved(
    staff_app: Flask, colleague: FlaskClient, typed: dict[str, Any]
) -> None:
    page = colleague.post(ONE, data=typed)
    kept = form_of(page)
    assert (kept["title"], kept["text"]) == ("Kvällste", "Ta med kopp.")
    assert colleague.post(ONE, data=kept | {"action": "publicera"}).status_code == 303
    assert stored_title(staff_app) == "Kvällste"


def test_a_fault_in_a_stale_form_is_told_as_well(colleague: FlaskClient, typed: dict[str, Any]) -> None:
    page = colleague.post(ONE, data=typed | {"price": "gratis"})
    assert page.status_code == 409
    assert one(page, "#price-error")
    assert form_of(page)["price"] == "gratis"


@pytest.mark.parametrize("lost", ["version", "seen"])
def test_a_form_that_does_not_know_what_it_was_overwrites_nothing(
    staff_app: Flask, colleague: FlaskClient, typed: dict[str, Any], lost: str
) -> None:
    assert colleague.post(ONE, data=typed | {lost: ""}).status_code == 409
    assert stored_title(staff_app) == "Kvällskaffe"


@pytest.mark.parametrize(
    "fault", [StaleDataError("another was first"), IntegrityError("", {}, ValueError("another has it"))]
)
def test_at_the_very_same_moment_too(
    staff_app: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    made(editor, **ONE_DATE)
    sent = form_of(editor.get(ONE)) | {"title": "Kvällste", "action": "publicera"}

    def lose(*_: object) -> None:
        raise fault

    monkeypatch.setattr("khcal.web.staff.writing._fill", lose)
    page = editor.post(ONE, data=sent)
    assert page.status_code == 409
    assert form_of(page)["title"] == "Kvällste"
    assert stored_title(staff_app) == "Kvällsfika"


def test_dates_that_changed_meanwhile_are_shown_anew(editor: FlaskClient, colleague: FlaskClient) -> None:
    made(editor, **ONE_DATE | {"repeat": "weekly", "until": "2026-12-17"})
    seen = form_of(colleague.post(f"{ONE}/datum", data=form_of(colleague.get(ONE)) | {"starts": "17"}))
    stall_in = "/personal/sjuharad/tillfalle/2/stall-in"
    editor.post(stall_in, data=fields(one(editor.get(stall_in), "#cancel-form")) | {"reason": "ill"})
    answer = colleague.post(ONE, data=seen | {"action": "publicera"})
    assert answer.status_code == 422
    assert "är inställt" in " ".join(texts(answer, ".staff-date__marks"))


def test_a_name_that_was_undone_can_be_given_again(staff_app: Flask, editor: FlaskClient) -> None:
    for number in (1, 2):
        save(editor, **ONE_DATE | {"first_day": f"2026-12-0{number}"})
    one_alone = {"renamed": "one", "action": "publicera"}
    for number, title in ((1, "Yin"), (2, "Ym")):
        address = f"/personal/sjuharad/aktivitet/{number}"
        renamed = {"title": title, "action": "publicera"}
        asked = editor.post(address, data=form_of(editor.get(address)) | renamed)
        if asked.status_code == 422:
            editor.post(address, data=form_of(asked) | one_alone)
    history = editor.get("/personal/sjuharad/andringar?aktivitet=1")
    button = select(history, ".staff-change form[action$='/angra']")[0]
    assert editor.post(str(button["action"]), data=fields(button)).status_code == 303
    sent = form_of(editor.get(ONE)) | {"title": "Yyy", "action": "publicera"}
    assert editor.post(ONE, data=sent).status_code == 303
    assert form_of(editor.get(ONE))["title"] == "Yyy"
    assert editor.get("/sjuharad/aktivitet/kvallsfika").headers["Location"].endswith("/yyy")


def test_a_draft_that_is_gone_keeps_what_was_typed(
    staff_app: Flask, editor: FlaskClient, colleague: FlaskClient
) -> None:
    made(editor, **ONE_DATE, action="utkast")
    sent = form_of(colleague.get(ONE)) | {"title": "Kvällste", "action": "publicera"}
    press(editor, editor.get(ONE), "/ta-bort")
    looked = colleague.post(f"{ONE}/datum", data=sent)
    page = colleague.post(ONE, data=sent)
    assert (looked.status_code, page.status_code) == (409, 409)
    assert "Utkastet har tagits bort medan du skrev." in words(one(page, "[role=alert]"))
    again = form_of(page)
    assert (one(page, "#event-form")["action"], again["title"]) == (NEW, "Kvällste")
    assert colleague.post(NEW, data=again | {"action": "publicera"}).status_code == 303
    assert stored_title(staff_app) == "Kvällste"
    # The draft can still be brought back beside it.
    undo = press(editor, editor.get("/personal/sjuharad/andringar"), "/angra")
    assert undo.status_code == 303
