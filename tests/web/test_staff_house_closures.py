"""Closed days: said ahead, changed, taken back; never over somebody's head, never deleted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.terms import Kind, Status
from khcal.db import db
from khcal.models import Chapter, Event, Occurrence
from khcal.models.bookkeeping import begin_change
from tests.factories import make_closure, make_event, make_occurrence
from tests.html import links, select, texts, words
from tests.web.house_forms import HOUSE, closed_days, form_at, press, send, sent_of

NEW = f"{HOUSE}/stangt/ny"
CHRISTMAS = {"first_day": "2026-12-21", "last_day": "2027-01-06", "title": "Julstängt"}


@pytest.fixture
def programme(staff_app: Flask) -> Flask:
    """Yoga each Monday over Christmas."""
    with staff_app.app_context():
        days = ("2026-12-14 10:00", "2026-12-21 10:00", "2026-12-28 10:00", "2027-01-11 10:00")
        make_event(house(), *days, title="Yoga")
        db.session.commit()
    return staff_app


def house() -> Chapter:
    return db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()


def close(client: FlaskClient, **values: Any) -> None:
    """Look at what it hits, then save as it stands."""
    sent = form_at(client, NEW) | CHRISTMAS | values
    page = client.post(f"{NEW}/traffar", data=sent)
    assert client.post(NEW, data=sent_of(page)).status_code == 303


def called_off(app: Flask) -> list[str]:
    with app.app_context():
        statement = (
            db.select(Occurrence)
            .join(Event)
            .where(Occurrence.status == Status.CANCELLED, Event.kind != Kind.CLOSURE)
        )
        rows = db.session.scalars(statement.order_by(Occurrence.starts_at))
        return [f"{row.starts_at:%m-%d} {row.reason}" for row in rows]


def one_address(app: Flask) -> str:
    return f"{HOUSE}/stangt/{closed_days(app)[0].id}"


def test_several_days(staff_app: Flask, editor: FlaskClient) -> None:
    answer = send(editor, NEW, **CHRISTMAS, short_text="Välkommen tillbaka den 7 januari.")
    assert answer.headers["Location"].endswith("/besked")
    [row] = closed_days(staff_app)
    assert (row.starts_at, row.ends_at) == (datetime(2026, 12, 21), datetime(2027, 1, 7))
    assert (row.event.slug, row.event.title) == ("julstangt", "Julstängt")
    assert "Julstängt" in words(editor.get("/sjuharad/dag/2027-01-02"))
    assert "Julstängt 21 december 2026–6 januari 2027." in words(editor.get(HOUSE))


def test_without_a_last_day_it_is_one(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, NEW, first_day="2026-12-21")
    [row] = closed_days(staff_app)
    assert (row.ends_at, row.event.title) == (datetime(2026, 12, 22), "Huset är stängt")


def test_nothing_is_saved_before_one_has_looked(programme: Flask, editor: FlaskClient) -> None:
    page = send(editor, NEW, **CHRISTMAS)
    assert page.status_code == 422
    assert "Inget är sparat än." in words(page)
    assert "2 tillfällen ligger på stängda dagar" in words(page)
    assert not closed_days(programme)
    assert not called_off(programme)


def test_what_is_ticked_is_called_off_with_the_reason(programme: Flask, editor: FlaskClient) -> None:
    close(editor, reason="Vi tar julledigt.")
    assert called_off(programme) == ["12-21 Vi tar julledigt.", "12-28 Vi tar julledigt."]
    assert "Julstängt 21 december 2026–6 januari 2027. 2 tillfällen är inställda." in words(editor.get(HOUSE))


def test_an_exception_stays_and_the_day_says_so(programme: Flask, editor: FlaskClient) -> None:
    page = editor.post(f"{NEW}/traffar", data=form_at(editor, NEW) | CHRISTMAS)
    first, _second = select(page, "input[name=off]")
    editor.post(NEW, data=sent_of(page) | {"off": [str(first["value"])]})
    assert called_off(programme) == ["12-21 Huset är stängt."]
    day = editor.get("/sjuharad/dag/2026-12-28")
    assert texts(day, "h2.day__despite") == ["Det här blir av ändå"]
    # Looking again does not tick what was left before.
    boxes = select(editor.get(one_address(programme)), "input[name=off]")
    assert [box.has_attr("checked") for box in boxes] == [False]


def test_a_reason_is_needed_for_what_is_called_off(programme: Flask, editor: FlaskClient) -> None:
    page = editor.post(f"{NEW}/traffar", data=form_at(editor, NEW) | CHRISTMAS)
    answer = editor.post(NEW, data=sent_of(page) | {"reason": ""})
    assert texts(answer, ".error-summary a") == [
        "Skäl som alla kan läsa: Skriv varför de ställs in. Alla som ser kalendern kan läsa det."
    ]
    assert editor.post(NEW, data=sent_of(page) | {"reason": "", "off": []}).status_code == 303


def test_other_days_move_it(programme: Flask, editor: FlaskClient) -> None:
    close(editor)
    [before] = closed_days(programme)
    address = one_address(programme)
    page = editor.post(f"{address}/traffar", data=form_at(editor, address) | {"first_day": "2026-12-23"})
    assert texts(page, ".house-hit__choice") == ["Blir av: Yoga"]
    assert editor.post(address, data=sent_of(page)).headers["Location"].endswith("/besked")
    [after] = closed_days(programme)
    assert (after.uid, after.starts_at) == (before.uid, datetime(2026, 12, 23))
    assert after.sequence > before.sequence
    assert [trace.day for trace in after.traces] == [date(2026, 12, 21)]
    assert called_off(programme) == ["12-28 Huset är stängt."]


def test_other_words_only(programme: Flask, editor: FlaskClient) -> None:
    close(editor)
    send(editor, one_address(programme), title="Stängt för jul", short_text="Vi ses.")
    [row] = closed_days(programme)
    assert (row.event.title, row.event.short_text, row.traces) == ("Stängt för jul", "Vi ses.", [])
    assert len(called_off(programme)) == 2
    assert "Stängt för jul" in editor.get("/sjuharad.ics").text


def test_words_of_one_of_several_closed_days(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        event = make_closure(house(), date(2026, 12, 4), date(2026, 12, 4), "Stängt fredag")
        make_occurrence(event, "2026-12-11")
        db.session.commit()
    send(editor, one_address(staff_app), title="Stängt för städning")
    first, second = closed_days(staff_app)
    assert (first.title, second.title, first.event.title) == ("Stängt för städning", None, "Stängt fredag")


def test_open_after_all(programme: Flask, editor: FlaskClient) -> None:
    close(editor)
    address = f"{one_address(programme)}/oppna"
    assert send(editor, address).status_code == 303
    assert not called_off(programme)
    [row] = closed_days(programme)
    assert (row.status, row.sequence) == (Status.WITHDRAWN, 1)
    assert "SUMMARY:ÖPPET SOM VANLIGT: stäng" in editor.get("/sjuharad.ics").text
    page = editor.get(HOUSE)
    assert "Tillbakataget, huset är öppet" in words(page)
    assert "2 tillfällen blir av igen." in words(page)
    assert not select(editor.get("/sjuharad/dag/2026-12-24"), ".row--closed")
    # It is no draft: published by mistake it would close the house again.
    assert not select(editor.get("/personal/sjuharad/"), ".staff-drafts")


def test_opened_twice_is_opened_once(programme: Flask, editor: FlaskClient) -> None:
    close(editor)
    address = f"{one_address(programme)}/oppna"
    sent = form_at(editor, address)
    assert {editor.post(address, data=sent).status_code for _ in range(2)} == {303}
    assert editor.get(address).status_code == editor.get(one_address(programme)).status_code == 303


def test_what_was_called_off_for_another_reason_stays_off(programme: Flask, editor: FlaskClient) -> None:
    with programme.app_context():
        row = db.session.scalars(db.select(Occurrence).filter_by(starts_at=datetime(2026, 12, 28, 10))).one()
        row.cancel("Ledaren är sjuk.")
        db.session.commit()
    close(editor)
    send(editor, f"{one_address(programme)}/oppna")
    assert called_off(programme) == ["12-28 Ledaren är sjuk."]


def test_what_was_restored_and_called_off_for_another_reason_stays_off(
    programme: Flask, editor: FlaskClient
) -> None:
    close(editor)
    with programme.app_context():
        row = db.session.scalars(db.select(Occurrence).filter_by(starts_at=datetime(2026, 12, 28, 10))).one()
        for verb, step in (("restore", row.restore), ("cancel", lambda: row.cancel("Ledaren är sjuk."))):
            begin_change(db.session(), verb)
            step()
            db.session.commit()
    send(editor, f"{one_address(programme)}/oppna")
    assert called_off(programme) == ["12-28 Ledaren är sjuk."]


def test_what_a_closure_done_again_called_off_takes_place_again(
    programme: Flask, editor: FlaskClient
) -> None:
    close(editor)
    for _time in range(2):
        press(editor, "/personal/sjuharad/andringar", "/angra")
    assert len(called_off(programme)) == 2
    send(editor, f"{one_address(programme)}/oppna")
    assert not called_off(programme)


def test_one_sees_why_it_was_called_off(programme: Flask, editor: FlaskClient) -> None:
    close(editor, reason="Huset städas.")
    page = editor.get(f"{one_address(programme)}/oppna")
    assert "Inställt: Huset städas." in words(select(page, ".house-hit")[0])


def test_a_closure_that_has_begun_can_end_earlier(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        make_closure(house(), date(2026, 11, 16), date(2026, 11, 29))
        db.session.commit()
    assert send(editor, one_address(staff_app), last_day="2026-11-23").status_code == 303
    [row] = closed_days(staff_app)
    assert (row.ends_at, row.traces) == (datetime(2026, 11, 24), [])


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"first_day": ""}, "Första dagen: Skriv vilken dag huset är stängt."),
        ({"last_day": "2026-12-01"}, "Sista dagen: Sista dagen ligger före den första. Ändra en av dem."),
        ({"last_day": "2028-01-06"}, "Sista dagen: Det är mer än ett år. Välj en tidigare sista dag."),
        (
            {"first_day": "2026-11-01", "last_day": ""},
            "Första dagen: Den dagen har redan varit. Välj i dag eller senare.",
        ),
        ({"title": ""}, "Rubrik: Skriv en rubrik, till exempel Huset är stängt."),
        ({"title": "a" * 121}, "Rubrik: Skriv högst 120 tecken. Nu är det 121."),
    ],
)
def test_faults(staff_app: Flask, editor: FlaskClient, values: dict[str, str], fault: str) -> None:
    page = send(editor, NEW, **CHRISTMAS | values)
    assert page.status_code == 422
    assert texts(page, ".error-summary a") == [fault]
    assert not closed_days(staff_app)


def test_a_double_click_closes_once(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_at(editor, NEW) | CHRISTMAS
    assert {editor.post(NEW, data=sent).status_code for _ in range(2)} == {303}
    assert len(closed_days(staff_app)) == 1


def test_a_stale_form_shows_both_texts(staff_app: Flask, editor: FlaskClient, colleague: FlaskClient) -> None:
    send(editor, NEW, **CHRISTMAS)
    address = one_address(staff_app)
    sent = form_at(colleague, address) | {"last_day": "2027-01-03"}
    send(editor, address, title="Jullov i huset", last_day="2027-01-10")
    page = colleague.post(address, data=sent)
    assert page.status_code == 409
    assert texts(page, ".staff-conflict__text") == ["2027-01-03", "2027-01-10"]
    assert closed_days(staff_app)[0].ends_at == datetime(2027, 1, 11)
    assert colleague.post(address, data=sent_of(page)).status_code == 303
    [row] = closed_days(staff_app)
    assert (row.event.title, row.ends_at) == ("Jullov i huset", datetime(2027, 1, 4))


def test_a_part_of_the_page_is_the_same_as_in_the_page(programme: Flask, editor: FlaskClient) -> None:
    sent = form_at(editor, NEW) | CHRISTMAS
    part = editor.post(
        f"{NEW}/traffar", data=sent, headers={"HX-Request": "true", "HX-Request-Type": "partial"}
    )
    whole = editor.post(f"{NEW}/traffar", data=sent)
    assert words(select(part, "#closure-hits")[0]) == words(select(whole, "#closure-hits")[0])
    assert not select(part, "form")


def test_another_houses_closure_is_not_there(
    staff_app: Flask, editor: FlaskClient, stranger: FlaskClient
) -> None:
    send(editor, NEW, **CHRISTMAS)
    sent = form_at(stranger, "/personal/goteborg/huset/stangt/ny") | CHRISTMAS
    address = one_address(staff_app)
    for house_of in ("sjuharad", "goteborg"):
        for page in ("", "/traffar", "/oppna"):
            path = address.replace("sjuharad", house_of) + page
            assert stranger.get(path).status_code in {404, 405}
            assert stranger.post(path, data=sent).status_code == 404
    assert closed_days(staff_app)[0].status is Status.PLANNED


def test_the_programme_leads_to_its_pages(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, NEW, first_day="2026-11-26")
    [row] = closed_days(staff_app)
    found = links(editor.get("/personal/sjuharad/"), f"#tillfalle-{row.id} a")
    assert found == [f"{HOUSE}/stangt/{row.id}/oppna", f"{HOUSE}/stangt/{row.id}"]


def test_some_hours_are_no_closed_day(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        make_event(house(), "2026-11-24 14:00", title="Stängt för städning", kind=Kind.CLOSURE)
        db.session.commit()
    assert editor.get(one_address(staff_app)).status_code == 404
    assert "Stängt för städning" not in words(editor.get(HOUSE))
    assert "redan stängt" not in words(editor.get(f"{HOUSE}/stangt-i-dag"))
