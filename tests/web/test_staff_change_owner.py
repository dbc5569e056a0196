"""Given to another house, which keeps it from then on."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring.terms import Role
from khcal.db import db
from khcal.models import Chapter, Event, Membership, User
from tests.factories import make_event
from tests.html import fields, one, select, words
from tests.people import ADMIN, EDITOR, client_of
from tests.web.made import made
from tests.web.staff_forms import ONE_DATE, WEEKLY, press, save, token

ONE = "/personal/sjuharad/aktivitet/1"


@pytest.fixture
def keeper(staff_app: Flask) -> FlaskClient:
    """Somebody who keeps both houses."""
    with staff_app.app_context():
        user = db.session.scalars(db.select(User).filter_by(name=EDITOR.name)).one()
        house = db.session.scalars(db.select(Chapter).filter_by(slug="goteborg")).one()
        user.memberships.append(Membership(chapter=house, role=Role.EDITOR))
        db.session.commit()
    return client_of(staff_app, EDITOR)


def give(client: FlaskClient, **values: Any) -> Any:
    page = client.get(f"{ONE}/agare")
    return client.post(f"{ONE}/agare", data=fields(one(page, "main form.staff-alone")) | values)


def test_it_is_given_with_its_page_and_its_feed(staff_app: Flask, keeper: FlaskClient) -> None:
    save(keeper, **WEEKLY)
    old = keeper.get("/sjuharad/aktivitet/kvallsfika.ics").text
    uids = {line for line in old.splitlines() if line.startswith("UID")}
    answer = give(keeper)
    assert answer.headers["Location"] == "/personal/goteborg/aktivitet/1"
    assert "sköts nu av Göteborg" in words(keeper.get(answer.headers["Location"]))
    for house in ("sjuharad", "goteborg"):
        assert "Kvällsfika" in words(keeper.get(f"/{house}/"))
        feed = keeper.get(f"/{house}/aktivitet/kvallsfika.ics").text
        assert uids == {line for line in feed.splitlines() if line.startswith("UID")}
        assert {line for line in feed.splitlines() if line.startswith("SEQUENCE")} == {"SEQUENCE:1"}
    assert keeper.get(ONE).status_code == 404


def test_a_double_click_gives_once(keeper: FlaskClient) -> None:
    save(keeper, **ONE_DATE)
    sent = fields(one(keeper.get(f"{ONE}/agare"), "main form.staff-alone"))
    answers = [keeper.post(f"{ONE}/agare", data=sent) for _ in range(2)]
    assert [answer.headers["Location"] for answer in answers] == ["/personal/goteborg/aktivitet/1"] * 2


def test_not_shown_by_the_giver_any_more_old_addresses_lead_there(keeper: FlaskClient) -> None:
    save(keeper, **ONE_DATE)
    form = fields(one(keeper.get(f"{ONE}/agare"), "main form.staff-alone"))
    del form["keeps_showing"]
    keeper.post(f"{ONE}/agare", data=form)
    assert "Kvällsfika" not in words(keeper.get("/sjuharad/"))
    for path in ("aktivitet/kvallsfika", "tillfalle/1"):
        answer = keeper.get(f"/sjuharad/{path}")
        assert (answer.status_code, answer.headers["Location"]) == (301, f"/goteborg/{path}")
        was, now = (keeper.get(f"/{house}/{path}.ics") for house in ("sjuharad", "goteborg"))
        assert (was.status_code, was.data) == (200, now.data)


def test_a_group_with_the_same_name_there_is_asked_about(staff_app: Flask, keeper: FlaskClient) -> None:
    save(keeper, **ONE_DATE)
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="goteborg")).one()
        make_event(house, "2026-12-04 13:00", title="Kvällsfika")
        db.session.commit()
    answer = give(keeper)
    assert answer.status_code == 422
    assert "Göteborg har redan en grupp som heter Kvällsfika" in words(one(answer, "#meeting-error"))
    give(keeper, meeting="apart")
    assert keeper.get("/goteborg/aktivitet/kvallsfika-2").status_code == 200


def test_giving_can_be_taken_back(keeper: FlaskClient) -> None:
    save(keeper, **ONE_DATE)
    page = keeper.get(give(keeper).headers["Location"])
    press(keeper, page, "/angra")
    assert keeper.get(ONE).status_code == 200
    there = keeper.get("/goteborg/aktivitet/kvallsfika")
    assert (there.status_code, there.headers["Location"]) == (301, "/sjuharad/aktivitet/kvallsfika")


def test_somebody_changed_it_meanwhile(keeper: FlaskClient) -> None:
    save(keeper, **ONE_DATE)
    sent = fields(one(keeper.get(f"{ONE}/agare"), "main form.staff-alone"))
    save(keeper, ONE, leader="kurator")
    answer = keeper.post(f"{ONE}/agare", data=sent)
    assert answer.status_code == 409
    again = fields(one(answer, "main form.staff-alone"))
    assert keeper.post(f"{ONE}/agare", data=again).status_code == 303


def test_somebody_changes_it_at_the_very_same_moment(
    staff_app: Flask, keeper: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(*_: object) -> None:
        db.session.rollback()
        db.session.get_one(Event, 1).leader = "kurator"
        db.session.commit()
        monkeypatch.undo()
        raise StaleDataError("another transaction was first")

    save(keeper, **ONE_DATE)
    sent = fields(one(keeper.get(f"{ONE}/agare"), "main form.staff-alone"))
    monkeypatch.setattr("khcal.web.staff.owner.commit_and_tell", lose)
    answer = keeper.post(f"{ONE}/agare", data=sent)
    assert answer.status_code == 409
    again = fields(one(answer, "main form.staff-alone"))
    assert keeper.post(f"{ONE}/agare", data=again).status_code == 303


def test_only_to_a_house_that_one_keeps(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    assert "Be en nationell admin om hjälp" in words(editor.get(f"{ONE}/agare"))
    assert not select(editor.get(ONE), "a[href$=agare]")
    number = one(editor.get(ONE), "[name=houses]")["value"]
    answer = editor.post(f"{ONE}/agare", data=token(editor) | {"house": str(number), "version": "1"})
    assert answer.status_code == 422
    with staff_app.app_context():
        assert db.session.scalars(db.select(Event)).one().chapter.slug == "sjuharad"


def test_a_national_admin_gives_it_to_any_house(staff_app: Flask, editor: FlaskClient) -> None:
    made(editor, **ONE_DATE)
    assert give(client_of(staff_app, ADMIN)).status_code == 303


# Parallel groups.
