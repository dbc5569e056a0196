"""Copying a term: last term's groups in one table, saved as drafts."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from khcal.db import db
from khcal.models import Chapter, Event, EventShownIn, Room
from khcal.models.bookkeeping import listing_differences
from tests.html import fields, links, one, select, texts, words
from tests.web.staff_series import make_series

TERM = "/personal/sjuharad/termin"
DAYS = {
    "old_first": "2026-08-31",
    "old_last": "2026-12-13",
    "new_first": "2027-01-11",
    "new_last": "2027-06-13",
}


def table(client: FlaskClient) -> TestResponse:
    return client.get(TERM, query_string=DAYS)


def group_of(answer: TestResponse, title: str) -> object:
    return next(group for group in select(answer, ".staff-term__group") if title in words(group))


def save(client: FlaskClient, shown: TestResponse, **changed: object) -> TestResponse:
    return client.post(TERM, data=fields(one(shown, "#term-form")) | {"action": "utkast"} | changed)


def room_number(name: str) -> int:
    return db.session.scalars(db.select(Room.id).filter_by(name=name)).one()


def stored(app: Flask) -> list[Event]:
    return list(db.session.scalars(db.select(Event).order_by(Event.id)))


def test_the_usual_terms_are_filled_in(editor: FlaskClient) -> None:
    sent = fields(one(editor.get(TERM), "main form"))
    assert {name: sent[name] for name in DAYS} == {**DAYS, "old_first": "2026-08-24"}


def test_to_show_the_groups_leads_to_them(staff_app: Flask, editor: FlaskClient) -> None:
    make_series(staff_app)
    assert one(editor.get(TERM), "main form")["action"] == f"{TERM}#grupperna"
    assert one(table(editor), "#grupperna").name == "ul"


def test_a_copy_goes_on_with_the_same_activity_as_drafts(staff_app: Flask, editor: FlaskClient) -> None:
    make_series(staff_app)
    done = save(editor, table(editor))
    assert done.status_code == 303
    with staff_app.app_context():
        (event,) = stored(staff_app)
        new = [row for row in event.occurrences if not row.is_published]
        assert (new[0].slot, new[-1].slot) == (date(2027, 1, 12), date(2027, 6, 8))
        assert {row.starts_at.strftime("%a %H.%M") for row in new} == {"Tue 13.00"}
        assert event.skips["2026-12-15"] == ""
        assert listing_differences(db.session()) == (set(), set())
    assert "13.00" not in words(editor.get("/sjuharad/dag/2027-01-12"))


def test_all_are_published_at_once_and_taken_back_in_one(staff_app: Flask, editor: FlaskClient) -> None:
    make_series(staff_app)
    make_series(staff_app, "Yoga")
    page = editor.get(save(editor, table(editor)).location)
    assert texts(page, ".staff-import-row__title bdi") == ["Målarverkstad", "Yoga"]
    publish = next(form for form in select(page, "main form") if "publicera" in str(form["action"]))
    page = editor.get(editor.post(str(publish["action"]), data=fields(publish)).location)
    assert "Allt som kopierades är publicerat" in words(page)
    assert "Målarverkstad" in words(editor.get("/sjuharad/dag/2027-01-12"))
    undo = next(form for form in select(page, "form") if str(form["action"]).endswith("/angra"))
    editor.post(str(undo["action"]), data=fields(undo))
    assert "Målarverkstad" not in words(editor.get("/sjuharad/dag/2027-01-12"))


def test_a_break_is_left_out_with_its_reason(staff_app: Flask, editor: FlaskClient) -> None:
    make_series(staff_app)
    with staff_app.app_context():
        from tests.factories import make_break

        make_break(
            db.session.scalar(db.select(Chapter).filter_by(slug="sjuharad")),
            "2027-02-15",
            "2027-02-21",
            "Sportlov",
        )
        db.session.commit()
    shown = table(editor)
    off = one(shown, ".staff-date--off")
    assert "16 februari" in words(off)
    assert "Sportlov" in words(off)
    save(editor, shown)
    with staff_app.app_context():
        assert stored(staff_app)[0].skips["2027-02-16"] == "Sportlov"


def test_other_hours_make_a_new_activity_of_the_same_group(staff_app: Flask, editor: FlaskClient) -> None:
    number = make_series(staff_app)
    typed = {f"g{number}-starts": "14", f"g{number}-ends": "16"}
    done = save(editor, save(editor, table(editor), **typed, action="visa"))
    assert done.status_code == 303
    with staff_app.app_context():
        old, new = stored(staff_app)
        assert (old.slug, old.title) == (new.slug, new.title)
        assert {row.starts_at.hour for row in new.occurrences} == {14}
        assert len(old.occurrences) == 15
    links_of_group = links(editor.get("/personal/sjuharad/"))
    assert links_of_group


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_house_that_hides_a_group_hides_its_copy(
    staff_app: Flask, editor: FlaskClient, everywhere: bool
) -> None:
    number = make_series(staff_app, everywhere=everywhere)
    with staff_app.app_context():
        other = db.session.scalar(db.select(Chapter).filter_by(slug="goteborg"))
        hidden = EventShownIn(event=db.session.get_one(Event, number), chapter=other, hidden=True)
        db.session.add(hidden)
        db.session.commit()
    typed = {f"g{number}-starts": "14", f"g{number}-ends": "16"}
    assert save(editor, save(editor, table(editor), **typed, action="visa")).status_code == 303
    with staff_app.app_context():
        copy = stored(staff_app)[-1]
        assert copy.id != number
        assert {shown.chapter.slug: shown.hidden for shown in copy.shown_in} == {
            "sjuharad": False,
            "goteborg": True,
        }
        assert copy.everywhere is everywhere


def test_hours_typed_but_not_looked_at_are_shown_first(staff_app: Flask, editor: FlaskClient) -> None:
    number = make_series(staff_app)
    answer = save(editor, table(editor), **{f"g{number}-starts": "14", f"g{number}-ends": "16"})
    assert answer.status_code == 422
    assert "tryck sedan en gång till" in words(one(answer, ".staff-look-first"))
    with staff_app.app_context():
        assert len(stored(staff_app)[0].occurrences) == 15


def test_a_fault_in_a_row_is_told_at_its_field(staff_app: Flask, editor: FlaskClient) -> None:
    number = make_series(staff_app)
    answer = save(editor, table(editor), **{f"g{number}-starts": "25"})
    assert answer.status_code == 422
    assert "Skriv en tid" in words(one(answer, f"#g{number}-starts-error"))


@pytest.mark.parametrize("action", ["utkast", "visa"])
def test_faults_in_the_table_are_told_at_its_top(staff_app: Flask, editor: FlaskClient, action: str) -> None:
    number = make_series(staff_app)
    answer = save(editor, table(editor), **{f"g{number}-starts": "25"}, action=action)
    assert answer.status_code == 422
    summary = one(answer, ".error-summary")
    assert links(summary, "a") == [f"#g{number}-starts"]
    told = "Målarverkstad , börjar: Skriv en tid, till exempel 9.30 eller 13."
    assert texts(summary, "li") == [told]


def test_a_fault_of_a_group_that_does_not_come_along_is_none(staff_app: Flask, editor: FlaskClient) -> None:
    number = make_series(staff_app)
    make_series(staff_app, "Yoga")
    sent = fields(one(table(editor), "#term-form")) | {f"g{number}-starts": "25", "action": "utkast"}
    sent.pop(f"g{number}-chosen")
    assert editor.post(TERM, data=sent).status_code == 303


def test_a_group_without_dates_is_told(staff_app: Flask, editor: FlaskClient) -> None:
    number = make_series(staff_app)
    make_series(staff_app, "Yoga")
    sent = fields(one(table(editor), "#term-form")) | {"action": "utkast"}
    sent.pop(f"g{number}-days")
    answer = editor.post(TERM, data=sent)
    assert answer.status_code == 422
    assert links(one(answer, ".error-summary"), "a") == [f"#g{number}-chosen"]
    assert "Inget datum är ikryssat" in words(one(answer, f"#g{number}-chosen-error"))
    assert "Ingen grupp är ikryssad" not in words(one(answer, "main"))


def test_two_groups_in_one_room_are_marked(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        number = room_number("Köket")
    make_series(staff_app, room_id=number)
    make_series(staff_app, "Yoga", room_id=number)
    assert "krockar" in words(group_of(table(editor), "Yoga"))  # type: ignore[arg-type]


def test_another_room_is_chosen_in_the_table(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        kitchen, other = (room_number(name) for name in ("Köket", "Samtalsrummet"))
    number, yoga = (make_series(staff_app, title, room_id=kitchen) for title in ("Målarverkstad", "Yoga"))
    form = one(table(editor), "#term-form")
    offered = texts(one(form, f"#g{yoga}-room_id"), "option")
    assert offered == ["Inget rum", "Köket", "Samtalsrummet"]
    assert fields(form)[f"g{yoga}-room_id"] == str(kitchen)
    moved = {f"g{yoga}-room_id": str(other)}
    unseen = save(editor, table(editor), **moved)
    assert unseen.status_code == 422
    shown = save(editor, table(editor), **moved, action="visa")
    assert "krockar" not in words(one(shown, "#term-form"))
    assert save(editor, shown).status_code == 303
    with staff_app.app_context():
        old, first, copy = stored(staff_app)
        assert (old.id, first.id, first.room_id, copy.slug, copy.room_id) == (
            number,
            yoga,
            kitchen,
            first.slug,
            other,
        )
        assert (len(first.occurrences), len(copy.occurrences)) == (15, 22)


def test_a_room_of_another_house_can_not_be_chosen(staff_app: Flask, editor: FlaskClient) -> None:
    number = make_series(staff_app)
    with staff_app.app_context():
        away = room_number("Salongen")
    answer = save(editor, table(editor), **{f"g{number}-room_id": str(away)})
    assert answer.status_code == 422
    assert links(one(answer, ".error-summary"), "a") == [f"#g{number}-room_id"]


def test_no_room_can_be_chosen_in_the_table(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        kitchen = room_number("Köket")
    number = make_series(staff_app, room_id=kitchen, second_room_id=kitchen)
    shown = save(editor, table(editor), **{f"g{number}-room_id": ""}, action="visa")
    assert save(editor, shown).status_code == 303
    with staff_app.app_context():
        assert stored(staff_app)[-1].room_id is None


def test_copied_again_there_is_nothing_left_to_copy(staff_app: Flask, editor: FlaskClient) -> None:
    make_series(staff_app)
    save(editor, table(editor))
    assert "Finns redan i den nya terminen" in words(table(editor))


def test_nothing_ticked_is_told(staff_app: Flask, editor: FlaskClient) -> None:
    number = make_series(staff_app)
    shown = table(editor)
    sent = fields(one(shown, "#term-form"))
    sent.pop(f"g{number}-chosen")
    answer = editor.post(TERM, data=sent | {"action": "utkast"})
    assert answer.status_code == 422
    assert "Ingen grupp är ikryssad" in words(one(answer, ".staff-look-first"))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"new_last": "2027-01-01"}, "Sista dagen ligger före den första"),
        (
            {"new_first": "2026-08-01", "new_last": "2026-09-01"},
            "Den nya terminen måste börja efter den gamla",
        ),
        ({"old_first": ""}, "Skriv ett datum"),
        ({"old_last": "igår"}, "Skriv datumet"),
        ({"new_last": "2029-01-01"}, "mer än ett år"),
    ],
)
def test_days_that_make_no_term_are_told(editor: FlaskClient, days: dict[str, str], told: str) -> None:
    answer = editor.get(TERM, query_string=DAYS | days)
    assert answer.status_code == 422
    assert told in words(one(answer, ".error-summary"))


def test_a_copy_of_another_house_is_not_there(
    staff_app: Flask, editor: FlaskClient, stranger: FlaskClient
) -> None:
    make_series(staff_app)
    number = save(editor, table(editor)).location.rpartition("/")[2]
    assert stranger.get(f"/personal/goteborg/termin/{number}").status_code == 404
    assert editor.get("/personal/sjuharad/termin/99999999999").status_code == 404


def test_one_activity_is_copied_to_its_next_round(staff_app: Flask, editor: FlaskClient) -> None:
    number = make_series(staff_app, short_text="Du behöver inte kunna måla.", price=40)
    copying = next(
        link for link in links(editor.get(f"/personal/sjuharad/aktivitet/{number}")) if "som=" in link
    )
    form = one(editor.get(copying), "#event-form")
    sent = fields(form)
    told = ("Målarverkstad", "Du behöver inte kunna måla.", "40", "13.00")
    assert (sent["title"], sent["short_text"], sent["price"], sent["starts"]) == told
    with staff_app.app_context():
        assert sent["uid"] != db.session.get_one(Event, number).uid
