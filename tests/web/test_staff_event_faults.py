"""Adding an activity goes wrong: who may not, double clicks, dates not looked at, faults at their fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Event, Occurrence
from tests.html import one, select, words
from tests.web.staff_forms import NEW, ONE_DATE, WEEKLY, form_of, look_at, save

ONE = "/personal/sjuharad/aktivitet/1"
HOST = "kalender.example.org"
BY_HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


def stored(app: Flask) -> list[Event]:
    with app.app_context():
        return list(db.session.scalars(db.select(Event).options(db.selectinload(Event.occurrences))))


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_house_answers_as_one_that_does_not_exist(stranger: FlaskClient, method: str) -> None:
    token = {
        "csrf_token": str(
            select(stranger.get("/personal/", follow_redirects=True), "[name=csrf_token]")[0]["value"]
        )
    }
    foreign, missing = (
        getattr(stranger, method)(f"/personal/{house}/aktivitet/ny", data=ONE_DATE | token)
        for house in ("sjuharad", "finns-inte")
    )
    assert foreign.status_code == missing.status_code == 404
    assert words(foreign) == words(missing)


def test_sent_twice_it_is_one(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_of(look_at(editor, **WEEKLY)) | {"action": "publicera"}
    answers = [editor.post(NEW, data=sent) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert len(stored(staff_app)) == 1


def test_dates_are_looked_at_before_saving(staff_app: Flask, editor: FlaskClient) -> None:
    answer = editor.post(NEW, data=form_of(editor.get(NEW)) | WEEKLY | {"action": "publicera"})
    assert answer.status_code == 422
    assert "tryck sedan en gång till" in words(one(answer, ".staff-look-first[tabindex='-1']"))
    assert one(answer, ".staff-look-first a")["href"] == "#date-preview"
    assert not stored(staff_app)
    again = editor.post(NEW, data=form_of(answer) | {"action": "publicera"})
    assert again.status_code == 303


def test_other_dates_than_those_shown_are_never_saved(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_of(look_at(editor, **WEEKLY)) | {"until": "2026-12-31", "action": "publicera"}
    answer = editor.post(NEW, data=sent)
    assert answer.status_code == 422
    assert not stored(staff_app)
    assert len(select(answer, ".staff-preview__dates > li")) == 5


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"first_day": "igår"}, "first_day"),
        ({"starts": ""}, "starts"),
        ({"starts": "25"}, "starts"),
        ({"starts": "2.30", "ends": "4"}, "starts"),
        ({"ends": "17"}, "ends"),
        ({"repeat": "weekly"}, "until"),
        ({"repeat": "weekly", "until": "2026-12-01"}, "until"),
        ({"repeat": "weekly", "until": "2026-12-20", "pauses": "höstlovet"}, "pauses"),
        ({"repeat": "own_days", "days": "2026-12-03, nästa torsdag"}, "days"),
        ({"repeat": "hoppsan"}, "repeat"),
        ({"audience": []}, "audience"),
        ({"kind": "okänt"}, "kind"),
        ({"room_id": "99999"}, "room_id"),
        ({"online_link": "javascript:alert(1)"}, "online_link"),
        ({"price": "-1"}, "price"),
        ({"capacity": "många"}, "capacity"),
        ({"wall": "neutral"}, "neutral_title"),
        ({"neutral_title": "Vi ses på KVÄLLSFIKA"}, "neutral_title"),
        ({"neutral_title": "Kvällsfikan"}, "neutral_title"),
        ({"neutral_title": "Leva med Cancern"}, "neutral_title"),
        ({"neutral_title": "I Kraftens hus"}, "neutral_title"),
        ({"signup_until_day": "2026-12-01", "signup_days_before": "2"}, "signup_until_day"),
        ({"houses": ["4711"]}, "houses"),
    ],
)
def test_a_fault_is_told_at_its_field_and_nothing_is_lost(
    staff_app: Flask, editor: FlaskClient, values: dict[str, Any], field: str
) -> None:
    typed = ONE_DATE | {"short_text": "Behåll mig"} | values
    answer = editor.post(NEW, data=form_of(editor.get(NEW)) | typed | {"action": "publicera"})
    assert answer.status_code == 422
    assert words(one(answer, f"#{field}-error"))
    assert f"#{field}" in [link["href"] for link in select(answer, ".error-summary a")]
    kept = form_of(answer)
    assert kept["short_text"] == "Behåll mig"
    if isinstance(values.get(field), str) and field not in {
        "title",
        "repeat",
        "kind",
        "room_id",
    }:
        assert kept[field] == values[field]
    assert not stored(staff_app)


def test_a_fault_under_more_opens_it(editor: FlaskClient) -> None:
    answer = editor.post(NEW, data=form_of(editor.get(NEW)) | ONE_DATE | {"price": "gratis"})
    assert one(answer, ".staff-more").has_attr("open")


def test_only_named_fields_are_taken(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, **ONE_DATE, chapter_id="2", slug="kapad", import_key="SJ-01", archived="1", published_at="1")
    (event,) = stored(staff_app)
    assert (event.chapter_id, event.slug, event.import_key, event.archived) == (1, "kvallsfika", None, False)


def test_another_activitys_identity_is_not_taken_over(
    staff_app: Flask, editor: FlaskClient, stranger: FlaskClient
) -> None:
    save(editor, **ONE_DATE)
    taken = stored(staff_app)[0].uid
    own = "/personal/goteborg/aktivitet/ny"
    answer = save(stranger, own, **ONE_DATE, uid=taken)
    assert answer.status_code == 422
    assert form_of(answer)["uid"] != taken
    with staff_app.app_context():
        assert db.session.scalars(db.select(Occurrence)).one().event.chapter.slug == "sjuharad"


def test_the_preview_alone_is_a_part_of_the_page(editor: FlaskClient) -> None:
    sent = form_of(editor.get(NEW)) | WEEKLY
    part = editor.post(f"{NEW}/datum", data=sent, headers=BY_HTMX)
    assert one(part, "#date-preview")
    assert not select(part, "html, form")
    assert words(one(part, "#preview-title")) == "Blir 3 tillfällen"


def preview_of(client: FlaskClient, **values: str) -> TestResponse:
    return client.post(f"{NEW}/datum", data=form_of(client.get(NEW)) | values, headers=BY_HTMX)


@pytest.mark.parametrize(
    ("values", "field", "told"),
    [
        ({"starts": "25:00"}, "starts", "Skriv en tid"),
        ({"starts": "02.30", "ends": "04"}, "starts", "ställs klockan om"),
        ({"ends": "17"}, "ends", "Sluttiden ligger före starttiden"),
        ({"repeat": "weekly", "until": "2027-03-25", "pauses": "sportlovet"}, "pauses", "”sportlovet”"),
        ({"repeat": "weekly"}, "until", "när upprepningen slutar"),
    ],
)
def test_the_preview_says_what_it_cannot_read(
    editor: FlaskClient, values: dict[str, str], field: str, told: str
) -> None:
    box = one(preview_of(editor, **ONE_DATE | values), "#date-preview")
    assert one(box, ".notice a")["href"] == f"#{field}"
    assert told in words(one(box, ".notice"))


def test_the_preview_waits_for_what_is_not_typed_yet(editor: FlaskClient) -> None:
    part = preview_of(editor, first_day="2026-12-03", starts="18")
    assert not select(part, ".notice")
    assert "Fyll i datum och tider" in words(one(part, "#date-preview"))


def test_a_stranger_keeps_the_form_and_is_told_in_the_preview(editor: FlaskClient) -> None:
    sent = form_of(editor.get(NEW)) | ONE_DATE
    editor.delete_cookie("__Host-kh", domain=HOST)
    part = editor.post(f"{NEW}/datum", data=sent, headers=BY_HTMX)
    assert (part.status_code, part.headers.get("HX-Redirect")) == (401, None)
    assert "Du är utloggad. Det du har skrivit står kvar här." in words(one(part, "#date-preview"))
    link = one(part, ".notice a")
    assert (link["href"], link["target"], link["rel"]) == ("/personal/logga-in", "_blank", "noopener")
    assert one(part, "#date-preview button")["formaction"] == f"{NEW}/datum#date-preview"


def test_the_form_goes_on_after_a_new_log_in(staff_app: Flask, editor: FlaskClient) -> None:
    sent = form_of(editor.get(NEW)) | ONE_DATE | {"csrf_token": "gammal"}
    part = editor.post(f"{NEW}/datum", data=sent, headers=BY_HTMX)
    assert part.status_code == 400
    sent["csrf_token"] = one(part, "#form-token")["value"]
    assert "Blir 1 tillfälle" in words(editor.post(f"{NEW}/datum", data=sent, headers=BY_HTMX))


def test_an_empty_preview_complains_softly(editor: FlaskClient) -> None:
    page = editor.get(NEW)
    assert not select(page, ".field__error, .error-summary")
    assert "visas alla tillfällen här" in words(one(page, "#date-preview"))


# The page after a fault.


def write_stale(*_: object) -> None:
    """Save over what another has saved a moment ago."""
    activity = db.session.get_one(Event, 1)
    db.session.execute(db.text("UPDATE event SET version = version + 1"))
    activity.title = "Kvällste"
    db.session.flush()


def write_what_cannot_be(*_: object) -> None:
    db.session.add(Event(uid="utan allt annat"))
    db.session.flush()


def write_while_another_writes(*_: object) -> None:
    def wait(*_: object) -> None:
        raise OperationalError("", {}, ValueError("database is locked"))

    event.listen(db.session(), "after_flush", wait, once=True)
    db.session.get_one(Event, 1).title = "Kvällste"
    db.session.flush()


@pytest.mark.parametrize(
    ("write", "status"),
    [(write_stale, 409), (write_what_cannot_be, 500), (write_while_another_writes, 503)],
)
def test_a_page_says_that_nothing_was_saved(
    staff_app: Flask,
    editor: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    write: Callable[..., None],
    status: int,
) -> None:
    save(editor, **ONE_DATE)
    monkeypatch.setattr("khcal.web.staff.saving._look_at_dates", write)
    answer = editor.post(ONE, data=form_of(editor.get(ONE)) | {"leader": "kurator", "action": "publicera"})
    assert (answer.status_code, len(select(answer, "h1"))) == (status, 1)
    assert [(each.title, each.leader) for each in stored(staff_app)] == [("Kvällsfika", "")]
