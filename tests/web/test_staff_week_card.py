"""The card of a week: what there is, what to look at and where to mend it, and that it was checked."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.calendaring.terms import Form, Kind
from khcal.db import db
from khcal.models import Occurrence, Room, WeekCheck
from tests.factories import make_closure, make_event, make_notice
from tests.html import Answer, fields, links, select, texts, words
from tests.web.test_staff_programme import PROGRAMME, house

EDIT, MOVE = "/personal/sjuharad/aktivitet/1", "/personal/sjuharad/tillfalle/{}/flytta"
CANCEL = "/personal/sjuharad/tillfalle/1/stall-in"


def room(name: str) -> Room:
    found: Room = db.session.scalars(db.select(Room).filter_by(name=name)).one()
    return found


def plant(app: Flask, *dates: str, slug: str = "sjuharad", at: str = "Köket", **values: Any) -> None:
    with app.app_context():
        make_event(house(slug), *dates, room=room(at) if at else None, **values)
        db.session.commit()


def findings(page: Answer, week: int = 0) -> list[str]:
    return [words(each) for each in select(select(page, ".staff-card")[week], "li div > p:first-child")]


def check(client: FlaskClient, week: int = 0) -> TestResponse:
    form = select(client.get(PROGRAMME), ".staff-card form")[week]
    return client.post(str(form["action"]), data=fields(form))


def test_a_week_with_nothing_to_mend(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-11-23 10:00", "2026-11-25 10:00")
    plant(staff_app, "2026-11-26 10:00", published=False)
    page = editor.get(PROGRAMME)
    assert texts(page, ".staff-card__count") == ["2 aktiviteter, 1 utkast.", "Inga aktiviteter."]
    assert texts(page, ".staff-card > p") == ["Allt har rum, inget krockar och inget hamnar på en röd dag."]
    assert not findings(page)


def test_what_is_cancelled_is_counted_apart(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-11-25 10:00", "2026-11-26 10:00")
    with staff_app.app_context():
        db.session.get_one(Occurrence, 1).cancel("Sjukdom.")
        db.session.commit()
    assert texts(editor.get(PROGRAMME), ".staff-card__count")[0].startswith("1 aktivitet, 1 inställd.")


@pytest.mark.parametrize(
    ("values", "is_told"),
    [
        ({}, True),
        ({"form": Form.HYBRID}, True),
        ({"form": Form.ONLINE}, False),
        ({"form": Form.OUTDOORS}, False),
        ({"place": "Vid ån"}, False),
        ({"kind": Kind.CLOSURE}, False),
    ],
)
def test_what_lacks_a_room(
    staff_app: Flask, editor: FlaskClient, values: dict[str, Any], is_told: bool
) -> None:
    plant(staff_app, "2026-11-25 10:00", at="", **values)
    page = editor.get(PROGRAMME)
    assert findings(page) == ["Målarkväll saknar rum, onsdag 25 november."] * is_told
    assert links(page, ".staff-card__ways a") == [f"{EDIT}#room_id"] * is_told


def test_a_clash_leads_to_both(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-12-01 10:00")
    plant(staff_app, "2026-12-01 11:00", title="Yoga")
    page = editor.get(PROGRAMME)
    assert findings(page, 0) == []
    assert findings(page, 1) == ["Målarkväll och Yoga krockar i Köket, tisdag 1 december."]
    assert links(page, ".staff-card__ways a") == [MOVE.format(1), MOVE.format(2)]


def test_a_clash_with_another_houses_booking_leads_to_ones_own(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-11-25 10:00")
    plant(staff_app, "2026-11-25 11:00", slug="goteborg", title="Gästspel")
    page = editor.get(PROGRAMME)
    assert findings(page) == ["Målarkväll och Gästspel krockar i Köket, onsdag 25 november."]
    assert links(page, ".staff-card__ways a") == [MOVE.format(1)]


def test_an_open_house_shares_its_room(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-11-25 10:00")
    plant(staff_app, "2026-11-25 11:00", title="Öppet hus", kind=Kind.COMMUNITY)
    assert not findings(editor.get(PROGRAMME))


def test_a_red_day(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-12-25 10:00")
    page = editor.get(f"{PROGRAMME}?fran=2026-12-25")
    assert findings(page) == ["Målarkväll ligger på juldagen, fredag 25 december."]
    assert links(page, ".staff-card__ways a") == [CANCEL, MOVE.format(1)]


@pytest.mark.parametrize("owner", ["sjuharad", "goteborg"])
def test_while_the_house_is_closed(staff_app: Flask, editor: FlaskClient, owner: str) -> None:
    plant(staff_app, "2026-11-25 10:00")
    with staff_app.app_context():
        closure = make_closure(house(owner), date(2026, 11, 25), date(2026, 11, 26), title="Stormvarning")
        closure.show_in([house("sjuharad")])
        db.session.commit()
    page = editor.get(PROGRAMME)
    assert findings(page) == ["Målarkväll ligger på onsdag 25 november, då huset är stängt ( Stormvarning )."]
    assert links(page, ".staff-card__ways a") == [CANCEL, MOVE.format(1)]


@pytest.mark.parametrize(
    ("until", "later", "is_told"),
    [
        ("2026-12-08", False, True),
        ("2026-12-15", False, True),
        ("2026-12-16", False, False),
        ("2026-11-23", False, False),
        ("2026-12-08", True, False),
    ],
)
def test_a_series_that_soon_ends(
    staff_app: Flask, editor: FlaskClient, until: str, later: bool, is_told: bool
) -> None:
    rule: dict[str, Any] = {"rule": "FREQ=WEEKLY;BYDAY=TU", "rule_from": date(2026, 9, 1)}
    plant(staff_app, "2026-12-08 10:00", rule_until=date.fromisoformat(until), **rule)
    if later:
        plant(staff_app, "2027-01-12 10:00", published=False)
    page = editor.get(PROGRAMME)
    assert findings(page) == ["Målarkväll har sitt sista tillfälle tisdag 8 december."] * is_told
    assert links(page, ".staff-card__ways a") == [f"{EDIT}/forlang"] * is_told
    # It is told once, with the week of today.
    assert not findings(page, 1)


def test_what_is_over_is_not_told(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-11-23 10:00", at="")
    assert not findings(editor.get(f"{PROGRAMME}?fran=2026-11-23"))
    page = editor.get(f"{PROGRAMME}?fran=2026-11-02")
    assert not select(page, ".staff-card form")


def test_all_is_right_until_something_changes(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-11-25 10:00", at="")
    assert check(editor).headers["Location"] == f"{PROGRAMME}#vecka-2026-11-23"
    page = editor.get(PROGRAMME)
    assert texts(page, ".staff-done__words") == ["V. 48 är kontrollerad."]
    assert texts(page, ".staff-card__check") == ["Kontrollerad av redaktor , tisdag 24 november kl. 13.12."]
    # What was found is still there, in a fold; the other week waits for its own answer.
    assert texts(page, ".staff-card details summary") == ["1 sak att titta på"]
    assert len(select(page, ".staff-card form")) == 1
    with staff_app.app_context():
        make_notice(house("sjuharad"))
        db.session.commit()
    page = editor.get(PROGRAMME)
    assert texts(page, ".staff-card__check") == [
        "Något har ändrats sedan redaktor kontrollerade veckan tisdag 24 november kl. 13.12."
    ]
    assert len(select(page, ".staff-card form")) == 2


def test_a_colleagues_check_takes_the_place(
    staff_app: Flask, editor: FlaskClient, colleague: FlaskClient
) -> None:
    check(editor)
    with staff_app.app_context():
        make_notice(house("sjuharad"))
        db.session.commit()
    check(colleague)
    assert "kollega" in texts(editor.get(PROGRAMME), ".staff-card__check")[0]
    with staff_app.app_context():
        assert len(db.session.scalars(db.select(WeekCheck)).all()) == 1


def test_what_changed_unseen_is_not_signed(staff_app: Flask, editor: FlaskClient) -> None:
    form = select(editor.get(PROGRAMME), ".staff-card form")[1]
    plant(staff_app, "2026-12-01 10:00")
    assert editor.post(str(form["action"]), data=fields(form)).status_code == 303
    page = editor.get(PROGRAMME)
    assert "Titta igenom veckan en gång till." in words(page)
    assert not select(page, ".staff-card__check")


def test_twice_is_once(editor: FlaskClient) -> None:
    form = select(editor.get(PROGRAMME), ".staff-card form")[0]
    answers = {editor.post(str(form["action"]), data=fields(form)).status_code for _ in range(2)}
    assert answers == {303}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/personal/sjuharad/vecka/2027-v53/stammer", 404),
        ("/personal/goteborg/vecka/2026-v48/stammer", 404),
        ("/personal/sjuharad/vecka/2026-v48/stammer", 303),
    ],
)
def test_a_week_that_is_there(editor: FlaskClient, address: str, status: int) -> None:
    sent = fields(select(editor.get(PROGRAMME), ".staff-card form")[0])
    assert editor.post(address, data=sent).status_code == status
