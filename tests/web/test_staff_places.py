"""How full a date is: one tap on the row, round the ring, back at midnight."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Change, Occurrence
from tests.factories import make_event
from tests.html import fields, one, select, texts, words
from tests.web.test_staff_programme import PROGRAMME, house

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}
TODAY, LATER, DRAFT, OTHERS = 1, 2, 3, 4


@pytest.fixture(autouse=True)
def events(staff_app: Flask) -> None:
    with staff_app.app_context():
        make_event(house("sjuharad"), "2026-11-24 18:00", "2026-12-01 18:00", title="Kör")
        make_event(house("sjuharad"), "2026-11-25 18:00", title="Nytt", published=False)
        make_event(house("goteborg"), "2026-11-25 10:00", title="Delad", shown_in=(house("sjuharad"),))
        db.session.commit()


def address(number: int) -> str:
    return f"/personal/sjuharad/tillfalle/{number}/platser"


def tap(client: FlaskClient, number: int = TODAY, headers: dict[str, str] | None = None) -> TestResponse:
    """Press the button of a row as it stands."""
    form = one(client.get(PROGRAMME), f"#tillfalle-{number} .staff-row__places")
    return client.post(str(form["action"]), data=fields(form), headers=headers)


def state(client: FlaskClient, number: int = TODAY) -> str:
    return texts(client.get(PROGRAMME), f"#platser-{number}")[0].split(" ,")[0]


def row_of(app: Flask, number: int = TODAY) -> Occurrence:
    with app.app_context():
        return db.session.get_one(Occurrence, number)


@pytest.mark.parametrize(
    ("number", "states"),
    [
        (TODAY, ["Få kvar", "Fullt", "Plats ledig i dag", "Platser finns"]),
        (LATER, ["Få kvar", "Fullt", "Platser finns"]),
    ],
)
def test_one_tap_goes_one_step_round(editor: FlaskClient, number: int, states: list[str]) -> None:
    seen = []
    for _ in states:
        assert tap(editor, number).headers["Location"] == f"{PROGRAMME}#tillfalle-{number}"
        seen.append(state(editor, number))
    assert seen == states


def test_visitors_see_it_at_once(editor: FlaskClient) -> None:
    for said in ("Få platser kvar", "Fullt", "Plats ledig i dag"):
        tap(editor)
        assert said in words(editor.get("/sjuharad/dag/2026-11-24"))


def test_a_place_of_today_is_gone_at_midnight(staff_app: Flask, editor: FlaskClient) -> None:
    for _ in range(3):
        tap(editor)
    assert row_of(staff_app).free_today_on == date(2026, 11, 24)
    with time_machine.travel("2026-11-25T00:00:01+01:00", tick=False):
        page = editor.get(f"{PROGRAMME}?fran=2026-11-24")
        assert not select(page, "#tillfalle-1 .staff-places")
        assert "Plats ledig" not in words(editor.get("/sjuharad/dag/2026-11-24"))


def test_it_is_told_with_a_way_back(staff_app: Flask, editor: FlaskClient) -> None:
    tap(editor)
    page = editor.get(PROGRAMME)
    assert texts(page, ".staff-done__words") == ["Kör tisdag 24 november: Få kvar."]
    with staff_app.app_context():
        change = db.session.scalars(db.select(Change).order_by(Change.id.desc())).first()
        assert change is not None
        assert change.verb == "places"
    assert one(page, ".staff-done form")["action"] == f"/personal/sjuharad/andringar/{change.id}/angra"


def test_a_double_click_is_one_tap(staff_app: Flask, editor: FlaskClient) -> None:
    form = one(editor.get(PROGRAMME), "#tillfalle-1 .staff-row__places")
    for _ in range(2):
        editor.post(str(form["action"]), data=fields(form))
    assert row_of(staff_app).places.value == "few"


def test_only_the_row_comes_back_to_one_who_has_the_page(editor: FlaskClient) -> None:
    answer = tap(editor, headers=PARTIAL)
    assert answer.status_code == 200
    assert [row["id"] for row in select(answer, ".staff-row")] == ["tillfalle-1"]
    assert texts(answer, "#platser-1")[0].startswith("Få kvar")
    assert one(answer, "#told")["data-hx-swap-oob"] == "innerHTML"
    assert texts(answer, ".staff-done__words") == ["Kör tisdag 24 november: Få kvar."]
    # It was told there, so not once more.
    assert not select(editor.get(PROGRAMME), ".staff-done")


def test_a_page_of_yesterday_can_free_nothing_today(staff_app: Flask, editor: FlaskClient) -> None:
    sent = fields(one(editor.get(PROGRAMME), "#tillfalle-2 .staff-row__places")) | {"platser": "free_today"}
    assert editor.post(address(LATER), data=sent).status_code == 303
    assert row_of(staff_app, LATER).free_today_on is None
    assert "bara att visa samma dag" in words(editor.get(PROGRAMME))


@pytest.mark.parametrize("value", ["", "many", "open few"])
def test_nonsense_is_refused(editor: FlaskClient, value: str) -> None:
    sent = fields(one(editor.get(PROGRAMME), "#tillfalle-1 .staff-row__places")) | {"platser": value}
    assert editor.post(address(TODAY), data=sent).status_code == 400


@pytest.mark.parametrize("number", [DRAFT, OTHERS, 99])
def test_only_a_published_date_of_ones_own(editor: FlaskClient, number: int) -> None:
    sent = fields(one(editor.get(PROGRAMME), "#tillfalle-1 .staff-row__places"))
    assert editor.post(address(number), data=sent).status_code == 404
