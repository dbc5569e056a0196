"""The programme as staff see it: own dates with drafts and notes, others' as visitors do."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select as select_all

from khcal.db import db
from khcal.models import Chapter
from tests.factories import make_closure, make_event
from tests.html import fields, links, one, select, texts, words
from tests.moments import MOMENT
from tests.people import ADMIN, client_of
from tests.web.statements import asked_of

PROGRAMME = "/personal/sjuharad/"
# Who asks, which house, and then at most six for the page itself.
QUESTIONS = 3 + 6


def house(slug: str) -> Chapter:
    return db.session.scalars(select_all(Chapter).filter_by(slug=slug)).one()


@pytest.fixture(autouse=True)
def events(staff_app: Flask) -> None:
    with staff_app.app_context():
        own, other = house("sjuharad"), house("goteborg")
        make_event(
            own, "2026-11-24 13:00", "2026-12-24 13:00", title="Målarkväll", internal_note="Köp penslar"
        )
        make_event(own, "2026-11-26 10:00", title="Vårstart", published=False)
        make_event(other, "2026-11-25 10:00", title="Delad", shown_in=(own,), internal_note="Deras ensak")
        make_event(other, "2026-11-25 12:00", title="Delat utkast", shown_in=(own,), published=False)
        make_event(other, "2026-11-25 14:00", title="Bara deras")
        make_event(own, "2026-11-23 10:00", "2026-12-06 10:00", title="Fika")
        db.session.commit()


def test_this_week_and_the_next_by_day(editor: FlaskClient) -> None:
    page = editor.get(PROGRAMME)
    assert texts(page, ".staff-week__heading") == ["Den här veckan v. 48", "Nästa vecka v. 49"]
    assert texts(page, ".staff-day__heading") == [
        "Tisdag 24 november i dag",
        "Onsdag 25 november",
        "Torsdag 26 november",
        "Söndag 6 december",
    ]
    assert texts(page, ".staff-row__title") == ["Målarkväll", "Delad", "Vårstart", "Fika"]


def test_what_two_houses_show_says_so_in_both(editor: FlaskClient, stranger: FlaskClient) -> None:
    theirs = texts(one(editor.get(PROGRAMME), "#tillfalle-4"), ".staff-row__about li")
    own = texts(one(stranger.get("/personal/goteborg/"), "#tillfalle-4"), ".staff-row__about li")
    assert theirs[-2:] == ["Samarrangemang", "från Göteborg"]
    assert own[-1] == "Samarrangemang"
    assert "Samarrangemang" not in words(one(editor.get(PROGRAMME), "#tillfalle-1"))


def test_what_the_other_house_hides_is_the_owners_alone(
    staff_app: Flask, editor: FlaskClient, stranger: FlaskClient
) -> None:
    hide = one(editor.get(PROGRAMME), "#tillfalle-4 form")
    editor.post(str(hide["action"]), data=fields(hide))
    assert "Samarrangemang" not in words(one(stranger.get("/personal/goteborg/"), "#tillfalle-4"))


def test_the_days_of_this_week_that_have_passed_are_one_step_back(editor: FlaskClient) -> None:
    step = next(link for link in links(editor.get(PROGRAMME), ".staff-step") if "fran=" in link)
    assert step == "/personal/sjuharad/?fran=2026-11-23"
    page = editor.get(step)
    assert texts(page, ".staff-row__title")[0] == "Fika"
    assert texts(page, ".staff-step") == ["Till i dag", "Tidigare veckor"]
    assert not select(page, "#tillfalle-6 .staff-places")


def test_the_rest_is_one_step_away(editor: FlaskClient) -> None:
    later = next(link for link in links(editor.get(PROGRAMME), "main a.button") if "fran=" in link)
    assert later == "/personal/sjuharad/?fran=2026-12-24"
    page = editor.get(later)
    assert texts(page, ".staff-row__title") == ["Målarkväll"]
    assert texts(page, ".staff-week__heading") == [
        "Vecka 52, 21–27 december 2026",
        "Vecka 53, 28 december 2026–3 januari 2027",
    ]


def test_what_one_can_do_is_on_the_row(editor: FlaskClient) -> None:
    page = editor.get(PROGRAMME)
    assert texts(page, "#tillfalle-1 .staff-action") == [
        "Platser finns , byt till Få kvar, Målarkväll, tisdag 24 november",
        "Ställ in Målarkväll, tisdag 24 november",
        "Flytta Målarkväll, tisdag 24 november",
        "Ändra Målarkväll, tisdag 24 november",
    ]
    assert links(page, "#tillfalle-1 a") == [
        "/personal/sjuharad/tillfalle/1/stall-in",
        "/personal/sjuharad/tillfalle/1/flytta",
        "/personal/sjuharad/aktivitet/1?tillfalle=1",
    ]
    own_draft, others = select(page, "#tillfalle-3 .staff-action"), select(page, "#tillfalle-4")
    assert [words(action).split()[0] for action in own_draft] == ["Ändra"]
    assert "från Göteborg" in words(others[0])
    assert texts(page, "#tillfalle-4 .staff-action") == ["Dölj hela gruppen hos oss : Delad"]


def test_several_are_ticked_and_a_week_is_one_link(editor: FlaskClient) -> None:
    page = editor.get(PROGRAMME)
    form = one(page, "#valda")
    assert (form["action"], form.get("method", "get")) == ("/personal/sjuharad/tillfallen/stall-in", "get")
    ticks = select(page, "[form=valda]")
    # A draft, a date of another house and one that is over can't be called off.
    assert [(tick["name"], tick["value"]) for tick in ticks] == [("tillfalle", "1"), ("tillfalle", "8")]
    assert links(page, "#flera a") == [f"{form['action']}?vecka=2026-v48", f"{form['action']}?vecka=2026-v49"]


def test_what_lasts_over_a_sunday_stands_once(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        make_closure(house("sjuharad"), MOMENT.date(), MOMENT.date().replace(day=30))
        db.session.commit()
    titles = texts(editor.get(PROGRAMME), ".staff-row__title")
    assert titles.count("Huset är stängt") == 1


def test_where_a_date_was_moved_from(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        row = make_event(house("sjuharad"), "2026-11-24 18:00", title="Kör").occurrences[0]
        row.move(row.starts_at.replace(day=27), row.ends_at.replace(day=27))
        db.session.commit()
        number = row.id
    assert "flyttat från tisdag 24 november" in texts(editor.get(PROGRAMME), f"#tillfalle-{number} li")


def test_notes_of_the_house_are_seen_but_not_those_of_others(editor: FlaskClient) -> None:
    page = editor.get(PROGRAMME).text
    assert "Köp penslar" in page
    assert "Deras ensak" not in page


def test_drafts_stand_on_top(editor: FlaskClient) -> None:
    page = editor.get(PROGRAMME)
    assert texts(page, ".staff-drafts summary") == ["1 utkast"]
    assert texts(page, ".staff-drafts li") == ["Vårstart 1 tillfälle, från torsdag 26 november"]


@pytest.mark.parametrize("query", ["fran=skräp", "fran=9999-12-31", "fran=0001-01-01", "fran="])
def test_a_strange_day_is_today(editor: FlaskClient, query: str) -> None:
    assert texts(editor.get(f"{PROGRAMME}?{query}"), ".tag--today") == ["i dag"]


def test_an_empty_house_says_so(stranger: FlaskClient) -> None:
    assert "Inget är inlagt" in words(stranger.get("/personal/goteborg/?fran=2028-01-01"))


@pytest.mark.parametrize("address", [PROGRAMME, "/personal/finns-inte/", "/personal/goteborg/"])
def test_only_ones_own_house(editor: FlaskClient, stranger: FlaskClient, address: str) -> None:
    answers = {"editor": editor.get(address).status_code, "stranger": stranger.get(address).status_code}
    own = {PROGRAMME: "editor", "/personal/goteborg/": "stranger"}.get(address)
    assert answers == {who: 200 if who == own else 404 for who in answers}


def test_the_start_page_lists_ones_houses(staff_app: Flask) -> None:
    admin = client_of(staff_app, ADMIN)
    assert links(admin.get("/personal/"), ".staff-houses a") == ["/personal/goteborg/", PROGRAMME]


@pytest.mark.parametrize("dates", [1, 40])
def test_the_number_of_questions_does_not_grow(staff_app: Flask, editor: FlaskClient, dates: int) -> None:
    with staff_app.app_context():
        starts = [f"2026-11-{24 + number // 6:02} {8 + number % 6:02}:00" for number in range(dates)]
        for start in starts:
            make_event(house("sjuharad"), start, title=f"Många {start}")
        db.session.commit()
    with asked_of(staff_app) as statements:
        editor.get(PROGRAMME)
    assert len(statements) == QUESTIONS


def test_later_leads_to_a_day_with_something_on(staff_app: Flask, editor: FlaskClient) -> None:
    with staff_app.app_context():
        make_event(house("sjuharad"), "2026-12-15 10:00").occurrences[0].withdraw()
        db.session.commit()
    assert f"{PROGRAMME}?fran=2026-12-24" in links(editor.get(PROGRAMME), "main a.button")
