""" "Huset är stängt i dag": two clicks, everywhere at once, and back again."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.terms import Form, Signup, Status
from khcal.db import db
from khcal.models import Change, Chapter, Occurrence
from khcal.models.group_addresses import move_group
from khcal.queries.staff import closures
from tests.factories import make_closure, make_event
from tests.html import fields, links, select, texts, words
from tests.web.house_forms import HOUSE, TODAY, be_too_late, closed_days, form_at, press, send, sent_of
from tests.web.test_staff_house_closures import close, house


@pytest.fixture
def programme(staff_app: Flask) -> Flask:
    """Today: one that is over, two to come in the house, one online, a walk, and one of the other house."""
    with staff_app.app_context():
        house, other = chapters()
        make_event(house, "2026-11-24 09:00", title="Morgonkaffe")
        make_event(house, "2026-11-24 14:00", title="Målarkväll")
        make_event(house, "2026-11-24 17:00", title="Samtalsgrupp")
        make_event(house, "2026-11-24 18:00", title="Digital träff", form=Form.ONLINE)
        make_event(house, "2026-11-24 15:00", title="Promenad", form=Form.OUTDOORS)
        make_event(house, "2026-11-24 16:00", title="Hemligt", published=False)
        make_event(other, "2026-11-24 16:00", title="Föreläsning", shown_in=(house,))
        db.session.commit()
    return staff_app


def chapters() -> tuple[Chapter, Chapter]:
    house, other = (
        db.session.scalars(db.select(Chapter).filter_by(slug=slug)).one() for slug in ("sjuharad", "goteborg")
    )
    return house, other


def status_of(app: Flask, title: str) -> tuple[str, str]:
    with app.app_context():
        row = next(r for r in db.session.scalars(db.select(Occurrence)) if r.event.title == title)
        return row.status.value, row.reason


def test_one_click_leads_there_from_the_programme(editor: FlaskClient) -> None:
    assert TODAY in links(editor.get("/personal/sjuharad/"))
    assert TODAY in links(editor.get(HOUSE))


def test_two_clicks_close_the_house(staff_app: Flask, editor: FlaskClient) -> None:
    answer = send(editor, TODAY)
    assert answer.headers["Location"].endswith("/besked")
    [row] = closed_days(staff_app)
    assert (row.starts_at, row.ends_at) == (datetime(2026, 11, 24), datetime(2026, 11, 25))
    assert (row.status, row.event.signup, row.is_published) == (Status.PLANNED, Signup.NONE, True)
    assert "Huset är stängt tisdag 24 november." in words(editor.get("/personal/sjuharad/"))


def test_it_is_on_web_wall_and_feed_at_once(programme: Flask, editor: FlaskClient) -> None:
    send(editor, TODAY, short_text="Vattenläcka.")
    listed = words(editor.get("/sjuharad/"))
    assert "Huset är stängt" in listed
    assert "Vattenläcka." in listed
    closed = editor.get("/skarm/sjuharad/program.json").json["days"][0]["closed"]
    assert closed == {"title": "", "text": "Vattenläcka."}
    feed = editor.get("/sjuharad.ics").text.replace("\r\n ", "")
    assert "SUMMARY:Huset är stängt" in feed
    assert "DTSTART;VALUE=DATE:20261124" in feed


def test_the_page_shows_what_it_hits(programme: Flask, editor: FlaskClient) -> None:
    page = editor.get(TODAY)
    boxes = {
        words(box.find_parent("label")): box.has_attr("checked") for box in select(page, "input[name=off]")
    }
    assert boxes == {
        "Ställ in Målarkväll": True,
        "Ställ in Promenad": False,
        "Ställ in Samtalsgrupp": True,
    }
    assert texts(page, ".house-hit__told") == ["Hemligt", "Föreläsning"]
    assert "Från Göteborg. Bara de kan ställa in det." in words(page)


def test_what_is_ticked_is_called_off_with_it(programme: Flask, editor: FlaskClient) -> None:
    sent = form_at(editor, TODAY)
    samtal = next(
        str(box["value"])
        for box in select(editor.get(TODAY), "input[name=off]")
        if "Samtal" in words(box.find_parent("label"))
    )
    editor.post(TODAY, data=sent | {"off": [samtal], "short_text": "Vi är sjuka."})
    assert status_of(programme, "Samtalsgrupp") == ("cancelled", "Huset är stängt. Vi är sjuka.")
    assert status_of(programme, "Målarkväll") == ("planned", "")
    assert status_of(programme, "Morgonkaffe") == ("planned", "")
    assert "Ett tillfälle är inställt." in words(editor.get("/personal/sjuharad/"))


def test_all_of_it_is_one_change(programme: Flask, editor: FlaskClient) -> None:
    send(editor, TODAY)
    with programme.app_context():
        assert db.session.scalars(db.select(Change.verb).where(Change.user_id.is_not(None))).all() == [
            "closure"
        ]
    assert "Ångra" in texts(editor.get("/personal/sjuharad/"), ".staff-done button")


def test_a_double_click_closes_once(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_at(editor, TODAY)
    assert {editor.post(TODAY, data=sent).status_code for _ in range(2)} == {303}
    assert len(closed_days(staff_app)) == 1


def test_a_house_closed_already_says_so(
    staff_app: Flask, editor: FlaskClient, colleague: FlaskClient
) -> None:
    sent = form_at(colleague, TODAY)
    send(editor, TODAY)
    assert "Huset är redan stängt i dag." in words(colleague.post(TODAY, data=sent))
    page = editor.get(TODAY)
    assert "Huset är redan stängt i dag." in words(page)
    assert not select(page, "main form.stack")
    [row] = closed_days(staff_app)
    assert f"{HOUSE}/stangt/{row.id}/oppna" in links(page, "main .button")


def test_two_at_the_very_same_moment_close_once(
    staff_app: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = form_at(editor, TODAY)
    with staff_app.app_context():
        make_closure(chapters()[0], datetime(2026, 11, 24).date(), datetime(2026, 11, 24).date())
        db.session.commit()
    known, too_early = closures.closed_on, iter([True])
    monkeypatch.setattr(
        closures, "closed_on", lambda *asked: None if next(too_early, False) else known(*asked)
    )
    assert "Huset är redan stängt i dag." in words(editor.post(TODAY, data=sent))
    assert len(closed_days(staff_app)) == 1


def test_what_nobody_looked_at_is_looked_at_first(programme: Flask, editor: FlaskClient) -> None:
    sent = form_at(editor, TODAY)
    with programme.app_context():
        make_event(chapters()[0], "2026-11-24 19:00", title="Kvällsfika")
        db.session.commit()
    page = editor.post(TODAY, data=sent)
    assert page.status_code == 422
    assert "Inget är sparat än." in words(page)
    assert not closed_days(programme)
    assert editor.post(TODAY, data=sent_of(page)).status_code == 303
    assert status_of(programme, "Kvällsfika")[0] == "cancelled"


def test_a_colleague_who_is_faster_is_told_of(
    programme: Flask, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = form_at(editor, TODAY) | {"short_text": "Vattenläcka."}
    be_too_late(monkeypatch)
    page = editor.post(TODAY, data=sent)
    assert page.status_code == 409
    assert "Inget är sparat än." in words(page)
    assert sent_of(page)["short_text"] == "Vattenläcka."
    assert not closed_days(programme)


def test_ticks_of_another_houses_dates_change_nothing(programme: Flask, editor: FlaskClient) -> None:
    sent = form_at(editor, TODAY)
    editor.post(TODAY, data=sent | {"off": sent["shown"].split()})
    assert status_of(programme, "Föreläsning")[0] == "planned"
    assert status_of(programme, "Hemligt")[0] == "planned"


def test_opened_again_with_what_was_called_off(programme: Flask, editor: FlaskClient) -> None:
    send(editor, TODAY)
    [closed] = closed_days(programme)
    address = f"{HOUSE}/stangt/{closed.id}/oppna"
    page = editor.get(address)
    assert [words(label) for label in select(page, ".house-hit__choice")] == [
        "Blir av: Målarkväll",
        "Blir av: Samtalsgrupp",
    ]
    assert send(editor, address).status_code == 303
    assert status_of(programme, "Målarkväll") == ("planned", "")
    [row] = closed_days(programme)
    assert (row.status, row.uid) == (Status.WITHDRAWN, closed.uid)
    assert row.sequence > closed.sequence
    assert not select(editor.get("/sjuharad/"), ".row--closed")
    assert editor.get("/skarm/sjuharad/program.json").json["days"][0]["closed"] is None
    event = next(e for e in editor.get("/sjuharad.ics").text.split("BEGIN:VEVENT") if closed.uid in e)
    assert "STATUS:CANCELLED" in event


def test_one_undo_takes_all_of_it_back(programme: Flask, editor: FlaskClient) -> None:
    send(editor, TODAY)
    assert press(editor, "/personal/sjuharad/", "/angra").status_code == 303
    assert closed_days(programme)[0].status is Status.WITHDRAWN
    assert status_of(programme, "Målarkväll") == ("planned", "")
    # The house can be closed again.
    assert send(editor, TODAY).status_code == 303
    assert [row.status.value for row in closed_days(programme)] == ["withdrawn", "planned"]


def test_history_says_that_it_was_closed_and_taken_back(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, TODAY)
    press(editor, "/personal/sjuharad/", "/angra")
    told = texts(editor.get("/personal/sjuharad/andringar"), ".staff-change__heading")
    assert [heading.split(":")[0] for heading in told[:2]] == ["Ångrade ”Stängde huset", "Stängde huset"]


def test_history_says_that_it_was_opened(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, TODAY)
    [closed] = closed_days(staff_app)
    send(editor, f"{HOUSE}/stangt/{closed.id}/oppna")
    told = texts(editor.get("/personal/sjuharad/andringar"), ".staff-change__heading")
    assert [heading.split(":")[0] for heading in told[:2]] == ["Öppnade huset som vanligt", "Stängde huset"]


def test_too_long_a_text_is_said(editor: FlaskClient, staff_app: Flask) -> None:
    page = send(editor, TODAY, short_text="a" * 201)
    assert page.status_code == 422
    assert "Skriv högst 200 tecken" in words(page)
    assert fields(select(page, "main form.stack")[0])["short_text"] == "a" * 201
    assert not closed_days(staff_app)


def test_another_house_cannot(staff_app: Flask, stranger: FlaskClient) -> None:
    sent = form_at(stranger, "/personal/goteborg/huset/stangt-i-dag")
    assert stranger.get(TODAY).status_code == 404
    assert stranger.post(TODAY, data=sent).status_code == 404
    assert not closed_days(staff_app)


def test_closed_days_take_no_address_that_a_group_had(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        event = make_event(house(), "2026-12-14 10:00", title="Julstängt")
        move_group(db.session(), [event], house(), "julgrupp")
        event.title = "Julgrupp"
        db.session.commit()
    close(editor)
    close(editor, first_day="2027-12-21", last_day="2028-01-06")
    assert [row.event.slug for row in closed_days(staff_app)] == ["julstangt-2"] * 2
