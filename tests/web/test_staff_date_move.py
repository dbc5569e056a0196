"""Moving one date: traces, what is in the way, what is asked before it is done, and two at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.db import db
from khcal.models import Chapter, Occurrence
from tests.factories import make_closure
from tests.html import links, one, select, texts, words
from tests.web.staff_dates import (
    HOUSE,
    address,
    form_of,
    look,
    look_and_send,
    plant,
    plant_series,
    row_of,
    send,
    verbs_of,
)

MOVE = address(1, "flytta")


@pytest.fixture(autouse=True)
def series(staff_app: Flask) -> None:
    plant_series(staff_app)


def traces(row: Occurrence) -> list[str]:
    return [f"{trace.day}" for trace in row.traces]


def test_two_clicks_and_a_date(staff_app: Flask, editor: FlaskClient) -> None:
    page = editor.get(MOVE)
    sent = form_of(page)
    assert (sent["day"], sent["starts"], sent["ends"]) == ("2026-12-03", "18.00", "19.30")
    uid = row_of(staff_app).uid
    answer = send(editor, MOVE, day="2026-12-04", words="Köket målas.")
    assert answer.status_code == 303
    row = row_of(staff_app)
    assert (f"{row.starts_at:%m-%d %H.%M}", f"{row.ends_at:%H.%M}", row.uid) == ("12-04 18.00", "19.30", uid)
    assert (traces(row), row.traces[0].reason, row.by_hand) == (["2026-12-03"], "Köket målas.", True)
    assert verbs_of(staff_app)[-1] == "move"
    told = words(one(editor.get(answer.headers["Location"]), "main"))
    assert "Kvällsfika är nu fredag 4 december kl. 18.00–19.30." in told
    assert "Vi flyttar Kvällsfika från torsdag 3 december till fredag 4 december kl. 18.00–19.30." in told


def test_a_later_start_alone_keeps_how_long_it_is(staff_app: Flask, editor: FlaskClient) -> None:
    assert "kl. 20.00–21.30" in words(one(look(editor, MOVE, starts="20"), "#date-preview"))
    send(editor, MOVE, starts="20")
    row = row_of(staff_app)
    assert (f"{row.starts_at:%H.%M}", f"{row.ends_at:%H.%M}") == ("20.00", "21.30")


def test_what_cannot_be_is_told_while_one_types(editor: FlaskClient) -> None:
    preview = one(look(editor, MOVE, ends="17"), "#date-preview")
    assert "Slutar : Sluttiden ligger före starttiden." in words(preview)


def test_both_days_tell_of_it(editor: FlaskClient) -> None:
    send(editor, MOVE, day="2026-12-04", words="Köket målas.")
    assert "Flyttat till fredag 4 december kl. 18.00. Köket målas." in words(
        editor.get("/sjuharad/dag/2026-12-03")
    )
    assert "Flyttat hit från torsdag 3 december." in words(editor.get("/sjuharad/dag/2026-12-04"))
    assert "DTSTART;TZID=Europe/Stockholm:20261204T180000" in editor.get("/sjuharad.ics").text


def test_two_moves_are_told_on_all_three_days(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, MOVE, day="2026-12-08", words="Köket målas.")
    send(editor, MOVE, day="2026-12-04", words="Färgen torkar.")
    assert traces(row_of(staff_app)) == ["2026-12-03", "2026-12-08"]
    for day, why in (("03", "Köket målas."), ("08", "Färgen torkar.")):
        told = words(editor.get(f"/sjuharad/dag/2026-12-{day}"))
        assert f"Flyttat till fredag 4 december kl. 18.00. {why}" in told
    # It was last moved from the 8th, though that is the later day.
    said = "Flyttat hit från tisdag 8 december. Färgen torkar. Först skulle det vara torsdag 3 december."
    assert said in words(editor.get("/sjuharad/tillfalle/1"))


def test_back_again_takes_the_trace_away(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, MOVE, day="2026-12-04")
    send(editor, MOVE, day="2026-12-03")
    assert traces(row_of(staff_app)) == ["2026-12-04"]
    assert "Flyttat till" not in words(editor.get("/sjuharad/dag/2026-12-03"))


def test_another_time_on_the_same_day_leaves_none(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, MOVE, starts="17", ends="18.30")
    assert (f"{row_of(staff_app).starts_at:%d %H.%M}", traces(row_of(staff_app))) == ("03 17.00", [])


def test_another_room_alone(staff_app: Flask, editor: FlaskClient) -> None:
    answer = send(editor, MOVE, room_id="2")
    row = row_of(staff_app)
    assert (row.room_id, row.by_hand, traces(row)) == (2, False, [])
    assert "har fått en ny plats: Samtalsrummet i stället för Köket" in words(
        editor.get(answer.headers["Location"])
    )
    assert "Samtalsrummet" in words(editor.get("/sjuharad/dag/2026-12-03"))
    send(editor, MOVE, room_id="")
    assert row_of(staff_app).room_id is None


def test_a_draft_is_moved_without_a_word(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-12-03 18:00", title="Nytt", published=False)
    answer = send(editor, address(4, "flytta"), day="2026-12-07")
    assert "/besked" not in answer.headers["Location"]
    assert (f"{row_of(staff_app, 4).starts_at:%d}", traces(row_of(staff_app, 4))) == ("07", [])


def test_one_that_was_called_off_is_held_on_its_new_day(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, address(1, "stall-in"), reason="ill")
    assert "Flyttar du det så blir det av" in words(editor.get(MOVE))
    answer = send(editor, MOVE, day="2026-12-08")
    row = row_of(staff_app)
    assert (row.status.value, row.reason, traces(row)) == ("planned", "", ["2026-12-03"])
    assert "Kvällsfika har fått ett nytt datum" in words(editor.get(answer.headers["Location"]))


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({}, "day", "Välj en annan dag, en annan tid eller ett annat rum."),
        ({"day": ""}, "day", "Skriv vilken dag det blir."),
        ({"day": "i morgon"}, "day", "Skriv datumet med år, månad och dag, till exempel 2026-11-24."),
        ({"starts": "02.30", "ends": "4"}, "starts", "Välj en annan tid än 02.30"),
        ({"starts": ""}, "starts", "Skriv när det börjar."),
        ({"ends": "17"}, "ends", "Sluttiden ligger före starttiden. Ändra en av dem."),
        ({"ends": "sent"}, "ends", "Skriv en tid, till exempel 9.30 eller 13."),
        ({"room_id": "99"}, "room_id", "Inte ett giltigt val"),
        ({"day": "2026-11-03"}, "past_ok", "Den nya tiden har redan varit."),
        ({"words": "x" * 201}, "words", "Skriv högst 200 tecken."),
    ],
)
def test_what_can_not_be_is_told_at_its_field(
    staff_app: Flask, editor: FlaskClient, values: dict[str, str], field: str, told: str
) -> None:
    answer = send(editor, MOVE, **values)
    assert answer.status_code == 422
    assert told in words(one(answer, f"#{field}-error"))
    assert told in words(one(answer, ".error-summary"))
    assert f"{row_of(staff_app).starts_at:%m-%d %H.%M}" == "12-03 18.00"


def test_a_day_that_has_been_is_asked_about_once(staff_app: Flask, editor: FlaskClient) -> None:
    asked = send(editor, MOVE, day="2026-11-03")
    answer = editor.post(MOVE, data=form_of(asked) | {"past_ok": "y"})
    assert answer.status_code == 303
    assert f"{row_of(staff_app).starts_at:%m-%d}" == "11-03"


def test_what_has_been_can_not_be_moved(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_of(editor.get(MOVE)) | {"day": "2026-12-20"}
    plant(staff_app, "2026-11-23 18:00", title="I går")
    yesterday = address(4, "flytta")
    for answer in (editor.get(yesterday), editor.post(yesterday, data=sent)):
        assert texts(answer, "main .notice") == [
            "Tillfället har redan varit. Det som har varit går inte att flytta."
        ]
        assert not select(answer, "#move-form")
    assert editor.post(yesterday, data=sent).status_code == 422
    assert f"{row_of(staff_app, 4).starts_at:%m-%d}" == "11-23"
    assert yesterday not in links(editor.get(HOUSE + "/"))


def test_a_draft_of_yesterday_can_be_moved(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-11-23 18:00", title="Utkastet", published=False)
    assert send(editor, address(4, "flytta"), day="2026-12-20").status_code == 303


def test_into_the_night_and_until_midnight(staff_app: Flask, editor: FlaskClient) -> None:
    send(editor, MOVE, starts="22", ends="1")
    assert f"{row_of(staff_app).ends_at:%d %H.%M}" == "04 01.00"
    assert form_of(editor.get(MOVE))["ends"] == "01.00"
    send(editor, MOVE, ends="24")
    assert f"{row_of(staff_app).ends_at:%d %H.%M}" == "04 00.00"
    assert form_of(editor.get(MOVE))["ends"] == "24.00"


def test_days_without_hours_keep_their_length(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-12-03", hours=0)
    with staff_app.app_context():
        db.session.get_one(Occurrence, 4).ends_at += timedelta(days=2)
        db.session.commit()
    page = editor.get(address(4, "flytta"))
    assert "starts" not in form_of(page)
    send(editor, address(4, "flytta"), day="2026-12-07")
    row = row_of(staff_app, 4)
    assert (f"{row.starts_at:%d %H}", f"{row.ends_at:%d %H}") == ("07 00", "10 00")


def warnings_in(answer: object) -> list[str]:
    return texts(answer, ".staff-date__warning")  # type: ignore[arg-type]


def test_what_is_in_the_way_is_seen_before_it_is_saved(staff_app: Flask, editor: FlaskClient) -> None:
    plant(staff_app, "2026-12-04 18:30", title="Yoga", room_id=1)
    answer = send(editor, MOVE, day="2026-12-04")
    assert answer.status_code == 422
    assert "Inget är sparat än." in words(one(answer, ".staff-look-first"))
    assert warnings_in(answer) == ["Krockar med Yoga kl. 18.30–20.00"]
    assert editor.post(MOVE, data=form_of(answer)).status_code == 303
    assert f"{row_of(staff_app).starts_at:%m-%d}" == "12-04"


def test_what_has_been_looked_at_is_saved_at_once(editor: FlaskClient) -> None:
    assert look_and_send(editor, MOVE, day="2026-12-24").status_code == 303
    # Looked at one day, sent another.
    seen = form_of(look(editor, MOVE, day="2026-12-25"))
    assert editor.post(MOVE, data=seen | {"day": "2026-12-26"}).status_code == 422


def test_red_days_breaks_and_closed_days(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        house = db.session.scalars(db.select(Chapter).filter_by(slug="sjuharad")).one()
        make_closure(house, date(2026, 12, 23), date(2027, 1, 1), title="Julstängt")
        db.session.commit()
    told = warnings_in(look(editor, MOVE, day="2026-12-24"))
    assert told == ["Julafton", "Jullov", "Huset är stängt: Julstängt"]


def test_its_own_place_is_no_clash(editor: FlaskClient) -> None:
    answer = look(editor, MOVE, starts="18.15")
    assert warnings_in(answer) == []
    assert "Inget är i vägen." in words(one(answer, "#date-preview"))
    assert warnings_in(look(editor, MOVE, day="2026-12-10")) == ["Krockar med Kvällsfika kl. 18.00–19.30"]


def test_htmx_gets_the_box_alone(editor: FlaskClient) -> None:
    sent = form_of(editor.get(MOVE)) | {"day": "2026-12-04"}
    answer = editor.post(
        f"{MOVE}/datum", data=sent, headers={"HX-Request": "true", "HX-Request-Type": "partial"}
    )
    assert "Fredag 4 december kl. 18.00–19.30" in words(one(answer, "#date-preview"))
    assert not select(answer, "header")
    half = editor.post(f"{MOVE}/datum", data=sent | {"day": ""})
    assert not select(half, ".error-summary, .field__error")


def test_somebody_else_was_faster(staff_app: Flask, editor: FlaskClient, colleague: FlaskClient) -> None:
    mine = form_of(editor.get(MOVE)) | {"day": "2026-12-08"}
    send(colleague, address(1, "stall-in"), reason="room")
    answer = editor.post(MOVE, data=mine)
    assert answer.status_code == 409
    told = words(one(answer, ".staff-conflict"))
    assert "tisdag 8 december kl. 18.00–19.30" in told
    assert "torsdag 3 december kl. 18.00–19.30 , Köket Inställt : Lokalen går inte att använda." in told
    assert form_of(answer)["day"] == "2026-12-08"
    assert editor.post(MOVE, data=form_of(answer)).status_code == 303
    assert f"{row_of(staff_app).starts_at:%d}" == "08"


def test_a_colleague_who_counts_places_is_in_nobodys_way(staff_app: Flask, editor: FlaskClient) -> None:
    mine = form_of(editor.get(MOVE)) | {"day": "2026-12-08"}
    with staff_app.app_context():
        db.session.get_one(Occurrence, 1).places = "few"  # type: ignore[assignment]
        db.session.commit()
    assert editor.post(MOVE, data=mine).status_code == 303


def test_a_double_click_moves_once(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_of(editor.get(MOVE)) | {"day": "2026-12-08"}
    first, second = (editor.post(MOVE, data=sent) for _ in range(2))
    assert (second.status_code, second.headers["Location"]) == (303, first.headers["Location"])
    assert verbs_of(staff_app).count("move") == 1


def test_what_is_not_ones_own_is_not_there(
    staff_app: Flask, editor: FlaskClient, stranger: FlaskClient
) -> None:
    sent = form_of(editor.get(MOVE))
    for path in (MOVE, MOVE.replace("sjuharad", "goteborg"), address(99, "flytta"), address(2**40, "flytta")):
        assert stranger.get(path).status_code == 404
    assert editor.get(f"{HOUSE}/tillfalle/99/flytta").status_code == 404
    token = select(stranger.get("/personal/goteborg/"), "[name=csrf_token]")[0]["value"]
    assert stranger.post(MOVE, data=sent | {"csrf_token": token}).status_code == 404


def test_one_whose_publication_was_undone_is_not_there(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        db.session.get_one(Occurrence, 1).withdraw()
        db.session.commit()
    assert editor.get(MOVE).status_code == 404
    assert editor.get(address(1, "stall-in")).status_code == 404
