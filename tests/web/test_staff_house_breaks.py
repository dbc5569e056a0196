"""Breaks: they untick days when somebody plans, say so, and change nothing by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import BreakPeriod, Chapter, Occurrence
from tests.factories import make_event
from tests.html import select, texts, words
from tests.web.house_forms import HOUSE, form_at, press, send, sent_of
from tests.web.staff_forms import ONE_DATE, look_at

NEW = f"{HOUSE}/lov/nytt"
SPORTLOV: dict[str, Any] = {"name": "Sportlov", "first_day": "2027-02-15", "last_day": "2027-02-21"}


def stored(app: Flask) -> list[str]:
    with app.app_context():
        rows = db.session.scalars(db.select(BreakPeriod).order_by(BreakPeriod.first_day))
        return [f"{row.name} {row.first_day}–{row.last_day}" for row in rows]


def keep(client: FlaskClient, **values: Any) -> str:
    """A new break's address."""
    answer = send(client, NEW, **SPORTLOV | values)
    assert answer.status_code == 303
    return f"{HOUSE}/lov/{answer.headers['Location'].rpartition('-')[2]}"


def test_a_break_is_kept_and_listed(staff_app: Flask, editor: FlaskClient) -> None:
    keep(editor)
    assert stored(staff_app) == ["Jullov 2026-12-21–2027-01-06", "Sportlov 2027-02-15–2027-02-21"]
    page = editor.get(HOUSE)
    assert "Sportlov 15–21 februari 2027, v. 7" in words(select(page, "#lov")[0])
    assert "Sportlov 15–21 februari 2027 är sparat. Inga tillfällen har ändrats." in words(page)


def test_previews_start_with_its_days_unticked(editor: FlaskClient) -> None:
    keep(editor)
    weekly = {"first_day": "2027-02-11", "repeat": "weekly", "until": "2027-02-25"}
    page = look_at(editor, **ONE_DATE | weekly)
    ticked = {str(box["value"]): box.has_attr("checked") for box in select(page, "input[name=ticked]")}
    assert ticked == {"2027-02-11": True, "2027-02-18": False, "2027-02-25": True}


def test_it_lists_what_lies_in_it_and_changes_nothing(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_event(house, "2027-02-16 10:00", "2027-02-23 10:00", title="Yoga")
        make_event(house, "2027-02-17 10:00", "2027-02-18 10:00", title="Ny kurs", published=False)
        db.session.commit()
    page = editor.get(keep(editor))
    assert texts(page, "#inne ~ ul .house-row__main") == [
        "Yoga Publicerat 16 februari",
        "Ny kurs Utkast 17 februari och 18 februari",
    ]
    with staff_app.app_context():
        assert {row.status.value for row in db.session.scalars(db.select(Occurrence))} == {"planned"}


def test_visitors_never_see_it(editor: FlaskClient) -> None:
    keep(editor)
    for address in ("/sjuharad/?fran=2027-02-10", "/sjuharad/dag/2027-02-16", "/sjuharad.ics"):
        assert "Sportlov" not in editor.get(address).text


def test_changed_and_removed(staff_app: Flask, editor: FlaskClient) -> None:
    address = keep(editor)
    send(editor, address, last_day="2027-02-19")
    assert stored(staff_app)[1] == "Sportlov 2027-02-15–2027-02-19"
    press(editor, HOUSE, f"{address}/ta-bort")
    assert stored(staff_app) == ["Jullov 2026-12-21–2027-01-06"]
    press(editor, HOUSE, "/angra")
    assert len(stored(staff_app)) == 2


def test_what_was_removed_meanwhile_keeps_what_was_typed(
    staff_app: Flask, editor: FlaskClient, colleague: FlaskClient
) -> None:
    address = keep(editor)
    sent = form_at(editor, address) | {"name": "Lovvecka"}
    press(colleague, HOUSE, address.removeprefix(HOUSE) + "/ta-bort")
    page = editor.post(address, data=sent)
    assert page.status_code == 409
    assert "Uppehållet har tagits bort medan du skrev." in words(page)
    [form] = select(page, "main form.stack")
    assert editor.post(str(form["action"]), data=sent_of(page)).status_code == 303
    assert "Lovvecka" in words(editor.get(HOUSE))


def test_a_double_click_keeps_one(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_at(editor, NEW) | SPORTLOV
    assert {editor.post(NEW, data=sent).status_code for _ in range(2)} == {303}
    assert len(stored(staff_app)) == 2


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"name": ""}, "Vad det heter: Skriv vad det heter, till exempel Sportlov."),
        ({"name": "a" * 81}, "Vad det heter: Skriv högst 80 tecken. Nu är det 81."),
        ({"first_day": ""}, "Första dagen: Skriv första dagen."),
        ({"last_day": "2027-02-01"}, "Sista dagen: Sista dagen ligger före den första. Ändra en av dem."),
        (
            {"name": "Jullov", "first_day": "2026-12-21"},
            "Vad det heter: Det finns redan ett uppehåll med det namnet och den dagen. Ändra det i stället.",
        ),
    ],
)
def test_faults(staff_app: Flask, editor: FlaskClient, values: dict[str, str], fault: str) -> None:
    page = send(editor, NEW, **SPORTLOV | values)
    assert page.status_code == 422
    assert texts(page, ".error-summary a") == [fault]
    assert sent_of(page)["name"] == (SPORTLOV | values)["name"]
    assert len(stored(staff_app)) == 1


def test_a_stale_form_shows_both_texts(editor: FlaskClient, colleague: FlaskClient) -> None:
    address = keep(editor)
    sent = form_at(colleague, address) | {"name": "Sportlovet"}
    send(editor, address, name="Vinterlov")
    page = colleague.post(address, data=sent)
    assert page.status_code == 409
    assert texts(page, ".staff-conflict__text") == ["Sportlovet", "Vinterlov"]


def test_another_houses_break_is_not_there(
    staff_app: Flask, editor: FlaskClient, stranger: FlaskClient
) -> None:
    address = keep(editor)
    sent = form_at(stranger, "/personal/goteborg/huset/lov/nytt") | SPORTLOV
    for path in (address, address.replace("sjuharad", "goteborg")):
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, data=sent).status_code == 404
        assert stranger.post(f"{path}/ta-bort", data=sent).status_code == 404
    assert len(stored(staff_app)) == 2
