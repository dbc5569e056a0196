"""Bringing in a programme by hand: look at the table, save drafts, publish all, take it all back."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from khcal.db import db
from khcal.models import Change, Chapter, Event, Occurrence, Room
from tests.html import Answer, fields, one, texts, words
from tests.people import ADMIN, client_of
from tests.unit.calendars import calendar, event
from tests.unit.sheets import sheet
from tests.web.import_files import CELLS, IMPORT, again, bring_in, counted, latest, look_at, save, sections

COMING = {"startdatum": "2027-01-12", "slutdatum": "2027-02-09", "rrule": "FREQ=WEEKLY;BYDAY=TU"}
ROW = COMING | {"avdelning": "sjuharad", "rum": "Köket"}


def field_named(page: Answer, label: str) -> str:
    """The name of the choice that has this label."""
    (found,) = [each for each in one(page, "#svar").select("label") if words(each) == label]
    return str(found["for"])


def undo(client: FlaskClient, page: Answer) -> None:
    form = one(page, ".staff-done form")
    assert client.post(str(form["action"]), data=fields(form)).status_code == 303


def test_nothing_is_saved_before_somebody_says_so(editor: FlaskClient, staff_app: Flask) -> None:
    assert look_at(editor, CELLS).status_code == 200
    assert counted(staff_app) == (0, 0)


def test_cells_from_excel_in_a_table_by_what_becomes_of_them(editor: FlaskClient) -> None:
    page = look_at(editor, CELLS)
    assert sections(page) == {"Förstår vi inte": ["Qigong", "Vårfest"], "Nytt": ["Samtalsgrupp"]}
    assert "Rätta i rutan" in words(one(page, "main"))
    assert "filen" not in words(one(page, "main"))
    assert "Rätta i filen" in words(one(look_at(editor, CELLS.encode()), "main"))
    faults = texts(page, ".staff-import-row__fault")
    assert faults[0].startswith("rad 5, kolumn Datum, Tid : När det slutar saknas")
    assert texts(page, ".staff-import-row__when") == ["3 tillfällen, 12–26 januari 2027, kl. 13.00–15.00"]


def test_it_becomes_drafts_and_one_change_with_the_way_back(editor: FlaskClient, staff_app: Flask) -> None:
    page = bring_in(editor, CELLS)
    assert counted(staff_app) == (1, 3)
    with staff_app.app_context():
        assert db.session.scalars(select(Event)).one().is_draft
        change = db.session.scalars(select(Change).order_by(Change.id.desc())).first()
        assert change
        assert (change.verb, change.chapter_id, change.user_id) == ("import", 1, 1)
    assert editor.get("/sjuharad/").text.count("Samtalsgrupp") == 0
    undo(editor, page)
    assert counted(staff_app) == (0, 0)


def test_all_of_it_is_published_with_one_press(editor: FlaskClient, staff_app: Flask) -> None:
    page = bring_in(editor, CELLS)
    form = one(page, ".staff-import__publish")
    assert words(one(form, "button")) == "Publicera alla (3 tillfällen)"
    answer = editor.post(str(form["action"]), data=fields(form))
    done = editor.get(answer.location)
    assert "3 tillfällen är publicerade." in words(one(done, ".staff-done"))
    assert "Samtalsgrupp" in editor.get("/sjuharad/?fran=2027-01-12").text
    undo(editor, done)
    assert "Samtalsgrupp" not in editor.get("/sjuharad/?fran=2027-01-12").text


def test_again_nothing_doubles_and_what_people_changed_stays(editor: FlaskClient, staff_app: Flask) -> None:
    bring_in(editor, CELLS)
    with staff_app.app_context():
        db.session.scalars(select(Event)).one().leader = "kurator"
        db.session.commit()
    page = look_at(editor, CELLS)
    assert "Nytt" not in sections(page)
    assert texts(page, ".staff-import__rest bdi") == ["Samtalsgrupp"]
    assert counted(staff_app) == (1, 3)


def test_every_page_of_it_has_one_name(editor: FlaskClient) -> None:
    ask, table = editor.get(IMPORT), look_at(editor, CELLS)
    done = save(editor, table)
    names = [words(one(page, "h1")) for page in (ask, table, editor.get(done.location))]
    assert names == ["Läs in", "Det här läses in", "Det här lästes in"]
    assert words(one(ask, ".staff-nav__ways [aria-current]")) == "Läs in"
    assert "ikryssat" in words(one(table, ".staff-import__end"))


def test_a_double_click_makes_one_thing(editor: FlaskClient, staff_app: Flask) -> None:
    page = look_at(editor, CELLS)
    first, second = save(editor, page), save(editor, page)
    assert first.location == second.location == f"{IMPORT}/{latest(staff_app)}"
    assert counted(staff_app) == (1, 3)


def test_only_what_is_ticked(editor: FlaskClient, staff_app: Flask) -> None:
    page = look_at(editor, calendar(event("1", "Yoga"), event("2", "Kör")))
    boxes = [str(box["value"]) for box in one(page, ".staff-import__table").select("[name=med]")]
    assert save(editor, page, med=boxes[1:]).status_code == 303
    with staff_app.app_context():
        assert db.session.scalars(select(Event.title)).all() == ["Kör"]
    page = look_at(editor, calendar(event("1", "Yoga"), event("2", "Kör")))
    assert save(editor, page, med=[]).location == IMPORT
    assert counted(staff_app)[0] == 1


def test_what_columns_and_words_mean_is_chosen_in_the_form(editor: FlaskClient, staff_app: Flask) -> None:
    cells = "A\tB\tC\tAktivitet\n2027-01-12\tkvarnen\t13–15\tYoga\n"
    page = look_at(editor, cells)
    assert sections(page) == {"Förstår vi inte": ["Yoga"]}
    chosen = {"kolumn-0": "dag", "kolumn-1": "rum", "kolumn-2": "tid"}
    page = again(editor, page, **chosen)
    assert sections(page) == {"Nytt": ["Yoga"]}
    page = again(editor, page, **chosen, **{field_named(page, "Rummet ”kvarnen”"): "+nytt"})
    assert "Huset får nya rum: kvarnen" in words(one(page, "main"))
    assert save(editor, page).status_code == 303
    with staff_app.app_context():
        assert "kvarnen" in db.session.scalars(select(Room.name)).all()


def test_choices_that_change_the_table_are_shown_before_they_are_saved(
    editor: FlaskClient, staff_app: Flask
) -> None:
    page = look_at(editor, CELLS)
    answer = save(editor, page, langd="90")
    assert answer.status_code == 409
    assert sections(answer) == {"Förstår vi inte": ["Vårfest"], "Nytt": ["Samtalsgrupp", "Qigong"]}
    assert counted(staff_app) == (0, 0)
    assert save(editor, answer).status_code == 303
    assert counted(staff_app) == (2, 4)


def test_a_calendar_of_outlook(editor: FlaskClient, staff_app: Flask) -> None:
    weekly = event("2", "Målarkväll", RRULE="FREQ=WEEKLY;COUNT=4", LOCATION="Köket")
    private = event("3", "Kanariefågel", CLASS="PRIVATE")
    page = look_at(editor, calendar(event(), weekly, private))
    assert sections(page) == {"Nytt": ["Lunchyoga", "Målarkväll"]}
    assert "1 privat händelse tas inte med." in words(one(page, "main"))
    assert "Kanariefågel" not in page.text
    save(editor, page)
    with staff_app.app_context():
        found = db.session.scalars(select(Event).filter_by(title="Målarkväll")).one()
        assert found.room
        assert (found.rule, found.room.name, len(found.occurrences)) == ("FREQ=WEEKLY;BYDAY=TU", "Köket", 4)


def test_one_date_of_a_calendar_that_is_otherwise(editor: FlaskClient, staff_app: Flask) -> None:
    weekly = event("2", "Målarkväll", RRULE="FREQ=WEEKLY;COUNT=3")
    other = {"RECURRENCE-ID": "20261208T110000Z", "LOCATION": "Köket", "DESCRIPTION": "Vi gör glögg."}
    away = {"RECURRENCE-ID": "20261215T110000Z", "LOCATION": "Parken"}
    file = calendar(weekly, event("2", "Glöggkväll", **other), event("2", "Målarkväll", **away))
    page = look_at(editor, file)
    assert "Platsen ”Parken” för 2026-12-15 är inte med." in texts(page, ".staff-import-row__told")
    save(editor, page)
    with staff_app.app_context():
        first, second, third = db.session.scalars(select(Occurrence).order_by(Occurrence.starts_at))
        assert second.room
        assert (second.title, second.short_text, second.room.name) == ("Glöggkväll", "Vi gör glögg.", "Köket")
        assert first.title is first.room is third.title is third.room is None
    assert sections(look_at(editor, file)) == {}


def test_what_became_of_a_calendar_since(editor: FlaskClient, staff_app: Flask) -> None:
    page = bring_in(editor, calendar(event("1", RRULE="FREQ=WEEKLY;COUNT=4"), event("2", "Kör")))
    form = one(page, ".staff-import__publish")
    editor.post(str(form["action"]), data=fields(form))
    later = event("1", "Stolsyoga", RRULE="FREQ=WEEKLY;COUNT=4", EXDATE="20261208T110000Z")
    page = look_at(editor, calendar(later, event("2", "Kör", STATUS="CANCELLED")))
    assert sections(page) == {"Ändras": ["Stolsyoga", "Kör"]}
    told = " ".join(texts(page, ".staff-import-row__told"))
    assert "Titel: ”Lunchyoga” blir ”Stolsyoga”." in told
    assert "tisdag 8 december 2026 kl. 12.00–13.00 ställs in." in told
    save(editor, page)
    with staff_app.app_context():
        statuses = [each.status for each in db.session.scalars(select(Occurrence).order_by(Occurrence.id))]
    assert [str(status) for status in statuses] == [
        "planned",
        "cancelled",
        "planned",
        "planned",
        "cancelled",
    ]


def test_a_title_that_is_there_already_is_not_ticked(editor: FlaskClient, staff_app: Flask) -> None:
    bring_in(editor, calendar(event()))
    page = look_at(editor, calendar(event("ett-annat")))
    assert sections(page) == {"Finns redan": ["Lunchyoga"]}
    assert not page.text.count(" checked")
    save(editor, page)
    assert counted(staff_app) == (1, 1)


def test_our_own_programme_with_rows_of_other_houses(editor: FlaskClient, staff_app: Flask) -> None:
    other = ROW | {"id": "GB-01", "avdelning": "goteborg", "titel": "Kör"}
    page = look_at(editor, sheet(ROW, other, ROW | {"id": "SJ-03", "typ": "fest", "titel": "Fest"}))
    assert sections(page) == {"Förstår vi inte": ["Fest"], "Nytt": ["Målarverkstad"]}
    assert "Kör hör till Göteborg och läses in där" in words(one(page, ".staff-import__rest"))
    page = again(editor, page, **{field_named(page, "Slaget ”fest”"): "gemenskap"})
    assert sections(page) == {"Nytt": ["Målarverkstad", "Fest"]}
    save(editor, page)
    with staff_app.app_context():
        assert {each.chapter.slug for each in db.session.scalars(select(Event))} == {"sjuharad"}


def test_a_room_of_another_house_is_never_made_here(editor: FlaskClient) -> None:
    shared = ROW | {"avdelning": "sjuharad|goteborg", "rum": "Köket; Ballongen (Göteborg)"}
    page = look_at(editor, sheet(shared))
    assert "Rummet ”Ballongen” finns inte i det huset." in texts(page, ".staff-import-row__fault")[0]
    known = shared | {"rum": "Köket; Salongen (Göteborg)"}
    assert sections(look_at(editor, sheet(known))) == {"Nytt": ["Målarverkstad"]}


def with_column(column: str, cell: str, row: dict[str, str]) -> bytes:
    text = sheet(row).decode("utf-8-sig")
    head, cells = text.splitlines()
    return f"{head};{column}\n{cells};{cell}\n".encode()


def test_nor_is_one_that_a_single_date_names(editor: FlaskClient) -> None:
    shared = ROW | {"avdelning": "sjuharad|goteborg"}
    page = look_at(editor, with_column("avvikelser", "2027-01-12 rum: Nya salen (Göteborg)", shared))
    assert "Rummet ”Nya salen” finns inte i det huset." in texts(page, ".staff-import-row__fault")[0]
    own = look_at(editor, with_column("avvikelser", "2027-01-12 rum: Nya salen", shared))
    assert sections(own) == {"Nytt": ["Målarverkstad"]}


def test_a_room_of_another_house_keeps_its_name(editor: FlaskClient, staff_app: Flask) -> None:
    with staff_app.app_context():
        house = db.session.scalars(select(Chapter).filter_by(slug="goteborg")).one()
        house.rooms.append(Room(name="Ateljé"))
        house.imported = {"rooms": {"Ateljé": True}}
        db.session.commit()
    shared = ROW | {"avdelning": "sjuharad|goteborg", "rum": "Ateljén (Göteborg)"}
    page = look_at(editor, sheet(shared))
    assert "Huset får nya rum" not in page.text
    save(editor, page)
    with staff_app.app_context():
        assert db.session.scalars(select(Event)).one().room is not None
        assert "Ateljén" not in db.session.scalars(select(Room.name)).all()


def test_a_room_called_much_the_same_is_asked_for(editor: FlaskClient, staff_app: Flask) -> None:
    page = look_at(editor, sheet(ROW | {"rum": "Samtalsrum"}))
    name = field_named(page, "Rummet ”Samtalsrum”")
    assert words(one(page, f"#{name} option[selected]")) == "Samtalsrummet"
    # It can be a room of its own all the same.
    save(editor, again(editor, page, **{name: "+nytt"}), **{name: "+nytt"})
    with staff_app.app_context():
        room = db.session.scalars(select(Event)).one().room
        assert room is not None
        assert room.name == "Samtalsrum"
        assert "Samtalsrummet" in db.session.scalars(select(Room.name)).all()


def everywhere() -> bytes:
    return with_column("visas_överallt", "ja", ROW)


def test_only_a_national_admin_shows_something_everywhere(editor: FlaskClient, staff_app: Flask) -> None:
    assert sections(look_at(editor, everywhere())) == {"Förstår vi inte": ["Målarverkstad"]}
    assert sections(look_at(client_of(staff_app, ADMIN), everywhere())) == {"Nytt": ["Målarverkstad"]}


def test_the_same_identity_in_another_house_is_another_activity(
    editor: FlaskClient, stranger: FlaskClient, staff_app: Flask
) -> None:
    bring_in(editor, calendar(event()))
    sent = fields(one(stranger.get("/personal/goteborg/import"), ".staff-import__ask"))
    taken = {"pasted": calendar(event("1", "Kapad")).decode()}
    page = stranger.post("/personal/goteborg/import/tabell", data=sent | taken)
    assert sections(page) == {"Nytt": ["Kapad"]}
    with staff_app.app_context():
        assert db.session.scalars(select(Event.title)).all() == ["Lunchyoga"]
