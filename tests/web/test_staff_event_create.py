"""Adding an activity: what is shown before saving is what is saved, once, and everywhere at once."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from khcal.calendaring.terms import Audience, Kind, Signup, WallRule
from khcal.db import db
from khcal.models import Change, Event, Room
from tests.factories import make_event
from tests.html import one, select, texts, words
from tests.people import ADMIN, client_of
from tests.web.staff_forms import NEW, ONE_DATE, WEEKLY, form_of, look_at, save


def stored(app: Flask) -> list[Event]:
    with app.app_context():
        return list(db.session.scalars(db.select(Event).options(db.selectinload(Event.occurrences))))


def days_of(event: Event) -> list[str]:
    return [f"{each.starts_at:%Y-%m-%d %H.%M}" for each in event.occurrences]


def room_id(app: Flask, name: str = "Köket") -> str:
    with app.app_context():
        return str(db.session.scalar(db.select(Room.id).filter_by(name=name)))


def marks(page: Any) -> list[str]:
    return texts(page, ".staff-date__marks")


def test_one_date_is_published(staff_app: Flask, editor: FlaskClient) -> None:
    answer = save(editor, **ONE_DATE)
    assert answer.status_code == 303
    (event,) = stored(staff_app)
    assert (event.title, event.slug, days_of(event)) == ("Kvällsfika", "kvallsfika", ["2026-12-03 18.00"])
    assert event.occurrences[0].is_published
    assert event.rule == ""


def test_a_series_is_saved_as_shown(staff_app: Flask, editor: FlaskClient) -> None:
    page = look_at(editor, **WEEKLY)
    assert texts(page, ".staff-date__choice") == [
        "torsdag 3 december",
        "torsdag 10 december",
        "torsdag 17 december",
    ]
    assert words(one(page, ".staff-preview__hours")) == "Torsdagar kl. 18.00–19.30"
    save(editor, **WEEKLY)
    (event,) = stored(staff_app)
    assert days_of(event) == ["2026-12-03 18.00", "2026-12-10 18.00", "2026-12-17 18.00"]
    assert (event.rule, event.rule_from, event.rule_until) == (
        "FREQ=WEEKLY;BYDAY=TH",
        date(2026, 12, 3),
        date(2026, 12, 17),
    )
    assert [each.slot for each in event.occurrences] == [
        date(2026, 12, 3),
        date(2026, 12, 10),
        date(2026, 12, 17),
    ]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"starts": "1730", "ends": "19"}, "torsdag 3 december kl. 17.30–19.00"),
        ({"ends": "24"}, "torsdag 3 december kl. 18.00–24.00"),
        ({"all_day": "y"}, "torsdag 3 december"),
    ],
)
def test_the_time_is_shown_as_it_was_read(editor: FlaskClient, values: dict[str, str], told: str) -> None:
    assert texts(look_at(editor, **ONE_DATE | values), ".staff-preview__dates > li") == [told]


def test_the_footer_promises_subscribers_no_more_than_the_page_of_calling_off(editor: FlaskClient) -> None:
    told = words(one(editor.get(NEW), "footer"))
    assert "syns genast i kalendern och på skärmen" in told
    assert "Den som prenumererar kan få veta det först i morgon." in told


def test_a_draft_is_seen_by_nobody_else(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, action="utkast", **WEEKLY)
    (event,) = stored(staff_app)
    assert event.is_draft
    assert "Kvällsfika" not in editor.get("/sjuharad/").text
    assert "Kvällsfika" not in editor.get("/sjuharad.ics").text
    assert texts(editor.get("/personal/sjuharad/"), ".staff-drafts__link") == ["Kvällsfika"]


def test_what_is_published_is_everywhere_at_once(staff_app: Flask, editor: FlaskClient) -> None:
    visitor = staff_app.test_client()
    before = {
        address: visitor.get(address)
        for address in ("/sjuharad/", "/sjuharad.ics", "/skarm/sjuharad/program.json")
    }
    save(editor, **ONE_DATE)
    for address, old in before.items():
        new = visitor.get(address, headers={"If-None-Match": old.headers["ETag"]})
        assert new.status_code == 200, address
        assert "Kvällsfika" in new.text, address


def test_a_break_starts_unticked_and_can_be_ticked(staff_app: Flask, editor: FlaskClient) -> None:
    page = look_at(editor, **WEEKLY | {"until": "2027-01-14"})
    assert marks(page) == ["Julafton Jullov v. 52", "Nyårsafton Jullov v. 53"]
    sent = form_of(page)
    assert sent["ticked"] == ["2026-12-03", "2026-12-10", "2026-12-17", "2027-01-07", "2027-01-14"]
    sent["ticked"] = ["2026-12-03", "2026-12-31"]
    editor.post(NEW, data=sent | {"action": "publicera"})
    (event,) = stored(staff_app)
    assert days_of(event) == ["2026-12-03 18.00", "2026-12-31 18.00"]
    assert set(event.skips) == {"2026-12-10", "2026-12-17", "2026-12-24", "2027-01-07", "2027-01-14"}
    assert event.skips["2026-12-24"] == "Jullov"


def test_pauses_are_left_out(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, **WEEKLY | {"pauses": "v. 50"})
    assert days_of(stored(staff_app)[0]) == ["2026-12-03 18.00", "2026-12-17 18.00"]


def test_a_pause_typed_later_counts(editor: FlaskClient) -> None:
    first = look_at(editor, **WEEKLY)
    page = editor.post(f"{NEW}/datum", data=form_of(first) | {"pauses": "2026-12-10"})
    assert form_of(page)["ticked"] == ["2026-12-03", "2026-12-17"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"first_day": "2026-12-26"}, ["Annandag jul Jullov"]),
        ({"first_day": "2026-06-06"}, ["Nationaldagen har redan varit"]),
        ({"first_day": "2026-12-01"}, []),
    ],
)
def test_days_with_a_name_are_marked(
    editor: FlaskClient, values: dict[str, str], expected: list[str]
) -> None:
    assert marks(look_at(editor, **ONE_DATE | values)) == expected


def test_a_clash_of_rooms_is_named(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        room = db.session.scalars(db.select(Room).filter_by(name="Köket")).one()
        make_event(room.chapter, "2026-12-03 19:00", title="Bakstuga", second_room=room)
        make_event(room.chapter, "2026-12-03 18:00", title="Öppet hus", room=room, kind=Kind.COMMUNITY)
        db.session.commit()
    assert marks(look_at(editor, **ONE_DATE, room_id=room_id(staff_app))) == [
        "Krockar med Bakstuga kl. 19.00–21.00"
    ]
    assert marks(look_at(editor, **ONE_DATE, room_id=room_id(staff_app, "Samtalsrummet"))) == []
    assert (
        marks(look_at(editor, **ONE_DATE | {"starts": "21", "ends": "22"}, room_id=room_id(staff_app))) == []
    )


def test_a_closed_house_is_a_warning_only(staff_app: Flask, editor: FlaskClient) -> None:
    save(
        editor,
        title="Stängt för flytt",
        kind="closure",
        first_day="2026-12-02",
        last_day="2026-12-04",
        all_day="y",
    )
    assert marks(look_at(editor, **ONE_DATE)) == ["Huset är stängt: Stängt för flytt"]
    assert save(editor, **ONE_DATE).status_code == 303
    closure = stored(staff_app)[0]
    assert closure.signup is Signup.NONE
    assert (closure.occurrences[0].starts_at, closure.occurrences[0].ends_at) == (
        datetime(2026, 12, 2),
        datetime(2026, 12, 5),
    )


def test_everything_under_more_is_kept(staff_app: Flask, editor: FlaskClient) -> None:
    more: dict[str, Any] = {
        "kind": "creative",
        "language": "fi",
        "audience": ["relative", "bereaved"],
        "form": "hybrid",
        "signup": "required",
        "short_text": "Vi ses.",
        "text": "Rad ett.\r\nRad två.",
        "room_id": room_id(staff_app),
        "second_room_id": room_id(staff_app, "Samtalsrummet"),
        "online_link": "https://example.org/mote",
        "signup_contact": "fika@example.org",
        "signup_days_before": "2",
        "signup_time": "12",
        "price": "50",
        "capacity": "8",
        "leader": "volontär",
        "facts": ["calm"],
        "wall": "neutral",
        "neutral_title": "Träff",
        "internal_note": "Nyckeln finns hos vakten.",
    }
    save(editor, **ONE_DATE | more)
    (event,) = stored(staff_app)
    assert event.audience == {Audience.RELATIVE, Audience.BEREAVED}
    assert (event.kind, event.text, event.price, event.capacity) == (
        Kind.CREATIVE,
        "Rad ett.\nRad två.",
        50,
        8,
    )
    assert (event.deadline.days_before, f"{event.deadline.at}") == (2, "12:00:00")
    assert (event.wall, event.neutral_title, event.leader) == (WallRule.NEUTRAL, "Träff", "volontär")
    page = editor.get(f"/personal/sjuharad/aktivitet/{event.id}")
    shown = more | {"text": "Rad ett.\nRad två.", "facts": "calm", "signup_time": "12.00"}
    assert {name: form_of(page)[name] for name in more} == shown


def test_notes_and_links_are_for_staff_only(editor: FlaskClient) -> None:
    save(editor, **ONE_DATE, internal_note="Nyckeln hos vakten", online_link="https://example.org/hemlig")
    own = editor.get("/personal/sjuharad/").text
    assert "Nyckeln hos vakten" in own
    assert "example.org/hemlig" in own
    for address in ("/sjuharad/", "/sjuharad.ics", "/skarm/sjuharad/program.json"):
        assert "Nyckeln" not in editor.get(address).text
        assert "hemlig" not in editor.get(address).text


def test_it_can_be_shown_in_another_house(staff_app: Flask, editor: FlaskClient) -> None:
    page = editor.get(NEW)
    other = one(page, "#houses input[name=houses]")["value"]
    save(editor, **ONE_DATE, houses=[str(other)])
    assert "Kvällsfika" in editor.get("/goteborg/").text
    assert not select(page, "[name=everywhere]")


def test_a_national_admin_can_show_it_everywhere(staff_app: Flask) -> None:
    admin = client_of(staff_app, ADMIN)
    save(admin, **ONE_DATE, everywhere="y")
    assert "Kvällsfika" in admin.get("/goteborg/").text


def test_an_editor_cannot_show_it_everywhere(editor: FlaskClient) -> None:
    save(editor, **ONE_DATE, everywhere="y")
    assert "Kvällsfika" not in editor.get("/goteborg/").text


def test_a_new_event_with_the_same_title_joins_its_group(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, **ONE_DATE)
    save(editor, **ONE_DATE | {"title": "KVÄLLSFIKA", "first_day": "2027-02-02"})
    save(editor, **ONE_DATE | {"title": "Kvällsfika!", "first_day": "2027-03-02"}, meeting="apart")
    assert [event.slug for event in stored(staff_app)] == ["kvallsfika", "kvallsfika", "kvallsfika-2"]


def test_parallel_groups_point_at_each_other(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, **ONE_DATE)
    first = stored(staff_app)[0]
    save(editor, **ONE_DATE | {"title": "Fika för närstående"}, sibling_id=str(first.id))
    first, second = stored(staff_app)
    assert (first.sibling_id, second.sibling_id) == (second.id, first.id)


def test_history_knows_who_did_what(staff_app: Flask, editor: FlaskClient) -> None:
    save(editor, **ONE_DATE)
    with staff_app.app_context():
        change = db.session.scalars(db.select(Change).order_by(Change.id.desc())).first()
        assert change
        assert change.verb == "create"
        assert {row.table_name for row in change.rows} == {"event", "occurrence", "event_shown_in"}
