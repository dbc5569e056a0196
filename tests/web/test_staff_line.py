"""One line of Swedish fills a new activity: what it says is saved, what it does not say is told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.terms import Audience, Form, Kind
from khcal.db import db
from khcal.models import Event
from tests.html import one, select, texts, words
from tests.web.staff_forms import NEW, form_of
from tests.web.staff_line import FILL, TALK, fields_of, only_event, publish, say, told

BY_HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def test_what_the_line_says_is_what_is_saved(staff_app: Flask, editor: FlaskClient) -> None:
    page = say(editor, TALK)
    assert words(one(page, "#preview-title")) == "Blir 19 tillfällen"
    assert publish(editor, page).status_code == 303
    event = only_event(staff_app)
    assert (event.title, event.kind, event.audience) == (
        "Samtalsgrupp för närstående",
        Kind.CONVERSATION,
        {Audience.RELATIVE},
    )
    assert (event.rule, event.rule_from, event.rule_until) == (
        "FREQ=WEEKLY;BYDAY=TU",
        date(2027, 1, 12),
        date(2027, 6, 1),
    )
    assert len(event.occurrences) == 19
    assert set(event.skips) == {"2027-02-16", "2027-04-06"}
    assert all(each.is_published and each.starts_at.hour == 13 for each in event.occurrences)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "yoga varannan torsdag kl 12-13 med start 4 februari, sex gånger, Köket",
            {
                "title": "Yoga",
                "repeat": "fortnightly",
                "times": "6",
                "first_day": "2027-02-04",
                "ends": "13.00",
            },
        ),
        (
            "föreläsning om sömn 25/11 17.30–19 även digitalt, anmälan senast 24/11",
            {"form": "hybrid", "signup": "required", "signup_until_day": "2026-11-24", "repeat": "once"},
        ),
        ("Bokprat mån och ons 10-12 hela terminen", {"weekdays": ["0", "2"], "until": "2027-06-13"}),
        ("Bokprat sista torsdagen i månaden 10-12", {"repeat": "monthly_weekday", "nth": "-1"}),
        (
            "Bokprat 3/12, 5/12 och 9/12 18-20",
            {"repeat": "own_days", "days": "2026-12-03\n2026-12-05\n2026-12-09"},
        ),
        ("Julpyssel 5/12 hela dagen, 40 kr, 12 platser", {"all_day": "y", "price": "40", "capacity": "12"}),
        ("Bokprat 3/12 20-24", {"ends": "24.00"}),
        ("", {"repeat": "once", "audience": "everyone", "price": "0"}),
    ],
)
def test_the_fields_are_filled(editor: FlaskClient, line: str, expected: dict[str, Any]) -> None:
    sent = form_of(say(editor, line))
    assert {name: sent[name] for name in expected} == expected


def test_a_room_is_chosen_by_its_name(staff_app: Flask, editor: FlaskClient) -> None:
    publish(editor, say(editor, "Bokprat i morgon 14-15, Samtalsrummet"), kind="knowledge")
    with staff_app.app_context():
        room = db.session.scalars(db.select(Event)).one().room
        assert room is not None
        assert room.name == "Samtalsrummet"


def test_what_is_not_understood_is_quoted(editor: FlaskClient) -> None:
    page = say(editor, "bokprat i morgon kl 14 sysslolöst, fyrtioelva gånger")
    assert texts(page, ".staff-told-line__warning") == [
        "Vi förstår inte ”sysslolöst”.",
        "Vi förstår inte ”fyrtioelva gånger”.",
    ]


def test_what_is_lacking_is_named_with_a_way_to_its_field(editor: FlaskClient) -> None:
    page = say(editor, "bokprat varje onsdag kl 14")
    lacks = [(str(link["href"]), words(link)) for link in select(page, ".staff-told-line__lacks a")]
    assert lacks == [
        ("#kind", "Vilket slag det är"),
        ("#ends", "När det slutar"),
        ("#until", "Hur länge det håller på"),
    ]
    assert not select(page, ".field__error")
    filled = say(editor, "bokprat varje onsdag kl 14", page, kind="advice", ends="15", times="3")
    assert not select(filled, ".staff-told-line__lacks")
    assert words(one(filled, "#preview-title")) == "Blir 3 tillfällen"


def test_a_contradiction_is_marked(editor: FlaskClient) -> None:
    page = say(editor, "bokprat tisdag 25/11 14-15")
    assert texts(page, ".staff-told-line__warning") == ["25 november är en onsdag, inte en tisdag."]


def test_what_was_inferred_is_told_calmly(editor: FlaskClient) -> None:
    assert texts(say(editor, TALK), ".staff-told-line__read") == [
        "Året är 2027. Slag: Samtal. För vem: Närstående."
    ]


def test_what_was_changed_by_hand_stays(editor: FlaskClient) -> None:
    first = say(editor, "Bokprat tisdagar 13-15 från 12 januari")
    page = say(
        editor,
        "Bokprat tisdagar 13-15 från 12 januari till 26 januari, digitalt",
        first,
        ends="16",
        form="hybrid",
    )
    assert fields_of(page, "starts", "ends", "until", "form") == ("13.00", "16.00", "2027-01-26", "hybrid")
    assert "Du har själv ändrat slutar och hur deltar man. Det står kvar." in told(page)
    emptied = say(editor, "Kvällsprat onsdagar 14-15 från 13 januari", page, title="")
    assert fields_of(emptied, "title", "starts", "ends", "until") == ("", "14.00", "16.00", "")


def test_what_the_line_no_longer_says_goes_away(editor: FlaskClient) -> None:
    page = say(editor, "Bokprat i morgon", say(editor, f"{TALK}, 50 kr, Köket"))
    assert fields_of(page, "title", "price", "room_id", "pauses", "repeat") == (
        "Bokprat",
        "0",
        "",
        "",
        "once",
    )


def test_a_line_sent_before_it_was_read_is_looked_at_first(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_of(editor.get(NEW)) | {"line": TALK, "action": "publicera"}
    page = editor.post(NEW, data=sent)
    assert page.status_code == 422
    assert "tryck sedan en gång till" in words(one(page, ".staff-look-first"))
    assert len(select(page, "[name=ticked]")) == 21
    assert publish(editor, page).status_code == 303
    assert len(only_event(staff_app).occurrences) == 19


def test_what_the_line_lacks_is_told_at_its_field_when_sent(editor: FlaskClient) -> None:
    page = editor.post(
        NEW, data=form_of(editor.get(NEW)) | {"line": "bokprat i morgon kl 14", "action": "utkast"}
    )
    assert page.status_code == 422
    assert texts(page, ".field__error") == ["Välj slag.", "Skriv när det slutar."]
    assert one(page, "#line").get_text().strip() == "bokprat i morgon kl 14"


def test_a_kind_is_chosen_never_guessed(staff_app: Flask, editor: FlaskClient) -> None:
    assert not select(editor.get(NEW), "[name=kind][checked]")
    page = say(editor, "Bokprat i morgon 14-15")
    answer = publish(editor, page)
    assert answer.status_code == 422
    assert words(one(answer, "#kind-error")) == "Välj slag."
    assert one(answer, "#line").get_text().strip() == "Bokprat i morgon 14-15"
    assert publish(editor, answer, kind="knowledge").status_code == 303
    assert only_event(staff_app).kind is Kind.KNOWLEDGE


def test_a_part_of_the_page_answers_while_one_types(editor: FlaskClient) -> None:
    sent = form_of(editor.get(NEW)) | {"line": TALK}
    part = editor.post(FILL, data=sent, headers=BY_HTMX)
    assert part.status_code == 200
    assert one(part, "#event-fields")["data-announce"] == "Blir 19 tillfällen."
    assert not select(part, "#line, h1")
    assert one(part, "[name=digest]")["value"]


def test_nothing_is_saved_by_filling(staff_app: Flask, editor: FlaskClient) -> None:
    say(editor, TALK)
    with staff_app.app_context():
        assert db.session.scalar(db.select(db.func.count(Event.id))) == 0


def test_a_log_in_that_ended_leaves_the_form_alone(editor: FlaskClient) -> None:
    sent = form_of(editor.get(NEW)) | {"line": TALK}
    editor.post("/personal/logga-ut", data={"csrf_token": sent["csrf_token"]})
    answer = editor.post(FILL, data=sent, headers=BY_HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (401, "#date-preview")
    box = one(answer, "#date-preview")
    assert one(answer, "#date-preview button")["formaction"] == f"{NEW}/datum#date-preview"
    assert "Det du har skrivit står kvar här." in words(box)


@pytest.mark.parametrize(
    "line", ['<script>alert(1)</script> i morgon 14-15"', "x" * 2000, "😀\x00\u202e i morgon", "1/1" * 300]
)
def test_any_line_is_text_and_nothing_more(editor: FlaskClient, line: str) -> None:
    page = say(editor, line)
    assert page.status_code == 200
    assert not select(page, "main script, main [onload], [data-announce*='<script']")
    assert "<script>alert" not in page.text


def test_an_edited_activity_has_no_line(staff_app: Flask, editor: FlaskClient) -> None:
    publish(editor, say(editor, TALK))
    page = editor.get(f"/personal/sjuharad/aktivitet/{only_event(staff_app).id}")
    assert not select(page, "#line, #fill, #earlier-titles, [name=filled_line]")
    assert one(page, "[name=kind][checked]")["value"] == "conversation"
    assert Form.ONSITE.value in form_of(page)["form"]
